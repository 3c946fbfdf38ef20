#pragma once
// What a file's name says of its type.
#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/text.h"

namespace qunying {

// `jpg` of `a/B.JPG`; empty where there is no dot.
inline std::string ending_of(std::string_view path) {
    const std::size_t dot = path.rfind('.');
    return dot == std::string_view::npos ? "" : ascii_lower(path.substr(dot + 1));
}

template <std::size_t N>
bool is_one_of(std::string_view ending, const std::array<std::string_view, N>& endings) {
    return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

}  // namespace qunying
