#include "serve/watcher.h"

#include <atomic>

#include "serve/inotify_watcher.h"
#include "serve/polling_watcher.h"

namespace qunying {
namespace {

// Starts with inotify and goes over to polling when watches run out, once.
class SiteWatcher final : public Watcher {
  public:
    SiteWatcher(const std::string& site, Disk& disk, const WatchOptions& options)
        : polling_(disk, options), inotify_(watch_by_inotify(site, disk, options)), polls_(!inotify_) {
        if (polls_) polling_.start();
    }

    Changes wait(std::chrono::milliseconds at_most) override {
        if (polls_) return polling_.wait(at_most);
        try {
            return inotify_->wait(at_most);
        } catch (const OutOfWatches&) {
            polls_ = true;
            polling_.start();
            return {true, {}};
        }
    }
    void stop() override {
        if (inotify_) inotify_->stop();
        polling_.stop();
    }
    bool polls() const override { return polls_; }

  private:
    PollingWatcher polling_;
    const std::unique_ptr<Watcher> inotify_;
    std::atomic<bool> polls_;
};

}  // namespace

void Changes::add(Changes other) {
    everything = everything || other.everything;
    paths.merge(other.paths);
}

std::unique_ptr<Watcher> watch_site(const std::string& site, Disk& disk, const WatchOptions& options) {
    return std::make_unique<SiteWatcher>(site, disk, options);
}

}  // namespace qunying
