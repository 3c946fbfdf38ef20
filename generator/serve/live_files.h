#pragma once
// live.js and live.css of this folder, put into the program when it is built
// (generator/cmake/live_files.cmake).
#include <string_view>

namespace qunying {

extern const std::string_view live_script;
extern const std::string_view live_style;

}  // namespace qunying
