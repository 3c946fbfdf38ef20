// A folder of this machine, or one that is mounted. Each file is written beside its place and renamed.
#include <algorithm>
#include <filesystem>

#include "base/failure.h"
#include "release/remote.h"

namespace qunying {
namespace {

constexpr const char* workshop = ".qunying-upload";
constexpr std::size_t batch = 256;  // files that one sync answers for
constexpr std::uint64_t longest_small_file = std::uint64_t{256} << 20;

class DirectoryRemote final : public Remote {
  public:
    DirectoryRemote(std::string folder, const LocalRelease& release)
        : folder_(std::move(folder)), release_(release) {
        if (std::filesystem::exists(folder_)) disk_ = real_disk(folder_);
    }

    std::optional<std::string> read(const std::string& name) override {
        return disk_ ? disk_->read_if_there(name, longest_small_file) : std::nullopt;
    }
    void write(const std::string& name, std::string_view bytes) override {
        place(name, bytes);
        settle();
    }
    void upload(const Paths& paths, Arrival, const Done& done) override {
        for (std::size_t begin = 0; begin < paths.size(); begin += batch) {
            const std::size_t end = std::min(begin + batch, paths.size());
            for (std::size_t i = begin; i < end; ++i) place(paths[i], local_bytes(paths[i]));
            settle();
            for (std::size_t i = begin; i < end; ++i) done(paths[i]);
        }
    }
    void remove(const Paths& paths, const Done& done) override {
        for (const std::string& path : paths) {
            const auto status = disk_->status(path);
            if (status && status->kind != FileKind::folder) disk_->remove_file(path);
            done(path);
        }
    }
    void remove_empty_folders(const Paths& folders) override {
        for (const std::string& folder : folders) {
            const auto status = disk_->status(folder);
            if (status && status->kind == FileKind::folder && disk_->list_names(folder).empty())
                disk_->remove_folder(folder);
        }
    }
    std::vector<Seen> compare(const Paths& paths) override {
        std::vector<Seen> seen;
        seen.reserve(paths.size());
        for (const std::string& path : paths) seen.push_back(compare_one(path));
        return seen;
    }
    void settle() override {
        if (disk_->sync_filesystem("") == Outcome::unsupported) disk_->sync_folder("");
    }
    void clear_leftovers(const Paths&) override { remove_tree(*disk_, workshop); }

  private:
    Seen compare_one(const std::string& path) const {
        if (!disk_) return Seen::missing;
        const OutputFile& ours = *release_.manifest.files.find(path);
        const auto status = disk_->status(path);
        if (!status) return Seen::missing;
        if (status->kind != FileKind::file || status->size != ours.size) return Seen::differs;
        return blake2b_of(disk_->read_file(path)) == ours.blake2b ? Seen::same : Seen::differs;
    }
    // What the manifest says, or nothing at all.
    std::string local_bytes(const std::string& path) const {
        const std::string from = join_path(release_.folder, path);
        std::string bytes = release_.disk.read_file(from);
        if (blake2b_of(bytes) != release_.manifest.files.find(path)->blake2b)
            throw Failure("publish a file that is not as its manifest says", from,
                          std::make_error_code(std::errc::io_error));
        return bytes;
    }
    // Looking alone creates nothing.
    void make_folder() {
        if (disk_) return;
        const RootedPath at = rooted_path(folder_);
        real_disk(at.root)->create_folder(at.name);
        disk_ = real_disk(folder_);
    }
    void place(const std::string& path, std::string_view bytes) {
        make_folder();
        const std::string next = join_path(workshop, "next");
        create_folders(*disk_, workshop);
        if (disk_->status(next)) disk_->remove_file(next);
        disk_->write_new_file(next, bytes);
        const std::string folder = split_path(path).folder;
        if (!folder.empty()) create_folders(*disk_, folder);
        disk_->rename(next, path);
    }

    std::string folder_;
    std::unique_ptr<Disk> disk_;  // null as long as there is no such folder
    const LocalRelease& release_;
};

}  // namespace

std::unique_ptr<Remote> directory_remote(const std::string& folder, const LocalRelease& release) {
    return std::make_unique<DirectoryRemote>(folder, release);
}

std::unique_ptr<Remote> open_remote(const PublishTarget& target, const LocalRelease& release,
                                    const std::string& scratch) {
    switch (target.kind) {
        case TargetKind::directory:
            return directory_remote(target.to, release);
        case TargetKind::rsync:
            return rsync_remote(target.to, release, scratch);
        case TargetKind::rclone:
            return rclone_remote(target.to, release, scratch);
    }
    return nullptr;
}

}  // namespace qunying
