#pragma once
// Notices what changes below content/, themes/ and assets/ while the preview runs.
#include <chrono>
#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "system/disk.h"

namespace qunying {

// What has changed since the last look. Paths as in SourceFile.
struct Changes {
    bool everything = false;  // it is not known what: look at all of it
    std::set<std::string> paths;

    bool empty() const { return !everything && paths.empty(); }
    void add(Changes other);
};

class Watcher {
  public:
    virtual ~Watcher() = default;

    // Waits until something has changed and come to rest, at most `at_most`. Empty when nothing has, or after
    // stop(). A change that comes after the return is told by the next call.
    virtual Changes wait(std::chrono::milliseconds at_most) = 0;
    // Ends the waiting, for good; from any thread.
    virtual void stop() = 0;
    // Whether folders are looked through again and again, since the system cannot watch them.
    virtual bool polls() const = 0;
};

struct WatchOptions {
    std::vector<std::string> folders = {"assets", "content", "themes"};
    std::size_t most_watches = static_cast<std::size_t>(-1);  // fewer where a test says so
    std::chrono::milliseconds poll_interval{300};
};

// Watches through inotify, and through looking again and again where the system has no more watches (ENOSPC,
// EMFILE) or no inotify, from the beginning or from when they run out. `site` is the folder that `disk`
// serves.
std::unique_ptr<Watcher> watch_site(const std::string& site, Disk& disk, const WatchOptions& options = {});

}  // namespace qunying
