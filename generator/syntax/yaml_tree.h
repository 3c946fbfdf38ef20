#pragma once
// One run of yaml-cpp over a text; it is known to yaml_tree.cc alone. Inside syntax/ only.
#include <cstddef>
#include <optional>

#include "base/diagnostic.h"
#include "syntax/yaml.h"
#include "syntax/yaml_mend.h"

namespace qunying {

struct YamlAttempt {
    YamlNode root;                               // as far as reading got
    std::optional<YamlFault> fault;              // why it stopped
    std::optional<std::size_t> second_document;  // where a second document starts
    Diagnostics found;                           // about what was read; void where reading is tried again
};

YamlAttempt read_once(const MendedText& text);

}  // namespace qunying
