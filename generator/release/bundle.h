#pragma once
// A finished venue release becomes a signed pack and a plain zip.
#include <cstdint>
#include <string>

#include "release/pack_manifest.h"
#include "system/disk.h"

namespace qunying {

struct BundleOptions {
    SigningKey key;
    std::uint64_t part_size = usual_part;
    std::uint64_t now = 0;            // seconds since 1970
    std::uint64_t last_sequence = 0;  // of the pack before, as far as anyone knows
};

struct BundleReport {
    PackManifest manifest;
    std::uint64_t manifest_size = 0;
    std::string zip;  // its name
    std::uint64_t zip_size = 0;
};

// Failure's operation where the place for the pack holds something else.
inline constexpr const char* not_our_pack = "replace something that is no pack of this site and venue";

// The release lies in `folder` of `site`, the disk of its site, and was built for a venue. The pack goes to
// qunying-pack/ of `out`; the one that is there, if it is of the same site and venue, stays good until the
// new one is whole, and its zip goes with it. The sequence is remembered in the site. Throws Failure.
BundleReport write_bundle(Disk& site, const std::string& folder, Disk& out, const BundleOptions& options);

}  // namespace qunying
