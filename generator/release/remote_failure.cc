#include "release/remote_failure.h"

#include <array>
#include <vector>

#include "base/text.h"

namespace qunying {
namespace {

constexpr std::size_t most_lines = 6;
constexpr std::size_t longest_line = 300;

struct Sign {
    std::string_view words;  // lower case
    Trouble trouble;
};

// The first that is found counts: a login that fails also speaks of a connection that was closed.
constexpr std::array<Sign, 43> signs = {{
    {"command not found", Trouble::remote_program_missing},
    {"rsync: not found", Trouble::remote_program_missing},
    {"failed to exec ssh", Trouble::program_missing},
    {"host key verification failed", Trouble::host_key},
    {"knownhosts: key", Trouble::host_key},
    {"remote host identification has changed", Trouble::host_key},
    {"could not resolve hostname", Trouble::host_unknown},
    {"no such host", Trouble::host_unknown},
    {"name or service not known", Trouble::host_unknown},
    {"temporary failure in name resolution", Trouble::host_unknown},
    {"didn't find section in config file", Trouble::unknown_remote},
    {"permission denied (publickey", Trouble::login},
    {"permission denied (password", Trouble::login},
    {"permission denied (keyboard", Trouble::login},
    {"unable to authenticate", Trouble::login},
    {"530 ", Trouble::login},
    {"anonymous only", Trouble::login},
    {"login incorrect", Trouble::login},
    {"401 unauthorized", Trouble::login},
    {"403 forbidden", Trouble::login},
    {"invalidaccesskeyid", Trouble::login},
    {"signaturedoesnotmatch", Trouble::login},
    {"accessdenied", Trouble::login},
    {"no space left on device", Trouble::disk_full},
    {"disk quota exceeded", Trouble::disk_full},
    {"disk full", Trouble::disk_full},
    {"552 ", Trouble::disk_full},
    {"507 ", Trouble::disk_full},
    {"insufficient storage", Trouble::disk_full},
    {"permission denied", Trouble::no_permission},
    {"operation not permitted", Trouble::no_permission},
    {"read-only file system", Trouble::no_permission},
    {"550 ", Trouble::no_permission},
    {"553 ", Trouble::no_permission},
    {"no such file or directory", Trouble::place_missing},
    {"directory not found", Trouble::place_missing},
    {"connection refused", Trouble::unreachable},
    {"timed out", Trouble::unreachable},
    {"i/o timeout", Trouble::unreachable},
    {"no route to host", Trouble::unreachable},
    {"network is unreachable", Trouble::unreachable},
    {"connection reset", Trouble::unreachable},
    {"connection unexpectedly closed", Trouble::unreachable},
}};

std::error_code code_of(Trouble trouble) {
    const bool disk = trouble == Trouble::disk_full;
    return std::make_error_code(disk ? std::errc::no_space_on_device : std::errc::io_error);
}

}  // namespace

RemoteFailure::RemoteFailure(Trouble trouble, const std::string& where, std::string said)
    : Failure("publish", where, code_of(trouble)), trouble_(trouble), said_(std::move(said)) {}

Trouble trouble_in(std::string_view said, int exit_code) {
    const std::string text = ascii_lower(said);
    for (const Sign& sign : signs) {
        if (text.find(sign.words) != std::string::npos) return sign.trouble;
    }
    if (exit_code == 127) return Trouble::remote_program_missing;
    return exit_code == 255 ? Trouble::unreachable : Trouble::other;
}

std::string last_words(std::string_view said) {
    std::vector<std::string> lines;
    for (const std::string_view line : split(said, '\n')) {
        const std::string_view text = trim(line);
        if (!text.empty()) lines.emplace_back(text.substr(0, longest_line));
    }
    if (lines.size() > most_lines) lines.erase(lines.begin(), lines.end() - most_lines);
    return join(lines, "\n");
}

}  // namespace qunying
