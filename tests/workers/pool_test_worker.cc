// A worker that does what the job says, good or bad: "echo x" answers x, "crash" aborts…
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <string>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "system/worker_loop.h"

namespace {

constexpr int pair_descriptor = 3;
int jobs_done = 0;

[[noreturn]] void hang() {
    while (true) poll(nullptr, 0, 1000);
}

std::string rest_for(std::string_view milliseconds) {
    poll(nullptr, 0, std::atoi(std::string(milliseconds).c_str()));
    return "rested";
}

[[noreturn]] void spin() {
    while (true) getppid();
}

// "refused" when the call failed for lack of permission, what it did otherwise.
std::string verdict(long result) {
    if (result >= 0) return "allowed";
    return errno == EPERM || errno == EACCES || errno == ENOSYS ? "refused" : std::strerror(errno);
}

std::string try_to_execute() {
    std::array<char*, 1> none{nullptr};
    return verdict(execve("/bin/true", none.data(), none.data()));
}

std::string try_forbidden(std::string_view what) {
    if (what == "open") return verdict(open("/etc/passwd", O_RDONLY | O_CLOEXEC));
    if (what == "create")
        return verdict(open("/tmp/qunying-worker-was-here", O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    if (what == "socket") return verdict(socket(AF_INET, SOCK_STREAM, 0));
    if (what == "execute") return try_to_execute();
    if (what == "fork") return verdict(fork());
    if (what == "ptrace") return verdict(ptrace(PTRACE_TRACEME, 0, nullptr, nullptr));
    if (what == "kill") return verdict(kill(getppid(), 0));
    return "unknown";
}

std::string run_thread() {
    int seen = 0;
    std::thread([&] { seen = 7; }).join();
    return std::to_string(seen);
}

// Maps private memory until none is given; yields the mebibytes.
std::string fill_memory(std::size_t most) {
    constexpr std::size_t step = std::size_t{8} << 20;
    std::size_t got = 0;
    while (got < most) {
        void* piece = mmap(nullptr, step, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (piece == MAP_FAILED) break;
        got += step;
    }
    return std::to_string(got >> 20);
}

std::string answer(std::string_view job) {
    const std::string_view verb = job.substr(0, job.find(' '));
    const std::string_view rest = verb.size() < job.size() ? job.substr(verb.size() + 1) : "";
    const int done_before = jobs_done++;
    if (verb == "echo") return std::string(rest);
    if (verb == "size") return std::to_string(rest.size());
    if (verb == "count") return std::to_string(jobs_done);
    if (verb == "pid") return std::to_string(getpid());
    if (verb == "crash") std::abort();
    if (verb == "crash-unless-fresh" && done_before > 0) std::abort();
    if (verb == "exit") std::_Exit(std::atoi(std::string(rest).c_str()));
    if (verb == "hang") hang();
    if (verb == "rest") return rest_for(rest);
    if (verb == "spin") spin();
    if (verb == "hang-up") {
        close(pair_descriptor);
        hang();
    }
    if (verb == "nonsense") {
        static_cast<void>(!write(pair_descriptor, "nonsense", 8));
        hang();
    }
    if (verb == "long")
        return std::string(static_cast<std::size_t>(std::atoi(std::string(rest).c_str())), 'x');
    if (verb == "thread") return run_thread();
    if (verb == "memory") return fill_memory(std::size_t{2048} << 20);
    if (verb == "try") return try_forbidden(rest);
    return "done";
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view mode = argc > 1 ? argv[1] : "";
    if (mode == "--stillborn") return 9;
    const auto start = [&]() -> std::string {
        if (mode == "--slow-start") hang();
        // Landlock is on by now and seccomp is not.
        return "test worker, reading /etc/passwd " + try_forbidden("open");
    };
    std::_Exit(qunying::serve_jobs(std::atoi(argv[argc - 1]), {start, answer}));
}
