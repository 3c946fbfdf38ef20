#include "serve/polling_watcher.h"

#include <algorithm>

#include "base/failure.h"
#include "system/source_tree.h"

namespace qunying {
namespace {

using Clock = std::chrono::steady_clock;

std::chrono::milliseconds since(Clock::time_point start) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
}

}  // namespace

// A folder that is gone or cannot be read is empty here; the build says what is wrong with it.
void PollingWatcher::look_into(const std::string& folder, unsigned depth, Look& found) const {
    if (depth > SourceTreeOptions{}.deepest_folder) return;
    std::vector<FolderEntry> entries;
    try {
        entries = disk_.list_folder(folder);
    } catch (const Failure&) {
        return;
    }
    for (const FolderEntry& each : entries) {
        if (is_clutter(each.name)) continue;
        const std::string path = join_path(folder, each.name);
        const FileStatus& status = each.status;
        if (status.kind == FileKind::folder) {
            look_into(path, depth + 1, found);
        } else {
            found[path] = {status.kind, status.size, status.inode, status.mtime_ns, status.ctime_ns};
        }
    }
}

PollingWatcher::Look PollingWatcher::look() const {
    Look found;
    for (const std::string& folder : options_.folders) look_into(folder, 0, found);
    return found;
}

Changes PollingWatcher::compare(Look now) {
    Changes changes;
    for (const auto& [path, seen] : now) {
        const auto before = seen_.find(path);
        if (before == seen_.end() || before->second != seen) changes.paths.insert(path);
    }
    for (const auto& [path, seen] : seen_) {
        if (!now.contains(path)) changes.paths.insert(path);
    }
    seen_ = std::move(now);
    return changes;
}

bool PollingWatcher::rest(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, time, [this] { return stopped_; });
    return !stopped_;
}

// Looking takes at most a tenth of the time.
Changes PollingWatcher::wait(std::chrono::milliseconds at_most) {
    const auto start = Clock::now();
    auto pause = std::min(options_.poll_interval, at_most);
    while (rest(pause)) {
        const auto before = Clock::now();
        Changes changes = compare(look());
        if (!changes.empty() || since(start) >= at_most) return changes;
        pause = std::max(options_.poll_interval, 10 * since(before));
    }
    return {};
}

void PollingWatcher::stop() {
    const std::lock_guard guard(mutex_);
    stopped_ = true;
    wake_.notify_all();
}

}  // namespace qunying
