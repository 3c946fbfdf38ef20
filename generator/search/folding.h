#pragma once
// How text is compared when somebody searches: without case, marks, width, punctuation or the difference
// between variants of a hanzi. Index and query are folded alike; themes/*/static/search.js does the same.
//
// A folded text is a row of tokens: single characters (hanzi, kana, hangul) and words of other letters and
// digits. Punctuation and blanks only part words, so that 不忘初心、牢记使命 is found with any mark or none.
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace qunying {

struct SearchToken {
    char32_t character = 0;  // 0 for a word
    std::string word;        // lower case

    bool operator==(const SearchToken&) const = default;
};

struct FoldedPair {
    char32_t from, to;
};

class Folding {
  public:
    // Every pair is one step, so no `to` may be a `from`: 劉 → 刘, é → e. ASCII and full-width ASCII fold by
    // themselves.
    explicit Folding(std::span<const FoldedPair> pairs = {});

    char32_t fold(char32_t c) const {
        const std::size_t page = c >> 8;
        return page < page_of_.size() && page_of_[page] != 0 ? pages_[page_of_[page]][c & 0xff] : c;
    }

    // Calls `each(character, word)` for every token: `word` is empty for a single character, else lives until
    // the next call.
    template <class Each>
    void tokens(std::string_view text, Each each) const;
    std::vector<SearchToken> tokens(std::string_view text) const;

    // The pairs that JavaScript cannot know by itself: those of hanzi.
    const std::vector<FoldedPair>& variants() const { return variants_; }

  private:
    void put(char32_t from, char32_t to);

    std::vector<std::uint16_t> page_of_;  // 0: folds to itself
    std::vector<std::vector<char32_t>> pages_;
    std::vector<FoldedPair> variants_;
};

// A letter or digit that words are made of, once folded.
bool is_word_letter(char32_t folded);
// A token by itself: hanzi, kana, hangul.
bool is_search_character(char32_t folded);

template <class Each>
void Folding::tokens(std::string_view text, Each each) const {
    std::string word;
    const auto finish_word = [&] {
        if (!word.empty()) each(char32_t{0}, std::string_view(word));
        word.clear();
    };
    while (!text.empty()) {
        const CodePoint next = decode_first(text);
        text.remove_prefix(next.bytes);
        const char32_t c = fold(next.value);
        if (c >= 0x4e00 && c <= 0x9fff) {
            finish_word();
            each(c, std::string_view());
        } else if (is_word_letter(c)) {
            append_utf8(word, c);
        } else if (is_search_character(c)) {
            finish_word();
            each(c, std::string_view());
        } else if (c < 0x300 || c > 0x36f) {  // marks belong to their letter
            finish_word();
        }
    }
    finish_word();
}

}  // namespace qunying
