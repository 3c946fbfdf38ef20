#pragma once
// For the finders of personal data alone: characters by their bytes.
#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace qunying::private_data {

inline bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// A digit, plain or full-width.
struct Digit {
    int value = -1;
    std::size_t bytes = 0;
    explicit operator bool() const { return bytes != 0; }
};

inline Digit digit_at(std::string_view text, std::size_t at) {
    if (at >= text.size()) return {};
    if (is_ascii_digit(text[at])) return {text[at] - '0', 1};
    if (text[at] != '\xEF' || at + 2 >= text.size() || text[at + 1] != '\xBC') return {};
    const int value = static_cast<unsigned char>(text[at + 2]) - 0x90;
    return value >= 0 && value < 10 ? Digit{value, 3} : Digit{};
}

inline bool stands_at(std::string_view text, std::size_t at, std::string_view what) {
    return at <= text.size() && text.substr(at).starts_with(what);
}

// The word of the list that stands there, or "".
template <std::size_t size>
std::string_view word_at(std::string_view text, std::size_t at,
                         const std::array<std::string_view, size>& words) {
    for (const std::string_view word : words) {
        if (stands_at(text, at, word)) return word;
    }
    return {};
}

// Where the character in front of `at` begins.
inline std::size_t before(std::string_view text, std::size_t at) {
    do --at;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
    return at;
}

// Digits that nothing parts, and where they stand.
struct Group {
    std::size_t begin = 0, end = 0, digits = 0;
};

inline Group group_at(std::string_view text, std::size_t at) {
    Group group{at, at, 0};
    for (Digit digit = digit_at(text, at); digit; digit = digit_at(text, group.end)) {
        group.end += digit.bytes;
        ++group.digits;
    }
    return group;
}

inline bool ends_freely(std::string_view text, std::size_t at) {
    if (at == text.size()) return true;
    if (is_ascii_letter(text[at]) || digit_at(text, at)) return false;
    return !(text[at] == '.' && at + 1 < text.size() && is_ascii_digit(text[at + 1]));
}

inline constexpr std::array<std::string_view, 13> hanzi_numerals = {"〇", "零", "一", "二", "三", "四", "五",
                                                                    "六", "七", "八", "九", "十", "百"};

}  // namespace qunying::private_data
