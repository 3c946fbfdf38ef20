#pragma once
// A text as the reader goes through it: hanzi one by one, letters and digits in runs.
#include <string>
#include <string_view>
#include <vector>

namespace qunying {

struct NameToken {
    std::string text;
    char32_t hanzi = 0;            // 0 for a run of letters and digits
    bool after_separator = false;  // “·” stands before it

    bool operator==(const NameToken&) const = default;
};

// Everything that is neither hanzi nor letter nor digit parts runs and is left out.
std::vector<NameToken> tokens_of(std::string_view text);

}  // namespace qunying
