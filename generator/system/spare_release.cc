// A file of the spare is a file of the release when its name and its inode are: then it is the same file, and
// no byte need be read. Reading the names of a folder tells the inodes along with them, at a fraction of what
// looking at each file costs, and of what making and removing a link for it does.
//
// After the switch the tree of the release before becomes the spare at once, not when the next build needs
// it: what was taken out of the site shall lie nowhere. Until it is done it bears the name it had after the
// switch, which ends in .tmp; so a build that is killed meanwhile leaves what the next one removes. Nobody
// waits for the spare to be on the medium: after a power cut it is what the comparison makes of it.
#include "system/spare_release.h"

#include <functional>
#include <optional>

#include "base/failure.h"

namespace qunying {
namespace {

// A spare that shares less than half of its files costs more than it saves.
bool is_worth_it(std::size_t same, std::size_t all) { return 2 * same >= all; }

// What lies in a folder, compared with a release.
struct Comparison {
    HeldFiles held;
    std::size_t same = 0;
    std::map<std::string, std::vector<std::string>> strange_files;  // names by folder
    std::vector<std::string> strange_folders;
    bool odd = false;  // a folder is not as this build would make it
};

class Comparing {
  public:
    using Wanted = std::function<bool(std::size_t index)>;
    Comparing(Disk& disk, const std::string& root, const ReleaseState& release, Wanted wanted)
        : disk_(disk), root_(root), release_(release), wanted_(std::move(wanted)) {
        found_.held.files.resize(release.manifest.files.size());
    }
    void expect(const Disk::FolderRights& rights) { rights_ = rights; }

    Comparison run() {
        folder("");
        return std::move(found_);
    }

  private:
    // Whether anything in it belongs to the release.
    bool folder(const std::string& inner) {
        const std::string where = join_path(root_, inner);
        if (rights_ && disk_.folder_rights(where) != *rights_) found_.odd = true;
        bool belongs = false;
        std::string path = inner.empty() ? inner : inner + "/";
        const std::size_t length = path.size();
        for (Disk::NamedKind& entry : disk_.list_names(where)) {
            path.resize(length);
            path += entry.name;
            const bool is_folder = entry.kind == FileKind::folder;
            if (is_folder ? has_files_in(release_.manifest.files, path) && folder(path)
                          : is_file_of_release(path, entry)) {
                belongs = true;
            } else if (is_folder) {
                found_.strange_folders.push_back(path);
            } else {
                found_.strange_files[inner].push_back(std::move(entry.name));
            }
        }
        if (belongs && !inner.empty()) found_.held.folders.insert(inner);
        return belongs;
    }

    bool is_file_of_release(const std::string& path, const Disk::NamedKind& entry) {
        const auto index = release_.manifest.files.index_of(path);
        const bool same = index && wanted_(*index) && entry.inode == release_.inodes[*index];
        if (same) {
            found_.held.files[*index] = true;
            ++found_.same;
        }
        return same;
    }

    Disk& disk_;
    const std::string& root_;
    const ReleaseState& release_;
    Wanted wanted_;
    std::optional<Disk::FolderRights> rights_;
    Comparison found_;
};

void remove_strange(Disk& disk, const std::string& root, const Comparison& found) {
    for (const auto& [folder, names] : found.strange_files) disk.remove_files(join_path(root, folder), names);
    for (const std::string& folder : found.strange_folders) remove_tree(disk, join_path(root, folder));
}

bool link_all(Disk& disk, const std::string& from, const std::string& to, const NamesByFolder& names) {
    for (const auto& [folder, each] : names) {
        create_folders(disk, join_path(to, folder));
        if (disk.hard_link_all(join_path(from, folder), join_path(to, folder), each) != each.size())
            return false;
    }
    return true;
}

}  // namespace

HeldFiles SpareRelease::take(const std::string& stage, const ReleaseState* release) {
    if (place_.empty()) return {};
    HeldFiles held;
    try {
        if (release != nullptr && disk_.status(place_)) held = move_to(stage, *release);
    } catch (const Failure&) {
        // The call that failed may have been made all the same.
        held = {};
        remove_tree(disk_, stage);
        disk_.create_folder(stage);
    }
    if (held.files.empty()) discard();
    return held;
}

// An empty stage tells who makes folders here, and how: the spare's must be so too, or they would be the
// site's folders with other rights, or none that this build may write.
HeldFiles SpareRelease::move_to(const std::string& stage, const ReleaseState& release) {
    Comparing comparing(disk_, place_, release, [&](std::size_t index) { return release.intact[index]; });
    comparing.expect(disk_.folder_rights(stage));
    Comparison found = comparing.run();
    if (found.odd || !is_worth_it(found.same, release.manifest.files.size())) return {};
    disk_.rename(place_, stage);
    remove_strange(disk_, stage, found);
    return std::move(found.held);
}

bool SpareRelease::keep(const std::string& old, const std::string& out, const ReleaseState& before,
                        const OutputDraft& draft) {
    if (place_.empty()) return false;
    try {
        const auto kept = [&](std::size_t index) { return draft.is_kept(index); };
        const Comparison found = Comparing(disk_, old, before, kept).run();
        if (!is_worth_it(found.same, draft.kept_count() + draft.fresh().size())) return false;
        remove_strange(disk_, old, found);
        NamesByFolder missing;
        const auto want = [&](std::size_t index) {
            if (!found.held.files[index]) add_name(missing, before.manifest.files.path(index));
        };
        draft.in_order(want, [&](const auto& fresh) { add_name(missing, fresh.first); });
        add_name(missing, manifest_name);
        if (!link_all(disk_, out, old, missing)) return false;
        create_folders(disk_, split_path(place_).folder);
        disk_.rename(old, place_);
        return true;
    } catch (const Failure&) {
        return false;
    }
}

void SpareRelease::discard() {
    if (place_.empty()) return;
    try {
        remove_tree(disk_, place_);
    } catch (const Failure&) {
        left_over_ = place_;
    }
}

}  // namespace qunying
