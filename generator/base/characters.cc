#include "base/characters.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

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

#if defined(__SSE2__)
// A bit for each of the sixteen bytes that begins a character which is neither ASCII nor surely common: of
// ASCII nothing is uncommon. The byte behind them is read, too.
unsigned may_be_uncommon(const char* text) {
    const auto byte = [](int value) { return _mm_set1_epi8(static_cast<char>(value)); };
    const __m128i lead = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
    const __m128i second = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + 1));
    const __m128i begins = _mm_and_si128(_mm_cmpgt_epi8(lead, byte(0xBF)), _mm_cmplt_epi8(lead, byte(0)));
    const __m128i inner = _mm_and_si128(_mm_cmpgt_epi8(lead, byte(0xE4)), _mm_cmplt_epi8(lead, byte(0xE9)));
    const __m128i first = _mm_and_si128(_mm_cmpeq_epi8(lead, byte(0xE4)), _mm_cmpgt_epi8(second, byte(0xB7)));
    const __m128i last = _mm_and_si128(_mm_cmpeq_epi8(lead, byte(0xE9)), _mm_cmplt_epi8(second, byte(0xBE)));
    const __m128i common = _mm_or_si128(inner, _mm_or_si128(first, last));
    return static_cast<unsigned>(_mm_movemask_epi8(_mm_andnot_si128(common, begins)));
}
#endif

template <class Each>
void each_uncommon(std::string_view text, Each each) {
    const auto look_at = [&](std::size_t at) {
        const CodePoint next = decode_first(text.substr(at));
        if (!is_common_character(next.value) && !is_invisible(next.value)) each(next.value);
        return next.bytes;
    };
    std::size_t at = 0;
#if defined(__SSE2__)
    constexpr std::size_t stride = sizeof(__m128i);
    for (; at + stride < text.size(); at += stride) {
        for (unsigned hits = may_be_uncommon(text.data() + at); hits != 0; hits &= hits - 1)
            look_at(at + static_cast<std::size_t>(std::countr_zero(hits)));
    }
#endif
    // Where this begins inside a character, the rest of that is nothing.
    while (at < text.size()) {
        const std::size_t skip = surely_common(text, at);
        at += skip > 0 ? skip : look_at(at);
    }
}

bool is_common_mark(char32_t c) {
    switch (c) {
        case U'“':
        case U'”':
        case U'‘':
        case U'’':
        case U'—':
        case U'…':
        case U'　':
        case U'、':
        case U'。':
        case U'〈':
        case U'〉':
        case U'《':
        case U'》':
        case U'「':
        case U'」':
        case U'『':
        case U'』':
        case U'【':
        case U'】':
        case U'！':
        case U'（':
        case U'）':
        case U'，':
        case U'：':
        case U'；':
        case U'？':
        case U'～':
            return true;
        default:
            return false;
    }
}

}  // namespace

bool is_common_character(char32_t c) {
    if (c >= 0x4E00 && c <= 0x9FA5) return true;
    if (c < 0x7F) return c >= 0x20;
    return is_common_mark(c);
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
