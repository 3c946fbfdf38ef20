#include "system/media_tools.h"

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/failure.h"
#include "system/outside_program.h"
#include "system/spawn_plan.h"
#include "system/worker_wire.h"

namespace qunying {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int input_descriptor = 3;

[[noreturn]] void fail(const char* operation, int code, const std::string& path) {
    throw Failure(operation, path, std::error_code(code, std::generic_category()));
}

OwnedDescriptor memory_file(std::string_view bytes, const std::string& program) {
    OwnedDescriptor memory(memfd_create("film", MFD_CLOEXEC));
    if (!memory.valid() || !write_all(memory.get(), bytes)) fail("make room for a film", errno, program);
    return memory;
}

pid_t start(const std::string& program, const std::vector<std::string>& arguments, int input, int output) {
    SpawnPlan plan;
    posix_spawn_file_actions_addopen(&plan.actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&plan.actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&plan.actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&plan.actions, input, input_descriptor);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setflags(&plan.attributes,
                             POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setsigmask(&plan.attributes, &none);
    posix_spawnattr_setsigdefault(&plan.attributes, &all);
    posix_spawnattr_setpgroup(&plan.attributes, 0);
    std::vector<std::string> words = {program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    std::string locale = "LC_ALL=C";
    char* environment[] = {locale.data(), nullptr};
    pid_t pid = -1;
    const int error =
        posix_spawn(&pid, program.c_str(), &plan.actions, &plan.attributes, pointers.data(), environment);
    if (error != 0) fail("start program", error, program);
    return pid;
}

// Kills its process, and whatever that started, unless it has ended.
class Child {
  public:
    explicit Child(pid_t pid) : pid_(pid) {}
    ~Child() { end(); }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    void limit(const ProgramLimits& limits) const {
        const auto seconds = static_cast<rlim_t>(limits.deadline.count() / 1000 + 1);
        set(RLIMIT_DATA, limits.memory);
        set(RLIMIT_CPU, seconds);
        set(RLIMIT_CORE, 0);
        set(RLIMIT_FSIZE, 0);
    }
    // Whether it ended by itself and well; ends it otherwise.
    bool ended_well(Clock::time_point deadline) {
        while (pid_ > 0) {
            int status = 0;
            const pid_t ended = waitpid(pid_, &status, WNOHANG);
            if (ended == pid_) {
                pid_ = -1;
                return WIFEXITED(status) && WEXITSTATUS(status) == 0;
            }
            if ((ended < 0 && errno != EINTR) || Clock::now() > deadline) break;
            poll(nullptr, 0, 2);
        }
        return false;
    }

  private:
    void set(__rlimit_resource resource, rlim_t value) const {
        const rlimit both{value, value};
        prlimit(pid_, resource, &both, nullptr);
    }
    void end() {
        if (pid_ < 0) return;
        ::kill(-pid_, SIGKILL);
        ::kill(pid_, SIGKILL);
        while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
        }
        pid_ = -1;
    }

    pid_t pid_;
};

// All that comes up to the end; nothing when it is too much or too late.
std::optional<std::string> read_output(int pipe, std::uint64_t most, Clock::time_point deadline) {
    std::string output;
    while (true) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        pollfd polled{pipe, POLLIN, 0};
        const int ready = left <= 0 ? 0 : poll(&polled, 1, static_cast<int>(left));
        if (ready == 0 || (ready < 0 && errno != EINTR)) return std::nullopt;
        if (ready < 0) continue;
        char piece[1 << 16];
        const ssize_t got = read(pipe, piece, sizeof piece);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return std::nullopt;
        if (got == 0) return output;
        output.append(piece, static_cast<std::size_t>(got));
        if (output.size() > most) return std::nullopt;
    }
}

// What every look at a film begins with: one demuxer, files alone, no more than this one.
std::vector<std::string> reading(FilmFormat format) {
    const char* demuxer = format == FilmFormat::mp4 ? "mov" : "matroska";
    return {"-v",
            "error",
            "-protocol_whitelist",
            "file",
            "-format_whitelist",
            "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm",
            "-f",
            demuxer};
}

}  // namespace

MediaTools find_media_tools() { return {program_in_path("ffmpeg"), program_in_path("ffprobe")}; }

std::optional<std::string> run_program(const std::string& program, const std::vector<std::string>& arguments,
                                       std::string_view input, const ProgramLimits& limits) {
    const OwnedDescriptor memory = memory_file(input, program);
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) fail("start program", errno, program);
    const OwnedDescriptor ours(ends[0]);
    OwnedDescriptor theirs(ends[1]);
    const auto deadline = Clock::now() + limits.deadline;
    Child child(start(program, arguments, memory.get(), theirs.get()));
    theirs.reset();
    child.limit(limits);
    std::optional<std::string> output = read_output(ours.get(), limits.longest_output, deadline);
    return output && child.ended_well(deadline) ? std::move(output) : std::nullopt;
}

std::optional<std::string> film_frame(const MediaTools& tools, std::string_view film, FilmFormat format,
                                      std::int64_t from_ms) {
    std::vector<std::string> arguments = {"-nostdin"};
    for (std::string& word : reading(format)) arguments.push_back(std::move(word));
    const std::vector<std::string> rest = {"-threads",
                                           "1",
                                           "-ss",
                                           fmt::format("{}.{:03}", from_ms / 1000, from_ms % 1000),
                                           "-i",
                                           program_input,
                                           "-map",
                                           "0:v:0",
                                           "-vf",
                                           "thumbnail=48,scale=trunc(iw*sar/2)*2:trunc(ih/2)*2,setsar=1",
                                           "-frames:v",
                                           "1",
                                           "-map_metadata",
                                           "-1",
                                           "-fflags",
                                           "+bitexact",
                                           "-flags",
                                           "+bitexact",
                                           "-c:v",
                                           "mjpeg",
                                           "-q:v",
                                           "2",
                                           "-pix_fmt",
                                           "yuvj444p",
                                           "-f",
                                           "image2pipe",
                                           "pipe:1"};
    arguments.insert(arguments.end(), rest.begin(), rest.end());
    auto frame = run_program(tools.ffmpeg, arguments, film);
    if (!frame || frame->empty()) return std::nullopt;
    return frame;
}

std::int64_t probed_length(const MediaTools& tools, std::string_view film, FilmFormat format) {
    std::vector<std::string> arguments = reading(format);
    for (const char* word : {"-show_entries", "format=duration", "-of", "default=nw=1:nk=1", program_input})
        arguments.emplace_back(word);
    const auto said = run_program(tools.ffprobe, arguments, film);
    double seconds = 0;
    if (!said) return 0;
    const auto [end, error] = std::from_chars(said->data(), said->data() + said->size(), seconds);
    const bool sensible = error == std::errc{} && end != said->data() && seconds > 0 && seconds < 1e9;
    return sensible ? static_cast<std::int64_t>(seconds * 1000 + 0.5) : 0;
}

std::string ffmpeg_version(const MediaTools& tools) {
    const auto said = run_program(tools.ffmpeg, {"-version"}, "");
    return said ? said->substr(0, said->find('\n')) : std::string();
}

}  // namespace qunying
