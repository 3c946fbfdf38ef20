#pragma once
// UTF-8 text as every room needs it. Functions take valid UTF-8 unless they say otherwise; on anything else
// they yield U+FFFD for a broken byte and go on.
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace qunying {

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Byte offset of the first byte that is not well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms).
std::optional<std::size_t> find_invalid_utf8(std::string_view bytes);

// One code point and how many bytes it took; {U+FFFD, 1} for a broken byte. `text` must not be empty.
struct CodePoint {
    char32_t value = 0;
    std::size_t bytes = 0;
};
CodePoint decode_first(std::string_view text);

std::u32string to_utf32(std::string_view text);
std::string to_utf8(std::u32string_view text);
void append_utf8(std::string& out, char32_t code_point);

std::size_t count_code_points(std::string_view text);
// At most `count` code points from the front.
std::string_view first_code_points(std::string_view text, std::size_t count);

// Columns a terminal uses: 2 for wide and full-width characters, 0 for combining marks and controls.
int display_width(char32_t code_point);
int display_width(std::string_view text);

// U+4E00… and every extension, compatibility ideographs and 〇.
bool is_hanzi(char32_t code_point);
// Marks that CJK text uses, full-width forms among them: “ ” 《 》 ， 。 …
bool is_cjk_punctuation(char32_t code_point);
// U+202A–202E, U+2066–2069, U+200E, U+200F, U+061C: they reorder text and have no place in a name.
bool is_bidi_control(char32_t code_point);

std::string_view trim(std::string_view text);  // ASCII white space and U+3000
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(std::span<const std::string> parts, std::string_view separator);
std::string replace_all(std::string_view text, std::string_view from, std::string_view to);
std::string ascii_lower(std::string_view text);
bool is_ascii(std::string_view text);

// Edit distance in code points, two swapped neighbours counting as one edit (optimal string alignment), or
// `limit + 1` when it is more than `limit`.
std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t limit);

// The candidate nearest to `wanted`, when it is near enough to be what was meant (a third of its length, at
// least 1).
std::optional<std::string> nearest(std::string_view wanted, std::span<const std::string> candidates);

// & < > " ' as entities, fit for element text and quoted attributes.
std::string escape_html(std::string_view text);
void append_escaped_html(std::string& out, std::string_view text);

// Per-cent escapes everything but unreserved characters and those in `keep`.
std::string escape_url(std::string_view text, std::string_view keep = "/");

// The text of an HTML fragment: tags dropped, the five entities of escape_html and &nbsp; resolved.
std::string html_to_text(std::string_view html);

}  // namespace qunying
