#include "system/worker_process.h"

#include <cerrno>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <fstream>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "base/failure.h"

namespace qunying {
namespace {

// The number under which a worker finds its end of the pair.
constexpr int worker_descriptor = 3;

[[noreturn]] void fail(const char* operation, const std::string& path, int code) {
    throw Failure(operation, path, std::error_code(code, std::generic_category()));
}

// A worker gets a neutral locale and no more of our environment than a loader or a sanitizer needs.
std::vector<std::string> worker_environment() {
    static constexpr std::string_view kept[] = {
        "LD_LIBRARY_PATH=", "ASAN_OPTIONS=", "UBSAN_OPTIONS=", "TSAN_OPTIONS="};
    std::vector<std::string> out = {"LC_ALL=C"};
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        for (const std::string_view name : kept) {
            if (std::string_view(*entry).substr(0, name.size()) == name) out.emplace_back(*entry);
        }
    }
    return out;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (std::string& text : texts) out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

// What posix_spawn is told, freed again whatever happens.
struct SpawnPlan {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;

    SpawnPlan() {
        if (posix_spawn_file_actions_init(&actions) != 0 || posix_spawnattr_init(&attributes) != 0) {
            fail("prepare worker", "", ENOMEM);
        }
    }
    ~SpawnPlan() {
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;
};

void plan_descriptors(SpawnPlan& plan, int socket, WorkerCommand::Complaints complaints) {
    posix_spawn_file_actions_adddup2(&plan.actions, socket, worker_descriptor);
    posix_spawn_file_actions_addopen(&plan.actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&plan.actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    if (complaints == WorkerCommand::Complaints::discarded) {
        posix_spawn_file_actions_addopen(&plan.actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    }
}

// Own process group, so that Ctrl-C is ours to handle and does not look like a crash; no signal blocked or
// ignored.
void plan_signals(SpawnPlan& plan) {
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setflags(&plan.attributes,
                             POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setsigmask(&plan.attributes, &none);
    posix_spawnattr_setsigdefault(&plan.attributes, &all);
    posix_spawnattr_setpgroup(&plan.attributes, 0);
}

pid_t spawn(const WorkerCommand& command, int socket) {
    SpawnPlan plan;
    plan_descriptors(plan, socket, command.complaints);
    plan_signals(plan);
    std::vector<std::string> words = command.argv;
    words.push_back(std::to_string(worker_descriptor));
    std::vector<std::string> environment = worker_environment();
    pid_t pid = -1;
    const int error = posix_spawn(&pid, command.argv.front().c_str(), &plan.actions, &plan.attributes,
                                  pointers(words).data(), pointers(environment).data());
    if (error != 0) fail(start_a_worker, command.argv.front(), error);
    return pid;
}

WorkerEnd read_status(int status) {
    WorkerEnd end;
    if (WIFEXITED(status)) end.exit_status = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) end.signal = WTERMSIG(status);
    return end;
}

}  // namespace

WorkerProcess::WorkerProcess(const WorkerCommand& command, const WorkerLimits& limits) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) fail("connect worker", "", errno);
    socket_ = OwnedDescriptor(pair[0]);
    const OwnedDescriptor theirs(pair[1]);
    pid_ = spawn(command, theirs.get());
    send_packet(socket_.get(),
                {.kind = PacketKind::limits, .length = limits.memory, .limit = limits.largest_answer});
}

WorkerProcess::~WorkerProcess() { kill(); }

// From the kernel's own count: the one that wait4 yields begins with the memory of the pool's process.
std::uint64_t WorkerProcess::peak_memory() const {
    std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
    std::string word;
    std::uint64_t kibibytes = 0;
    while (status >> word) {
        if (word == "VmHWM:" && status >> kibibytes) return kibibytes << 10;
    }
    return 0;
}

std::chrono::nanoseconds WorkerProcess::cpu_time() const {
    clockid_t clock{};
    timespec used{};
    if (pid_ < 0 || clock_getcpuclockid(pid_, &clock) != 0 || clock_gettime(clock, &used) != 0) return {};
    return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

void WorkerProcess::kill() {
    if (pid_ < 0) return;
    ::kill(pid_, SIGKILL);
    while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
}

WorkerEnd WorkerProcess::end() {
    using namespace std::chrono_literals;
    if (pid_ < 0) return {};
    for (int tries = 0; tries < 100; ++tries) {
        int status = 0;
        const pid_t ended = waitpid(pid_, &status, WNOHANG);
        if (ended == pid_) {
            pid_ = -1;
            return read_status(status);
        }
        if (ended < 0 && errno != EINTR) break;
        std::this_thread::sleep_for(1ms);
    }
    kill();
    return {};
}

}  // namespace qunying
