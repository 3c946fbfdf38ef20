#pragma once
// How values look as text, as Python writes them where the two agree.
#include <optional>
#include <string>
#include <string_view>

#include "template/value.h"

namespace qunying {

// 1.0, 0.1, 1e+16, inf: the shortest form that reads back the same.
std::string real_text(double value);

// Appends the text of anything but lists, maps, functions and undefined; false for those. None is nothing.
bool append_plain(std::string& out, const Value& value);

// The same, fit for HTML: SafeHtml as it is, all else escaped.
bool append_markup(std::string& out, const Value& value);

// & < > " ' as entities; as escape_html, and quick on text that has none.
void append_escaped(std::string& out, std::string_view text);

// The words of a string; of SafeHtml without its tags.
std::string words_of(const Value& string);

// What `is` calls a value of this kind: string, integer, mapping…
std::string_view kind_name(const Value& value);

// Simple case mapping of ASCII, Latin, Greek, Cyrillic and full-width letters.
std::string upper_case(std::string_view text);
std::string lower_case(std::string_view text);
char32_t upper_case(char32_t c);
char32_t lower_case(char32_t c);

// As Python's json.dumps with sorted keys, ASCII only, with < > & ' as \u escapes, so that it may stand
// anywhere in HTML. `indent` of nothing: on one line. Nothing where a value has no JSON form.
enum class JsonStyle : std::uint8_t { python, compact_utf8 };
bool append_json(std::string& out, const Value& value, JsonStyle style,
                 std::optional<int> indent = std::nullopt);

}  // namespace qunying
