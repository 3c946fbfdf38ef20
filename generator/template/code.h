#pragma once
// What the compiler makes and the machine runs. Statements are flat instructions with jumps; expressions stay
// trees with their names resolved to places.
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/digest.h"
#include "template/html_context.h"
#include "template/tree.h"

namespace qunying {

// A name that templates share through the page's context, or the name of a block.
using Symbol = std::uint32_t;

enum class Op : std::uint8_t {
    text,         // writes literals[a, a + b)
    print,        // writes expressions[a] as `mode` says
    print_block,  // writes expressions[a], a super() or self.name(), as the block writes itself
    jump,         // to a
    jump_unless,  // expressions[a] → to b
    loop_begin,   // loops[a]; to b where there is nothing to walk
    loop_next,    // loops[a]; to b while there is more
    assign,       // assignments[a]
    copy,         // from → place
    capture_begin,
    capture_end,    // what was written since → place, SafeHtml
    block,          // the outermost version of block a; `passed` of block_sites[b]
    include,        // inclusions[a]
    import,         // imports[a]
    macro,          // functions[a] → place
    json_ld,        // expressions[a]
    address_begin,  // an address attribute with printed values starts here
    address_end,    // …and ends: its scheme is checked. a = 1 for a list of addresses
};

struct Instruction {
    Op op = Op::text;
    PrintMode mode = PrintMode::text;
    std::uint32_t a = 0, b = 0;
    Place place = {};
    Place from = {};
    Span span;
};

struct Function {
    struct Parameter {
        std::string name;
        std::optional<Expression> value;
    };
    std::string name;
    std::vector<Instruction> code;
    std::uint32_t slots = 0;  // parameters first, then caller, varargs, kwargs of a macro
    std::vector<Parameter> parameters;
    bool uses_caller = false, uses_varargs = false, uses_kwargs = false;
};

struct Loop {
    Expression sequence;
    std::optional<Expression> condition;
    Target target;
    std::optional<Place> loop;  // where `loop` lives when the body names it
};

struct Assignment {
    Target target;
    Expression value;
};

// Locals that an included template or a scoped block may see.
struct Passed {
    Symbol symbol;
    Place place;
};

struct BlockSite {
    bool scoped = false;
    std::vector<Passed> passed;
};

struct Inclusion {
    std::uint32_t unit = 0;
    bool with_context = true;
    std::vector<Passed> passed;
};

struct Import {
    struct Name {
        Symbol symbol;
        std::string name;
        Span span;
        Place place;
    };
    Inclusion from;
    bool whole = false;  // import … as alias; otherwise `names`
    Place alias = {};
    std::vector<Name> names;
};

// One template.
struct Unit {
    std::string name;
    std::optional<std::uint32_t> parent;
    std::uint32_t top = 0;  // function
    // For each block of the template and its parents: its versions, outermost first. Sorted by symbol.
    std::vector<std::pair<Symbol, std::vector<std::uint32_t>>> blocks;
    std::vector<Symbol> exports;  // what `import` finds
    Digest digest;

    const std::vector<std::uint32_t>* find_block(Symbol symbol) const;
};

struct ProgramCode {
    std::string literals;
    std::vector<Expression> expressions;
    std::vector<Function> functions;
    std::vector<Loop> loops;
    std::vector<Assignment> assignments;
    std::vector<BlockSite> block_sites;
    std::vector<Inclusion> inclusions;
    std::vector<Import> imports;
    std::vector<Unit> units;
    std::vector<std::string> symbols;
    std::vector<std::uint32_t> by_name;  // units in order of name
};

}  // namespace qunying
