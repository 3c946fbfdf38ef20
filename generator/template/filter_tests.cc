// What may stand behind `is`.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "template/filters.h"
#include "template/machine.h"
#include "template/text_form.h"

namespace qunying {
namespace {

using Type = Value::Type;

bool is_defined(const FilterCall& call) { return !call.input.is_undefined(); }
bool is_undefined(const FilterCall& call) { return call.input.is_undefined(); }
bool is_none(const FilterCall& call) { return call.input.is_none(); }
bool is_boolean(const FilterCall& call) { return call.input.type() == Type::boolean; }
bool is_true(const FilterCall& call) { return is_boolean(call) && call.input.truthy(); }
bool is_false(const FilterCall& call) { return is_boolean(call) && !call.input.truthy(); }
bool is_integer(const FilterCall& call) { return call.input.type() == Type::integer; }
bool is_float(const FilterCall& call) { return call.input.type() == Type::real; }
bool is_number(const FilterCall& call) { return call.input.is_number(); }
bool is_string(const FilterCall& call) { return call.input.is_string(); }
bool is_mapping(const FilterCall& call) { return call.input.is_map(); }
bool is_escaped(const FilterCall& call) { return call.input.type() == Type::html; }
// As in Python, where a text and a mapping have a length and items too.
bool is_iterable(const FilterCall& call) {
    return call.input.is_list() || call.input.is_map() || call.input.is_string();
}

bool is_filter(const FilterCall& call) { return find_filter(call.input.as_text()) != nullptr; }
bool is_test(const FilterCall& call) { return find_test(call.input.as_text()) != nullptr; }

// True when there are letters with case and all are in the one that `map` leaves alone.
bool all_in_case(const FilterCall& call, char32_t (*map)(char32_t), char32_t (*other)(char32_t)) {
    std::string text;
    append_plain(text, call.input);
    bool any = false;
    for (const char32_t c : to_utf32(text)) {
        if (map(c) != c) return false;
        any = any || other(c) != c;
    }
    return any;
}
bool is_lower(const FilterCall& call) { return all_in_case(call, lower_case, upper_case); }
bool is_upper(const FilterCall& call) { return all_in_case(call, upper_case, lower_case); }

bool has_remainder(const FilterCall& call, const Value& divisor, std::int64_t wanted) {
    if (!call.input.is_number() || !divisor.is_number()) {
        call.refuse(call.input.is_number() ? divisor : call.input);
        return false;
    }
    const Value rest = apply_operator(Operator::modulo, call.input, divisor, call.meter, call.where);
    return !rest.is_undefined() && rest == Value::integer(wanted);
}
bool is_even(const FilterCall& call) { return has_remainder(call, Value::integer(2), 0); }
bool is_odd(const FilterCall& call) { return has_remainder(call, Value::integer(2), 1); }
bool is_divisible(const FilterCall& call) { return has_remainder(call, *call.argument(0), 0); }

bool is_equal(const FilterCall& call) { return call.input == *call.argument(0); }
bool is_unequal(const FilterCall& call) { return !is_equal(call); }

std::optional<std::partial_ordering> order(const FilterCall& call) {
    const auto found = compare(call.input, *call.argument(0));
    if (!found)
        call.meter.fault(DiagnosticKind::template_not_comparable, call.where,
                         {std::string(kind_name(call.input)), std::string(kind_name(*call.argument(0)))});
    return found;
}
bool is_less(const FilterCall& call) {
    const auto found = order(call);
    return found && *found < 0;
}
bool is_at_most(const FilterCall& call) {
    const auto found = order(call);
    return found && *found <= 0;
}
bool is_greater(const FilterCall& call) {
    const auto found = order(call);
    return found && *found > 0;
}
bool is_at_least(const FilterCall& call) {
    const auto found = order(call);
    return found && *found >= 0;
}
bool is_in(const FilterCall& call) { return contains(*call.argument(0), call.input, call.meter, call.where); }

constexpr std::array<TestEntry, 37> tests = {{
    {"!=", "!=(other)", is_unequal},
    {"<", "<(other)", is_less},
    {"<=", "<=(other)", is_at_most},
    {"==", "==(other)", is_equal},
    {">", ">(other)", is_greater},
    {">=", ">=(other)", is_at_least},
    {"boolean", "boolean()", is_boolean, true},
    {"defined", "defined()", is_defined, true},
    {"divisibleby", "divisibleby(num)", is_divisible},
    {"eq", "eq(other)", is_equal},
    {"equalto", "equalto(other)", is_equal},
    {"escaped", "escaped()", is_escaped, true},
    {"even", "even()", is_even},
    {"false", "false()", is_false, true},
    {"filter", "filter()", is_filter},
    {"float", "float()", is_float, true},
    {"ge", "ge(other)", is_at_least},
    {"greaterthan", "greaterthan(other)", is_greater},
    {"gt", "gt(other)", is_greater},
    {"in", "in(seq)", is_in},
    {"integer", "integer()", is_integer, true},
    {"iterable", "iterable()", is_iterable},
    {"le", "le(other)", is_at_most},
    {"lessthan", "lessthan(other)", is_less},
    {"lower", "lower()", is_lower},
    {"lt", "lt(other)", is_less},
    {"mapping", "mapping()", is_mapping, true},
    {"ne", "ne(other)", is_unequal},
    {"none", "none()", is_none, true},
    {"number", "number()", is_number, true},
    {"odd", "odd()", is_odd},
    {"sequence", "sequence()", is_iterable},
    {"string", "string()", is_string, true},
    {"test", "test()", is_test},
    {"true", "true()", is_true, true},
    {"undefined", "undefined()", is_undefined, true},
    {"upper", "upper()", is_upper},
}};

}  // namespace

const TestEntry* find_test(std::string_view name) {
    const auto at =
        std::find_if(tests.begin(), tests.end(), [&](const TestEntry& each) { return each.name == name; });
    return at == tests.end() ? nullptr : &*at;
}

std::vector<std::string> test_names() {
    std::vector<std::string> names;
    for (const TestEntry& each : tests) names.emplace_back(each.name);
    return names;
}

}  // namespace qunying
