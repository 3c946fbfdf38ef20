// The state of a screen as text, and what its pages are told of it.
#include <algorithm>
#include <charconv>

#include "base/digest.h"
#include "base/text.h"
#include "release/kiosk_folder.h"

namespace qunying {
namespace {

constexpr std::string_view first_line = "qunying kiosk 1";
constexpr std::string_view checksum = "checksum ";
constexpr std::size_t longest_error = 600;

std::string on_one_line(std::string_view text) {
    std::string line(text);
    std::replace_if(
        line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
    if (line.size() <= longest_error) return line;
    std::size_t end = longest_error;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;  // no half character
    return line.substr(0, end);
}

std::string release_line(const KioskRelease& release) {
    return "release " + std::to_string(release.sequence) + " " + std::to_string(release.starts) + " " +
           (release.confirmed ? "confirmed" : "new") + " " + (release.quarantined ? "quarantined" : "free") +
           " " + (release.kept ? "kept" : "gone") + " " + release.built;
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size();
}

bool read_release(std::string_view text, KioskState& state) {
    const std::vector<std::string_view> words = split(text, ' ');
    KioskRelease release;
    if (words.size() != 6 || !read_number(words[0], release.sequence) ||
        !read_number(words[1], release.starts))
        return false;
    release.confirmed = words[2] == "confirmed";
    release.quarantined = words[3] == "quarantined";
    release.kept = words[4] == "kept";
    release.built = words[5];
    state.releases.push_back(std::move(release));
    return true;
}

// What every line may be. `trust` collects the lines of the chain.
bool read_line(std::string_view line, KioskState& state, std::string& trust) {
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos) return false;
    const std::string_view key = line.substr(0, space), rest = line.substr(space + 1);
    if (key == "site") return state.site = rest, true;
    if (key == "venue") return state.venue = rest, true;
    if (key == "verified") return state.verified = rest, true;
    if (key == "error") return state.last_error = rest, true;
    if (key == "highest") return read_number(rest, state.highest);
    if (key == "current") return read_number(rest, state.current);
    if (key == "started") return read_number(rest, state.started);
    if (key == "trust") return trust.append(rest).append("\n"), true;
    return key == "release" && read_release(rest, state);
}

// Text inside double quotes, as a script of any age reads it.
std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return replace_all(replace_all(out, "\xE2\x80\xA8", " "), "\xE2\x80\xA9", " ") + '"';
}

}  // namespace

const KioskRelease* KioskState::find(std::uint64_t sequence) const {
    for (const KioskRelease& each : releases) {
        if (each.sequence == sequence) return &each;
    }
    return nullptr;
}

KioskRelease* KioskState::find(std::uint64_t sequence) {
    for (KioskRelease& each : releases) {
        if (each.sequence == sequence) return &each;
    }
    return nullptr;
}

std::string write_kiosk_state(const KioskState& state) {
    std::string text = std::string(first_line) + "\nsite " + state.site + "\nvenue " + state.venue +
                       "\nhighest " + std::to_string(state.highest) + "\ncurrent " +
                       std::to_string(state.current) + "\nstarted " + std::to_string(state.started) +
                       "\nverified " + state.verified + "\nerror " + on_one_line(state.last_error) + "\n";
    for (const KioskRelease& release : state.releases) text += release_line(release) + "\n";
    if (state.trust) {
        const std::string chain = write_trust(*state.trust);
        for (const std::string_view line : split(std::string_view(chain).substr(0, chain.size() - 1), '\n'))
            text.append("trust ").append(line).append("\n");
    }
    return text + std::string(checksum) + blake2b_of(text).hex() + "\n";
}

std::optional<KioskState> read_kiosk_state(std::string_view text) {
    const std::size_t end = text.rfind(checksum);
    if (end == std::string_view::npos || !text.starts_with(first_line)) return std::nullopt;
    const std::string_view body = text.substr(0, end);
    if (text.substr(end) != std::string(checksum) + blake2b_of(body).hex() + "\n") return std::nullopt;
    KioskState state;
    std::string trust;
    std::vector<std::string_view> lines = split(body, '\n');
    for (std::size_t i = 1; i + 1 < lines.size(); ++i) {  // behind the last one is nothing
        if (!read_line(lines[i], state, trust)) return std::nullopt;
    }
    if (trust.empty()) return state;
    state.trust = read_trust(trust);
    if (!state.trust) return std::nullopt;
    return state;
}

std::string current_script(const KioskState& state) {
    const KioskRelease* current = state.find(state.current);
    const std::string result = current == nullptr ? "none" : current->quarantined ? "quarantined" : "ok";
    return "QunyingKiosk({\"release\":" + quoted(state.current == 0 ? "" : std::to_string(state.current)) +
           ",\"site\":" + quoted(state.site) + ",\"sequence\":" + std::to_string(state.current) +
           ",\"built\":" + quoted(current ? current->built : "") + ",\"verified\":" + quoted(state.verified) +
           ",\"result\":" + quoted(result) + ",\"last_error\":" + quoted(on_one_line(state.last_error)) +
           "});\n";
}

}  // namespace qunying
