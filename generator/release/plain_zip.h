#pragma once
// A release as a zip for people with a file manager; never for the installer, which takes signed packs alone.
// Hides libarchive.
#include <cstdint>
#include <string>

#include "system/disk.h"
#include "system/output_tree.h"

namespace qunying {

// Writes `name` on `out`, taking the place of what has that name; yields its size. The release lies in
// `folder` of `disk` and holds `files`. index.html stands in the root, and beside it start-windows.cmd and
// start-linux.sh, which open it. Files have no date (1980-01-01), so that the same release gives the same
// bytes.
std::uint64_t write_plain_zip(Disk& disk, const std::string& folder, const OutputTree& files, Disk& out,
                              const std::string& name);

}  // namespace qunying
