#pragma once
// The first text of a new record, made from the table of kinds.
#include <string>

#include "model/kinds.h"

namespace qunying {

// Front matter with every field that people fill in, one a line with its help as a comment; what is optional
// is commented out. Chinese keys.
std::string scaffold(const Kind& kind, std::string_view name);

}  // namespace qunying
