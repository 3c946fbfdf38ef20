#pragma once
// A loaded site as text, to be compared: everything of it, each place and the order in which values are held.
#include <string>

#include "model/site.h"

namespace qunying {

// Throws std::out_of_range where a choice or a reference leads to nothing.
std::string told(const Site& site);

}  // namespace qunying
