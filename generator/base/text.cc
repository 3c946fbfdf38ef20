#include "base/text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/byte_scan.h"

namespace qunying {
namespace {

constexpr char32_t replacement = 0xFFFD;

// Length of the sequence that `lead` opens, 0 for a byte that opens none.
std::size_t sequence_length(unsigned char lead) {
    if (lead < 0x80) return 1;
    if (lead < 0xC2) return 0;
    if (lead < 0xE0) return 2;
    if (lead < 0xF0) return 3;
    return lead < 0xF5 ? 4 : 0;
}

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

bool is_overlong_or_surrogate(char32_t value, std::size_t length) {
    constexpr std::array<char32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
    return value < least[length] || (value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF;
}

struct Range {
    char32_t first, last;
};

template <std::size_t N>
bool in_ranges(const std::array<Range, N>& ranges, char32_t c) {
    return std::any_of(ranges.begin(), ranges.end(), [c](Range r) { return c >= r.first && c <= r.last; });
}

// East Asian Wide and Fullwidth, in the blocks that occur in practice (Unicode 15, EastAsianWidth.txt).
constexpr std::array<Range, 12> wide = {{{0x1100, 0x115F},
                                         {0x2E80, 0x303E},
                                         {0x3041, 0x33FF},
                                         {0x3400, 0x4DBF},
                                         {0x4E00, 0x9FFF},
                                         {0xA000, 0xA4CF},
                                         {0xAC00, 0xD7A3},
                                         {0xF900, 0xFAFF},
                                         {0xFE30, 0xFE6F},
                                         {0xFF00, 0xFF60},
                                         {0xFFE0, 0xFFE6},
                                         {0x1F300, 0x3FFFD}}};
constexpr std::array<Range, 6> zero_width = {{{0x0300, 0x036F},
                                              {0x200B, 0x200F},
                                              {0x202A, 0x202E},
                                              {0x2060, 0x2064},
                                              {0xFE00, 0xFE0F},
                                              {0xFEFF, 0xFEFF}}};
constexpr std::array<Range, 5> hanzi = {
    {{0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xF900, 0xFAFF}, {0x20000, 0x3FFFF}, {0x3007, 0x3007}}};
constexpr std::array<Range, 8> cjk_marks = {{{0x2014, 0x2014},
                                             {0x2018, 0x201D},
                                             {0x2026, 0x2026},
                                             {0x3001, 0x3003},
                                             {0x3008, 0x301F},
                                             {0xFF01, 0xFF0F},
                                             {0xFF1A, 0xFF20},
                                             {0xFF3B, 0xFF65}}};
constexpr std::array<Range, 4> bidi = {
    {{0x202A, 0x202E}, {0x2066, 0x2069}, {0x200E, 0x200F}, {0x061C, 0x061C}}};

}  // namespace

CodePoint decode_first(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text[0]);
    const std::size_t length = sequence_length(lead);
    if (length == 1) return {lead, 1};
    if (length == 0 || length > text.size()) return {replacement, 1};
    char32_t value = lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if (!is_continuation(text[i])) return {replacement, 1};
        value = (value << 6) | (static_cast<unsigned char>(text[i]) & 0x3FU);
    }
    if (is_overlong_or_surrogate(value, length)) return {replacement, 1};
    return {value, length};
}

namespace {

#if defined(__SSE2__)

// What is looked at in one step.
constexpr std::size_t stride = sizeof(__m128i);

// Of the sixteen bytes those up to the first that is not ASCII, or those of characters of three bytes each,
// as hanzi are: how many are well-formed for sure. No byte that continues a character is E0 or ED, which
// alone among the leads of three can begin an overlong form or a surrogate.
std::size_t plainly_good(const char* text) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
    const auto high = static_cast<unsigned>(_mm_movemask_epi8(bytes));
    if ((high & 1) == 0) return static_cast<std::size_t>(std::countr_zero(high | 1U << stride));
    const __m128i mask =
        _mm_setr_epi8(-16, -64, -64, -16, -64, -64, -16, -64, -64, -16, -64, -64, -16, -64, -64, 0);
    const __m128i bits = _mm_setr_epi8(-32, -128, -128, -32, -128, -128, -32, -128, -128, -32, -128, -128,
                                       -32, -128, -128, -1);
    const __m128i doubtful = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\xE0')),
                                          _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\xED')));
    const __m128i good = _mm_andnot_si128(doubtful, _mm_cmpeq_epi8(_mm_and_si128(bytes, mask), bits));
    return static_cast<std::size_t>(std::countr_one(static_cast<unsigned>(_mm_movemask_epi8(good)))) / 3 * 3;
}

#else

using EightBytes = std::array<unsigned char, 8>;
constexpr std::size_t stride = sizeof(std::uint64_t);

// Two characters of three bytes each: where the bits of `three_mask` are those of `three_bits`, and neither
// lead can begin an overlong form or a surrogate.
constexpr auto three_mask =
    std::bit_cast<std::uint64_t>(EightBytes{0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0, 0, 0});
constexpr auto three_bits =
    std::bit_cast<std::uint64_t>(EightBytes{0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80, 0, 0});
constexpr std::uint64_t high_bits = 0x8080808080808080;

bool is_safe_lead(char lead) { return lead != '\xE0' && lead != '\xED'; }

// How many of the eight bytes are well-formed for sure: all if they are ASCII, six if they are two hanzi.
std::size_t plainly_good(const char* bytes) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    if ((word & high_bits) == 0) return sizeof word;
    return (word & three_mask) == three_bits && is_safe_lead(bytes[0]) && is_safe_lead(bytes[3]) ? 6 : 0;
}

#endif

}  // namespace

// Text is ASCII for long stretches, or hanzi one after the other: both are stepped over without decoding.
std::optional<std::size_t> find_invalid_utf8(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t good = at + stride <= bytes.size() ? plainly_good(bytes.data() + at) : 0;
        at += good;
        if (good > 0) continue;
        if (static_cast<unsigned char>(bytes[at]) < 0x80) {
            ++at;
            continue;
        }
        const CodePoint next = decode_first(bytes.substr(at));
        if (next.bytes == 1) return at;
        at += next.bytes;
    }
    return std::nullopt;
}

std::u32string to_utf32(std::string_view text) {
    std::u32string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const CodePoint next = decode_first(text);
        out.push_back(next.value);
        text.remove_prefix(next.bytes);
    }
    return out;
}

void append_utf8(std::string& out, char32_t c) {
    const auto tail = [&](unsigned shift) { out.push_back(static_cast<char>(0x80 | ((c >> shift) & 0x3F))); };
    if (c < 0x80) {
        out.push_back(static_cast<char>(c));
    } else if (c < 0x800) {
        out.push_back(static_cast<char>(0xC0 | (c >> 6)));
        tail(0);
    } else if (c < 0x10000) {
        out.push_back(static_cast<char>(0xE0 | (c >> 12)));
        tail(6), tail(0);
    } else {
        out.push_back(static_cast<char>(0xF0 | (c >> 18)));
        tail(12), tail(6), tail(0);
    }
}

std::string to_utf8(std::u32string_view text) {
    std::string out;
    for (const char32_t c : text) append_utf8(out, c);
    return out;
}

std::size_t count_code_points(std::string_view text) {
    std::size_t count = 0;
    for (; !text.empty(); ++count) text.remove_prefix(decode_first(text).bytes);
    return count;
}

std::string_view first_code_points(std::string_view text, std::size_t count) {
    std::size_t at = 0;
    for (; count > 0 && at < text.size(); --count) at += decode_first(text.substr(at)).bytes;
    return text.substr(0, at);
}

int display_width(char32_t c) {
    if (c < 0x20 || c == 0x7F || in_ranges(zero_width, c)) return 0;
    return in_ranges(wide, c) ? 2 : 1;
}

int display_width(std::string_view text) {
    int width = 0;
    for (const char32_t c : to_utf32(text)) width += display_width(c);
    return width;
}

bool is_hanzi(char32_t c) { return in_ranges(hanzi, c); }
bool is_cjk_punctuation(char32_t c) { return in_ranges(cjk_marks, c); }
bool is_bidi_control(char32_t c) { return in_ranges(bidi, c); }

std::string_view trim(std::string_view text) {
    constexpr std::string_view wide_space = "\u3000";
    const auto is_space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    for (;;) {
        const std::size_t before = text.size();
        while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
        while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
        if (text.starts_with(wide_space)) text.remove_prefix(wide_space.size());
        if (text.ends_with(wide_space)) text.remove_suffix(wide_space.size());
        if (text.size() == before) return text;
    }
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

std::string join(std::span<const std::string> parts, std::string_view separator) {
    std::string out;
    for (const std::string& part : parts) {
        if (&part != parts.data()) out += separator;
        out += part;
    }
    return out;
}

std::string replace_all(std::string_view text, std::string_view from, std::string_view to) {
    std::string out;
    for (;;) {
        const std::size_t at = from.empty() ? std::string_view::npos : text.find(from);
        out += text.substr(0, at);
        if (at == std::string_view::npos) return out;
        out += to;
        text.remove_prefix(at + from.size());
    }
}

std::string ascii_lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t limit) {
    const std::u32string a = to_utf32(left), b = to_utf32(right);
    const std::size_t gap = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
    if (gap > limit) return limit + 1;
    // Three rows of the table: two lines up, one line up, this one.
    std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, above);
        std::swap(above, row);
    }
    return std::min(above.back(), limit + 1);
}

std::optional<std::string> nearest(std::string_view wanted, std::span<const std::string> candidates) {
    const std::size_t limit = std::max<std::size_t>(1, count_code_points(wanted) / 3);
    std::size_t best = limit + 1;
    const std::string* found = nullptr;
    for (const std::string& candidate : candidates) {
        const std::size_t distance = edit_distance(wanted, candidate, limit);
        if (distance < best) best = distance, found = &candidate;
    }
    return found ? std::optional(*found) : std::nullopt;
}

void append_escaped_html(std::string& out, std::string_view text) {
    for (std::size_t written = 0;;) {
        const std::size_t at = find_byte_of<'&', '<', '>', '"', '\''>(text, written);
        out.append(text, written, at - written);
        if (at == text.size()) return;
        written = at + 1;
        switch (text[at]) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&#34;";
                break;
            default:
                out += "&#39;";
                break;
        }
    }
}

std::string escape_html(std::string_view text) {
    std::string out;
    append_escaped_html(out, text);
    return out;
}

std::string escape_url(std::string_view text, std::string_view keep) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view unreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (unreserved.find(c) != std::string_view::npos || keep.find(c) != std::string_view::npos) {
            out.push_back(c);
        } else {
            out += {'%', digits[byte >> 4], digits[byte & 15]};
        }
    }
    return out;
}

std::string html_to_text(std::string_view html) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> entities = {{{"&amp;", "&"},
                                                                                        {"&lt;", "<"},
                                                                                        {"&gt;", ">"},
                                                                                        {"&#34;", "\""},
                                                                                        {"&quot;", "\""},
                                                                                        {"&#39;", "'"},
                                                                                        {"&nbsp;", " "}}};
    std::string out;
    while (!html.empty()) {
        if (html[0] == '<') {
            html.remove_prefix(std::min(html.find('>'), html.size() - 1) + 1);
            continue;
        }
        const auto entity = std::find_if(entities.begin(), entities.end(),
                                         [&](const auto& e) { return html.starts_with(e.first); });
        out += entity == entities.end() ? html.substr(0, 1) : entity->second;
        html.remove_prefix(entity == entities.end() ? 1 : entity->first.size());
    }
    return out;
}

}  // namespace qunying
