#pragma once
// A template as it was written, before names and places are resolved. Expressions keep this form in the
// program: the compiler fills in what stands below "resolved" and moves them over.
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/source.h"
#include "template/value.h"

namespace qunying {

struct FilterEntry;
struct TestEntry;

enum class Operator : std::uint8_t {
    add,
    subtract,
    multiply,
    divide,
    floor_divide,
    modulo,
    power,
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    in,
    not_in
};

// Where a name lives at run time: in a slot of a frame, `depth` functions further out, or among the names
// that all templates of one page share (`slot` is then a symbol).
struct Place {
    enum class Where : std::uint8_t { local, shared };
    Where where = Where::shared;
    std::uint16_t depth = 0;
    std::uint32_t slot = 0;

    bool operator==(const Place&) const = default;
};

// What `loop.` offers.
enum class LoopField : std::uint8_t {
    none,
    index,
    index0,
    revindex,
    revindex0,
    first,
    last,
    length,
    depth,
    depth0,
    previtem,
    nextitem
};

struct Expression {
    enum class Kind : std::uint8_t {
        constant,   // value
        name,       // name
        attribute,  // [0].name
        item,       // [0][1]
        slice,      // [0][1:2:3], `none` constants where left out
        list,       // [...]
        map,        // {key: value…}: children alternate
        concat,     // [0] ~ [1] ~ …
        binary,     // [0] operators[0] [1]
        compare,    // [0] operators[0] [1] operators[1] [2] …
        all_of,     // and
        any_of,     // or
        negation,   // not
        minus,
        plus,
        conditional,   // [0] if [1] else [2]
        call,          // [0](…)
        filter,        // [0]|name(…)
        test,          // [0] is name(…)
        parent_block,  // super()
        own_block,     // self.name()
    };
    Kind kind = Kind::constant;
    Span span;
    std::string name = {};
    Value value = {};
    std::vector<Expression> children = {};
    std::vector<std::string> keywords = {};  // names of the last children of a call, filter or test
    std::vector<Operator> operators = {};
    std::uint32_t height = 1;  // of this tree

    // resolved
    std::uint32_t key_hash = 0;  // of `name`, of an attribute
    Place place = {};
    LoopField field = LoopField::none;
    const FilterEntry* filter = nullptr;
    const TestEntry* test = nullptr;
    std::vector<int> bound = {};        // parameter → child, -1 where left out
    std::vector<int> inner_bound = {};  // the same for the filter or test that map, select… apply
    const FilterEntry* inner_filter = nullptr;
    const TestEntry* inner_test = nullptr;
    std::uint32_t symbol = 0;  // of own_block
};

// A name, or several that a list is spread over.
struct Target {
    std::string name = {};
    Span span;
    std::vector<Target> parts = {};
    Place place = {};  // resolved
};

struct Statement;
using Body = std::vector<Statement>;

struct TextNode {
    std::string text;
};
struct PrintNode {
    Expression value;
};
struct IfNode {
    struct Branch {
        std::optional<Expression> condition;  // none: else
        Body body;
        Span head;
    };
    std::vector<Branch> branches;
};
struct ForNode {
    Target target;
    Expression sequence;
    std::optional<Expression> condition;
    Body body, otherwise;
};
struct SetNode {
    Target target;
    Expression value;
};
struct CaptureNode {  // {% set x %}…{% endset %}, with an optional chain of filters over `input`
    Target target;
    std::optional<Expression> filter;  // its innermost input is an empty constant, filled at run time
    Body body;
};
struct WithNode {
    std::vector<SetNode> sets;
    Body body;
};
struct BlockNode {
    std::string name;
    Span name_span;
    bool scoped = false;
    Body body;
};
struct ExtendsNode {
    Expression target;
};
struct IncludeNode {
    Expression target;
    bool ignore_missing = false, with_context = true;
};
struct ImportNode {
    Expression target;
    std::string alias;  // import x as alias
    struct Name {
        std::string name, alias;
        Span span;
    };
    std::vector<Name> names;  // from x import a as b
    bool with_context = false;
};
struct MacroNode {
    struct Parameter {
        std::string name;
        Span span;
        std::optional<Expression> value;  // default
    };
    std::string name;  // empty for the body of a call
    Span name_span;
    std::vector<Parameter> parameters;
    Body body;
};
struct CallNode {
    Expression call;
    MacroNode body;
};
struct FilterNode {
    Expression filter;
    Body body;
};
struct JsonLdNode {
    Expression value;
};

struct Statement {
    Span span;  // of the opening tag
    std::variant<TextNode, PrintNode, IfNode, ForNode, SetNode, CaptureNode, WithNode, BlockNode, ExtendsNode,
                 IncludeNode, ImportNode, MacroNode, CallNode, FilterNode, JsonLdNode>
        node;
};

}  // namespace qunying
