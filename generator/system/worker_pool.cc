#include "system/worker_pool.h"

#include <algorithm>
#include <cerrno>
#include <deque>
#include <fcntl.h>
#include <map>
#include <optional>
#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/failure.h"
#include "system/worker_process.h"
#include "system/worker_wire.h"

namespace qunying {
namespace {

using Clock = std::chrono::steady_clock;

// Answers that wait for an earlier one may fill this much memory before no further job is handed out.
constexpr std::size_t most_bytes_held = std::size_t{64} << 20;

[[noreturn]] void fail(const char* operation, int code, const std::string& path = {}) {
    throw Failure(operation, path, std::error_code(code, std::generic_category()));
}

// A job whose bytes wait in a sealed memfd.
struct Job {
    std::size_t index = 0;
    std::size_t size = 0;
    std::uint64_t memory = 0;  // that it is expected to need
    unsigned attempts = 0;     // made so far
    OwnedDescriptor bytes;
};

OwnedDescriptor make_memory(const char* name) {
    OwnedDescriptor memory(memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!memory.valid()) fail("make room for a job", errno);
    return memory;
}

Job make_sealed_job(std::size_t index, const PoolJob& made) {
    Job job{.index = index,
            .size = made.bytes.size() + made.more.size(),
            .memory = made.memory,
            .attempts = 0,
            .bytes = make_memory("job")};
    if (!write_all(job.bytes.get(), made.bytes) || !write_all(job.bytes.get(), made.more, made.bytes.size()))
        fail("make room for a job", errno);
    if (fcntl(job.bytes.get(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) {
        fail("seal a job", errno);
    }
    return job;
}

// The answer as the worker left it; nothing when it is not there in full.
std::optional<std::string> read_answer(int memory, std::uint64_t length, std::uint64_t limit) {
    struct stat status {};
    if (length > limit || fstat(memory, &status) != 0) return std::nullopt;
    if (status.st_size < 0 || static_cast<std::uint64_t>(status.st_size) < length) return std::nullopt;
    std::string bytes(static_cast<std::size_t>(length), '\0');
    std::size_t at = 0;
    while (at < bytes.size()) {
        const ssize_t got = pread(memory, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return std::nullopt;
        at += static_cast<std::size_t>(got);
    }
    return bytes;
}

// A worker and the job it is busy with.
struct Worker {
    std::unique_ptr<WorkerProcess> process;
    bool ready = false;  // has sent its greeting
    unsigned jobs = 0;
    std::optional<Job> job;
    OwnedDescriptor answer;
    std::uint64_t sequence = 0;
    Clock::time_point deadline;
    std::chrono::nanoseconds cpu_before{};  // its job, or the last extension of it
    unsigned extensions = 0;                // of the deadline of its job

    // Begins the time of a job.
    void allow(std::chrono::milliseconds time) {
        deadline = Clock::now() + time;
        cpu_before = process->cpu_time();
    }
};

}  // namespace

// One thread does it all: it hands out jobs, makes the next one ready while the workers work, and sleeps in
// poll.
class WorkerPool::Dispatcher {
  public:
    Dispatcher(WorkerCommand command, unsigned workers, WorkerLimits limits)
        : command_(std::move(command)), limits_(limits), most_workers_(std::max(workers, 1u)) {}

    void run(std::size_t count, const std::function<PoolJob(std::size_t)>& make_job,
             const std::function<void(std::size_t, WorkerReply)>& done);
    const std::string& greeting();
    std::size_t started() const { return started_; }
    std::uint64_t largest_worker() const;
    void set_budget(std::uint64_t bytes) { limits_.budget = bytes; }

  private:
    struct Run;
    struct Abandon;

    void hand_out(Run& run);
    bool has_room(std::uint64_t memory);
    unsigned busy_workers() const;
    void deliver(Run& run);
    void wait(Run* run);
    void hear(Worker& worker, Run* run);
    void greet(Worker& worker, Received& received);
    void take_answer(Worker& worker, const Packet& packet, Run& run);
    void lose(Worker& worker, Run* run);
    void expire(Run* run);
    bool extend(Worker& worker);
    void retire(Worker& worker);
    Worker* idle_worker();
    Worker& start_worker();
    bool send(Worker& worker, Job& job);
    void drop_lost_workers();
    int milliseconds_to_deadline() const;

    WorkerCommand command_;
    WorkerLimits limits_;
    unsigned most_workers_;
    std::vector<std::unique_ptr<Worker>> workers_;
    std::string greeting_;
    std::size_t started_ = 0;
    std::uint64_t largest_worker_ = 0;
    std::uint64_t sequence_ = 0;
    unsigned stillborn_ = 0;  // workers in a row that ended before they greeted
};

// Where one call of run() stands.
struct WorkerPool::Dispatcher::Run {
    std::size_t count;
    const std::function<PoolJob(std::size_t)>& make_job;
    const std::function<void(std::size_t, WorkerReply)>& done;
    std::size_t next = 0;       // the first job not made yet
    std::size_t delivered = 0;  // the first reply not delivered yet
    std::optional<Job> prepared = std::nullopt;
    std::deque<Job> again = {};                    // jobs that ended their worker and may be tried again
    std::map<std::size_t, WorkerReply> held = {};  // replies that wait for an earlier one
    std::size_t held_bytes = 0;

    void hold(std::size_t index, WorkerReply reply) {
        held_bytes += reply.bytes.size();
        held.emplace(index, std::move(reply));
    }
    bool has_work() const {
        return !again.empty() || (held_bytes <= most_bytes_held && (prepared || next < count));
    }
    void prepare() {
        if (prepared || next == count || held_bytes > most_bytes_held) return;
        prepared = make_sealed_job(next, make_job(next));
        ++next;
    }
    // The next job to hand out; a job to be tried again goes first, for replies may wait for it.
    const Job& next_job() {
        if (again.empty()) {
            prepare();
            again.push_back(std::move(*std::exchange(prepared, std::nullopt)));
        }
        return again.front();
    }
    Job take() {
        Job job = std::move(again.front());
        again.pop_front();
        return job;
    }
};

// However run() ends, no worker stays busy with a job of it.
struct WorkerPool::Dispatcher::Abandon {
    Dispatcher& dispatcher;
    ~Abandon() {
        for (const auto& worker : dispatcher.workers_) {
            if (worker->job) worker->process.reset();
        }
        dispatcher.drop_lost_workers();
    }
};

void WorkerPool::Dispatcher::run(std::size_t count, const std::function<PoolJob(std::size_t)>& make_job,
                                 const std::function<void(std::size_t, WorkerReply)>& done) {
    Run run{.count = count, .make_job = make_job, .done = done};
    const Abandon abandon{*this};
    while (true) {
        hand_out(run);
        run.prepare();
        deliver(run);
        if (run.delivered == count) return;
        wait(&run);
    }
}

void WorkerPool::Dispatcher::hand_out(Run& run) {
    while (run.has_work()) {
        if (busy_workers() == most_workers_ || !has_room(run.next_job().memory)) return;
        Worker* worker = idle_worker();
        if (worker == nullptr) return;
        Job job = run.take();
        if (send(*worker, job)) {
            worker->job = std::move(job);
        } else {  // it died while idle: no fault of the job
            run.again.push_front(std::move(job));
            lose(*worker, &run);
            drop_lost_workers();
        }
    }
}

unsigned WorkerPool::Dispatcher::busy_workers() const {
    const auto busy = [](const auto& worker) { return worker->job.has_value(); };
    return static_cast<unsigned>(std::count_if(workers_.begin(), workers_.end(), busy));
}

// Whether a job that needs so much may begin beside those that run. Where only the memory of workers that
// have nothing to do stands in its way they are ended; alone it may always run.
bool WorkerPool::Dispatcher::has_room(std::uint64_t memory) {
    if (limits_.budget == 0) return true;
    std::uint64_t taken = 0, idle = 0;
    for (const auto& worker : workers_) {
        if (worker->job) taken += std::max(worker->job->memory, limits_.idle_memory);
        if (!worker->job) ++idle;
    }
    if (taken > 0 && taken + memory > limits_.budget) return false;
    for (const auto& worker : workers_) {
        if (worker->job || idle <= 1 || taken + memory + (idle - 1) * limits_.idle_memory <= limits_.budget)
            continue;
        if (!worker->ready) continue;  // is being started for a job that comes
        retire(*worker);
        --idle;
    }
    drop_lost_workers();
    return true;
}

void WorkerPool::Dispatcher::deliver(Run& run) {
    for (auto first = run.held.begin(); first != run.held.end() && first->first == run.delivered;
         first = run.held.begin()) {
        WorkerReply reply = std::move(first->second);
        run.held.erase(first);
        run.held_bytes -= reply.bytes.size();
        run.done(run.delivered++, std::move(reply));
    }
}

// An idle worker, started if need be; nullptr when all are busy.
Worker* WorkerPool::Dispatcher::idle_worker() {
    const auto idle =
        std::find_if(workers_.begin(), workers_.end(), [](const auto& worker) { return !worker->job; });
    if (idle != workers_.end()) return idle->get();
    return workers_.size() < most_workers_ ? &start_worker() : nullptr;
}

Worker& WorkerPool::Dispatcher::start_worker() {
    auto worker = std::make_unique<Worker>();
    worker->process = std::make_unique<WorkerProcess>(command_, limits_);
    worker->deadline = Clock::now() + limits_.start;
    ++started_;
    workers_.push_back(std::move(worker));
    return *workers_.back();
}

bool WorkerPool::Dispatcher::send(Worker& worker, Job& job) {
    worker.answer = make_memory("answer");
    worker.sequence = ++sequence_;
    const Packet packet{.kind = PacketKind::job,
                        .sequence = worker.sequence,
                        .length = job.size,
                        .limit = limits_.largest_answer};
    if (!send_packet(worker.process->socket(), packet, {job.bytes.get(), worker.answer.get()})) return false;
    worker.extensions = 0;
    if (worker.ready) worker.allow(limits_.deadline);
    ++job.attempts;
    return true;
}

// Sleeps until a worker says something, hangs up or runs out of time.
void WorkerPool::Dispatcher::wait(Run* run) {
    QY_CHECK(!workers_.empty());
    std::vector<pollfd> polled;
    for (const auto& worker : workers_) polled.push_back({worker->process->socket(), POLLIN, 0});
    const int ready = poll(polled.data(), polled.size(), milliseconds_to_deadline());
    if (ready < 0 && errno != EINTR) fail("wait for a worker", errno);
    if (ready > 0) {
        for (std::size_t i = 0; i < polled.size(); ++i) {
            if (polled[i].revents != 0) hear(*workers_[i], run);
        }
    }
    expire(run);
    drop_lost_workers();
}

// How long until the first busy or starting worker is late.
int WorkerPool::Dispatcher::milliseconds_to_deadline() const {
    auto first = Clock::time_point::max();
    for (const auto& worker : workers_) {
        if (worker->job || !worker->ready) first = std::min(first, worker->deadline);
    }
    if (first == Clock::time_point::max()) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(first - Clock::now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, 1'000'000));
}

void WorkerPool::Dispatcher::hear(Worker& worker, Run* run) {
    std::optional<Received> received = receive_packet(worker.process->socket());
    if (!received) return lose(worker, run);
    if (received->packet.kind == PacketKind::ready && !worker.ready) return greet(worker, *received);
    const bool expected = received->packet.kind == PacketKind::answer && worker.ready && worker.job &&
                          received->packet.sequence == worker.sequence;
    if (!expected || run == nullptr) return lose(worker, run);
    take_answer(worker, received->packet, *run);
}

void WorkerPool::Dispatcher::greet(Worker& worker, Received& received) {
    worker.ready = true;
    worker.allow(limits_.deadline);  // starting was not the job's time
    greeting_ = std::move(received.text);
    stillborn_ = 0;
}

void WorkerPool::Dispatcher::take_answer(Worker& worker, const Packet& packet, Run& run) {
    std::optional<std::string> bytes =
        read_answer(worker.answer.get(), packet.length, limits_.largest_answer);
    if (!bytes) return lose(worker, &run);
    run.hold(worker.job->index, {.outcome = WorkerOutcome::answered, .bytes = std::move(*bytes)});
    worker.job.reset();
    worker.answer.reset();
    if (++worker.jobs >= limits_.jobs_a_worker) retire(worker);
}

// A worker that hung up or talks nonsense: its job is tried again on another one, or given up.
void WorkerPool::Dispatcher::lose(Worker& worker, Run* run) {
    const WorkerEnd end = worker.process->end();
    worker.process.reset();
    if (!worker.ready) {
        // Not the job's doing, unless it never stops happening.
        if (++stillborn_ >= 2 * most_workers_ + 2)
            fail(start_a_worker, end.exit_status == 0 ? EPIPE : ENOEXEC, command_.argv.front());
        if (worker.job) --worker.job->attempts;
    }
    if (!worker.job || run == nullptr) return;
    Job job = std::move(*worker.job);
    worker.job.reset();
    if (job.attempts < limits_.attempts) return run->again.push_back(std::move(job));
    run->hold(job.index, {.outcome = WorkerOutcome::crashed,
                          .bytes = {},
                          .exit_status = end.exit_status,
                          .signal = end.signal});
}

void WorkerPool::Dispatcher::retire(Worker& worker) {
    largest_worker_ = std::max(largest_worker_, worker.process->peak_memory());
    worker.process.reset();
}

std::uint64_t WorkerPool::Dispatcher::largest_worker() const {
    std::uint64_t largest = largest_worker_;
    for (const auto& worker : workers_) largest = std::max(largest, worker->process->peak_memory());
    return largest;
}

// More time for a worker that the machine left waiting.
bool WorkerPool::Dispatcher::extend(Worker& worker) {
    const auto used = worker.process->cpu_time() - worker.cpu_before;
    if (worker.extensions >= limits_.extensions || used * 2 >= limits_.deadline) return false;
    ++worker.extensions;
    worker.allow(limits_.deadline);
    return true;
}

// Kills the workers whose time is up.
void WorkerPool::Dispatcher::expire(Run* run) {
    const auto now = Clock::now();
    for (const auto& worker : workers_) {
        if (!worker->process || now < worker->deadline) continue;
        if (worker->ready && !worker->job) continue;
        if (!worker->ready) {
            worker->process->kill();
            lose(*worker, run);
            continue;
        }
        if (extend(*worker)) continue;
        retire(*worker);
        if (run != nullptr) run->hold(worker->job->index, {.outcome = WorkerOutcome::timed_out, .bytes = {}});
        worker->job.reset();
    }
}

void WorkerPool::Dispatcher::drop_lost_workers() {
    std::erase_if(workers_, [](const auto& worker) { return worker->process == nullptr; });
}

const std::string& WorkerPool::Dispatcher::greeting() {
    while (greeting_.empty()) {
        if (workers_.empty()) start_worker();
        wait(nullptr);
    }
    return greeting_;
}

WorkerPool::WorkerPool(WorkerCommand command, unsigned workers, WorkerLimits limits)
    : dispatcher_(std::make_unique<Dispatcher>(std::move(command), workers, limits)) {
    QY_CHECK(limits.attempts > 0);
}

WorkerPool::~WorkerPool() = default;

void WorkerPool::run(std::size_t count, const std::function<PoolJob(std::size_t)>& make_job,
                     const std::function<void(std::size_t, WorkerReply)>& done) {
    dispatcher_->run(count, make_job, done);
}

const std::string& WorkerPool::greeting() { return dispatcher_->greeting(); }

void WorkerPool::set_budget(std::uint64_t bytes) { dispatcher_->set_budget(bytes); }

std::size_t WorkerPool::started() const { return dispatcher_->started(); }

std::uint64_t WorkerPool::largest_worker() const { return dispatcher_->largest_worker(); }

}  // namespace qunying
