#pragma once
// Surnames that are read otherwise than the same characters in words, and surnames of two and more
// characters.
#include <cstddef>
#include <string_view>

namespace qunying {

// "shàn" of 单, "yù chí" of 尉迟, syllables parted by blanks; empty for a surname that is read as usual.
std::string_view surname_reading(std::string_view surname);

// The bytes of the compound surname that a name begins with, when something is left for the given name; else
// 0.
std::size_t compound_surname_bytes(std::string_view name);

// How a character is read in given names where that differs from its first reading in words (长 cháng, 少
// shào); empty for all others.
std::string_view given_reading(std::string_view character);

}  // namespace qunying
