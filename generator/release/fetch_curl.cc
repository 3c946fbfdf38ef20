#include "release/fetch_curl.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/failure.h"
#include "base/text.h"
#include "release/install_refusal.h"

namespace qunying {
namespace {

constexpr std::size_t longest_head = 64 * 1024, piece = std::size_t{1} << 20;

std::string quoted(std::string_view text) {
    return '"' + replace_all(replace_all(text, "\\", "\\\\"), "\"", "\\\"") + '"';
}

// Only http and https, wherever a server sends us; given up where nothing comes for half a minute. Heads are
// part of the output, so that status and range are known before the first byte of a body.
constexpr std::string_view manners =
    "silent\nshow-error\ninclude\ngloboff\nlocation\nmax-redirs = 5\nproto = \"=http,https\"\n"
    "proto-redir = \"=http,https\"\nhttp1.1\nsuppress-connect-headers\nconnect-timeout = 20\n"
    "speed-limit = 100\nspeed-time = 30\n";

[[noreturn]] void fail(const char* operation, int code, const std::string& program) {
    throw Failure(operation, program, std::error_code(code, std::generic_category()));
}

int memory_file(std::string_view bytes, const std::string& program) {
    const int file = ::memfd_create("requests", MFD_CLOEXEC);
    if (file < 0) fail("start program", errno, program);
    for (std::string_view rest = bytes; !rest.empty();) {
        const ssize_t count = ::write(file, rest.data(), rest.size());
        if (count < 0) {
            const int code = errno;
            ::close(file);
            fail("start program", code, program);
        }
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
    ::lseek(file, 0, SEEK_SET);
    return file;
}

// 0, or the error of posix_spawnp. The child knows its three streams and no other descriptor of ours.
int spawn(const std::string& program, int input, int output, int complaints, pid_t& pid) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, complaints, STDERR_FILENO);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    // Without --fail-early the head of the next answer would follow half a body.
    std::string words[] = {program, "-q", "--fail-early", "--config", "-"};
    char* arguments[] = {words[0].data(), words[1].data(), words[2].data(),
                         words[3].data(), words[4].data(), nullptr};
    const int error = ::posix_spawnp(&pid, program.c_str(), &actions, &attributes, arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

std::optional<std::uint64_t> number_before(std::string_view& text, char mark) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool good =
        error == std::errc{} &&
        (mark == '\0' ? end == text.data() + text.size() : end < text.data() + text.size() && *end == mark);
    if (!good) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()) + (mark == '\0' ? 0 : 1));
    return number;
}

// The value of a field in a head; names do not care for case.
std::string_view field_of(std::string_view head, std::string_view name) {
    for (const std::string_view line : split(head, '\n')) {
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos && ascii_lower(line.substr(0, colon)) == name)
            return trim(line.substr(colon + 1));
    }
    return {};
}

void read_range_field(std::string_view text, WebAnswer& answer) {
    if (!ascii_lower(text.substr(0, 6)).starts_with("bytes ")) return;
    text.remove_prefix(6);
    const auto begin = number_before(text, '-');
    const auto last = begin ? number_before(text, '/') : std::nullopt;
    const auto total = last ? number_before(text, '\0') : std::nullopt;
    if (!total) return;
    answer.begin = begin;
    answer.last = last;
    answer.total = total;
}

}  // namespace

std::string curl_config(const std::vector<WebRequest>& requests) {
    std::string config;
    for (const WebRequest& request : requests) {
        if (!config.empty()) config += "next\n";
        config += "url = " + quoted(request.address) + "\n";
        if (!request.whole) {
            config += "range = \"" + std::to_string(request.begin) + "-" +
                      std::to_string(request.begin + request.size - 1) + "\"\n";
        }
        config += manners;
    }
    return config;
}

std::optional<WebAnswer> read_answer(std::string_view head) {
    if (!head.starts_with("HTTP/")) return std::nullopt;
    const std::size_t space = head.find(' ');
    WebAnswer answer;
    if (space == std::string_view::npos || head.size() < space + 4) return std::nullopt;
    const auto [end, error] =
        std::from_chars(head.data() + space + 1, head.data() + space + 4, answer.status);
    if (error != std::errc{} || end != head.data() + space + 4) return std::nullopt;
    read_range_field(field_of(head, "content-range"), answer);
    return answer;
}

bool moves_on(std::string_view head, const WebAnswer& answer) {
    const bool redirected = answer.status >= 300 && answer.status < 400 && answer.status != 304;
    return (answer.status >= 100 && answer.status < 200) ||
           (redirected && !field_of(head, "location").empty());
}

CurlRun::CurlRun(const std::string& program, const std::vector<WebRequest>& requests) {
    const int input = memory_file(curl_config(requests), program);
    int ends[2] = {-1, -1};
    complaints_ = ::memfd_create("complaints", MFD_CLOEXEC);
    const bool piped = complaints_ >= 0 && ::pipe2(ends, O_CLOEXEC) == 0;
    const int error = piped ? spawn(program, input, ends[1], complaints_, pid_) : errno;
    ::close(input);
    if (piped) ::close(ends[1]);
    output_ = ends[0];
    if (error == 0) return;
    if (output_ >= 0) ::close(output_);
    if (complaints_ >= 0) ::close(complaints_);
    if (error == ENOENT) throw Refused(Refusal::no_curl);
    fail("start program", error, program);
}

CurlRun::~CurlRun() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
        }
    }
    ::close(output_);
    ::close(complaints_);
}

bool CurlRun::fill() {
    if (used_ == buffer_.size()) {
        buffer_.clear();
        used_ = 0;
    }
    const std::size_t before = buffer_.size();
    buffer_.resize(before + piece);
    ssize_t count = -1;
    do {
        count = ::read(output_, &buffer_[before], piece);
    } while (count < 0 && errno == EINTR);
    buffer_.resize(before + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    return count > 0;
}

std::optional<WebAnswer> CurlRun::next_answer() {
    while (true) {
        std::size_t end = std::string::npos;
        while ((end = buffer_.find("\r\n\r\n", used_)) == std::string::npos) {
            if (buffer_.size() - used_ > longest_head || !fill()) return std::nullopt;
        }
        const std::string head = buffer_.substr(used_, end - used_);
        used_ = end + 4;
        const auto answer = read_answer(head);
        if (!answer || !moves_on(head, *answer)) return answer;
    }
}

std::string_view CurlRun::next_bytes(std::uint64_t most) {
    if (used_ == buffer_.size() && !fill()) return {};
    const std::string_view bytes = std::string_view(buffer_).substr(
        used_, static_cast<std::size_t>(std::min<std::uint64_t>(most, piece)));
    used_ += bytes.size();
    return bytes;
}

CurlEnd CurlRun::end() {
    int status = 0;
    ::close(output_);
    output_ = -1;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    CurlEnd end{WIFEXITED(status) ? WEXITSTATUS(status) : -1, std::string(500, '\0')};
    const ssize_t count = ::pread(complaints_, end.said.data(), end.said.size(), 0);
    end.said.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    return end;
}

}  // namespace qunying
