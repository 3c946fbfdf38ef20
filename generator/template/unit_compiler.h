#pragma once
// One template's tree → its functions. What it extends, includes and imports has been compiled before.
#include <map>
#include <set>

#include "template/resolver.h"

namespace qunying {

using UnitNames = std::map<std::string, std::uint32_t, std::less<>>;

// What compiling one unit needs of the others and leaves for them.
struct Workshop {
    ProgramCode& code;
    SymbolTable& symbols;
    Diagnostics& diagnostics;
    UnitNames units;
    // Where each block of a unit (or of its parents) stands in the HTML, so that children escape alike.
    std::vector<std::map<Symbol, HtmlContext>> block_contexts;
};

// The unit that a literal name, or the first of several that exists, leads to.
std::optional<std::uint32_t> find_target(const Expression& target, const UnitNames& units);
// Says why find_target found nothing.
void report_missing_target(const Expression& target, const UnitNames& units, Diagnostics& diagnostics);

void compile_unit(Body body, std::uint32_t unit, Workshop& workshop);

}  // namespace qunying
