#pragma once
// Front matter and settings as a tree with a place on every key and value. A careful subset of YAML: one
// document, no anchors, aliases, tags or merge keys, no key twice; every scalar stays text (0123 is “0123”,
// yes is “yes”), so that whoever knows the field decides what it means.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"

namespace qunying {

enum class YamlType : std::uint8_t { null, scalar, sequence, mapping };

struct YamlEntry;

struct YamlNode {
    YamlType type = YamlType::null;
    bool quoted = false;  // the scalar stood in quotes or was a block scalar
    // What stands here could not be read and was reported: treat it as absent and say nothing more about it.
    bool failed = false;
    // From the first to past the last byte of the value, quotes and brackets included; of a null the key's.
    Span span;
    std::string text;                // of a scalar
    std::vector<YamlNode> items;     // of a sequence
    std::vector<YamlEntry> entries;  // of a mapping, in the order of the file, no key twice

    // The entry of that key, or nullptr; also on anything that is no mapping.
    const YamlEntry* find(std::string_view key) const;
};

struct YamlEntry {
    std::string key;
    Span key_span;
    YamlNode value;
};

// Beyond these a file is refused (yaml-too-deep, yaml-too-long); both are far beyond what an author writes.
inline constexpr std::uint32_t yaml_depth_limit = 32;
inline constexpr std::uint32_t yaml_byte_limit = 1 << 20;

// Reads the bytes [begin, end) of the source. Mistakes of form are reported and, as far as possible, mended,
// so that one run finds them all: an entry that cannot be read stays in the tree with a `failed` value. Never
// throws. A byte-order mark at `begin` is skipped. Empty text is a null.
YamlNode parse_yaml(const SourceFile& source, std::uint32_t begin, std::uint32_t end,
                    Diagnostics& diagnostics);

// The whole file: settings, reviews.
YamlNode parse_yaml(const SourceFile& source, Diagnostics& diagnostics);

// The same, with word on whether the text had to be mended.
struct YamlReading {
    YamlNode root;
    bool intact = true;
};
YamlReading read_yaml(const SourceFile& source, std::uint32_t begin, std::uint32_t end,
                      Diagnostics& diagnostics);

}  // namespace qunying
