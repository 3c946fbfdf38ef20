#include <algorithm>

#include "system/manifest.h"

namespace qunying {

bool is_output_path(std::string_view path) {
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789._-/";
    if (path.empty() || path == manifest_name || path.size() > 1000) return false;
    if (path.find_first_not_of(allowed) != std::string_view::npos) return false;
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        if (end == begin || end - begin > 200 || path[begin] == '.') return false;
        begin = end + 1;
    }
    return true;
}

}  // namespace qunying
