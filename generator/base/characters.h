#pragma once
// Which characters a text uses, for the fonts that a site brings along.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace qunying {

// ASCII, U+4E00–9FA5 and the marks of everyday Chinese text: what even the oldest desktop fonts have.
bool is_common_character(char32_t character);

// What no font of a site is to draw: controls, joiners, selectors; and pictographs, which systems have in
// colour.
bool is_invisible(char32_t character);

// A set of characters below U+40000; the planes behind hold nothing that is drawn.
class CharacterSet {
  public:
    void add(char32_t character) {
        const std::size_t word = character / word_bits;
        if (word >= words) return;
        if (words_.empty()) words_.resize(words);
        words_[word] |= std::uint64_t{1} << (character % word_bits);
    }
    // All of a text but what is invisible.
    void add_all(std::string_view text);
    // Those of a text that are not common, and not invisible.
    void add_uncommon(std::string_view text);
    void merge(const CharacterSet& other);

    bool contains(char32_t character) const {
        const std::size_t word = character / word_bits;
        return !words_.empty() && word < words && (words_[word] >> (character % word_bits) & 1) != 0;
    }
    bool empty() const;
    std::u32string sorted() const;

  private:
    static constexpr std::size_t word_bits = 64, words = 0x40000 / word_bits;
    std::vector<std::uint64_t> words_;  // none while it is empty
};

// As UTF-8, each once, in order; nearly always empty.
std::string uncommon_characters(std::string_view text);

}  // namespace qunying
