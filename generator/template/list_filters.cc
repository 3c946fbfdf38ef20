// Filters over lists and maps.
#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "base/text.h"
#include "template/filter_tables.h"
#include "template/machine.h"
#include "template/text_form.h"

namespace qunying {
namespace {

Value failed() { return Value::undefined(""); }

// The items of the input, walked within the budget; reports what cannot be walked.
class Items {
  public:
    explicit Items(const FilterCall& call) : Items(call, call.input) {}
    Items(const FilterCall& call, const Value& value) {
        const auto found = items_of(value, own_);
        usable_ = found.has_value();
        if (found) items_ = *found;
        if (!usable_)
            call.meter.fault(DiagnosticKind::template_not_iterable, call.where,
                             {std::string(kind_name(value))});
        usable_ = usable_ && call.meter.charge(1 + items_.size(), call.where);
    }
    explicit operator bool() const { return usable_; }
    std::span<const Value> get() const { return items_; }
    std::vector<Value> copy() const { return {items_.begin(), items_.end()}; }

  private:
    std::vector<Value> own_;
    std::span<const Value> items_;
    bool usable_ = false;
};

// ---- attributes

// 'author.name' and 'tags.0' lead through maps and lists; a number alone is an index.
class AttributePath {
  public:
    explicit AttributePath(const Value& attribute) {
        if (attribute.type() == Value::Type::integer) {
            parts_.push_back(attribute);
            return;
        }
        for (const std::string_view part : split(attribute.as_text(), '.')) {
            const bool number =
                !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
            parts_.push_back(number && part.size() < 10 ? Value::integer(std::stoll(std::string(part)))
                                                        : Value::text(std::string(part)));
        }
    }

    Value of(const Value& item) const {
        Value at = item;
        for (const Value& part : parts_) {
            if (at.is_undefined()) return at;
            at = item_of(at, part);
        }
        return at;
    }

  private:
    std::vector<Value> parts_;
};

bool is_attribute(const Value* argument) {
    return argument && (argument->is_string() || argument->type() == Value::Type::integer);
}

// Reports an attribute that an item lacks; with what is most like it.
Value missing(const FilterCall& call, const Value& undefined) {
    if (undefined.as_text().empty()) return undefined;
    DiagnosticExtras extras;
    std::vector<std::string> names;
    for (const Value::Entry& entry : undefined.holder().entries()) names.emplace_back(entry.key.text());
    extras.meant = nearest(undefined.as_text(), names).value_or("");
    call.meter.fault(DiagnosticKind::template_undefined, call.where, {std::string(undefined.as_text())},
                     std::move(extras));
    return failed();
}

// The attribute of each item, or the item itself; `by_default` where it is not there.
std::vector<Value> attributes(const FilterCall& call, std::span<const Value> items, const Value* attribute,
                              const Value* by_default = nullptr) {
    std::vector<Value> values(items.begin(), items.end());
    if (!attribute || attribute->is_none()) return values;
    if (!is_attribute(attribute)) {
        call.refuse(*attribute);
        return values;
    }
    const AttributePath path(*attribute);
    for (Value& value : values) {
        value = path.of(value);
        if (value.is_undefined()) value = by_default ? *by_default : missing(call, value);
    }
    return values;
}

// ---- order

int rank(const Value& value) {
    return value.is_number() ? 0 : value.is_string() ? 1 : value.is_list() ? 2 : 3;
}

// A total order that agrees with compare() where that has an answer; `clash` notes a pair where it has none.
int total_order(const Value& left, const Value& right, std::pair<const Value*, const Value*>& clash) {
    if (rank(left) != rank(right) || rank(left) == 3) clash = {&left, &right};
    if (rank(left) != rank(right)) return rank(left) < rank(right) ? -1 : 1;
    if (rank(left) == 0) {
        const bool left_nan = std::isnan(left.as_real()), right_nan = std::isnan(right.as_real());
        if (left_nan || right_nan) return static_cast<int>(left_nan) - static_cast<int>(right_nan);
    }
    if (rank(left) < 2) {
        const auto order = *compare(left, right);
        return order < 0 ? -1 : order > 0 ? 1 : 0;
    }
    const auto a = left.items(), b = right.items();
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        if (a[i] == b[i]) continue;
        if (const int order = total_order(a[i], b[i], clash)) return order;
    }
    return a.size() < b.size() ? -1 : a.size() > b.size() ? 1 : 0;
}

// Text keys without regard to case, unless asked otherwise.
Value sort_key(const Value& value, bool case_sensitive) {
    return value.is_string() && !case_sensitive ? Value::text(lower_case(value.as_text())) : value;
}

std::vector<Value> sort_keys(std::vector<Value> values, bool case_sensitive) {
    for (Value& value : values) value = sort_key(value, case_sensitive);
    return values;
}

void report_clash(const FilterCall& call, const std::pair<const Value*, const Value*>& clash) {
    if (!clash.first || clash.first->is_undefined() || clash.second->is_undefined()) return;
    call.meter.fault(DiagnosticKind::template_not_comparable, call.where,
                     {std::string(kind_name(*clash.first)), std::string(kind_name(*clash.second))});
}

enum class Direction { up, down };

// Positions in order of `keys`, equal ones as they came; reports keys that have no order.
std::vector<std::size_t> sorted_order(const FilterCall& call, const std::vector<Value>& keys,
                                      Direction direction) {
    std::vector<std::size_t> order(keys.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::pair<const Value*, const Value*> clash;
    call.meter.charge(keys.size() * 4, call.where);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const int by_key = total_order(keys[a], keys[b], clash);
        return direction == Direction::up ? by_key < 0 : by_key > 0;
    });
    report_clash(call, clash);
    return order;
}

Value picked(std::span<const Value> items, const std::vector<std::size_t>& order) {
    std::vector<Value> list;
    for (const std::size_t i : order) list.push_back(items[i]);
    return Value::list(std::move(list));
}

// Several attributes with commas between sort by the first, then the second…
std::vector<Value> keys_by(const FilterCall& call, std::span<const Value> items, const Value* attribute,
                           bool case_sensitive) {
    const bool several =
        attribute && attribute->is_string() && attribute->as_text().find(',') != std::string_view::npos;
    if (!several) return sort_keys(attributes(call, items, attribute), case_sensitive);
    std::vector<std::vector<Value>> rows(items.size());
    for (const std::string_view part : split(attribute->as_text(), ',')) {
        const Value name = Value::text(std::string(part));
        const std::vector<Value> column = sort_keys(attributes(call, items, &name), case_sensitive);
        for (std::size_t i = 0; i < rows.size(); ++i) rows[i].push_back(column[i]);
    }
    std::vector<Value> keys;
    for (auto& row : rows) keys.push_back(Value::list(std::move(row)));
    return keys;
}

Value sort_filter(const FilterCall& call) {
    const Items items(call);
    if (!items) return failed();
    const std::vector<Value> keys = keys_by(call, items.get(), call.argument(2), call.flag(1, false));
    return picked(items.get(),
                  sorted_order(call, keys, call.flag(0, false) ? Direction::down : Direction::up));
}

Value dictsort_filter(const FilterCall& call) {
    if (!call.input.is_map()) return call.refuse(call.input);
    const std::string by = call.text(1, "key");
    if (by != "key" && by != "value") {
        call.meter.fault(DiagnosticKind::template_bad_arguments, call.where,
                         {std::string(find_filter("dictsort")->signature)});
        return failed();
    }
    std::vector<Value> pairs, keys;
    for (const auto& [key, value] : call.input.entries()) {
        pairs.push_back(Value::list({Value::text(key.text()), value}));
        keys.push_back(sort_key(by == "key" ? Value::text(key.text()) : value, call.flag(0, false)));
    }
    return picked(pairs, sorted_order(call, keys, call.flag(2, false) ? Direction::down : Direction::up));
}

Value extreme(const FilterCall& call, int wanted) {
    const Items items(call);
    if (!items) return failed();
    if (items.get().empty()) return Value::undefined(std::string(call.name));
    const std::vector<Value> keys =
        sort_keys(attributes(call, items.get(), call.argument(1)), call.flag(0, false));
    std::pair<const Value*, const Value*> clash;
    std::size_t best = 0;
    for (std::size_t i = 1; i < keys.size(); ++i) {
        if (total_order(keys[i], keys[best], clash) == wanted) best = i;
    }
    report_clash(call, clash);
    return items.get()[best];
}

Value max_filter(const FilterCall& call) { return extreme(call, 1); }
Value min_filter(const FilterCall& call) { return extreme(call, -1); }

// What makes two values the same for `unique`: 1, 1.0 and true are.
std::string identity(const Value& value) {
    std::string text(1, static_cast<char>('0' + rank(value)));
    if (value.is_number()) return text + real_text(value.as_real());
    if (value.is_string()) return text + std::string(value.as_text());
    if (value.type() == Value::Type::function || value.is_undefined()) return text;
    DigestBuilder digest;
    value.add_to(digest);
    return text + digest.finish().hex();
}

Value unique_filter(const FilterCall& call) {
    const Items items(call);
    if (!items) return failed();
    const std::vector<Value> keys =
        sort_keys(attributes(call, items.get(), call.argument(1)), call.flag(0, false));
    std::set<std::string> seen;
    std::vector<Value> list;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (seen.insert(identity(keys[i])).second) list.push_back(items.get()[i]);
    }
    return Value::list(std::move(list));
}

Value groupby_filter(const FilterCall& call) {
    static constexpr std::array<std::string_view, 2> names = {"grouper", "list"};
    const Items items(call);
    if (!items) return failed();
    const bool case_sensitive = call.flag(2, false);
    const std::vector<Value> shown = attributes(call, items.get(), call.argument(0), call.argument(1));
    const std::vector<Value> keys = sort_keys(shown, case_sensitive);
    const std::vector<std::size_t> order = sorted_order(call, keys, Direction::up);
    std::vector<Value> groups;
    for (std::size_t i = 0; i < order.size();) {
        std::vector<Value> group;
        const std::size_t first = order[i];
        for (; i < order.size() && keys[order[i]] == keys[first]; ++i) group.push_back(items.get()[order[i]]);
        groups.push_back(Value::named_list({shown[first], Value::list(std::move(group))}, names));
    }
    return Value::list(std::move(groups));
}

// ---- choosing and changing

bool passes(const FilterCall& call, const Value& item) {
    const TestEntry* test = call.inner ? call.inner->test : nullptr;
    if (item.is_undefined() && !(test && test->takes_undefined)) return missing(call, item), false;
    if (!test) return item.truthy();
    const FilterCall inner = {call.meter, call.where, test->name, item, call.inner->arguments};
    return test->apply(inner);
}

Value chosen(const FilterCall& call, const Value* attribute, bool wanted) {
    const Items items(call);
    if (!items || (attribute && !is_attribute(attribute)))
        return attribute ? call.refuse(*attribute) : failed();
    std::vector<Value> list;
    for (const Value& item : items.get()) {
        const Value looked_at = attribute ? AttributePath(*attribute).of(item) : item;
        if (passes(call, looked_at) == wanted) list.push_back(item);
    }
    return Value::list(std::move(list));
}

Value select_filter(const FilterCall& call) { return chosen(call, nullptr, true); }
Value reject_filter(const FilterCall& call) { return chosen(call, nullptr, false); }
Value selectattr_filter(const FilterCall& call) { return chosen(call, call.argument(0), true); }
Value rejectattr_filter(const FilterCall& call) { return chosen(call, call.argument(0), false); }

Value map_filter(const FilterCall& call) {
    const Items items(call);
    if (!items) return failed();
    const FilterEntry* filter = call.inner ? call.inner->filter : nullptr;
    if (!filter) return Value::list(attributes(call, items.get(), call.argument(1), call.argument(2)));
    std::vector<Value> list;
    for (const Value& item : items.get()) {
        const FilterCall inner = {call.meter, call.where, filter->name, item, call.inner->arguments};
        list.push_back(item.is_undefined() && !filter->takes_undefined ? failed() : filter->apply(inner));
    }
    return Value::list(std::move(list));
}

// ---- shapes

Value first_filter(const FilterCall& call) {
    const Items items(call);
    if (!items) return failed();
    return items.get().empty() ? Value::undefined("first") : items.get().front();
}

Value last_filter(const FilterCall& call) {
    const Items items(call);
    if (!items) return failed();
    return items.get().empty() ? Value::undefined("last") : items.get().back();
}

Value length_filter(const FilterCall& call) {
    if (!call.input.is_list() && !call.input.is_map() && !call.input.is_string())
        return call.refuse(call.input);
    return Value::integer(static_cast<std::int64_t>(call.input.size()));
}

Value list_filter(const FilterCall& call) {
    const Items items(call);
    return items ? Value::list(items.copy()) : failed();
}

Value items_filter(const FilterCall& call) {
    if (call.input.is_undefined()) return Value::list({});
    if (!call.input.is_map()) return call.refuse(call.input);
    std::vector<Value> pairs;
    for (const auto& [key, value] : call.input.entries())
        pairs.push_back(Value::list({Value::text(key.text()), value}));
    return Value::list(std::move(pairs));
}

Value reverse_filter(const FilterCall& call) {
    const Items items(call);
    if (!items) return failed();
    std::vector<Value> list = items.copy();
    std::reverse(list.begin(), list.end());
    if (!call.input.is_string()) return Value::list(std::move(list));
    std::string text;
    for (const Value& each : list) text += each.as_text();
    return Value::text(std::move(text));
}

// A count that must be positive, as parts of a list are made of it.
std::optional<std::size_t> positive(const FilterCall& call) {
    const std::int64_t count = call.integer(0, 0);
    if (count > 0 && call.meter.charge(static_cast<std::uint64_t>(count), call.where))
        return static_cast<std::size_t>(count);
    call.meter.fault(DiagnosticKind::template_bad_arguments, call.where,
                     {std::string(find_filter(call.name)->signature)});
    return std::nullopt;
}

Value batch_filter(const FilterCall& call) {
    const Items items(call);
    const auto count = positive(call);
    if (!items || !count) return failed();
    std::vector<Value> batches;
    for (std::size_t at = 0; at < items.get().size(); at += *count) {
        const auto part = items.get().subspan(at, std::min(*count, items.get().size() - at));
        std::vector<Value> batch(part.begin(), part.end());
        const Value* fill = call.argument(1);
        if (fill && !fill->is_none()) batch.resize(*count, *fill);
        batches.push_back(Value::list(std::move(batch)));
    }
    return Value::list(std::move(batches));
}

Value slice_filter(const FilterCall& call) {
    const Items items(call);
    const auto count = positive(call);
    if (!items || !count) return failed();
    const std::size_t least = items.get().size() / *count, longer = items.get().size() % *count;
    std::vector<Value> slices;
    for (std::size_t i = 0, at = 0; i < *count; ++i) {
        const std::size_t size = least + (i < longer ? 1 : 0);
        const auto part = items.get().subspan(at, size);
        std::vector<Value> slice(part.begin(), part.end());
        const Value* fill = call.argument(1);
        if (fill && !fill->is_none() && i >= longer) slice.push_back(*fill);
        slices.push_back(Value::list(std::move(slice)));
        at += size;
    }
    return Value::list(std::move(slices));
}

// As soon as one part is markup, the others are escaped and the whole is markup.
Value join_filter(const FilterCall& call) {
    const Items items(call);
    if (!items) return failed();
    const std::vector<Value> parts = attributes(call, items.get(), call.argument(1));
    const Value separator = call.argument(0) ? *call.argument(0) : Value::text("");
    const auto is_markup = [](const Value& value) { return value.type() == Value::Type::html; };
    const bool markup = is_markup(separator) || std::any_of(parts.begin(), parts.end(), is_markup);
    std::string text;
    const auto add = [&](const Value& value) {
        const bool written = markup ? append_markup(text, value) : append_plain(text, value);
        if (!written && !value.is_undefined())
            call.meter.fault(DiagnosticKind::template_prints_structure, call.where,
                             {std::string(kind_name(value))});
    };
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) add(separator);
        add(parts[i]);
        if (text.size() > (1u << 20) && !call.meter.charge_text(text.size(), call.where)) return failed();
    }
    if (!call.meter.charge_text(text.size(), call.where)) return failed();
    return markup ? Value::html(SafeHtml{std::move(text)}) : Value::text(std::move(text));
}

Value sum_filter(const FilterCall& call) {
    const Items items(call);
    if (!items) return failed();
    Value total = call.argument(1) ? *call.argument(1) : Value::integer(0);
    for (const Value& value : attributes(call, items.get(), call.argument(0))) {
        if (value.is_undefined() || total.is_undefined()) return failed();
        total = apply_operator(Operator::add, total, value, call.meter, call.where);
    }
    return total;
}

constexpr std::array<FilterEntry, 22> own_filters = {{
    {"batch", "batch(linecount, fill_with=none)", batch_filter},
    {"count", "count()", length_filter},
    {"dictsort", "dictsort(case_sensitive=false, by='key', reverse=false)", dictsort_filter},
    {"first", "first()", first_filter},
    {"groupby", "groupby(attribute, default=none, case_sensitive=false)", groupby_filter},
    {"items", "items()", items_filter, Applies::nothing, true},
    {"join", "join(d='', attribute=none)", join_filter},
    {"last", "last()", last_filter},
    {"length", "length()", length_filter},
    {"list", "list()", list_filter},
    {"map", "map(filter=, attribute=, default=)", map_filter, Applies::filter},
    {"max", "max(case_sensitive=false, attribute=none)", max_filter},
    {"min", "min(case_sensitive=false, attribute=none)", min_filter},
    {"reject", "reject(test=)", reject_filter, Applies::test},
    {"rejectattr", "rejectattr(attribute, test=)", rejectattr_filter, Applies::test},
    {"reverse", "reverse()", reverse_filter},
    {"select", "select(test=)", select_filter, Applies::test},
    {"selectattr", "selectattr(attribute, test=)", selectattr_filter, Applies::test},
    {"slice", "slice(slices, fill_with=none)", slice_filter},
    {"sort", "sort(reverse=false, case_sensitive=false, attribute=none)", sort_filter},
    {"sum", "sum(attribute=none, start=0)", sum_filter},
    {"unique", "unique(case_sensitive=false, attribute=none)", unique_filter},
}};

}  // namespace

std::span<const FilterEntry> list_filters() { return own_filters; }

}  // namespace qunying
