#pragma once
// What is shown now, and who waits for the next. The builder publishes, the server's threads read.
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>

#include "pages/picture_list.h"
#include "serve/finding.h"
#include "system/memory_stage.h"

namespace qunying {

// Never changes once published.
struct Snapshot {
    std::uint64_t version = 0;               // of this run; 0 before the first build has ended
    std::shared_ptr<const MemoryTree> tree;  // of the last good build; null before the first one
    Findings findings;                       // of the last build, good or not
    // Of the last build that came so far; null before it.
    std::shared_ptr<const PictureList> pictures = nullptr;
};
using SharedSnapshot = std::shared_ptr<const Snapshot>;

class EventHub {
  public:
    // A browser opens at most six connections to a place for all its tabs together, and a stream holds one
    // for good. So only the newest few listeners have a stream, and two connections are always left for
    // pages.
    static constexpr std::size_t most_listeners = 4;

    enum class Wake { news, nothing, displaced, closed };
    struct Waited {
        Wake wake = Wake::nothing;
        SharedSnapshot snapshot;  // the current one
    };

    SharedSnapshot current() const;
    // Shows all of it from now on, under the next version, unless it is what is shown already.
    void publish(std::shared_ptr<const MemoryTree> tree, Findings findings,
                 std::shared_ptr<const PictureList> pictures = nullptr);

    // A listener of a stream. The oldest is displaced when there are too many.
    std::uint64_t join();
    void leave(std::uint64_t listener);
    // Until a version other than `seen` is there, or something else happens; at most `at_most`.
    Waited wait(std::uint64_t listener, std::uint64_t seen, std::chrono::milliseconds at_most);

    // Ends all waiting, for good.
    void close();

  private:
    bool is_listening(std::uint64_t listener) const;

    mutable std::mutex mutex_;  // of all that follows
    std::condition_variable news_;
    SharedSnapshot current_ = std::make_shared<const Snapshot>();
    std::deque<std::uint64_t> listeners_;  // oldest first
    std::uint64_t last_listener_ = 0;
    bool closed_ = false;
};

}  // namespace qunying
