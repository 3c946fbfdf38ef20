#pragma once
// What a release holds: manifest.json in the root of every published folder.
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "system/disk.h"
#include "system/output_tree.h"

namespace qunying {

// What is said of a release as a whole, in this order: generator, audience, as_of, inputs (an opaque digest)…
using ReleaseFacts = std::vector<std::pair<std::string, std::string>>;

struct Manifest {
    ReleaseFacts facts;
    OutputTree files;  // all but manifest.json itself

    // Empty when there is no such fact.
    std::string_view fact(std::string_view name) const;
    bool operator==(const Manifest&) const = default;
};

inline constexpr const char* manifest_name = "manifest.json";
// There while a release is copied in place, and after that was interrupted.
inline constexpr const char* incomplete_name = "INCOMPLETE.txt";

// {"format": 1, "generator": "…", "audience": "web", "as_of": "…", "files": {path: {"size": 1, "blake2b":
// "…"}}}
std::string write_manifest(const Manifest& manifest);
// Nothing where the text is no manifest of this format, or names a path that no release may hold.
std::optional<Manifest> parse_manifest(std::string_view text);
// The same for every spelling of the same JSON, in seven times the time: parse_manifest asks it for whatever
// is not spelled as write_manifest spells it.
std::optional<Manifest> parse_manifest_as_json(std::string_view text);

// The manifest of the release in `folder`, if there is one that can be read.
std::optional<Manifest> read_manifest(Disk& disk, const std::string& folder);

// Parts of [a-z0-9._-] joined by '/', none beginning with '.' or longer than 200 bytes; not manifest.json.
bool is_output_path(std::string_view path);

// What a medium brings along in its root: lost+found, System Volume Information, $RECYCLE.BIN.
bool belongs_to_medium(std::string_view name);

// What is published now.
struct Release {
    Manifest manifest;
    bool whole = false;  // nothing but what the manifest says, and all of that
};

// A release as it lies on the disk, measured against its manifest by size and time, without reading the
// files. Whole: all intact, no strangers, not INCOMPLETE.
struct ReleaseState : Release {
    std::vector<bool> intact;            // files that are as the manifest says and no younger than it
    std::vector<std::uint64_t> inodes;   // of the intact ones
    std::vector<std::string> strangers;  // paths of files that the manifest does not name
};
std::optional<ReleaseState> read_release(Disk& disk, const std::string& folder);

}  // namespace qunying
