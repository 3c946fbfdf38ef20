#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

namespace qunying {
namespace {

// Keeps the exception of the lowest index, so that a failure does not depend on timing.
class FirstException {
  public:
    void keep(std::size_t index) {
        const std::lock_guard lock(mutex_);
        if (index < index_) index_ = index, exception_ = std::current_exception();
    }
    void rethrow() const {
        if (exception_) std::rethrow_exception(exception_);
    }

  private:
    std::mutex mutex_;
    std::size_t index_ = static_cast<std::size_t>(-1);
    std::exception_ptr exception_;
};

}  // namespace

void parallel_for(unsigned threads, std::size_t count, const std::function<void(std::size_t)>& work) {
    if (threads <= 1 || count <= 1) {
        for (std::size_t i = 0; i < count; ++i) work(i);
        return;
    }
    std::atomic<std::size_t> next = 0;
    FirstException failed;
    const auto run = [&] {
        for (std::size_t i = next++; i < count; i = next++) {
            try {
                work(i);
            } catch (...) {
                failed.keep(i);
            }
        }
    };
    {
        std::vector<std::jthread> team;
        const std::size_t helpers = std::min<std::size_t>(threads, count) - 1;
        for (std::size_t i = 0; i < helpers; ++i) team.emplace_back(run);
        run();
    }
    failed.rethrow();
}

}  // namespace qunying
