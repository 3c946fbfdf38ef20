#include "hanzi/pinyin_override.h"

#include <algorithm>
#include <limits>
#include <set>

#include "base/text.h"
#include "hanzi/hanzi_table.h"
#include "hanzi/latin.h"
#include "hanzi/names.h"

namespace qunying {
namespace {

// A letter with its marks, how it looks without them, and whether a syllable must end after it.
struct Letter {
    std::string marked, plain;
    bool ends_word = false;
};

bool parts_syllables(char32_t c) {
    return is_silent_in_name(c) || c == '\'' || c == 0x2018 || c == 0x2019 || c == 0x02BC || c == '-' ||
           c == 0x2010;
}

bool is_mark(char32_t c) { return c >= 0x0300 && c <= 0x036F; }

// Lower case, with ü in whatever way it was typed: v, u:, u and U+0308.
std::string uniform(std::string_view text) {
    return replace_all(replace_all(lower_latin(text), "u:", "ü"), "v", "ü");
}

std::vector<Letter> letters_of(std::string_view text) {
    std::vector<Letter> letters;
    const std::string lower = uniform(text);
    for (std::string_view rest = lower; !rest.empty(); rest.remove_prefix(decode_first(rest).bytes)) {
        const CodePoint next = decode_first(rest);
        if (parts_syllables(next.value)) {
            if (!letters.empty()) letters.back().ends_word = true;
            continue;
        }
        if (!is_mark(next.value) || letters.empty()) letters.emplace_back();
        letters.back().marked += rest.substr(0, next.bytes);
    }
    for (Letter& letter : letters) letter.plain = bare_letters(letter.marked, Umlaut::as_v);
    return letters;
}

// A stretch of letters that might be one character's syllable.
struct Syllable {
    std::string marked, plain;
};

constexpr std::size_t longest_syllable = 6;  // zhuang
constexpr int impossible = std::numeric_limits<int>::max();

// What it costs to read a character so. Any syllable will do, for the author knows best; but one the
// character is known by is likelier, and decides how a text without blanks is divided.
int cost_of(const Syllable& syllable, const std::vector<std::string>& readings) {
    int cost = 4;
    for (const std::string& reading : readings) {
        if (bare_letters(reading, Umlaut::as_v) != syllable.plain) continue;
        const bool same_tone = tone_of(syllable.marked) == 5 || lower_latin(syllable.marked) == reading;
        cost = std::min(cost, same_tone ? 0 : 1);
    }
    return cost;
}

std::string with_tone(const Syllable& syllable, const std::vector<std::string>& readings) {
    if (tone_of(syllable.marked) != 5) return syllable.marked;
    for (const std::string& reading : readings)
        if (bare_letters(reading, Umlaut::as_v) == syllable.plain) return reading;
    return syllable.marked;
}

// The cheapest way to read the first n characters with the first m letters; `taken` letters were the last
// one's.
struct Way {
    int cost = impossible;
    std::size_t taken = 0;
};
using Ways = std::vector<std::vector<Way>>;

Syllable syllable_at(const std::vector<Letter>& letters, std::size_t begin, std::size_t count) {
    Syllable syllable;
    for (std::size_t i = begin; i < begin + count; ++i) {
        syllable.marked += letters[i].marked;
        syllable.plain += letters[i].plain;
    }
    return syllable;
}

void try_syllables(const std::vector<Letter>& letters, std::size_t begin, int cost,
                   const std::vector<std::string>& readings, std::vector<Way>& ways) {
    for (std::size_t count = 1; count <= longest_syllable && begin + count <= letters.size(); ++count) {
        const Syllable syllable = syllable_at(letters, begin, count);
        if (is_syllable(syllable.plain)) {
            const int total = cost + cost_of(syllable, readings);
            if (Way& way = ways[begin + count]; total < way.cost) way = {total, count};
        }
        if (letters[begin + count - 1].ends_word) return;
    }
}

Ways all_ways(const std::vector<Letter>& letters, const std::vector<std::vector<std::string>>& readings) {
    Ways ways(readings.size() + 1, std::vector<Way>(letters.size() + 1));
    ways[0][0].cost = 0;
    for (std::size_t character = 0; character < readings.size(); ++character)
        for (std::size_t begin = 0; begin < letters.size(); ++begin)
            if (const int cost = ways[character][begin].cost; cost != impossible)
                try_syllables(letters, begin, cost, readings[character], ways[character + 1]);
    return ways;
}

std::set<std::string, std::less<>> plain_syllables() {
    std::set<std::string, std::less<>> plain;
    for (const std::string_view syllable : hanzi_table::syllables)
        plain.insert(bare_letters(syllable, Umlaut::as_v));
    return plain;
}

}  // namespace

bool is_syllable(std::string_view plain) {
    static const std::set<std::string, std::less<>> known = plain_syllables();
    return known.contains(plain);
}

std::optional<std::vector<std::string>> divide_pinyin(std::string_view text,
                                                      const std::vector<std::vector<std::string>>& readings) {
    const std::vector<Letter> letters = letters_of(text);
    const Ways ways = all_ways(letters, readings);
    std::size_t end = letters.size();
    if (ways.back()[end].cost == impossible) return std::nullopt;
    std::vector<std::string> syllables(readings.size());
    for (std::size_t character = readings.size(); character-- > 0;) {
        const std::size_t taken = ways[character + 1][end].taken;
        end -= taken;
        syllables[character] = with_tone(syllable_at(letters, end, taken), readings[character]);
    }
    return syllables;
}

}  // namespace qunying
