#pragma once
// The second-best way to publish, for file systems and mount points that cannot switch two folders in one
// step.
#include <string>
#include <vector>

#include "system/disk.h"
#include "system/manifest.h"

namespace qunying {

// What a build in place keeps in the output folder while it works, hidden; worth nothing afterwards.
inline constexpr const char* inner_stage_name = ".qunying-stage.tmp";
inline constexpr const char* inner_copy_name = ".qunying-copy.tmp";

// A finished stage and where it shall go. Only new and changed files lie in the stage.
struct InPlaceJob {
    std::string out;                  // the output folder, which is there
    std::string stage;                // the folder of the new files
    std::vector<std::string> fresh;   // their paths
    Manifest manifest;                // of the whole new release
    std::vector<std::string> before;  // every path that may be left of earlier releases
};

// INCOMPLETE.txt first; then media, pages, manifest.json, deletions; INCOMPLETE.txt last of all goes away
// again. A build that finds INCOMPLETE.txt trusts no file of the folder. Files that are not ours stay.
void publish_in_place(Disk& disk, const InPlaceJob& job);

// The paths that an interrupted publish_in_place may have written; nothing where INCOMPLETE.txt is not there,
// or not written by us.
std::optional<std::vector<std::string>> read_incomplete(Disk& disk, const std::string& out);

}  // namespace qunying
