#include "system/outside_program.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/failure.h"
#include "base/text.h"
#include "system/spawn_plan.h"
#include "system/worker_wire.h"

namespace qunying {
namespace {

constexpr std::size_t most_complaints = 64 * 1024;  // bytes

[[noreturn]] void fail(int code, const std::string& program) {
    throw Failure(start_outside_program, program, std::error_code(code, std::generic_category()));
}

struct Pipe {
    OwnedDescriptor ours, theirs;

    explicit Pipe(const std::string& program) {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0) fail(errno, program);
        ours = OwnedDescriptor(ends[0]);
        theirs = OwnedDescriptor(ends[1]);
    }
};

// A program that went on after we were killed would go on changing the host, beside the run that comes next:
// setpriv has the kernel kill it with us. Every Debian has setpriv.
std::vector<std::string> words_of(const std::string& program, const std::vector<std::string>& arguments) {
    std::vector<std::string> words;
    const std::string keeper = program_in_path("setpriv");
    if (!keeper.empty()) words = {keeper, "--pdeathsig", "KILL", "--"};
    words.push_back(program);
    words.insert(words.end(), arguments.begin(), arguments.end());
    return words;
}

std::vector<std::string> environment_in_english() {
    std::vector<std::string> all = {"LC_ALL=C"};
    for (char** each = environ; *each != nullptr; ++each) {
        if (!std::string_view(*each).starts_with("LC_ALL=")) all.emplace_back(*each);
    }
    return all;
}

std::vector<char*> pointers_to(std::vector<std::string>& words) {
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    return pointers;
}

pid_t start(std::vector<std::string> words, int input, int output, int complaints) {
    SpawnPlan plan;
    posix_spawn_file_actions_adddup2(&plan.actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&plan.actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&plan.actions, complaints, STDERR_FILENO);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setflags(&plan.attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigmask(&plan.attributes, &none);
    posix_spawnattr_setsigdefault(&plan.attributes, &all);
    std::vector<std::string> environment = environment_in_english();
    const std::vector<char*> arguments = pointers_to(words), variables = pointers_to(environment);
    pid_t pid = -1;
    const int error = posix_spawn(&pid, words.front().c_str(), &plan.actions, &plan.attributes,
                                  arguments.data(), variables.data());
    if (error != 0) fail(error, words.front());
    return pid;
}

// Hands whole lines on as they come in.
class Lines {
  public:
    explicit Lines(const ComplaintSink& sink) : sink_(sink) {}

    void add(std::string_view piece) {
        if (!sink_) return;
        rest_.append(piece);
        std::size_t begin = 0;
        for (std::size_t end = rest_.find('\n'); end != std::string::npos; end = rest_.find('\n', begin)) {
            sink_(std::string_view(rest_).substr(begin, end - begin));
            begin = end + 1;
        }
        rest_.erase(0, begin);
    }

  private:
    const ComplaintSink& sink_;
    std::string rest_;
};

void keep_the_end(std::string& text) {
    if (text.size() > 2 * most_complaints) text.erase(0, text.size() - most_complaints);
}

// Reads both until both end.
void read_both(int output, int complaints, OutsideRun& run, Lines& lines) {
    std::array<pollfd, 2> polled = {{{output, POLLIN, 0}, {complaints, POLLIN, 0}}};
    while (polled[0].fd >= 0 || polled[1].fd >= 0) {
        if (poll(polled.data(), polled.size(), -1) < 0 && errno != EINTR) break;
        for (std::size_t i = 0; i < polled.size(); ++i) {
            if (polled[i].fd < 0 || polled[i].revents == 0) continue;
            char piece[1 << 14];
            const ssize_t got = read(polled[i].fd, piece, sizeof piece);
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) {
                polled[i].fd = -1;
                continue;
            }
            const std::string_view text(piece, static_cast<std::size_t>(got));
            (i == 0 ? run.output : run.complaints).append(text);
            if (i == 0) continue;
            lines.add(text);
            keep_the_end(run.complaints);
        }
    }
}

// Waits for its end, and sees to it when we leave early.
class Child {
  public:
    explicit Child(pid_t pid) : pid_(pid) {}
    ~Child() {
        if (pid_ < 0) return;
        ::kill(pid_, SIGKILL);
        wait();
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    int wait() {
        int status = 0;
        while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        pid_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

  private:
    pid_t pid_;
};

}  // namespace

std::string program_in_path(const std::string& name) {
    const char* path = std::getenv("PATH");
    for (const std::string_view folder : split(path ? path : "", ':')) {
        if (!folder.starts_with('/')) continue;
        std::string program = std::string(folder) + "/" + name;
        if (access(program.c_str(), X_OK) == 0) return program;
    }
    return {};
}

OutsideRun run_outside(const std::string& program, const std::vector<std::string>& arguments,
                       std::string_view input, const ComplaintSink& sink) {
    const std::string found = program_in_path(program);
    if (found.empty()) fail(ENOENT, program);
    const OwnedDescriptor memory(memfd_create("input", MFD_CLOEXEC));
    if (!memory.valid() || !write_all(memory.get(), input)) fail(errno, program);
    Pipe output(program), complaints(program);
    Child child(
        start(words_of(found, arguments), memory.get(), output.theirs.get(), complaints.theirs.get()));
    output.theirs.reset();
    complaints.theirs.reset();
    OutsideRun run;
    Lines lines(sink);
    read_both(output.ours.get(), complaints.ours.get(), run, lines);
    run.exit_code = child.wait();
    return run;
}

}  // namespace qunying
