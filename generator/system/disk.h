#pragma once
// The only door to the disk. One Disk serves one root: the site, or the folder that holds the output folder.
// Paths are relative to the root, with '/' between plain parts ("" is the root itself); no part may be ".",
// ".." or empty, and no symbolic link is ever followed, so nothing outside the root is read or written.
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace qunying {

enum class FileKind { file, folder, symlink, other };

struct FileStatus {
    FileKind kind = FileKind::other;
    std::uint64_t size = 0;
    std::int64_t mtime_ns = 0;  // since 1970
    std::int64_t ctime_ns = 0;  // of the last change to bytes, name or mode, which nobody can set back
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
};

// A file's bytes where the kernel keeps them, readable as long as the object lives. For files that nobody
// cuts short meanwhile: those of our own state folder, under its lock.
class FileMapping {
  public:
    virtual ~FileMapping() = default;
    virtual std::string_view bytes() const = 0;
    // Gives back the memory of what was looked at; it is there again when it is looked at again.
    virtual void forget() const {}
};

struct FolderEntry {
    std::string name;  // bytes as the disk has them; may be no UTF-8
    FileStatus status;
};

// Whether the file system can do what was asked; everything else that goes wrong is thrown.
enum class Outcome { done, unsupported };

// Held as long as the object lives; gone with the process, however it ends.
class Lock {
  public:
    virtual ~Lock() = default;
};

// A folder that is held open, for writing many files into it. It stays the same folder, whatever its name is
// later: only for folders that nobody renames meanwhile, such as those of a stage.
class OpenFolder {
  public:
    virtual ~OpenFolder() = default;
    // As Disk::write_new_file; `name` is one plain part.
    virtual void write_new_file(const std::string& name, std::string_view bytes) = 0;
};

inline constexpr std::uint64_t any_length = std::numeric_limits<std::uint64_t>::max();

// Every call throws Failure{operation, path, code} when the world does not do as asked. Calls may come from
// several threads.
class Disk {
  public:
    virtual ~Disk() = default;

    // The bytes of a regular file; nothing where there is none. Longer than `limit` is a Failure (EFBIG).
    virtual std::optional<std::string> read_if_there(const std::string& path,
                                                     std::uint64_t limit = any_length) = 0;
    // The first `size` bytes of a file that must be there, or all of it where it is shorter.
    virtual std::string read_beginning(const std::string& path, std::size_t size);
    // Up to `size` bytes from `offset` on of a file that must be there; fewer only where it ends. What it
    // costs in memory is `size`, however long the file is.
    virtual std::string read_range(const std::string& path, std::uint64_t offset, std::size_t size);
    // The same as read_if_there without a copy.
    virtual std::unique_ptr<FileMapping> map_if_there(const std::string& path);
    // Entries with their status, in any order; symbolic links are named, not followed.
    virtual std::vector<FolderEntry> list_folder(const std::string& path) = 0;
    // The same without looking at each: for whoever only removes or compares them.
    struct NamedKind {
        std::string name;
        FileKind kind = FileKind::other;
        std::uint64_t inode = 0;  // as the folder has it: on some network file systems not that of `status`
    };
    virtual std::vector<NamedKind> list_names(const std::string& path);
    // Nothing where there is nothing.
    virtual std::optional<FileStatus> status(const std::string& path) = 0;
    // Who may do what in a folder that must be there: equal for two folders on one file system with the same
    // owner, group and mode. A disk that knows none of these tells the file system alone.
    struct FolderRights {
        std::uint64_t device = 0;
        std::uint32_t owner = 0, group = 0, mode = 0;
        bool operator==(const FolderRights&) const = default;
    };
    virtual FolderRights folder_rights(const std::string& path);

    virtual void create_folder(const std::string& path) = 0;  // its parent must be there, itself not
    // Writes a file that is not there yet; what was written of it is removed again when that fails.
    virtual void write_new_file(const std::string& path, std::string_view bytes) = 0;
    // The same for what only its owner may read or write.
    virtual void write_private_file(const std::string& path, std::string_view bytes);
    // A folder that must be there. Outlives no disk.
    virtual std::unique_ptr<OpenFolder> open_folder(const std::string& path);
    // Adds to the end of a file, which is created when missing.
    virtual void append_to_file(const std::string& path, std::string_view bytes) = 0;
    virtual void rename(const std::string& from,
                        const std::string& to) = 0;  // replaces a file or an empty folder
    // Swaps two names in one step.
    virtual Outcome exchange(const std::string& left, const std::string& right) = 0;
    virtual Outcome hard_link(const std::string& from, const std::string& to) = 0;
    // The same for names of one folder, one after another up to the first that is unsupported; how many were.
    virtual std::size_t hard_link_all(const std::string& from_folder, const std::string& to_folder,
                                      std::span<const std::string_view> names);
    virtual void remove_file(const std::string& path) = 0;
    // Removes files of one folder by name.
    virtual void remove_files(const std::string& folder, const std::vector<std::string>& names);
    virtual void remove_folder(const std::string& path) = 0;  // an empty one

    // Not back before the bytes, or the names in a folder, are on the medium. Never tried again after an
    // error.
    virtual void sync_file(const std::string& path) = 0;
    virtual void sync_folder(const std::string& path) = 0;
    // The same for the whole file system that holds `path`.
    virtual Outcome sync_filesystem(const std::string& path) = 0;

    // Bytes that there is room for on the file system that holds a folder; nothing where that is not known.
    virtual std::optional<std::uint64_t> free_bytes(const std::string& path);

    // Locks a file, which is created when missing, or a folder that is there, against other processes.
    // Null when someone else holds it.
    virtual std::unique_ptr<Lock> lock(const std::string& path) = 0;

    // The bytes of a file that must be there.
    std::string read_file(const std::string& path, std::uint64_t limit = any_length);
};

// How the real disk keeps to its root: the kernel's openat2, or each part of a path by itself on older
// kernels.
enum class PathResolution { best_available, part_by_part };

// `root` is an existing folder as the user named it (symbolic links in it are the user's own choice).
std::unique_ptr<Disk> real_disk(const std::string& root,
                                PathResolution resolution = PathResolution::best_available);

// Whether `path` is "" or parts joined by '/', none of them empty, "." or "..", without NUL.
bool is_plain_path(std::string_view path);

// The folder of a path and its last part: "a/b/c" is {"a/b", "c"}, "c" is {"", "c"}.
struct SplitPath {
    std::string folder, name;
};
SplitPath split_path(std::string_view path);
// The two joined by '/'; just the other one when one is empty.
std::string join_path(std::string_view folder, std::string_view name);

// Creates what is missing of `path`.
void create_folders(Disk& disk, const std::string& path);
// Removes whatever `path` is, with all that is in it; nothing there is fine.
void remove_tree(Disk& disk, const std::string& path);

// An output folder as the user named it, parted into an existing root (created when missing) and a name in
// it.
struct RootedPath {
    std::string root, name;
};
RootedPath rooted_path(const std::string& folder);

// One build at a time for a site: locks `STATE/lock`, creating the folder. A Failure with the operation
// `another_build_is_running` when one runs already.
inline constexpr const char* another_build_is_running = "start while another build is running";
std::unique_ptr<Lock> lock_state(Disk& site, const std::string& state_folder = ".qunying");

}  // namespace qunying
