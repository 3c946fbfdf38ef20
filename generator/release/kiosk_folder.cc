#include "release/kiosk_folder.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <thread>

#include "base/failure.h"
#include "base/text.h"
#include "release/install_refusal.h"

namespace qunying {
namespace {

constexpr const char* releases_folder = "releases";
constexpr const char* manifests_folder = "manifests";
constexpr const char* state_lock = "lock";
constexpr const char* incoming_lock = "incoming.lock";
constexpr std::string_view manifest_end = ".qy", temporary_end = ".tmp";
constexpr std::size_t piece = std::size_t{1} << 20;

std::optional<std::uint64_t> sequence_of(std::string_view name) {
    if (!name.ends_with(manifest_end)) return std::nullopt;
    name.remove_suffix(manifest_end.size());
    std::uint64_t sequence = 0;
    for (const char c : name) {
        if (c < '0' || c > '9' || sequence > largest_sequence / 10) return std::nullopt;
        sequence = sequence * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return sequence > 0 ? std::optional(sequence) : std::nullopt;
}

// Files of a folder by path, and whether there is anything that is neither file nor folder.
struct Listing {
    std::vector<std::pair<std::string, std::uint64_t>> files;
    bool plain = true;

    void add(Disk& disk, const std::string& root, const std::string& inner) {
        for (const FolderEntry& entry : disk.list_folder(join_path(root, inner))) {
            const std::string path = join_path(inner, entry.name);
            if (entry.status.kind == FileKind::folder)
                add(disk, root, path);
            else if (entry.status.kind == FileKind::file)
                files.emplace_back(path, entry.status.size);
            else
                plain = false;
        }
    }
};

bool has_just_these_files(const Listing& listing, const OutputTree& files) {
    return listing.plain && listing.files.size() == files.size() &&
           std::all_of(listing.files.begin(), listing.files.end(), [&](const auto& found) {
               const OutputFile* file = files.find(found.first);
               return file != nullptr && file->size == found.second;
           });
}

}  // namespace

std::string release_folder(std::uint64_t sequence) {
    return join_path(releases_folder, std::to_string(sequence));
}

std::string release_manifest(std::uint64_t sequence) {
    return join_path(manifests_folder, std::to_string(sequence) + std::string(manifest_end));
}

std::unique_ptr<Lock> KioskFolder::lock_state() {
    constexpr int tries = 100;
    for (int i = 0; i < tries; ++i) {
        if (auto lock = disk_.lock(state_lock)) return lock;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    throw Refused(Refusal::busy);
}

std::unique_ptr<Lock> KioskFolder::lock_incoming() {
    auto lock = disk_.lock(incoming_lock);
    if (!lock) throw Refused(Refusal::busy);
    return lock;
}

KioskState KioskFolder::load() {
    constexpr std::uint64_t longest_state = 1 << 20;
    try {
        const auto text = disk_.read_if_there(kiosk_state_name, longest_state);
        auto state = text ? read_kiosk_state(*text) : std::nullopt;
        if (state) return std::move(*state);
    } catch (const Failure&) {
    }
    return rebuild();
}

KioskState KioskFolder::rebuild() {
    KioskState state;
    if (!disk_.status(manifests_folder)) return state;
    for (const FolderEntry& entry : disk_.list_folder(manifests_folder)) {
        const auto sequence = sequence_of(entry.name);
        if (!sequence || !disk_.status(release_folder(*sequence))) continue;
        const PackReading reading = read_pack_manifest(manifest_bytes(*sequence));
        if (!reading.manifest || reading.manifest->sequence != *sequence) continue;
        state.releases.push_back({*sequence, 0, false, false, true, reading.manifest->built});
        if (*sequence < state.highest) continue;
        state.highest = state.current = *sequence;
        state.site = reading.manifest->site;
        state.venue = reading.manifest->venue;
        state.trust = reading.manifest->trust;
    }
    std::sort(state.releases.begin(), state.releases.end(),
              [](const KioskRelease& a, const KioskRelease& b) { return a.sequence < b.sequence; });
    return state;
}

// What cannot be read is as good as gone.
std::string KioskFolder::manifest_bytes(std::uint64_t sequence) {
    try {
        return disk_.read_if_there(release_manifest(sequence), longest_pack_manifest).value_or("");
    } catch (const Failure&) {
        return {};
    }
}

void KioskFolder::write_in_place(const std::string& path, std::string_view bytes) {
    const std::string beside = path + std::string(temporary_end);
    if (disk_.status(beside)) disk_.remove_file(beside);
    disk_.write_new_file(beside, bytes);
    disk_.sync_file(beside);
    disk_.rename(beside, path);
    disk_.sync_folder(split_path(path).folder);
}

void KioskFolder::save(const KioskState& state) {
    write_in_place(kiosk_state_name, write_kiosk_state(state));
    write_in_place(current_script_name, current_script(state));
}

std::optional<PackManifest> KioskFolder::manifest_of(std::uint64_t sequence, const Trust& trust) {
    PackReading reading = read_pack_manifest(manifest_bytes(sequence));
    const bool known = reading.manifest && reading.manifest->sequence == sequence &&
                       trust.knows(reading.manifest->trust.newest().key);
    return known ? std::move(reading.manifest) : std::nullopt;
}

bool KioskFolder::is_whole(const PackManifest& manifest) {
    const std::string root = release_folder(manifest.sequence);
    try {
        if (!disk_.status(root)) return false;
        Listing listing;
        listing.add(disk_, root, "");
        if (!has_just_these_files(listing, manifest.files)) return false;
        for (const auto& [path, file] : manifest.files) {
            if (digest_of_file(disk_, join_path(root, path)) != file.blake2b) return false;
        }
        return true;
    } catch (const Failure&) {  // what cannot be read cannot be shown
        return false;
    }
}

bool KioskFolder::is_ours() {
    if (disk_.status(kiosk_state_name)) return true;
    const std::vector<FolderEntry> entries = disk_.list_folder("");
    return std::all_of(entries.begin(), entries.end(), [](const FolderEntry& entry) {
        return entry.name == state_lock || entry.name == incoming_lock || entry.name == incoming_folder ||
               entry.name == releases_folder || entry.name == manifests_folder ||
               entry.name == current_script_name || entry.name == "lost+found" ||
               entry.name.ends_with(temporary_end);
    });
}

Blake2b digest_of_file(Disk& disk, const std::string& path) {
    Blake2bBuilder digest;
    for (std::uint64_t at = 0;;) {
        const std::string bytes = disk.read_range(path, at, piece);
        digest.add(bytes);
        at += bytes.size();
        if (bytes.size() < piece) return digest.finish();
    }
}

Trust trust_of_kiosk(const Trust& given, const KioskState& state) {
    if (!state.trust) return given;
    return joined(given, *state.trust).value_or(given);
}

std::string utc_text(std::int64_t seconds) {
    const std::time_t time = static_cast<std::time_t>(seconds);
    std::tm parts{};
    gmtime_r(&time, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

}  // namespace qunying
