#include "system/file_stamp.h"

#include <fmt/format.h>
#include <sys/stat.h>

namespace qunying {

std::string file_stamp(const std::string& path) {
    struct stat status {};
    if (stat(path.c_str(), &status) != 0 || !(S_ISREG(status.st_mode) || S_ISDIR(status.st_mode))) return {};
    return fmt::format("{} {} {}.{:09}", status.st_size, status.st_ino, status.st_mtim.tv_sec,
                       status.st_mtim.tv_nsec);
}

}  // namespace qunying
