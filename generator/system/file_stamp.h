#pragma once
#include <string>

namespace qunying {

// What tells a file or folder of this machine from another that took its place: size, inode and times, as
// text. Empty where there is none. For remembering what was made with a font or library; never for files of a
// site, which FileIndex knows.
std::string file_stamp(const std::string& path);

}  // namespace qunying
