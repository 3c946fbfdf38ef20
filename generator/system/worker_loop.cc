#include "system/worker_loop.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "system/sandbox.h"
#include "system/worker_wire.h"

namespace qunying {
namespace {

constexpr int hung_up = 0;           // the pool closed its end: a worker's normal end
constexpr int wrong_descriptor = 2;  // not started by a pool
constexpr int protocol_broken = 3;

void limit(__rlimit_resource resource, rlim_t value) {
    const rlimit both{value, value};
    setrlimit(resource, &both);
}

// Each thread's stack counts against the memory limit whether it is used or not; libraries start many.
void keep_stacks_small() {
    constexpr std::size_t stack_size = std::size_t{2} << 20;
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0) return;
    if (pthread_attr_setstacksize(&attributes, stack_size) == 0) pthread_setattr_default_np(&attributes);
    pthread_attr_destroy(&attributes);
}

// Dies with its pool, dumps no core, and holds nothing but its end of the pair.
void become_worker(int descriptor) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    limit(RLIMIT_CORE, 0);
    keep_stacks_small();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    fcntl(descriptor, F_SETFD, FD_CLOEXEC);
#ifdef SYS_close_range
    syscall(SYS_close_range, static_cast<unsigned>(descriptor) + 1, ~0U, 0U);
#endif
}

// A job's bytes, mapped while they are needed.
class MappedJob {
  public:
    MappedJob(int descriptor, std::uint64_t size) : size_(static_cast<std::size_t>(size)) {
        if (size_ > 0) address_ = mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, descriptor, 0);
    }
    ~MappedJob() {
        if (mapped()) munmap(address_, size_);
    }
    MappedJob(const MappedJob&) = delete;
    MappedJob& operator=(const MappedJob&) = delete;

    bool mapped() const { return address_ != nullptr && address_ != MAP_FAILED; }
    bool usable() const { return size_ == 0 || mapped(); }
    std::string_view bytes() const {
        return mapped() ? std::string_view(static_cast<char*>(address_), size_) : "";
    }

  private:
    std::size_t size_;
    void* address_ = nullptr;
};

// false when the pool cannot be answered.
bool do_job(int descriptor, const Received& received, const WorkerHandler& handler) {
    const auto& [job, answer] = received.descriptors;
    if (received.packet.kind != PacketKind::job || !job.valid() || !answer.valid()) return false;
    const MappedJob mapped(job.get(), received.packet.length);
    if (!mapped.usable()) return false;
    const std::string bytes = handler.answer(mapped.bytes());
    if (!write_all(answer.get(), bytes)) return false;
    return send_packet(descriptor, {.kind = PacketKind::answer,
                                    .sequence = received.packet.sequence,
                                    .length = bytes.size(),
                                    .limit = 0});
}

// Starts the handler's libraries and gives up what it will not need. The order matters: see sandbox.h.
std::string start(const WorkerHandler& handler, const Packet& limits) {
    SandboxReport report;
    const bool closed = handler.trust == WorkerTrust::nobody;
    if (closed) restrict_files(report);
    std::string line = handler.start();
    limit(RLIMIT_FSIZE, limits.limit);
    restrict_memory(report, limits.length);
    if (closed) restrict_system_calls(report);
    return line + "\n" + describe(report);
}

}  // namespace

int serve_jobs(int descriptor, const WorkerHandler& handler) {
    become_worker(descriptor);
    const std::optional<Received> limits = receive_packet(descriptor);
    if (!limits || limits->packet.kind != PacketKind::limits) return wrong_descriptor;
    const std::string greeting = start(handler, limits->packet);
    if (!send_packet(descriptor, {.kind = PacketKind::ready, .sequence = 0, .length = 0, .limit = 0},
                     greeting))
        return hung_up;
    while (const std::optional<Received> received = receive_packet(descriptor)) {
        if (!do_job(descriptor, *received, handler)) return protocol_broken;
    }
    return hung_up;
}

}  // namespace qunying
