#pragma once
// Looks for the first of a few bytes, sixteen at once where the processor can. Story texts hold one such byte
// in a hundred, so that the looking is what costs: a table of 256 takes a cycle a byte, this a sixth.
#include <bit>
#include <cstddef>
#include <string_view>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace qunying {

// Where the first byte that is one of `wanted` stands, at or behind `from`; the size of the text if none
// does.
template <char... wanted>
std::size_t find_byte_of(std::string_view text, std::size_t from) {
    std::size_t at = from;
#if defined(__SSE2__)
    constexpr std::size_t stride = sizeof(__m128i);
    for (; at + stride <= text.size(); at += stride) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
        __m128i found = _mm_setzero_si128();
        ((found = _mm_or_si128(found, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(wanted)))), ...);
        const auto hits = static_cast<unsigned>(_mm_movemask_epi8(found));
        if (hits != 0) return at + static_cast<std::size_t>(std::countr_zero(hits));
    }
#endif
    while (at < text.size() && ((text[at] != wanted) && ...)) ++at;
    return at;
}

}  // namespace qunying
