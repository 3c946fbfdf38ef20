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

// Where the spare of `out` can be kept: what a rename reaches from there is one file system, below one folder
// that we may open.
std::optional<OutputPlace> with_spare(const fs::path& out, const fs::path& state, const std::string& name) {
    const fs::path common = common_folder(state, out.parent_path());
    const auto here = file_system_of(out.parent_path());
    if (name.empty() || !here || file_system_of(common) != here || file_system_of(state) != here) {
        return std::nullopt;
    }
    OutputPlace place;
    place.out = out.lexically_relative(common).string();
    place.spare = (state / spares_folder / name).lexically_relative(common).string();
    try {
        place.disk = real_disk(common.string());
    } catch (const Failure&) {  // a folder that may be passed through, but not read
        return std::nullopt;
    }
    return place;
}

// The way that spare_name made a name of.
std::string way_of(std::string_view name) {
    std::string way;
    name.remove_suffix(spare_end.size());
    while (!name.empty()) {
        const bool coded = name.starts_with("%25") || name.starts_with("%2f") || name.starts_with("%2e");
        way += !coded ? name[0] : name[2] == '5' ? '%' : name[2] == 'f' ? '/' : '.';
        name.remove_prefix(coded ? 3 : 1);
    }
    return way;
}

bool is_gone(const fs::path& folder) {
    std::error_code code;
    return fs::symlink_status(folder, code).type() == fs::file_type::not_found;
}

// A spare lives no longer than the folder it mirrors, and no longer than it is used: from one that is left
// alone nobody would take what goes out of the site. `unused` is the name of one that is not used any more.
void remove_orphans(const fs::path& home, const std::string& state_folder, const std::string& unused) {
    const std::string spares = join_path(state_folder, spares_folder);
    try {
        const auto disk = real_disk(home.string());
        if (!disk->status(spares)) return;
        for (const Disk::NamedKind& entry : disk->list_names(spares)) {
            if (!entry.name.ends_with(spare_end)) continue;
            if (entry.name == unused || is_gone(home / way_of(entry.name))) {
                remove_tree(*disk, join_path(spares, entry.name));
            }
        }
    } catch (const Failure&) {  // what cannot be looked at or removed costs room, and is tried again
    }
}

}  // namespace

OutputPlace output_place(const std::string& folder, const std::string& site,
                         const std::string& state_folder) {
    const RootedPath rooted = rooted_path(folder);
    std::error_code code;
    const fs::path home = fs::canonical(site, code);
    if (code) return {real_disk(rooted.root), rooted.name, {}};
    const fs::path out = fs::path(rooted.root) / rooted.name;
    const std::string name = spare_name(out.lexically_relative(home).string());
    auto place = with_spare(out, home / state_folder, name);
    remove_orphans(home, state_folder, place ? std::string() : name);
    if (place) return std::move(*place);
    return {real_disk(rooted.root), rooted.name, {}};
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
