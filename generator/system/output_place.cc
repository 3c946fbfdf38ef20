#include "system/output_place.h"

#include <filesystem>
#include <optional>
#include <sys/stat.h>

#include "base/failure.h"

namespace qunying {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view spares_folder = "spares";
constexpr std::string_view spare_end = ".release";
constexpr std::size_t longest_name = 255;

std::optional<dev_t> file_system_of(const fs::path& path) {
    struct stat raw {};
    return ::stat(path.c_str(), &raw) == 0 ? std::optional(raw.st_dev) : std::nullopt;
}

fs::path common_folder(const fs::path& left, const fs::path& right) {
    fs::path common;
    for (auto one = left.begin(), other = right.begin();
         one != left.end() && other != right.end() && *one == *other; ++one, ++other) {
        common /= *one;
    }
    return common;
}

// What a rename can reach from the output folder to the state folder: one file system, all of it below one
// folder that we may open.
std::optional<OutputPlace> with_spare(const RootedPath& out, const std::string& site,
                                      const std::string& state_folder) {
    std::error_code code;
    const fs::path home = fs::canonical(site, code);
    if (code) return std::nullopt;
    const fs::path whole = fs::path(out.root) / out.name;
    const fs::path common = common_folder(home, out.root);
    const auto here = file_system_of(out.root);
    if (!here || file_system_of(common) != here || file_system_of(home / state_folder) != here) {
        return std::nullopt;
    }
    const std::string name = spare_name(whole.lexically_relative(home).string());
    if (name.empty()) return std::nullopt;
    OutputPlace place;
    place.out = whole.lexically_relative(common).string();
    const fs::path state = (home / state_folder).lexically_relative(common);
    place.spare = (state / spares_folder / name).string();
    try {
        place.disk = real_disk(common.string());
    } catch (const Failure&) {  // a folder that may be passed through, but not read
        return std::nullopt;
    }
    return place;
}

}  // namespace

OutputPlace output_place(const std::string& folder, const std::string& site,
                         const std::string& state_folder) {
    RootedPath out = rooted_path(folder);
    if (auto place = with_spare(out, site, state_folder)) return std::move(*place);
    return {real_disk(out.root), std::move(out.name), {}};
}

std::string spare_name(const std::string& way) {
    std::string name;
    for (const char c : way) {
        if (c == '%' || c == '/' || (c == '.' && name.empty())) {
            name += c == '%' ? "%25" : c == '/' ? "%2f" : "%2e";
        } else {
            name += c;
        }
    }
    name += spare_end;
    return name.size() <= longest_name ? name : std::string();
}

}  // namespace qunying
