#include "system/output_in_place.h"

#include <algorithm>
#include <set>

#include "base/failure.h"
#include "base/text.h"

namespace qunying {
namespace {

// The list of paths tells the next build which files are ours, even before the first manifest is written.
constexpr std::string_view incomplete_notice =
    "本文件夹正在更新，或更新时中断，内容不完整。请重新生成网站。\n"
    "This folder is being updated, or that was interrupted. Build the site again.\n"
    "\n";
constexpr std::uint64_t longest_incomplete = std::uint64_t{256} * 1024 * 1024;

// Pages go after what they show.
bool is_page(const std::string& path) {
    for (const char* end : {".html", ".xml", ".json", ".txt", ".csv"}) {
        if (path.ends_with(end)) return true;
    }
    return false;
}

class InPlace {
  public:
    InPlace(Disk& disk, const InPlaceJob& job) : disk_(disk), job_(job) {
        for (const std::string& path : job.before) {
            if (!job.manifest.files.contains(path)) doomed_.insert(path);
        }
    }

    void run() {
        announce();
        make_room();
        for (const std::string& path : job_.fresh) {
            if (!is_page(path)) place(path);
        }
        for (const std::string& path : job_.fresh) {
            if (is_page(path)) place(path);
        }
        sync();
        put(manifest_name, write_manifest(job_.manifest));
        for (const std::string& path : doomed_) discard(path);
        sync();
        disk_.remove_file(in_out(incomplete_name));
        disk_.sync_folder(job_.out);
    }

  private:
    std::string in_out(const std::string& path) const { return join_path(job_.out, path); }

    void announce() {
        std::set<std::string> paths(job_.before.begin(), job_.before.end());
        for (const auto& [path, file] : job_.manifest.files) paths.emplace(path);
        std::string text(incomplete_notice);
        for (const std::string& path : paths) text.append(path).append("\n");
        put(incomplete_name, text);
        disk_.sync_file(in_out(incomplete_name));
        disk_.sync_folder(job_.out);
    }

    // Writes beside and renames, so that the name never stands for half a file.
    void put(const std::string& path, std::string_view bytes) {
        const std::string temporary = in_out(inner_copy_name);
        remove_tree(disk_, temporary);
        disk_.write_new_file(temporary, bytes);
        disk_.rename(temporary, in_out(path));
    }

    // A folder may stand where a file shall go, or the other way round.
    void make_room() {
        for (auto each = doomed_.begin(); each != doomed_.end();) {
            const bool in_the_way = is_folder_now(*each) || stands_under_file(*each);
            if (in_the_way) discard(*each);
            each = in_the_way ? doomed_.erase(each) : std::next(each);
        }
    }
    bool is_folder_now(const std::string& path) const {
        const OutputTree& files = job_.manifest.files;
        const std::size_t inside = files.lower_bound(path + "/");
        return inside < files.size() && files.path(inside).starts_with(path + "/");
    }
    bool stands_under_file(const std::string& path) const {
        for (std::string folder = split_path(path).folder; !folder.empty();
             folder = split_path(folder).folder) {
            if (job_.manifest.files.contains(folder)) return true;
        }
        return false;
    }

    void place(const std::string& path) {
        create_folder_of(path);
        try {
            disk_.rename(join_path(job_.stage, path), in_out(path));
        } catch (const Failure& failure) {
            if (failure.code() != std::errc::cross_device_link) throw;
            put(path, disk_.read_file(join_path(job_.stage, path)));
        }
    }

    void create_folder_of(const std::string& path) {
        const std::string folder = split_path(path).folder;
        if (!folder.empty() && folders_.insert(folder).second) create_folders(disk_, in_out(folder));
    }

    void discard(const std::string& path) {
        if (!disk_.status(in_out(path))) return;
        disk_.remove_file(in_out(path));
        for (std::string folder = split_path(path).folder; !folder.empty();
             folder = split_path(folder).folder) {
            if (!disk_.list_folder(in_out(folder)).empty()) return;
            disk_.remove_folder(in_out(folder));
        }
    }

    void sync() {
        if (disk_.sync_filesystem(job_.out) == Outcome::done) return;
        for (const std::string& path : job_.fresh) disk_.sync_file(in_out(path));
        for (const std::string& folder : folders_) disk_.sync_folder(in_out(folder));
        disk_.sync_folder(job_.out);
    }

    Disk& disk_;
    const InPlaceJob& job_;
    std::set<std::string> doomed_;
    std::set<std::string> folders_;
};

}  // namespace

void publish_in_place(Disk& disk, const InPlaceJob& job) { InPlace(disk, job).run(); }

std::optional<std::vector<std::string>> read_incomplete(Disk& disk, const std::string& out) {
    const auto text = disk.read_if_there(join_path(out, incomplete_name), longest_incomplete);
    if (!text || !text->starts_with(incomplete_notice)) return std::nullopt;
    std::vector<std::string> paths;
    for (const std::string_view line :
         split(std::string_view(*text).substr(incomplete_notice.size()), '\n')) {
        if (is_output_path(line)) paths.emplace_back(line);
    }
    return paths;
}

}  // namespace qunying
