// The disk through Linux system calls. Whatever takes a path goes through `open_beneath`, which the kernel
// (openat2) or the walk over each part keeps inside the root (open_beneath.h); calls for which the kernel has
// no such guard (unlinkat, mkdirat, …) get the opened parent and one plain name, which cannot lead anywhere
// else. So does openat for files of a folder that is held open: O_EXCL makes a new file or none and follows
// no link, and a name without '/' that is neither "." nor ".." stays in its folder.
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <utility>

#include "base/failure.h"
#include "system/disk.h"
#include "system/open_beneath.h"

namespace qunying {
namespace {

std::error_code last_error() { return {errno, std::generic_category()}; }

FileKind kind_of(mode_t mode) {
    if (S_ISREG(mode)) return FileKind::file;
    if (S_ISDIR(mode)) return FileKind::folder;
    if (S_ISLNK(mode)) return FileKind::symlink;
    return FileKind::other;
}

FileStatus status_of(const struct stat& raw) {
    const auto nanoseconds = [](const timespec& time) {
        return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
    };
    return {kind_of(raw.st_mode),
            static_cast<std::uint64_t>(raw.st_size),
            nanoseconds(raw.st_mtim),
            nanoseconds(raw.st_ctim),
            raw.st_dev,
            raw.st_ino};
}

bool is_one_part(std::string_view name) {
    return !name.empty() && name != "." && name != ".." && name.find('/') == std::string_view::npos &&
           name.find('\0') == std::string_view::npos;
}

// A name for the kernel: ends with NUL. No name is longer than NAME_MAX, or the kernel says so.
class PartName {
  public:
    const char* of(std::string_view name) {
        text_.assign(name);
        return text_.c_str();
    }

  private:
    std::string text_;
};

class RealMapping final : public FileMapping {
  public:
    RealMapping(void* begin, std::size_t size) : begin_(begin), size_(size) {}
    RealMapping(const RealMapping&) = delete;
    RealMapping& operator=(const RealMapping&) = delete;
    ~RealMapping() override {
        if (size_ > 0) ::munmap(begin_, size_);
    }
    std::string_view bytes() const override { return {static_cast<const char*>(begin_), size_}; }
    void forget() const override {
        if (size_ > 0) ::madvise(begin_, size_, MADV_DONTNEED);
    }

  private:
    void* begin_;
    std::size_t size_;
};

class RealLock final : public Lock {
  public:
    explicit RealLock(Descriptor held) : held_(std::move(held)) {}

  private:
    Descriptor held_;
};

bool is_any_of(int error, std::initializer_list<int> errors) {
    for (const int each : errors) {
        if (each == error) return true;
    }
    return false;
}

class RealDisk final : public Disk {
  public:
    RealDisk(const std::string& root, PathResolution resolution) : name_(root) {
        Descriptor opened(retry([&] { return ::open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
        if (!opened.open()) throw Failure("open folder", root, last_error());
        opener_ = RootedOpener(std::move(opened), resolution);
    }

    std::optional<std::string> read_if_there(const std::string& path, std::uint64_t limit) override;
    std::string read_beginning(const std::string& path, std::size_t size) override;
    std::string read_range(const std::string& path, std::uint64_t offset, std::size_t size) override;
    std::unique_ptr<FileMapping> map_if_there(const std::string& path) override;
    std::vector<FolderEntry> list_folder(const std::string& path) override;
    std::optional<FileStatus> status(const std::string& path) override;
    FolderRights folder_rights(const std::string& path) override;
    void create_folder(const std::string& path) override;
    void write_new_file(const std::string& path, std::string_view bytes) override;
    void write_private_file(const std::string& path, std::string_view bytes) override;
    std::unique_ptr<OpenFolder> open_folder(const std::string& path) override;
    std::vector<NamedKind> list_names(const std::string& path) override;
    void append_to_file(const std::string& path, std::string_view bytes) override;
    void rename(const std::string& from, const std::string& to) override;
    Outcome exchange(const std::string& left, const std::string& right) override;
    Outcome hard_link(const std::string& from, const std::string& to) override;
    std::size_t hard_link_all(const std::string& from_folder, const std::string& to_folder,
                              std::span<const std::string_view> names) override;
    void remove_files(const std::string& folder, const std::vector<std::string>& names) override;
    void remove_file(const std::string& path) override { remove(path, 0, "remove"); }
    void remove_folder(const std::string& path) override { remove(path, AT_REMOVEDIR, "remove folder"); }
    void sync_file(const std::string& path) override { sync(path, O_RDONLY | O_NONBLOCK); }
    void sync_folder(const std::string& path) override { sync(path, O_RDONLY | O_DIRECTORY); }
    Outcome sync_filesystem(const std::string& path) override;
    std::optional<std::uint64_t> free_bytes(const std::string& path) override;
    std::unique_ptr<Lock> lock(const std::string& path) override;

  private:
    [[noreturn]] void fail(const char* operation, const std::string& path) const {
        const std::error_code code = last_error();
        throw Failure(operation, name_ == "/" ? name_ + path : join_path(name_, path), code);
    }
    void check_plain(const char* operation, const std::string& path) const {
        if (is_plain_path(path)) return;
        errno = EINVAL;
        fail(operation, path);
    }

    void check_part(const char* operation, std::string_view name) const {
        if (is_one_part(name)) return;
        errno = EINVAL;
        fail(operation, std::string(name));
    }

    Descriptor open_beneath(const std::string& path, int flags, mode_t mode = 0666) const {
        return opener_.open(path, flags, mode);
    }

    // The opened folder of `path` and the name in it.
    struct Place {
        Descriptor folder;
        std::string name;
    };
    Place place_of(const char* operation, const std::string& path) const;
    Descriptor folder_at(const char* operation, const std::string& path) const;
    Outcome link_outcome(int result, std::string_view folder, std::string_view name) const;
    template <class Each>
    void each_entry(const std::string& path, Each each) const;

    class HeldFolder;
    void fill_new_file(Descriptor file, int folder, const char* name, const std::string& path,
                       std::string_view bytes) const;
    void write_all(int file, const std::string& path, std::string_view bytes) const;
    void remove(const std::string& path, int flags, const char* operation);
    void sync(const std::string& path, int flags);

    std::string name_;
    RootedOpener opener_;
};

RealDisk::Place RealDisk::place_of(const char* operation, const std::string& path) const {
    check_plain(operation, path);
    SplitPath split = split_path(path);
    Descriptor folder = open_beneath(split.folder, O_PATH | O_DIRECTORY);
    if (!folder.open()) fail(operation, path);
    return {std::move(folder), split.name.empty() ? "." : std::move(split.name)};
}

std::optional<std::string> RealDisk::read_if_there(const std::string& path, std::uint64_t limit) {
    check_plain("read", path);
    const Descriptor file = open_beneath(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (!file.open() && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
    struct stat raw {};
    if (!file.open() || ::fstat(file.number(), &raw) != 0) fail("read", path);
    errno = !S_ISREG(raw.st_mode)                             ? (S_ISDIR(raw.st_mode) ? EISDIR : EINVAL)
            : static_cast<std::uint64_t>(raw.st_size) > limit ? EFBIG
                                                              : 0;
    if (errno != 0) fail("read", path);
    std::string bytes(static_cast<std::size_t>(raw.st_size) + 1, '\0');  // one more, to see its end or growth
    std::size_t length = 0;
    for (;;) {
        const auto count =
            retry([&] { return ::read(file.number(), &bytes[length], bytes.size() - length); });
        if (count < 0) fail("read", path);
        if (count == 0) break;
        length += static_cast<std::size_t>(count);
        if (length > limit) {
            errno = EFBIG;
            fail("read", path);
        }
        if (length == bytes.size()) bytes.resize(bytes.size() * 2);
    }
    bytes.resize(length);
    return bytes;
}

std::string RealDisk::read_beginning(const std::string& path, std::size_t size) {
    return read_range(path, 0, size);
}

std::string RealDisk::read_range(const std::string& path, std::uint64_t offset, std::size_t size) {
    check_plain("read", path);
    const Descriptor file = open_beneath(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (!file.open()) fail("read", path);
    std::string bytes(size, '\0');
    std::size_t length = 0;
    while (length < size) {
        const auto at = static_cast<off_t>(offset + length);
        const auto count = retry([&] { return ::pread(file.number(), &bytes[length], size - length, at); });
        if (count < 0) fail("read", path);
        if (count == 0) break;
        length += static_cast<std::size_t>(count);
    }
    bytes.resize(length);
    return bytes;
}

std::unique_ptr<FileMapping> RealDisk::map_if_there(const std::string& path) {
    check_plain("read", path);
    const Descriptor file = open_beneath(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (!file.open() && (errno == ENOENT || errno == ENOTDIR)) return nullptr;
    struct stat raw {};
    if (!file.open() || ::fstat(file.number(), &raw) != 0) fail("read", path);
    const auto size = static_cast<std::size_t>(raw.st_size);
    if (size == 0) return std::make_unique<RealMapping>(nullptr, 0);
    void* begin = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.number(), 0);
    if (begin == MAP_FAILED) fail("read", path);
    return std::make_unique<RealMapping>(begin, size);
}

// Calls each(folder descriptor, entry) for all but "." and "..".
template <class Each>
void RealDisk::each_entry(const std::string& path, Each each) const {
    check_plain("list folder", path);
    Descriptor opened = open_beneath(path, O_RDONLY | O_DIRECTORY);
    if (!opened.open()) fail("list folder", path);
    const std::unique_ptr<DIR, int (*)(DIR*)> folder(::fdopendir(opened.number()), ::closedir);
    if (!folder) fail("list folder", path);
    const int number = opened.release();
    for (;;) {
        errno = 0;
        const dirent* entry = ::readdir(folder.get());
        if (entry == nullptr && errno != 0) fail("list folder", path);
        if (entry == nullptr) return;
        const std::string_view name = entry->d_name;
        if (name != "." && name != "..") each(number, *entry);
    }
}

std::vector<FolderEntry> RealDisk::list_folder(const std::string& path) {
    std::vector<FolderEntry> entries;
    each_entry(path, [&](int folder, const dirent& entry) {
        struct stat raw {};
        if (::fstatat(folder, entry.d_name, &raw, AT_SYMLINK_NOFOLLOW) == 0) {
            entries.push_back({entry.d_name, status_of(raw)});
        } else if (errno != ENOENT) {  // gone since it was listed
            fail("look at", join_path(path, entry.d_name));
        }
    });
    return entries;
}

// Few file systems do not tell the kind along with the name.
std::vector<Disk::NamedKind> RealDisk::list_names(const std::string& path) {
    std::vector<NamedKind> names;
    each_entry(path, [&](int folder, const dirent& entry) {
        struct stat raw {};
        if (entry.d_type != DT_UNKNOWN) {
            names.push_back({entry.d_name, kind_of(static_cast<mode_t>(DTTOIF(entry.d_type))), entry.d_ino});
        } else if (::fstatat(folder, entry.d_name, &raw, AT_SYMLINK_NOFOLLOW) == 0) {
            names.push_back({entry.d_name, kind_of(raw.st_mode), raw.st_ino});
        } else if (errno != ENOENT) {
            fail("look at", join_path(path, entry.d_name));
        }
    });
    return names;
}

std::optional<FileStatus> RealDisk::status(const std::string& path) {
    check_plain("look at", path);
    const SplitPath split = split_path(path);
    const Descriptor folder = open_beneath(split.folder, O_PATH | O_DIRECTORY);
    struct stat raw {};
    const char* name = path.empty() ? "." : split.name.c_str();
    if (folder.open() && ::fstatat(folder.number(), name, &raw, AT_SYMLINK_NOFOLLOW) == 0)
        return status_of(raw);
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    fail("look at", path);
}

Disk::FolderRights RealDisk::folder_rights(const std::string& path) {
    const Descriptor folder = folder_at("look at", path);
    struct stat raw {};
    if (::fstat(folder.number(), &raw) != 0) fail("look at", path);
    return {raw.st_dev, raw.st_uid, raw.st_gid, raw.st_mode};
}

void RealDisk::create_folder(const std::string& path) {
    const Place place = place_of("create folder", path);
    if (::mkdirat(place.folder.number(), place.name.c_str(), 0777) != 0) fail("create folder", path);
}

void RealDisk::write_all(int file, const std::string& path, std::string_view bytes) const {
    while (!bytes.empty()) {
        const auto count = retry([&] { return ::write(file, bytes.data(), bytes.size()); });
        if (count < 0) fail("write", path);
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

// A closed descriptor where the name is taken, by a link too.
Descriptor create_in(int folder, const char* name, mode_t mode = 0666) {
    constexpr int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC;
    return Descriptor(retry([&] { return ::openat(folder, name, flags, mode); }));
}

void RealDisk::fill_new_file(Descriptor file, int folder, const char* name, const std::string& path,
                             std::string_view bytes) const {
    if (!file.open()) fail("create", path);
    try {
        write_all(file.number(), path, bytes);
        if (::close(file.release()) != 0) fail("close", path);
    } catch (const Failure&) {
        ::unlinkat(folder, name, 0);  // if this fails too, the first failure tells more
        throw;
    }
}

void RealDisk::write_new_file(const std::string& path, std::string_view bytes) {
    const Place place = place_of("create", path);
    const int folder = place.folder.number();
    const char* name = place.name.c_str();
    fill_new_file(create_in(folder, name), folder, name, path, bytes);
}

void RealDisk::write_private_file(const std::string& path, std::string_view bytes) {
    const Place place = place_of("create", path);
    const int folder = place.folder.number();
    const char* name = place.name.c_str();
    fill_new_file(create_in(folder, name, 0600), folder, name, path, bytes);
}

class RealDisk::HeldFolder final : public OpenFolder {
  public:
    HeldFolder(const RealDisk& disk, std::string path, Descriptor folder)
        : disk_(disk), path_(std::move(path)), folder_(std::move(folder)) {}

    void write_new_file(const std::string& name, std::string_view bytes) override {
        disk_.check_part("create", name);
        Descriptor file = create_in(folder_.number(), name.c_str());
        disk_.fill_new_file(std::move(file), folder_.number(), name.c_str(), join_path(path_, name), bytes);
    }

  private:
    const RealDisk& disk_;
    std::string path_;
    Descriptor folder_;
};

std::unique_ptr<OpenFolder> RealDisk::open_folder(const std::string& path) {
    return std::make_unique<HeldFolder>(*this, path, folder_at("open folder", path));
}

void RealDisk::append_to_file(const std::string& path, std::string_view bytes) {
    check_plain("append", path);
    Descriptor file = open_beneath(path, O_WRONLY | O_CREAT | O_APPEND | O_NOCTTY);
    if (!file.open()) fail("append", path);
    write_all(file.number(), path, bytes);
    if (::close(file.release()) != 0) fail("close", path);
}

void RealDisk::rename(const std::string& from, const std::string& to) {
    const Place source = place_of("rename", from);
    const Place target = place_of("rename", to);
    if (::renameat(source.folder.number(), source.name.c_str(), target.folder.number(),
                   target.name.c_str()) != 0) {
        fail("rename", to);
    }
}

Outcome RealDisk::exchange(const std::string& left, const std::string& right) {
    const Place one = place_of("switch", left);
    const Place other = place_of("switch", right);
    if (::renameat2(one.folder.number(), one.name.c_str(), other.folder.number(), other.name.c_str(),
                    RENAME_EXCHANGE) == 0) {
        return Outcome::done;
    }
    if (is_any_of(errno, {EINVAL, ENOSYS, EBUSY, EXDEV, EOPNOTSUPP})) return Outcome::unsupported;
    fail("switch", right);
}

Descriptor RealDisk::folder_at(const char* operation, const std::string& path) const {
    check_plain(operation, path);
    Descriptor folder = open_beneath(path, O_PATH | O_DIRECTORY);
    if (!folder.open()) fail(operation, path);
    return folder;
}

Outcome RealDisk::link_outcome(int result, std::string_view folder, std::string_view name) const {
    if (result == 0) return Outcome::done;
    if (is_any_of(errno, {EPERM, EMLINK, EOPNOTSUPP, ENOSYS, EXDEV, EINVAL})) return Outcome::unsupported;
    fail("link", join_path(folder, name));
}

Outcome RealDisk::hard_link(const std::string& from, const std::string& to) {
    const Place source = place_of("link", from);
    const Place target = place_of("link", to);
    const int linked =
        ::linkat(source.folder.number(), source.name.c_str(), target.folder.number(), target.name.c_str(), 0);
    return link_outcome(linked, "", to);
}

std::size_t RealDisk::hard_link_all(const std::string& from_folder, const std::string& to_folder,
                                    std::span<const std::string_view> names) {
    const Descriptor source = folder_at("link", from_folder), target = folder_at("link", to_folder);
    PartName part;
    std::size_t done = 0;
    for (const std::string_view name : names) {
        check_part("link", name);
        const char* plain = part.of(name);
        const int linked = ::linkat(source.number(), plain, target.number(), plain, 0);
        if (link_outcome(linked, to_folder, name) != Outcome::done) break;
        ++done;
    }
    return done;
}

void RealDisk::remove_files(const std::string& folder, const std::vector<std::string>& names) {
    const Descriptor opened = folder_at("remove", folder);
    for (const std::string& name : names) {
        check_part("remove", name);
        if (::unlinkat(opened.number(), name.c_str(), 0) != 0) fail("remove", join_path(folder, name));
    }
}

void RealDisk::remove(const std::string& path, int flags, const char* operation) {
    const Place place = place_of(operation, path);
    if (::unlinkat(place.folder.number(), place.name.c_str(), flags) != 0) fail(operation, path);
}

void RealDisk::sync(const std::string& path, int flags) {
    check_plain("sync", path);
    const Descriptor opened = open_beneath(path, flags);
    if (!opened.open() || ::fsync(opened.number()) != 0) fail("sync", path);
}

// An error of an earlier write is told to descriptors that were open then: so the root's, where it is the
// same file system.
Outcome RealDisk::sync_filesystem(const std::string& path) {
    check_plain("sync", path);
    const Descriptor opened = open_beneath(path, O_RDONLY | O_NONBLOCK);
    struct stat here {
    }, root{};
    if (!opened.open() || ::fstat(opened.number(), &here) != 0 || ::fstat(opener_.root(), &root) != 0) {
        fail("sync", path);
    }
    if (::syncfs(here.st_dev == root.st_dev ? opener_.root() : opened.number()) == 0) return Outcome::done;
    if (is_any_of(errno, {ENOSYS, EINVAL, EOPNOTSUPP, EPERM})) return Outcome::unsupported;
    fail("sync", path);
}

std::optional<std::uint64_t> RealDisk::free_bytes(const std::string& path) {
    const Descriptor folder = folder_at("look at", path);
    struct statvfs raw {};
    if (::fstatvfs(folder.number(), &raw) != 0) return std::nullopt;
    return std::uint64_t{raw.f_bavail} * raw.f_frsize;
}

std::unique_ptr<Lock> RealDisk::lock(const std::string& path) {
    check_plain("lock", path);
    Descriptor held = open_beneath(path, O_RDONLY | O_DIRECTORY);
    if (!held.open() && (errno == ENOENT || errno == ENOTDIR)) held = open_beneath(path, O_RDWR | O_CREAT);
    if (!held.open()) fail("lock", path);
    if (retry([&] { return ::flock(held.number(), LOCK_EX | LOCK_NB); }) == 0) {
        return std::make_unique<RealLock>(std::move(held));
    }
    if (errno == EWOULDBLOCK) return nullptr;
    fail("lock", path);
}

}  // namespace

std::unique_ptr<Disk> real_disk(const std::string& root, PathResolution resolution) {
    return std::make_unique<RealDisk>(root, resolution);
}

}  // namespace qunying
