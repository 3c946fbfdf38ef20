#pragma once
// The files of a release, gathered in incoming/: those that a kept release has by a hard link, the others
// from the pack. Every one of them is read back and compared with the signed digest before this is done.
#include <cstdint>
#include <string>

#include "release/kiosk_folder.h"
#include "release/pack_source.h"

namespace qunying {

struct GatheredTree {
    std::size_t linked = 0;
    std::uint64_t fetched = 0;  // bytes
};

// Goes on where an interrupted run for the same manifest (`bytes`) stopped. Throws Refused where the pack is
// not as its manifest says, or there is no room.
GatheredTree gather_tree(KioskFolder& kiosk, PackSource& source, const PackManifest& manifest,
                         const std::string& bytes, const std::vector<PackManifest>& kept);

// Where it gathers them.
std::string incoming_tree();

}  // namespace qunying
