#pragma once
// What extends, include and import lead to.
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "template/tree.h"

namespace qunying {

using UnitNames = std::map<std::string, std::uint32_t, std::less<>>;

// The unit that a literal name, or the first of several that exists, leads to.
std::optional<std::uint32_t> find_target(const Expression& target, const UnitNames& units);
// Says why find_target found nothing.
void report_missing_target(const Expression& target, const UnitNames& units, Diagnostics& diagnostics);

}  // namespace qunying
