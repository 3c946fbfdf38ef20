#pragma once
// A pack becomes the release that a screen shows: copied in, the copy verified, the copy installed. Whatever
// happens meanwhile, the old release stays as it was until the new one is whole, verified and on the medium.
#include <cstdint>
#include <string>
#include <vector>

#include "release/install_refusal.h"
#include "release/kiosk_folder.h"
#include "release/pack_source.h"

namespace qunying {

inline constexpr std::uint64_t usual_size_limit = std::uint64_t{32} << 30;

struct InstallOptions {
    Trust trust;
    std::uint64_t largest = usual_size_limit;  // bytes of a release
    std::string venue;                         // take packs for it from now on; empty: for the one we have
    std::int64_t now = 0;                      // seconds since 1970
};

enum class InstallWay {
    installed,
    already_there,  // this very release is the newest, and whole
};

struct InstallReport {
    InstallWay way = InstallWay::installed;
    std::uint64_t sequence = 0;
    std::string site, venue, built;
    std::size_t files = 0, linked = 0;  // linked: the same file as in a release that was there
    std::uint64_t bytes = 0, fetched = 0;
};

// Throws Refused, and Failure where this machine's disk fails.
InstallReport install_pack(PackSource& source, KioskFolder& kiosk, const InstallOptions& options);

// A pack whose signature is good, by a key that `trust` takes, for a venue's screen. Throws Refused.
struct TrustedPack {
    std::string bytes;  // of the manifest
    PackManifest manifest;
    Trust trust;  // as the pack may have grown it
};
TrustedPack trusted_pack(PackSource& source, const Trust& trust);

// Looks at every byte of a pack without installing it. Throws Refused.
TrustedPack verify_pack(PackSource& source, const Trust& trust);

// Notes for the staff's screen why the last attempt came to nothing; says nothing where even that cannot be
// written.
void note_error(KioskFolder& kiosk, const std::string& text);

}  // namespace qunying
