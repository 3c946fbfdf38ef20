#pragma once
// What Unihan and cnchar-order say of each hanzi, in arrays that scripts/hanzi_table.py writes when the
// project is built: about 98,000 characters in 0.6 MB. Looking one up is a search among a dozen runs and one
// read.
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace qunying::hanzi_table {

// Code points without a gap; `index` is the place of `first` in the arrays below.
struct Run {
    std::uint32_t first, last, index;
};
extern const std::span<const Run> runs;

// By index: stroke count << 24 | rank in the order of strokes, from 1.
extern const std::span<const std::uint32_t> strokes;

// By index: number of the character's list of readings. List n is reading_list_items[begin[n], begin[n + 1]),
// each item the number of a syllable; the reading to use by default comes first.
extern const std::span<const std::uint16_t> reading_list_of;
extern const std::span<const std::uint16_t> reading_list_begin;
extern const std::span<const std::uint16_t> reading_list_items;
extern const std::span<const std::string_view> syllables;

// 通用规范汉字表 in its own order: its three levels are [0, 3500), [3500, 6500) and [6500, 8105).
extern const std::span<const char32_t> listed;

std::optional<std::size_t> index_of(char32_t code_point);

// Where a character stands in the order of strokes, from 1, below 2^24; characters that Unihan does not know
// come after all others, by code point.
std::uint32_t stroke_rank(char32_t code_point);

// Numbers into `syllables`; empty when Unihan gives no Mandarin reading.
std::span<const std::uint16_t> readings_of(char32_t code_point);

}  // namespace qunying::hanzi_table
