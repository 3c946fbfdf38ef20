#pragma once
// One template's tree → its functions. What it extends, includes and imports has been compiled before.
#include <map>
#include <set>

#include "template/resolver.h"
#include "template/targets.h"

namespace qunying {

// What compiling one unit needs of the others and leaves for them.
struct Workshop {
    ProgramCode& code;
    SymbolTable& symbols;
    Diagnostics& diagnostics;
    UnitNames units;
    // Where each block of a unit (or of its parents) stands in the HTML, so that children escape alike.
    std::vector<std::map<Symbol, HtmlContext>> block_contexts;
};

void compile_unit(Body body, std::uint32_t unit, Workshop& workshop);

}  // namespace qunying
