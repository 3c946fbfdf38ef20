#pragma once
// The folder that a screen runs from, and what it remembers there.
//   releases/N/     a release, N its sequence: never changed once it has this name
//   manifests/N.qy  the signed manifest it came with
//   state           which release is to be opened, and how its starts went
//   current.js      the same for the page that is open
//   incoming/       a release on its way in
//   lock, incoming.lock
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "release/pack_manifest.h"
#include "release/trust.h"
#include "system/disk.h"

namespace qunying {

struct KioskRelease {
    std::uint64_t sequence = 0;
    unsigned starts = 0;       // since it was last confirmed
    bool confirmed = false;    // a browser once ran with it
    bool quarantined = false;  // failed too often: opened only where there is nothing else
    bool kept = true;          // its files are there; else it is remembered for its failures alone
    std::string built;

    bool operator==(const KioskRelease&) const = default;
};

// Written beside and renamed. A file of lines with a checksum: whoever may write here may write the releases
// as well, so it is not signed; all it could do is to choose between releases that are. Torn or rotten, it is
// made anew from the manifests that are there.
struct KioskState {
    std::string site, venue;     // taken from the first pack
    std::uint64_t highest = 0;   // the newest sequence that was ever installed
    std::uint64_t current = 0;   // the release to open; 0: none
    std::uint64_t started = 0;   // what the last start opened
    std::optional<Trust> trust;  // grown by packs that brought a new key
    std::string verified;        // when `current` was last looked through, 2026-11-21T08:00:00Z
    std::string last_error;
    std::vector<KioskRelease> releases;  // by sequence

    const KioskRelease* find(std::uint64_t sequence) const;
    KioskRelease* find(std::uint64_t sequence);
    bool operator==(const KioskState&) const = default;
};

std::string write_kiosk_state(const KioskState& state);
std::optional<KioskState> read_kiosk_state(std::string_view text);

// current.js: QunyingKiosk({…});
std::string current_script(const KioskState& state);

std::string release_folder(std::uint64_t sequence);
std::string release_manifest(std::uint64_t sequence);
inline constexpr const char* incoming_folder = "incoming";
inline constexpr const char* kiosk_state_name = "state";
inline constexpr const char* current_script_name = "current.js";

// The folder on its disk, whose root it is.
class KioskFolder {
  public:
    explicit KioskFolder(Disk& disk) : disk_(disk) {}

    Disk& disk() const { return disk_; }
    // Held while the state is read, changed and saved: for moments only, so that a start never waits for an
    // installation. Throws Refused(busy) where it is not free within ten seconds.
    std::unique_ptr<Lock> lock_state();
    // Held by one installation from its beginning to its end. Throws Refused(busy).
    std::unique_ptr<Lock> lock_incoming();

    // What is remembered; made anew from the manifests where that is lost or cannot be read; an empty state
    // where nothing is there.
    KioskState load();
    // Both files, each in one step, on the medium when it returns.
    void save(const KioskState& state);
    // A file in one step, on the medium when it returns.
    void write_in_place(const std::string& path, std::string_view bytes);

    // The manifest of a release, if it is there and signed by a key that `trust` knows.
    std::optional<PackManifest> manifest_of(std::uint64_t sequence, const Trust& trust);
    // Whether every file of a release is there as its manifest says, read from beginning to end, and no
    // other.
    bool is_whole(const PackManifest& manifest);

    // Whether there is nothing here that is not ours.
    bool is_ours();

  private:
    KioskState rebuild();
    std::string manifest_bytes(std::uint64_t sequence);

    Disk& disk_;
};

// The digest of a file that must be there, read in pieces.
Blake2b digest_of_file(Disk& disk, const std::string& path);

// What a screen trusts that was told `given` and remembers `state`.
Trust trust_of_kiosk(const Trust& given, const KioskState& state);

// 2026-11-21T08:00:00Z
std::string utc_text(std::int64_t seconds);

}  // namespace qunying
