#pragma once
// The worker's side of system/worker_pool.h.
#include <functional>
#include <string>
#include <string_view>

namespace qunying {

// Whose bytes a worker works on: strangers', so that it gives up all but memory and processor; or the
// machine's own files, which it must open as jobs name them.
enum class WorkerTrust { nobody, reads_files };

struct WorkerHandler {
    // Once, before the sandbox closes: start libraries, open what must be open. Yields a line about what was
    // started.
    std::function<std::string()> start;
    // One job. Called with nothing but memory and the processor at its disposal.
    std::function<std::string(std::string_view job)> answer;
    WorkerTrust trust = WorkerTrust::nobody;
};

// The whole life of a worker: limits, start, sandbox, greeting, then jobs until the pool hangs up. Yields the
// exit status of the process, which should end with std::_Exit: libraries' threads may still be asleep.
int serve_jobs(int descriptor, const WorkerHandler& handler);

}  // namespace qunying
