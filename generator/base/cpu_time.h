#pragma once
// CPU time of a kind of work, summed over all threads that do it. For reports alone: nothing is decided by
// it.
#include <atomic>
#include <cstdint>

namespace qunying {

// Nanoseconds that this thread, and this process, have spent.
std::int64_t thread_cpu_ns();
std::int64_t process_cpu_ns();

class CpuTime {
  public:
    void add(std::int64_t ns) { ns_ += ns; }
    double seconds() const { return static_cast<double>(ns_.load()) / 1e9; }

  private:
    std::atomic<std::int64_t> ns_{0};
};

// Adds what its thread spends while it lives; to nothing, where there is nothing to add to.
class CpuTimer {
  public:
    explicit CpuTimer(CpuTime* time) : time_(time), begin_(time ? thread_cpu_ns() : 0) {}
    ~CpuTimer() {
        if (time_) time_->add(thread_cpu_ns() - begin_);
    }
    CpuTimer(const CpuTimer&) = delete;
    CpuTimer& operator=(const CpuTimer&) = delete;

  private:
    CpuTime* time_;
    std::int64_t begin_;
};

}  // namespace qunying
