#pragma once
// Reads plain front matter without yaml-cpp. Inside syntax/ only.
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/source.h"
#include "syntax/yaml.h"

namespace qunying {

// The tree of a text that lies plainly within the subset described in yaml_plain.cc: exactly the one that
// read_once would make of it, which then would find nothing to report. Nothing where any doubt is left; then
// read_once decides. `text` is valid UTF-8 and starts at byte `offset` of its source.
std::optional<YamlNode> read_plain_yaml(std::string_view text, SourceId source, std::uint32_t offset);

}  // namespace qunying
