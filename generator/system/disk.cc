#include "system/disk.h"

#include <algorithm>
#include <filesystem>

#include "base/failure.h"

namespace qunying {

std::string Disk::read_file(const std::string& path, std::uint64_t limit) {
    auto bytes = read_if_there(path, limit);
    if (!bytes) throw Failure("read", path, std::make_error_code(std::errc::no_such_file_or_directory));
    return std::move(*bytes);
}

namespace {

class CopiedMapping final : public FileMapping {
  public:
    explicit CopiedMapping(std::string bytes) : bytes_(std::move(bytes)) {}
    std::string_view bytes() const override { return bytes_; }

  private:
    std::string bytes_;
};

class NamedFolder final : public OpenFolder {
  public:
    NamedFolder(Disk& disk, std::string path) : disk_(disk), path_(std::move(path)) {}
    void write_new_file(const std::string& name, std::string_view bytes) override {
        disk_.write_new_file(join_path(path_, name), bytes);
    }

  private:
    Disk& disk_;
    std::string path_;
};

}  // namespace

std::string Disk::read_beginning(const std::string& path, std::size_t size) {
    return read_file(path).substr(0, size);
}

std::string Disk::read_range(const std::string& path, std::uint64_t offset, std::size_t size) {
    const std::string bytes = read_file(path);
    return offset < bytes.size() ? bytes.substr(static_cast<std::size_t>(offset), size) : std::string();
}

void Disk::write_private_file(const std::string& path, std::string_view bytes) {
    write_new_file(path, bytes);
}

std::optional<std::uint64_t> Disk::free_bytes(const std::string&) { return std::nullopt; }

std::unique_ptr<FileMapping> Disk::map_if_there(const std::string& path) {
    auto bytes = read_if_there(path);
    return bytes ? std::make_unique<CopiedMapping>(std::move(*bytes)) : nullptr;
}

std::size_t Disk::hard_link_all(const std::string& from_folder, const std::string& to_folder,
                                std::span<const std::string_view> names) {
    std::size_t done = 0;
    for (const std::string_view name : names) {
        if (hard_link(join_path(from_folder, name), join_path(to_folder, name)) != Outcome::done) break;
        ++done;
    }
    return done;
}

std::unique_ptr<OpenFolder> Disk::open_folder(const std::string& path) {
    return std::make_unique<NamedFolder>(*this, path);
}

std::vector<Disk::NamedKind> Disk::list_names(const std::string& path) {
    std::vector<NamedKind> names;
    for (FolderEntry& entry : list_folder(path)) {
        names.push_back({std::move(entry.name), entry.status.kind, entry.status.inode});
    }
    return names;
}

Disk::FolderRights Disk::folder_rights(const std::string& path) {
    const auto found = status(path);
    if (found && found->kind == FileKind::folder) return {found->device, 0, 0, 0};
    throw Failure(
        "look at", path,
        std::make_error_code(found ? std::errc::not_a_directory : std::errc::no_such_file_or_directory));
}

void Disk::remove_files(const std::string& folder, const std::vector<std::string>& names) {
    for (const std::string& name : names) remove_file(join_path(folder, name));
}

bool is_plain_path(std::string_view path) {
    if (path.empty()) return true;
    if (path.find('\0') != std::string_view::npos) return false;
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string_view part = path.substr(begin, end - begin);
        if (part.empty() || part == "." || part == "..") return false;
        begin = end + 1;
    }
    return true;
}

SplitPath split_path(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos) return {"", std::string(path)};
    return {std::string(path.substr(0, slash)), std::string(path.substr(slash + 1))};
}

std::string join_path(std::string_view folder, std::string_view name) {
    if (folder.empty() || name.empty()) return std::string(folder.empty() ? name : folder);
    std::string path;
    path.reserve(folder.size() + 1 + name.size());
    return path.append(folder).append("/").append(name);
}

void create_folders(Disk& disk, const std::string& path) {
    if (path.empty()) return;
    if (const auto status = disk.status(path)) {
        if (status->kind == FileKind::folder) return;
        throw Failure("create folder", path, std::make_error_code(std::errc::not_a_directory));
    }
    create_folders(disk, split_path(path).folder);
    disk.create_folder(path);
}

namespace {

void remove_entry(Disk& disk, const std::string& path, FileKind kind) {
    if (kind != FileKind::folder) return disk.remove_file(path);
    std::vector<std::string> files;
    for (Disk::NamedKind& entry : disk.list_names(path)) {
        if (entry.kind == FileKind::folder) {
            remove_entry(disk, join_path(path, entry.name), FileKind::folder);
        } else {
            files.push_back(std::move(entry.name));
        }
    }
    disk.remove_files(path, files);
    disk.remove_folder(path);
}

}  // namespace

void remove_tree(Disk& disk, const std::string& path) {
    if (const auto status = disk.status(path)) remove_entry(disk, path, status->kind);
}

RootedPath rooted_path(const std::string& folder) {
    namespace fs = std::filesystem;
    std::error_code code;
    fs::path whole = fs::absolute(folder, code).lexically_normal();
    if (!code) whole = fs::weakly_canonical(whole, code);
    if (code) throw Failure("find folder", folder, code);
    if (!whole.has_filename()) whole = whole.parent_path();
    if (!whole.has_filename()) {
        throw Failure("use folder", folder, std::make_error_code(std::errc::invalid_argument));
    }
    fs::create_directories(whole.parent_path(), code);
    if (code) throw Failure("create folder", whole.parent_path().string(), code);
    return {whole.parent_path().string(), whole.filename().string()};
}

std::unique_ptr<Lock> lock_state(Disk& site, const std::string& state_folder) {
    create_folders(site, state_folder);
    const std::string path = join_path(state_folder, "lock");
    auto lock = site.lock(path);
    if (!lock) {
        throw Failure(another_build_is_running, path,
                      std::make_error_code(std::errc::resource_unavailable_try_again));
    }
    return lock;
}

}  // namespace qunying
