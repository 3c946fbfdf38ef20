#pragma once
// Which fonts there are, and what each can draw. Inside the worker only.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fonts/faces.h"

namespace qunying {

// What a font can draw of some characters.
struct FoundFont {
    FontFile file;
    std::u32string has;  // in the order of those asked for
};

// The face of that family and weight, by its own name: fontconfig's matching would always yield something.
std::optional<FoundFont> find_font(const std::string& family, int weight, std::u32string_view characters);

// Other fonts for these characters, as few as may be; each character in one of them. What is in none is left
// out.
std::vector<FoundFont> find_others(std::u32string_view characters);

// Where fontconfig looks for fonts: a font that is installed or taken away changes one of these.
void add_font_folders(std::vector<std::string>& paths);

// fontconfig 2.14.1
std::string finding_engine();

}  // namespace qunying
