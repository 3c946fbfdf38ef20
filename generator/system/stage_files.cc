// A stage that begins with what a spare holds (spare_release.h) has hard links to files of the live site in
// it. They are never opened for writing: a name is removed, and a new file made in its place.
#include "system/stage_files.h"

namespace qunying {

void add_name(NamesByFolder& names, std::string_view path) {
    const std::size_t slash = path.rfind('/');
    const bool top = slash == std::string_view::npos;
    names[top ? std::string_view() : path.substr(0, slash)].push_back(top ? path : path.substr(slash + 1));
}

bool has_files_in(const OutputTree& tree, const std::string& folder) {
    const std::string within = folder + "/";
    const std::size_t next = tree.lower_bound(within);
    return next < tree.size() && tree.path(next).starts_with(within);
}

void StageFiles::open(std::string folder, const OutputTree* before, HeldFiles held) {
    folder_ = std::move(folder);
    before_ = before;
    held_ = std::move(held);
}

void StageFiles::moved_to(std::string folder) {
    open_folder_.reset();
    folder_ = std::move(folder);
}

void StageFiles::make_way_for_file(const std::string& path) {
    if (held_.files.empty()) return;
    if (const auto index = before_->index_of(path); index && holds(*index)) {
        held_.files[*index] = false;
        disk_.remove_file(inside(path));
    }
    if (!held_.folders.contains(path)) return;
    remove_tree(disk_, inside(path));
    const std::string within = path + "/";
    for (std::size_t i = before_->lower_bound(within);
         i < before_->size() && before_->path(i).starts_with(within); ++i) {
        held_.files[i] = false;
    }
    std::erase_if(held_.folders, [&](const std::string& each) { return (each + "/").starts_with(within); });
}

void StageFiles::make_way_for_folder(const std::string& path) {
    if (held_.files.empty()) return;
    const auto index = before_->index_of(path);
    if (!index || !holds(*index)) return;
    held_.files[*index] = false;
    disk_.remove_file(inside(path));
}

void StageFiles::create_folder_of(const std::string& path) {
    const std::string folder = split_path(path).folder;
    if (folder.empty() || held_.folders.contains(folder)) return;
    create_folder_of(folder);
    make_way_for_folder(folder);
    disk_.create_folder(inside(folder));
    held_.folders.insert(folder);
}

void StageFiles::open_folder_of(std::string_view folder) {
    if (open_folder_ && open_name_ == folder) return;
    open_folder_.reset();
    open_name_ = folder;
    open_folder_ = disk_.open_folder(inside(open_name_));
}

void StageFiles::write(const std::string& path, std::string_view bytes) {
    make_way_for_file(path);
    create_folder_of(path);
    const SplitPath split = split_path(path);
    open_folder_of(split.folder);
    open_folder_->write_new_file(split.name, bytes);
}

// Some file systems have no hard links. Of those, only ones that can switch are worth copying the whole site
// for.
Outcome StageFiles::complete(const OutputDraft& draft, const OutputTree& tree) {
    open_folder_.reset();
    remove_others(draft, tree);
    bool may_copy = false;
    for (const auto& [folder, names] : missing(draft)) {
        if (!folder.empty()) create_folder_of(join_path(folder, "x"));
        std::size_t done = disk_.hard_link_all(join_path(out_, folder), inside(folder), names);
        for (; done < names.size(); ++done) {
            may_copy = may_copy || can_exchange();
            if (!may_copy) return Outcome::unsupported;
            take_over(join_path(folder, names[done]));
        }
    }
    return Outcome::done;
}

void StageFiles::remove_others(const OutputDraft& draft, const OutputTree& tree) {
    std::map<std::string, std::vector<std::string>> others;
    for (std::size_t i = 0; i < held_.files.size(); ++i) {
        if (!held_.files[i] || draft.is_kept(i)) continue;
        SplitPath split = split_path(before_->path(i));
        others[std::move(split.folder)].push_back(std::move(split.name));
        held_.files[i] = false;
    }
    std::set<std::string> thinner;
    for (const auto& [folder, names] : others) {
        disk_.remove_files(inside(folder), names);
        for (std::string each = folder; !each.empty(); each = split_path(each).folder) thinner.insert(each);
    }
    // A folder goes with its last file, as if it had never been; those in it come after it in the set.
    for (auto each = thinner.rbegin(); each != thinner.rend(); ++each) {
        if (has_files_in(tree, *each)) continue;
        disk_.remove_folder(inside(*each));
        held_.folders.erase(*each);
    }
}

NamesByFolder StageFiles::missing(const OutputDraft& draft) const {
    NamesByFolder names;
    if (before_ == nullptr) return names;
    for (std::size_t i = 0; i < before_->size(); ++i) {
        if (draft.is_kept(i) && !holds(i)) add_name(names, before_->path(i));
    }
    return names;
}

void StageFiles::take_over(const std::string& path) {
    if (disk_.hard_link(join_path(out_, path), inside(path)) == Outcome::done) return;
    disk_.write_new_file(inside(path), disk_.read_file(join_path(out_, path)));
}

bool StageFiles::can_exchange() {
    const std::string one = inside(".probe-1"), other = inside(".probe-2");
    disk_.create_folder(one);
    disk_.create_folder(other);
    const Outcome outcome = disk_.exchange(one, other);
    disk_.remove_folder(one);
    disk_.remove_folder(other);
    return outcome == Outcome::done;
}

void StageFiles::sync(const OutputTree& tree, const std::string& extra) {
    if (disk_.sync_filesystem(folder_) == Outcome::done) return;
    disk_.sync_file(inside(extra));
    for (const auto& [path, file] : tree) disk_.sync_file(inside(path));
    for (const std::string& folder : held_.folders) disk_.sync_folder(inside(folder));
    disk_.sync_folder(folder_);
}

}  // namespace qunying
