#pragma once
// Looks through the folders again and again and compares. Slower than inotify, but it needs nothing of the
// system.
#include <condition_variable>
#include <map>
#include <mutex>

#include "serve/watcher.h"

namespace qunying {

class PollingWatcher final : public Watcher {
  public:
    PollingWatcher(Disk& disk, const WatchOptions& options) : disk_(disk), options_(options) {}

    // Takes the folders as they are now for what is known.
    void start() { seen_ = look(); }
    Changes wait(std::chrono::milliseconds at_most) override;
    void stop() override;
    bool polls() const override { return true; }

  private:
    struct Seen {
        FileKind kind = FileKind::other;
        std::uint64_t size = 0, inode = 0;
        std::int64_t mtime_ns = 0, ctime_ns = 0;
        bool operator==(const Seen&) const = default;
    };
    using Look = std::map<std::string, Seen>;

    Look look() const;
    void look_into(const std::string& folder, unsigned depth, Look& found) const;
    Changes compare(Look now);
    bool rest(std::chrono::milliseconds time);

    Disk& disk_;
    const WatchOptions options_;
    Look seen_;
    std::mutex mutex_;  // of stopped_
    std::condition_variable wake_;
    bool stopped_ = false;
};

}  // namespace qunying
