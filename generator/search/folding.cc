#include "search/folding.h"

#include <algorithm>
#include <numeric>

#include "base/failure.h"

namespace qunying {
namespace {

struct Range {
    char32_t first, last;
};

bool within(std::span<const Range> ranges, char32_t c) {
    return std::any_of(ranges.begin(), ranges.end(),
                       [c](const Range& range) { return c >= range.first && c <= range.last; });
}

// Latin letters fold to ASCII; these have no hanzi beside them and are written in words.
constexpr Range word_scripts[] = {{0x370, 0x52f}, {0x620, 0x6d3}, {0xf40, 0xf6c}, {0x1820, 0x18aa}};
constexpr Range single_scripts[] = {{0x3041, 0x3096}, {0x30a1, 0x30fa}, {0xac00, 0xd7a3}};

}  // namespace

bool is_word_letter(char32_t c) {
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    return c < 0x2000 && within(word_scripts, c);
}

bool is_search_character(char32_t c) { return c >= 0x3007 && (is_hanzi(c) || within(single_scripts, c)); }

Folding::Folding(std::span<const FoldedPair> pairs) : page_of_(0x1100, 0) {
    pages_.emplace_back();  // nobody's
    for (char32_t c = 'A'; c <= 'Z'; ++c) put(c, c - 'A' + 'a');
    for (char32_t c = 0xff01; c <= 0xff5e; ++c) {
        const char32_t ascii = c - 0xff01 + '!';
        put(c, ascii >= 'A' && ascii <= 'Z' ? ascii - 'A' + 'a' : ascii);
    }
    for (const FoldedPair& pair : pairs) {
        put(pair.from, pair.to);
        if (is_search_character(pair.from)) variants_.push_back(pair);
    }
    for (const FoldedPair& pair : pairs) QY_CHECK(fold(pair.to) == pair.to);
}

void Folding::put(char32_t from, char32_t to) {
    std::uint16_t& page = page_of_[from >> 8];
    if (page == 0) {
        page = static_cast<std::uint16_t>(pages_.size());
        pages_.emplace_back(256);
        std::iota(pages_.back().begin(), pages_.back().end(), from & ~char32_t{0xff});
    }
    pages_[page][from & 0xff] = to;
}

std::vector<SearchToken> Folding::tokens(std::string_view text) const {
    std::vector<SearchToken> all;
    tokens(text, [&](char32_t c, std::string_view word) { all.push_back({c, std::string(word)}); });
    return all;
}

}  // namespace qunying
