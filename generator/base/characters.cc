#include "base/characters.h"

#include <algorithm>

#include "base/text.h"

namespace qunying {
namespace {

// How many bytes at `at` are one character that is surely common; 0 where it must be looked at. Hanzi of
// three bytes are E4 B8 80 to E9 BE A5.
std::size_t surely_common(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead >= 0x20 && lead < 0x7F) return 1;
    if (lead < 0xE4 || lead > 0xE9 || text.size() - at < 3) return 0;
    const auto second = static_cast<unsigned char>(text[at + 1]);
    if (lead == 0xE4) return second >= 0xB8 ? 3 : 0;
    return lead < 0xE9 || second < 0xBE ? 3 : 0;
}

template <class Each>
void each_uncommon(std::string_view text, Each each) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t skip = surely_common(text, at);
        at += skip;
        if (skip > 0) continue;
        const CodePoint next = decode_first(text.substr(at));
        at += next.bytes;
        if (!is_common_character(next.value) && !is_invisible(next.value)) each(next.value);
    }
}

}  // namespace

bool is_common_character(char32_t c) {
    if (c >= 0x4E00 && c <= 0x9FA5) return true;
    if (c < 0x7F) return c >= 0x20;
    constexpr std::u32string_view marks = U"“”‘’—…　、。〈〉《》「」『』【】！（），：；？～";
    return marks.find(c) != std::u32string_view::npos;
}

bool is_invisible(char32_t c) {
    if (c >= 0x1F000 && c <= 0x1FAFF) return true;
    return c < 0x20 || (c >= 0x7F && c < 0xA1) || c == 0xAD || (c >= 0x2000 && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x206F) || c == 0x3164 ||
           (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || c == 0xFFFD || c >= 0x40000;
}

void CharacterSet::add_all(std::string_view text) {
    while (!text.empty()) {
        const CodePoint next = decode_first(text);
        text.remove_prefix(next.bytes);
        if (!is_invisible(next.value)) add(next.value);
    }
}

void CharacterSet::add_uncommon(std::string_view text) {
    each_uncommon(text, [this](char32_t c) { add(c); });
}

void CharacterSet::merge(const CharacterSet& other) {
    if (other.words_.empty()) return;
    if (words_.empty()) words_.resize(words);
    for (std::size_t i = 0; i < words; ++i) words_[i] |= other.words_[i];
}

bool CharacterSet::empty() const {
    return std::all_of(words_.begin(), words_.end(), [](std::uint64_t word) { return word == 0; });
}

std::u32string CharacterSet::sorted() const {
    std::u32string all;
    for (std::size_t i = 0; i < words_.size(); ++i) {
        for (std::uint64_t word = words_[i]; word != 0; word &= word - 1)
            all.push_back(static_cast<char32_t>(i * word_bits) +
                          static_cast<char32_t>(std::countr_zero(word)));
    }
    return all;
}

std::string uncommon_characters(std::string_view text) {
    std::u32string found;
    each_uncommon(text, [&](char32_t c) { found.push_back(c); });
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return to_utf8(found);
}

}  // namespace qunying
