#pragma once
// One template's tree → its functions. What it extends, includes and imports has been compiled before.
#include <map>
#include <set>

#include "template/resolver.h"

namespace qunying {

// What compiling one unit needs of the others and leaves for them.
struct Workshop {
    ProgramCode& code;
    SymbolTable& symbols;
    Diagnostics& diagnostics;
    std::map<std::string, std::uint32_t, std::less<>> units;  // by name
    // Where each block of a unit (or of its parents) stands in the HTML, so that children escape alike.
    std::vector<std::map<Symbol, HtmlContext>> block_contexts;
};

// The unit a literal target names, reported where there is none. The first of several that exists.
std::optional<std::uint32_t> find_target(const Expression& target, const Workshop& workshop, bool may_miss);

void compile_unit(Body body, std::uint32_t unit, Workshop& workshop);

}  // namespace qunying
