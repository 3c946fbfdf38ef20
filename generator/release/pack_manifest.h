#pragma once
// The signed manifest of a pack: what a release holds, byte for byte, and for whom it is. docs/packs.md shows
// a pack with its figures.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "release/trust.h"
#include "system/output_tree.h"

namespace qunying {

// A pack is a folder: MANIFEST and parts. The files of the release, one behind the other in the order of
// their paths, are one long stream of bytes; the parts are that stream, cut every `part_size` bytes, and
// nothing else: no header, no padding. So each byte of a part is one of a file whose digest is signed, and
// the length of each part follows from the manifest.
//
// The manifest, numbers little-endian, a text its length in 2 bytes and its UTF-8:
//   0   8  magic "QYPACK" and the format version as two digits
//   8   4  length of the body, at most `longest_manifest`
//  12   …  body: 8 sequence · 8 part_size · texts site, audience, venue, built, generator, trust ·
//          4 number of files · for each, by path: text path, 8 size, 32 BLAKE2b-256
//   …  64  Ed25519 signature over all before it, by the newest key of `trust`
// and nothing behind it. There is one way to write a manifest: whatever differs is refused.
struct PackManifest {
    std::uint64_t sequence = 0;  // rises with every pack of a site
    std::uint64_t part_size = 0;
    std::string site;      // site_id()
    std::string audience;  // "venue"
    std::string venue;     // may be empty
    std::string built;     // the day it was made for, 2026-11-21
    std::string generator;
    Trust trust;
    OutputTree files;  // manifest.json among them

    std::uint64_t total() const;  // bytes of all files
    std::size_t parts() const;
    // Of a part, counted from 0; all but the last are `part_size`.
    std::uint64_t part_length(std::size_t part) const;
};

inline constexpr const char* pack_folder = "qunying-pack";
inline constexpr const char* pack_manifest_name = "manifest.qy";
// part-SEQUENCE-0001.qy for part 0: a new pack leaves the parts of the old one alone until its manifest is
// there.
std::string part_name(std::uint64_t sequence, std::size_t part);

inline constexpr std::uint64_t longest_pack_manifest = std::uint64_t{128} << 20;
inline constexpr std::uint64_t largest_part = std::uint64_t{2} << 30;
inline constexpr std::uint64_t usual_part = 2'000'000'000;  // FAT32 takes 4 GiB, some old sticks 2
inline constexpr std::uint64_t largest_sequence =
    (std::uint64_t{1} << 53) - 1;  // scripts read it as a number

// `manifest` must be one that read_pack_manifest takes (QY_CHECK).
std::string write_pack_manifest(const PackManifest& manifest, const SecretKey& secret);

enum class PackFault {
    none,
    not_a_pack,
    newer_format,  // of a later version of this program
    damaged,       // anything else that no pack of ours looks like, a wrong signature among it
};

// A manifest as it stands: whole, well formed and signed by the key it names. Whether that key is to be
// trusted is for the reader to say.
struct PackReading {
    std::optional<PackManifest> manifest;
    PackFault fault = PackFault::none;
};
PackReading read_pack_manifest(std::string_view bytes);

}  // namespace qunying
