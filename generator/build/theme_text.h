#pragma once
// What of a theme's stylesheets and scripts a visitor loads: all but what only their authors read.
#include <string>
#include <string_view>

namespace qunying {

enum class ThemeLanguage { stylesheet, script };

// `text` without lines that are remarks alone (`/*…*/`; in a script `//…` too), empty lines and indentation:
// about a seventh of a script. Line breaks between statements stay, so that no semicolon is missed. The text
// is returned as it is where it bears a licence (`/*!`, `@license`), and where the state of a line cannot be
// told without parsing the language: template literals, strings continued on the next line, a remark that
// begins behind code and ends on another line.
std::string without_remarks(std::string_view text, ThemeLanguage language);

}  // namespace qunying
