#include "search/postings.h"

#include <algorithm>
#include <numeric>

#include "base/failure.h"
#include "base/text.h"
#include "search/dense_code.h"

namespace qunying {
namespace {

constexpr unsigned rank_shift = 42;
constexpr TermCode term_bits = (TermCode{1} << rank_shift) - 1;
// No code point is as great: what follows is the number of a word.
constexpr TermCode word_mark = TermCode{0x1fffff} << 21;

bool is_word(TermCode term) { return term >= word_mark; }

std::size_t scattered(TermCode key) {
    key ^= key >> 31;
    key *= 0x9e3779b97f4a7c15ULL;
    return static_cast<std::size_t>(key ^ key >> 29);
}

std::uint32_t hashed(std::uint32_t hash, char32_t c) {
    return (hash ^ static_cast<std::uint32_t>(c)) * 0x01000193U;
}

std::uint32_t finished(std::uint32_t hash) {
    hash ^= hash >> 15;
    hash *= 0x2c1b3c6dU;
    hash ^= hash >> 12;
    return hash;
}

constexpr std::uint32_t hash_start = 0x811c9dc5U;

// Six numbers a symbol, whether they are there or not, as far as the last; the gaps where they are no longer.
std::string shorter_of_gaps_and_bitmap(const std::string& gaps, std::uint32_t end) {
    if (gaps.size() <= end / 6 + 2) return gaps;
    std::vector<unsigned> sixes(end / 6 + 1);
    for (const std::uint32_t number : read_gaps(gaps)) sixes[number / 6] |= 1U << (number % 6);
    std::string bits = "!";
    for (const unsigned six : sixes) bits += dense_symbols[six];
    return bits;
}

}  // namespace

std::uint32_t term_hash(std::string_view term) {
    std::uint32_t hash = hash_start;
    for (; !term.empty(); term.remove_prefix(decode_first(term).bytes))
        hash = hashed(hash, decode_first(term).value);
    return finished(hash);
}

std::vector<std::uint32_t> read_gaps(std::string_view gaps, std::uint32_t base) {
    std::vector<std::uint32_t> numbers;
    if (gaps.starts_with('!')) {
        gaps.remove_prefix(1);
        for (std::uint32_t at = 0; at < 6 * gaps.size(); ++at) {
            if (dense_symbols.find(gaps[at / 6]) >> (at % 6) & 1) numbers.push_back(base + at);
        }
        return numbers;
    }
    while (!gaps.empty()) {
        numbers.push_back(base + take_dense(gaps));
        base = numbers.back() + 1;
    }
    return numbers;
}

PostingTable::PostingTable(std::uint32_t base) : base_(base), places_(1024) {}

TermCode PostingTable::word(std::string_view word) {
    const auto [known, fresh] =
        word_ids_.try_emplace(std::string(word), static_cast<std::uint32_t>(words_.size()));
    if (fresh) words_.emplace_back(word);
    return word_mark | known->second;
}

void PostingTable::add(TermCode term, std::uint32_t rank, std::uint32_t number) {
    const TermCode key = TermCode{rank} << rank_shift | term;
    const std::size_t mask = places_.size() - 1;
    std::size_t at = scattered(key) & mask;
    while (places_[at] != 0 && lists_[places_[at] - 1].key != key) at = (at + 1) & mask;
    if (places_[at] == 0) {
        lists_.push_back({key, base_, {}});
        places_[at] = static_cast<std::uint32_t>(lists_.size());
        if (2 * lists_.size() > places_.size()) grow();
        List& list = lists_.back();
        append_dense(list.gaps, number - list.next);
        list.next = number + 1;
        return;
    }
    List& list = lists_[places_[at] - 1];
    if (list.next == number + 1) return;
    QY_CHECK(number >= list.next);
    append_dense(list.gaps, number - list.next);
    list.next = number + 1;
}

void PostingTable::grow() {
    places_.assign(2 * places_.size(), 0);
    const std::size_t mask = places_.size() - 1;
    for (std::size_t i = 0; i < lists_.size(); ++i) {
        std::size_t at = scattered(lists_[i].key) & mask;
        while (places_[at] != 0) at = (at + 1) & mask;
        places_[at] = static_cast<std::uint32_t>(i + 1);
    }
}

std::string PostingTable::term_text(TermCode term) const {
    if (is_word(term)) return words_[static_cast<std::size_t>(term & ~word_mark)];
    std::string text;
    if (const auto first = static_cast<char32_t>(term >> 21); first != 0) append_utf8(text, first);
    append_utf8(text, static_cast<char32_t>(term & 0x1fffff));
    return text;
}

std::uint32_t PostingTable::bucket_of(TermCode term, std::uint32_t buckets) const {
    if (is_word(term)) return term_hash(words_[static_cast<std::size_t>(term & ~word_mark)]) & (buckets - 1);
    std::uint32_t hash = hash_start;
    if (const auto first = static_cast<char32_t>(term >> 21); first != 0) hash = hashed(hash, first);
    return finished(hashed(hash, static_cast<char32_t>(term & 0x1fffff))) & (buckets - 1);
}

// Words stand in the order of their letters, not of their coming.
std::vector<PostingTable::Written> PostingTable::in_order(std::uint32_t buckets) const {
    std::vector<std::uint32_t> by_letters(words_.size()), place(words_.size());
    std::iota(by_letters.begin(), by_letters.end(), 0U);
    std::sort(by_letters.begin(), by_letters.end(),
              [&](std::uint32_t a, std::uint32_t b) { return words_[a] < words_[b]; });
    for (std::uint32_t i = 0; i < by_letters.size(); ++i) place[by_letters[i]] = i;
    std::vector<Written> all;
    all.reserve(lists_.size());
    for (std::uint32_t i = 0; i < lists_.size(); ++i) {
        const TermCode term = lists_[i].key & term_bits, rank = lists_[i].key >> rank_shift;
        const TermCode order =
            is_word(term) ? word_mark | place[static_cast<std::size_t>(term & ~word_mark)] : term;
        all.push_back({bucket_of(term, buckets), order << 8 | rank, i});
    }
    std::sort(all.begin(), all.end(), [](const Written& a, const Written& b) {
        return a.bucket != b.bucket ? a.bucket < b.bucket : a.order < b.order;
    });
    return all;
}

std::vector<std::string> PostingTable::write(std::uint32_t buckets, Ranks ranks) const {
    std::vector<std::string> shards(buckets);
    TermCode before = ~TermCode{0};
    for (const Written& each : in_order(buckets)) {
        const List& list = lists_[each.list];
        std::string& shard = shards[each.bucket];
        if (each.order >> 8 != before) {
            if (!shard.empty()) shard += '~';
            shard += term_text(list.key & term_bits);
        }
        before = each.order >> 8;
        shard += '|';
        if (ranks == Ranks::written) shard += dense_symbols[static_cast<std::size_t>(list.key >> rank_shift)];
        shard += shorter_of_gaps_and_bitmap(list.gaps, list.next - base_);
    }
    return shards;
}

}  // namespace qunying
