#pragma once
// Tokens → tree: the statements between {% and %}. Never fails: what cannot be read is reported and left out.
#include "base/diagnostic.h"
#include "template/tree.h"

namespace qunying {

Body parse_template(const SourceFile& file, Diagnostics& diagnostics);

// Every word that may stand first in a tag, for "did you mean".
const std::vector<std::string>& tag_names();

// Statements may stand this deep in one another.
inline constexpr std::size_t max_statement_depth = 60;

}  // namespace qunying
