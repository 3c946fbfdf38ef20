#pragma once
// Looks for the first of a few bytes, sixteen at once where the processor can. Story texts hold one such byte
// in a hundred, so that the looking is what costs: a table of 256 takes a cycle a byte, this a sixth.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace qunying {

#if defined(__SSE2__)
// A bit for each of the sixteen that is one of `wanted`.
template <char... wanted>
unsigned bytes_of(__m128i bytes) {
    __m128i found = _mm_setzero_si128();
    ((found = _mm_or_si128(found, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(wanted)))), ...);
    return static_cast<unsigned>(_mm_movemask_epi8(found));
}
#endif

// Where the first byte that is one of `wanted` stands, at or behind `from`; the size of the text if none
// does.
template <char... wanted>
std::size_t find_byte_of(std::string_view text, std::size_t from) {
    std::size_t at = from;
#if defined(__SSE2__)
    constexpr std::size_t stride = sizeof(__m128i);
    for (; at + stride <= text.size(); at += stride) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
        const unsigned hits = bytes_of<wanted...>(bytes);
        if (hits != 0) return at + static_cast<std::size_t>(std::countr_zero(hits));
    }
    // Names and dates are this short: the first eight of the rest, and its last eight.
    constexpr std::size_t half = stride / 2;
    if (at + half <= text.size()) {
        const std::size_t last = text.size() - half;
        const __m128i head = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(text.data() + at));
        const __m128i tail = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(text.data() + last));
        const unsigned hits = bytes_of<wanted...>(_mm_unpacklo_epi64(head, tail));
        if (hits == 0) return text.size();
        const auto first = static_cast<std::size_t>(std::countr_zero(hits));
        return first < half ? at + first : last + (first - half);
    }
    constexpr std::size_t quarter = stride / 4;
    if (at + quarter <= text.size()) {
        const std::size_t last = text.size() - quarter;
        std::int32_t head = 0, tail = 0;
        std::memcpy(&head, text.data() + at, quarter);
        std::memcpy(&tail, text.data() + last, quarter);
        const __m128i bytes = _mm_unpacklo_epi32(_mm_cvtsi32_si128(head), _mm_cvtsi32_si128(tail));
        const unsigned hits = bytes_of<wanted...>(bytes) & 0xFFU;
        if (hits == 0) return text.size();
        const auto first = static_cast<std::size_t>(std::countr_zero(hits));
        return first < quarter ? at + first : last + (first - quarter);
    }
#endif
    while (at < text.size() && ((text[at] != wanted) && ...)) ++at;
    return at;
}

}  // namespace qunying
