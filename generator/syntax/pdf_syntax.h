#pragma once
// For the reader of PDF alone: its tokens (ISO 32000-1, 7.2 and 7.3), and dictionaries as text.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace qunying::pdf {

bool is_blank(char c);
bool is_digit(char c);
// A blank or a character that ends a name.
bool is_delimiter(char c);
std::size_t skip_blanks(std::string_view text, std::size_t at);

// The number at `at`, which goes behind it.
std::optional<std::uint32_t> number_at(std::string_view text, std::size_t& at);

// Where the value of a key begins; npos without it.
std::size_t value_of(std::string_view dict, std::string_view key);
bool has_name(std::string_view dict, std::string_view key, std::string_view name);
// 12 0 R
std::optional<std::uint32_t> reference_at(std::string_view dict, std::size_t at);

// <48656C>; `at` goes behind it.
std::string hex_string(std::string_view text, std::size_t& at);
// (Hello); `at` goes behind it.
std::string literal_string(std::string_view text, std::size_t& at);

std::string from_latin(std::string_view bytes);
// A text of a dictionary: UTF-16 or UTF-8 with its mark, else a code whose ASCII is ASCII.
std::string text_string(std::string_view bytes);

}  // namespace qunying::pdf
