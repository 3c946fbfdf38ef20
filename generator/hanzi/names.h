#pragma once
// Names of people: where the surname ends, and the one spelling that is kept.
#include <string>
#include <string_view>

namespace qunying {

struct NameParts {
    std::string surname;
    std::string given;

    bool operator==(const NameParts&) const = default;
};

// 田建刚 → 田 + 建刚; 欧阳修 → 欧阳 + 修 by the table of compound surnames, which leaves at least one
// character for the given name; 买买提·艾力 → 买买提 + 艾力: registers file such a name under the part before
// the first “·”, though it is no family name. `surname` (the profile's) decides when the name begins with it;
// otherwise it has no effect. A name that does not begin with a hanzi is all given name. White space is
// removed first.
NameParts split_name(std::string_view name, std::string_view surname = {});

// The name as it is kept: 张　燕 → 张燕. All white space between hanzi goes; between other letters one blank
// stays (“John Smith”). Nothing else changes: no Unicode normalisation, no simplification.
std::string normal_name(std::string_view name);

// The only separator of a name's parts (民委发〔2016〕33号).
inline constexpr char32_t name_separator = U'\u00B7';

// • ・ ． ‧ and other dots that people type where “·” (U+00B7) should stand. The ASCII full stop is one, too;
// whether it is meant so is the caller's question.
bool is_separator_lookalike(char32_t code_point);
// “·” itself or one of them.
bool is_name_separator(char32_t code_point);
// Whether one of them stands between two parts.
bool has_name_separator(std::string_view name);

// They choose a form of the character before them and are no character of their own.
bool is_variation_selector(char32_t code_point);

// What a name's order and reading pass over: white space, separators, variation selectors, joiners.
bool is_silent_in_name(char32_t code_point);

}  // namespace qunying
