#include "system/open_beneath.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>

namespace qunying {
namespace {

int open_at2(int folder, const char* path, int flags, mode_t mode) {
    open_how how{};
    how.flags = static_cast<std::uint64_t>(flags);
    how.mode = (flags & O_CREAT) != 0 ? mode : 0;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
    return static_cast<int>(::syscall(SYS_openat2, folder, path, &how, sizeof how));
}

// Not there at all on kernels before 5.6, and forbidden by the filters of older container programs.
bool kernel_has_openat2(int root) {
    const Descriptor probe(retry([&] { return open_at2(root, ".", O_PATH | O_CLOEXEC, 0); }));
    return probe.open();
}

// A link among the folders is "not a folder" to open(2); callers shall hear that it is a link.
int open_folder_part(int folder, const std::string& part) {
    const int flags = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    const int opened = retry([&] { return ::openat(folder, part.c_str(), flags); });
    struct stat raw {};
    if (opened < 0 && errno == ENOTDIR && ::fstatat(folder, part.c_str(), &raw, AT_SYMLINK_NOFOLLOW) == 0) {
        errno = S_ISLNK(raw.st_mode) ? ELOOP : ENOTDIR;
    }
    return opened;
}

}  // namespace

RootedOpener::RootedOpener(Descriptor root, PathResolution resolution) : root_(std::move(root)) {
    has_openat2_ = resolution == PathResolution::best_available && kernel_has_openat2(root_.number());
}

Descriptor RootedOpener::open(const std::string& path, int flags, mode_t mode) const {
    flags |= O_CLOEXEC | O_NOFOLLOW;
    if (!has_openat2_) return open_part_by_part(path.empty() ? "." : path, flags, mode);
    const char* name = path.empty() ? "." : path.c_str();
    return Descriptor(retry([&] { return open_at2(root_.number(), name, flags, mode); }));
}

Descriptor RootedOpener::open_part_by_part(const std::string& path, int flags, mode_t mode) const {
    Descriptor folder;
    int current = root_.number();
    std::size_t begin = 0;
    for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', begin)) {
        folder = Descriptor(open_folder_part(current, path.substr(begin, slash - begin)));
        if (!folder.open()) return {};
        current = folder.number();
        begin = slash + 1;
    }
    const std::string name = path.substr(begin);
    if ((flags & O_DIRECTORY) != 0 && name != ".") {
        const Descriptor looked_at(open_folder_part(current, name));
        if (!looked_at.open()) return {};
    }
    return Descriptor(retry([&] { return ::openat(current, name.c_str(), flags, mode); }));
}

}  // namespace qunying
