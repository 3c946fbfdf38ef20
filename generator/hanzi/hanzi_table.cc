#include "hanzi/hanzi_table.h"

#include <algorithm>

namespace qunying::hanzi_table {
namespace {

constexpr std::uint32_t rank_bits = 0x00ffffff;
// Above the rank of every known hanzi and, with any code point added, below 2^24.
constexpr std::uint32_t first_unknown_rank = 0x200000;

}  // namespace

std::optional<std::size_t> index_of(char32_t code_point) {
    const auto run = std::ranges::lower_bound(runs, code_point, {}, &Run::last);
    if (run == runs.end() || code_point < run->first) return std::nullopt;
    return run->index + (code_point - run->first);
}

std::uint32_t stroke_rank(char32_t code_point) {
    const auto index = index_of(code_point);
    return index ? strokes[*index] & rank_bits : first_unknown_rank + static_cast<std::uint32_t>(code_point);
}

std::span<const std::uint16_t> readings_of(char32_t code_point) {
    const auto index = index_of(code_point);
    if (!index) return {};
    const std::size_t list = reading_list_of[*index];
    const std::size_t begin = reading_list_begin[list];
    return reading_list_items.subspan(begin, reading_list_begin[list + 1] - begin);
}

}  // namespace qunying::hanzi_table
