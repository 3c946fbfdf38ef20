// inotify watches one folder each, not what is below it. So:
//
// - A folder is watched before it is listed: what comes later is an event, what came earlier is in the list.
// - A new folder (created, or moved in) is watched with all that is in it, and its files are told as changed,
//   since they may have been there before the watch was.
// - The roots content/, themes/ and assets/ may come and go, so the site's own folder is watched for them.
// - A watch belongs to the folder, not to its name: when a folder is moved away, its watches are taken back.
// - When the queue runs over, everything is watched and told anew.
#include "serve/inotify_watcher.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <map>
#include <optional>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>
#include <utility>

#include "base/failure.h"
#include "serve/debounce.h"
#include "system/source_tree.h"

namespace qunying {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint32_t interesting = IN_CLOSE_WRITE | IN_MODIFY | IN_ATTRIB | IN_CREATE | IN_DELETE |
                                      IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR | IN_DONT_FOLLOW |
                                      IN_EXCL_UNLINK;

// A descriptor that closes itself.
class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number() const { return number_; }
    bool good() const { return number_ >= 0; }

  private:
    int number_;
};

class InotifyWatcher final : public Watcher {
  public:
    InotifyWatcher(const std::string& site, Disk& disk, const WatchOptions& options)
        : site_(site), disk_(disk), options_(options) {
        if (!inotify_.good() || !wake_.good()) throw OutOfWatches();
        watch_everything();
    }

    Changes wait(std::chrono::milliseconds at_most) override;
    void stop() override {
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto written = ::write(wake_.number(), &one, sizeof one);
    }
    bool polls() const override { return false; }

  private:
    enum class Told { no, yes };

    void watch_everything();
    bool watch(const std::string& folder);
    void watch_below(const std::string& folder, unsigned depth, Told told);
    void forget_below(const std::string& folder);
    bool is_ours(const std::string& path) const;
    bool wait_for_events(std::optional<Clock::time_point> until);
    void read_events();
    void take(const inotify_event& event);
    void take_folder(const std::string& path, std::uint32_t mask);
    void take_file(const std::string& path, std::uint32_t mask);
    void take_overflow();

    const std::string site_;
    Disk& disk_;
    const WatchOptions options_;
    const Descriptor inotify_{inotify_init1(IN_NONBLOCK | IN_CLOEXEC)};
    const Descriptor wake_{eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)};
    std::map<int, std::string> paths_;    // of the folder behind each watch
    std::map<std::string, int> watches_;  // the same the other way round
    Changes changes_;
    Debounce debounce_;
};

// Whether a path lies in one of the folders that a site is made of, or is one.
bool InotifyWatcher::is_ours(const std::string& path) const {
    return std::any_of(options_.folders.begin(), options_.folders.end(), [&](const std::string& folder) {
        return path == folder || path.starts_with(folder + "/");
    });
}

void InotifyWatcher::watch_everything() {
    watch("");
    for (const std::string& folder : options_.folders) watch_below(folder, 0, Told::no);
}

// False where there is no such folder, or it may not be read.
bool InotifyWatcher::watch(const std::string& folder) {
    const bool full = watches_.size() >= options_.most_watches && !watches_.contains(folder);
    if (full) throw OutOfWatches();
    const std::string path = folder.empty() ? site_ : site_ + "/" + folder;
    const int watch = inotify_add_watch(inotify_.number(), path.c_str(), interesting);
    if (watch < 0 && (errno == ENOSPC || errno == ENOMEM)) throw OutOfWatches();
    if (watch < 0) return false;
    const auto old = paths_.find(watch);
    if (old != paths_.end()) watches_.erase(old->second);
    paths_[watch] = folder;
    watches_[folder] = watch;
    return true;
}

void InotifyWatcher::watch_below(const std::string& folder, unsigned depth, Told told) {
    if (depth > SourceTreeOptions{}.deepest_folder || !watch(folder)) return;
    std::vector<FolderEntry> entries;
    try {
        entries = disk_.list_folder(folder);
    } catch (const Failure&) {
        return;  // gone again, or not to be read: the build says so
    }
    for (const FolderEntry& each : entries) {
        if (is_clutter(each.name)) continue;
        const std::string path = join_path(folder, each.name);
        if (each.status.kind == FileKind::folder) {
            watch_below(path, depth + 1, told);
        } else if (told == Told::yes) {
            changes_.paths.insert(path);
        }
    }
}

void InotifyWatcher::forget_below(const std::string& folder) {
    for (auto each = watches_.lower_bound(folder);
         each != watches_.end() && each->first.starts_with(folder);) {
        const bool below = each->first == folder || each->first[folder.size()] == '/';
        if (!below) {
            ++each;
            continue;
        }
        inotify_rm_watch(inotify_.number(), each->second);
        paths_.erase(each->second);
        each = watches_.erase(each);
    }
}

// True when there is something to read, or stop() was called.
bool InotifyWatcher::wait_for_events(std::optional<Clock::time_point> until) {
    timespec time{};
    if (until) {
        const auto left =
            std::max(std::chrono::nanoseconds(*until - Clock::now()), std::chrono::nanoseconds(0));
        time.tv_sec = static_cast<time_t>(left.count() / 1'000'000'000);
        time.tv_nsec = static_cast<long>(left.count() % 1'000'000'000);
    }
    std::array<pollfd, 2> both = {pollfd{inotify_.number(), POLLIN, 0}, pollfd{wake_.number(), POLLIN, 0}};
    return ppoll(both.data(), both.size(), until ? &time : nullptr, nullptr) > 0;
}

void InotifyWatcher::read_events() {
    alignas(inotify_event) std::array<char, 64 * 1024> buffer;
    for (;;) {
        const auto length = ::read(inotify_.number(), buffer.data(), buffer.size());
        if (length <= 0) return;
        for (std::size_t at = 0; at < static_cast<std::size_t>(length);) {
            const auto* event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
            take(*event);
            at += sizeof(inotify_event) + event->len;
        }
    }
}

void InotifyWatcher::take(const inotify_event& event) {
    if (event.mask & IN_Q_OVERFLOW) return take_overflow();
    const auto folder = paths_.find(event.wd);
    if (folder == paths_.end()) return;
    if (event.mask & IN_IGNORED) {
        const auto watched = watches_.find(folder->second);
        if (watched != watches_.end() && watched->second == event.wd) watches_.erase(watched);
        paths_.erase(folder);
        return;
    }
    const std::string name = event.len > 0 ? std::string(event.name) : std::string();
    if (name.empty() || is_clutter(name)) return;
    const std::string path = join_path(folder->second, name);
    if (!is_ours(path)) return;
    if (event.mask & IN_ISDIR)
        take_folder(path, event.mask);
    else
        take_file(path, event.mask);
}

// What was in a folder that went is not known any more.
void InotifyWatcher::take_folder(const std::string& path, std::uint32_t mask) {
    if (mask & (IN_MOVED_FROM | IN_DELETE)) {
        forget_below(path);
        changes_.everything = true;
    } else if (mask & (IN_CREATE | IN_MOVED_TO)) {
        changes_.paths.insert(path);
        watch_below(path, 0, Told::yes);
    } else if (mask & IN_ATTRIB) {
        changes_.everything = true;
        watch_below(path, 0, Told::no);
    }
    debounce_.settled(path, Clock::now());
}

void InotifyWatcher::take_file(const std::string& path, std::uint32_t mask) {
    changes_.paths.insert(path);
    const bool goes_on = (mask & (IN_CREATE | IN_MODIFY)) != 0;
    goes_on ? debounce_.writing(path, Clock::now()) : debounce_.settled(path, Clock::now());
}

void InotifyWatcher::take_overflow() {
    for (const auto& each : paths_) inotify_rm_watch(inotify_.number(), each.first);
    paths_.clear();
    watches_.clear();
    changes_.everything = true;
    watch_everything();
    debounce_.settled("", Clock::now());
}

Changes InotifyWatcher::wait(std::chrono::milliseconds at_most) {
    const auto end = Clock::now() + at_most;
    for (;;) {
        const auto due = debounce_.due();
        if (due && Clock::now() >= *due) break;
        if (!due && Clock::now() >= end) return {};
        wait_for_events(due.value_or(end));
        std::uint64_t stopped = 0;
        if (::read(wake_.number(), &stopped, sizeof stopped) > 0) {
            stop();  // stays so
            return {};
        }
        read_events();
    }
    debounce_.clear();
    return std::exchange(changes_, {});
}

}  // namespace

std::unique_ptr<Watcher> watch_by_inotify(const std::string& site, Disk& disk, const WatchOptions& options) {
    try {
        return std::make_unique<InotifyWatcher>(site, disk, options);
    } catch (const OutOfWatches&) {
        return nullptr;
    }
}

}  // namespace qunying
