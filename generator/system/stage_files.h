#pragma once
// The files of a release in the making: written one by one, or taken over from the release before.
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "system/disk.h"
#include "system/output_tree.h"

namespace qunying {

// What of a release lies in a folder just as it does in the release: the same files, by hard links.
struct HeldFiles {
    std::vector<bool> files;                     // by index in the release's tree; empty when there are none
    std::set<std::string, std::less<>> folders;  // all that are there, by path
};

// Names of files by the folder they are in.
using NamesByFolder = std::map<std::string_view, std::vector<std::string_view>>;
void add_name(NamesByFolder& names, std::string_view path);

// Whether a release has such a folder.
bool has_files_in(const OutputTree& tree, const std::string& folder);

class StageFiles {
  public:
    // `out` is the folder of the release before.
    StageFiles(Disk& disk, std::string out) : disk_(disk), out_(std::move(out)) {}

    // In `folder` lies nothing but what is `held` of `before`. That tree is null when there was no release,
    // and outlives this.
    void open(std::string folder, const OutputTree* before, HeldFiles held);
    bool is_open() const { return !folder_.empty(); }
    const std::string& folder() const { return folder_; }
    // It was renamed; "" when it is somebody else's now.
    void moved_to(std::string folder);

    void write(const std::string& path, std::string_view bytes);
    // Removes what `draft` does not keep, and links or copies what it keeps. `tree` is all of the draft.
    // Unsupported where nothing can be linked and copies would be of no use.
    Outcome complete(const OutputDraft& draft, const OutputTree& tree);
    // Not back before everything of `tree`, and `extra` in its root, is on the medium.
    void sync(const OutputTree& tree, const std::string& extra);

  private:
    std::string inside(std::string_view path) const { return join_path(folder_, path); }
    bool holds(std::size_t index) const { return !held_.files.empty() && held_.files[index]; }
    void make_way_for_file(const std::string& path);
    void make_way_for_folder(const std::string& path);
    void create_folder_of(const std::string& path);
    void open_folder_of(std::string_view folder);
    void remove_others(const OutputDraft& draft, const OutputTree& tree);
    NamesByFolder missing(const OutputDraft& draft) const;
    void take_over(const std::string& path);
    bool can_exchange();

    Disk& disk_;
    std::string out_, folder_;
    const OutputTree* before_ = nullptr;
    HeldFiles held_;
    std::string open_name_;
    std::unique_ptr<OpenFolder> open_folder_;
};

}  // namespace qunying
