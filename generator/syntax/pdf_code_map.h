#pragma once
// For the reader of PDF alone: the table of a font that says which characters its codes show (9.10.3).
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace qunying::pdf {

// What fonts say of their codes.
struct CodeMap {
    std::unordered_map<std::uint32_t, std::string> texts;
    std::size_t code_bytes = 0;
    bool utf16 = false;    // its codes are Unicode
    bool unknown = false;  // its codes are those of the font, and nobody says which character they show
};

std::uint32_t code_of(std::string_view bytes);

// beginbfchar <01> <0041> endbfchar, beginbfrange <01> <05> <0041> endbfrange
void read_code_map(std::string_view text, CodeMap& map);

}  // namespace qunying::pdf
