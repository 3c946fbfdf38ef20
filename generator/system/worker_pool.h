#pragma once
// A pool of worker processes that answer bytes with bytes, for work that may crash, hang or eat memory. A
// worker is a program of its own, started with one end of a SOCK_SEQPACKET pair; it is never
// forked, for a program with threads must not fork. The worker's own side is system/worker_loop.h.
//
// The wire: each message is one packet of fixed size (worker_wire.h); the bytes of a job and of its answer
// lie in a memfd each, both made by the pool and passed along with the job. The job's is sealed, so the
// worker may map it; the answer's is read with pread, so that a worker that shrinks it can do no harm.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace qunying {

// What to start: argv[0] is the path of the program; the number of the worker's descriptor is appended.
struct WorkerCommand {
    std::vector<std::string> argv;
    enum class Complaints { discarded, shown } complaints = Complaints::discarded;  // the worker's stderr
};

// The operation of the Failure when no worker can be started; its path is the program's.
inline constexpr const char* start_a_worker = "start worker";

struct WorkerLimits {
    std::chrono::milliseconds start{20'000};     // for a worker to get ready
    std::chrono::milliseconds deadline{20'000};  // for one job; the worker is killed when it passes
    // How many more deadlines a worker has that got less than half of its time from a busy machine: nobody's
    // good photograph is given up because other programs were at work.
    unsigned extensions = 3;
    unsigned jobs_a_worker = 500;                             // then a fresh one takes its place
    unsigned attempts = 2;                                    // how often a job that ends its worker is tried
    std::uint64_t memory = std::uint64_t{448} << 20;          // bytes of private data in a worker
    std::uint64_t largest_answer = std::uint64_t{128} << 20;  // bytes
    // What all workers together shall not go beyond, by what their jobs are expected to need: where it is
    // short, fewer work at a time, and one job that needs more than all of it runs alone. 0: no bound.
    std::uint64_t budget = 0;                             // bytes
    std::uint64_t idle_memory = std::uint64_t{48} << 20;  // that a worker without a job holds
};

// What a worker is asked, and the memory that it is expected to need for it, its own included.
struct PoolJob {
    PoolJob(std::string job, std::uint64_t needs = 0) : bytes(std::move(job)), memory(needs) {}  // NOLINT
    PoolJob(const char* job) : bytes(job) {}                                                     // NOLINT
    PoolJob(std::string head, std::string rest, std::uint64_t needs)
        : bytes(std::move(head)), more(std::move(rest)), memory(needs) {}

    std::string bytes, more;  // the worker sees them as one
    std::uint64_t memory = 0;
};

enum class WorkerOutcome {
    answered,   // bytes is the answer
    crashed,    // the worker ended, `attempts` times
    timed_out,  // the worker was killed at its deadline; not tried again
};

struct WorkerReply {
    WorkerOutcome outcome = WorkerOutcome::crashed;
    std::string bytes;
    int exit_status = -1;  // of a worker that ended by itself
    int signal = 0;        // that ended the worker
};

// Not for use by several threads at once. Starts workers when it first needs them, keeps them between runs,
// ends them when it is destroyed.
class WorkerPool {
  public:
    WorkerPool(WorkerCommand command, unsigned workers, WorkerLimits limits = {});
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    // Calls make_job(i) for each i in [0, count) in order, but only when a worker will soon be free, so that
    // few jobs are in memory at once; calls done(i, reply) for each i in order. Both are called on this
    // thread. Throws Failure when no worker can be started at all; exceptions of the callbacks pass through
    // and the pool stays usable.
    void run(std::size_t count, const std::function<PoolJob(std::size_t)>& make_job,
             const std::function<void(std::size_t, WorkerReply)>& done);

    // From the next job on. It is for whoever learns only after the pool was made what the site allows.
    void set_budget(std::uint64_t bytes);

    // What a worker said of itself when it started: the handler's line, then what its sandbox enforces.
    // Starts a worker if there is none.
    const std::string& greeting();

    // How many workers were started so far.
    std::size_t started() const;

    // The largest resident memory of any worker so far, in bytes; of one that crashed what it had is not
    // known.
    std::uint64_t largest_worker() const;

  private:
    class Dispatcher;
    std::unique_ptr<Dispatcher> dispatcher_;
};

}  // namespace qunying
