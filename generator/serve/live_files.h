#pragma once
// live.js, live.css, focus.js and pictures.css of this folder, put into the program when it is built
// (generator/cmake/files_inside.cmake).
#include <string_view>

namespace qunying {

extern const std::string_view live_script;
extern const std::string_view live_style;
extern const std::string_view focus_script;
extern const std::string_view pictures_style;

}  // namespace qunying
