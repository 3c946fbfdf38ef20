#pragma once
// Filters and tests: what stands behind | and `is`. One registry row each, so that the compiler can check
// names and arguments and the machine only calls.
//
// A filter of our own (a date format, say) gets a function and a row in the table at the end of filters.cc, a
// unit test, and a line in docs/templates.md.
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "template/value.h"

namespace qunying {

class Meter;
struct FilterEntry;
struct TestEntry;

// A filter or test that map, select, reject… apply to each item, with its arguments.
struct InnerCall {
    const FilterEntry* filter = nullptr;
    const TestEntry* test = nullptr;
    std::vector<const Value*> arguments;
};

struct FilterCall {
    Meter& meter;
    Span where;
    std::string_view name;
    const Value& input;
    std::span<const Value* const> arguments;  // by parameter; nullptr where left out
    const InnerCall* inner = nullptr;

    const Value* argument(std::size_t i) const { return i < arguments.size() ? arguments[i] : nullptr; }
    bool flag(std::size_t i, bool by_default) const {
        return argument(i) ? argument(i)->truthy() : by_default;
    }
    // The argument's whole number; reports anything else.
    std::int64_t integer(std::size_t i, std::int64_t by_default) const;
    // Its text; reports what has none.
    std::string text(std::size_t i, std::string_view by_default) const;
    // Reports that the filter cannot use `value`; gives the value that stands for a failure.
    Value refuse(const Value& value) const;
};

// What names a filter or test in a call.
enum class Applies : std::uint8_t { nothing, filter, test };

struct FilterEntry {
    std::string_view name;
    std::string_view
        signature;  // batch(linecount, fill_with=none): the parameters in order; = marks optional ones
    Value (*apply)(const FilterCall& call);
    Applies applies = Applies::nothing;  // its argument names a filter or test, which further arguments go to
    bool takes_undefined = false;
};

struct TestEntry {
    std::string_view name;
    std::string_view signature;
    bool (*apply)(const FilterCall& call);
    bool takes_undefined = false;
};

const FilterEntry* find_filter(std::string_view name);
const TestEntry* find_test(std::string_view name);
std::vector<std::string> filter_names();
std::vector<std::string> test_names();

struct Parameter {
    std::string_view name;
    bool optional = false;
};
// The parameters a signature lists.
std::vector<Parameter> parameters_of(std::string_view signature);

}  // namespace qunying
