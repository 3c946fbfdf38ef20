#pragma once
#include <string>
#include <vector>

#include "template/tree.h"

namespace qunying {

// The names that the statements of one scope assign; bodies with scopes of their own are not entered.
void collect_assigned(const Body& body, std::vector<std::string>& names);

}  // namespace qunying
