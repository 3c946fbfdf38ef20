#pragma once
// Which documents hold a term, in the making: numbers come in ascending order and are written as gaps at
// once, so that a list takes about a byte a document.
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "search/folding.h"

namespace qunying {

// A term as a number: a character, two that stand side by side, or a word.
using TermCode = std::uint64_t;

class PostingTable {
  public:
    // Numbers count from `base`.
    explicit PostingTable(std::uint32_t base = 0);

    static TermCode character(char32_t c) { return c; }
    static TermCode pair(char32_t a, char32_t b) { return TermCode{a} << 21 | b; }
    TermCode word(std::string_view word);

    // Ranks are kept apart; of one term and rank numbers ascend, and the same one again is nothing.
    void add(TermCode term, std::uint32_t rank, std::uint32_t number);

    // One term with all its ranks, ascending: TERM|rGAPS|rGAPS~, r the rank as a dense symbol; or TERM|GAPS~
    // where ranks are not written. Where a bitmap of six numbers a symbol is shorter it stands instead:
    // !BITS.
    enum class Ranks : std::uint8_t { written, none };
    // By bucket, `buckets` of them (a power of two), terms in a fixed order.
    std::vector<std::string> write(std::uint32_t buckets, Ranks ranks) const;

    bool empty() const { return lists_.empty(); }

  private:
    struct List {
        TermCode key = 0;  // term and rank
        std::uint32_t next = 0;
        std::string gaps;
    };
    struct Written {
        std::uint32_t bucket;
        TermCode order;
        std::uint32_t list;
    };
    void grow();
    std::string term_text(TermCode term) const;
    std::uint32_t bucket_of(TermCode term, std::uint32_t buckets) const;
    std::vector<Written> in_order(std::uint32_t buckets) const;

    std::uint32_t base_;
    std::vector<List> lists_;
    std::vector<std::uint32_t> places_;  // open addressing: list + 1, or 0
    std::unordered_map<std::string, std::uint32_t> word_ids_;
    std::vector<std::string> words_;
};

// The hash that spreads terms over shards; search.js has the same.
std::uint32_t term_hash(std::string_view term);

// A list as it is written, as numbers from `base`; for tests and tools.
std::vector<std::uint32_t> read_gaps(std::string_view gaps, std::uint32_t base = 0);

// Calls `each(character_or_zero, other_or_zero, word)` for the terms of a line: every two characters side by
// side, every word.
template <class EachPair, class EachWord>
void terms_of_line(const Folding& folding, std::string_view line, EachPair each_pair, EachWord each_word) {
    char32_t before = 0;
    folding.tokens(line, [&](char32_t c, std::string_view word) {
        if (c == 0) {
            each_word(word);
        } else if (before != 0) {
            each_pair(before, c);
        }
        before = c;
    });
}

}  // namespace qunying
