#pragma once
// One worker as the pool sees it: a process and a socket.
#include <chrono>
#include <cstdint>
#include <sys/types.h>

#include "system/worker_pool.h"
#include "system/worker_wire.h"

namespace qunying {

// How a worker ended.
struct WorkerEnd {
    int exit_status = -1;  // when it ended by itself
    int signal = 0;        // when a signal ended it
};

// Ends its process when it is destroyed.
class WorkerProcess {
  public:
    // Throws Failure when the program cannot be started.
    WorkerProcess(const WorkerCommand& command, const WorkerLimits& limits);
    ~WorkerProcess();
    WorkerProcess(const WorkerProcess&) = delete;
    WorkerProcess& operator=(const WorkerProcess&) = delete;

    int socket() const { return socket_.get(); }
    pid_t pid() const { return pid_; }

    // The peak of its resident memory so far, in bytes; 0 once it has ended.
    std::uint64_t peak_memory() const;

    // That it has used so far; 0 once it has ended.
    std::chrono::nanoseconds cpu_time() const;

    // Kills it and waits for it.
    void kill();
    // After it hung up: gives it a moment to end by itself, so that its status is its own, then kills it.
    WorkerEnd end();

  private:
    pid_t pid_ = -1;
    OwnedDescriptor socket_;
};

}  // namespace qunying
