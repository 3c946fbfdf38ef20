#pragma once
// The profile's own pinyin, as people type it, laid out over the characters of the name.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qunying {

// Divides “Tián Jiàngāng” or “tianjiangang” into one syllable a character. `readings` holds what each
// character may be read as, its reading in this name first; they decide between divisions (xi an, xian) and
// lend missing tones. Blanks, hyphens, apostrophes and “·” end a syllable. Nothing when the text cannot be
// divided so.
std::optional<std::vector<std::string>> divide_pinyin(std::string_view text,
                                                      const std::vector<std::vector<std::string>>& readings);

// Whether letters without tones, ü as v, are a Mandarin syllable: "lv", "zhuang".
bool is_syllable(std::string_view plain);

}  // namespace qunying
