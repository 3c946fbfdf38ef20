// Expressions. `look` gives a reference wherever the value exists already, so that walking a view copies
// nothing.
#include <algorithm>

#include "base/text.h"
#include "template/machine.h"
#include "template/text_form.h"

namespace qunying {
namespace {

using Kind = Expression::Kind;

const LoopPayload* as_loop(const Value& value) { return dynamic_cast<const LoopPayload*>(value.payload()); }

// Python's rules for [start:stop:step] over `size` items.
struct Slice {
    std::int64_t start, stop, step;
};
Slice clamp(const Value& start, const Value& stop, std::int64_t step, std::int64_t size) {
    const std::int64_t lowest = step < 0 ? -1 : 0, highest = step < 0 ? size - 1 : size;
    const auto bound = [&](const Value& value, std::int64_t by_default) {
        if (value.is_none()) return by_default;
        const std::int64_t i = value.as_integer();
        return std::clamp(i < 0 ? (i < -size ? lowest : i + size) : std::min(i, size), lowest, highest);
    };
    return {bound(start, step < 0 ? highest : lowest), bound(stop, step < 0 ? lowest : highest), step};
}

bool is_bound(const Value& value) {
    return value.is_none() || value.type() == Value::Type::integer || value.type() == Value::Type::boolean;
}

}  // namespace

std::optional<std::span<const Value>> items_of(const Value& value, std::vector<Value>& own) {
    if (value.is_list()) return value.items();
    if (value.is_map()) {
        for (const Value::Entry& entry : value.entries()) own.push_back(Value::text(entry.key.text()));
    } else if (value.is_string()) {
        const std::string words = words_of(value);
        for (std::string_view rest = words; !rest.empty();) {
            const std::size_t length = decode_first(rest).bytes;
            own.push_back(Value::text(std::string(rest.substr(0, length))));
            rest.remove_prefix(length);
        }
    } else {
        return std::nullopt;
    }
    return std::span<const Value>(own);
}

Value item_of(const Value& base, const Value& key) {
    if (key.is_string()) {
        const Value* found = base.find(key.as_text());
        return found ? *found : Value::missing(std::string(key.as_text()), base);
    }
    const bool whole = key.type() == Value::Type::integer || key.type() == Value::Type::boolean;
    if (!whole || base.is_map()) return Value::undefined("[]");
    const auto size = static_cast<std::int64_t>(base.size());
    const std::int64_t index = key.as_integer() < 0 ? key.as_integer() + size : key.as_integer();
    if (index < 0 || index >= size) return Value::undefined(std::to_string(key.as_integer()));
    if (base.is_list()) return base.items()[static_cast<std::size_t>(index)];
    const std::u32string words = to_utf32(words_of(base));
    const auto at = static_cast<std::size_t>(index);
    return Value::text(at < words.size() ? to_utf8(words.substr(at, 1)) : "");
}

const Value& Machine::need(const Expression& e, Frame& frame, Value& scratch) {
    const Value& value = look(e, frame, scratch);
    if (!value.is_undefined()) return value;
    scratch = fail(Value(value), e);
    return scratch;
}

// Reports an undefined value where it is used, naming what is most like it.
Value Machine::fail(const Value& value, const Expression& e) {
    if (value.as_text().empty()) return failed();
    DiagnosticExtras extras;
    std::vector<std::string> names;
    for (const Value::Entry& entry : value.holder().entries()) names.emplace_back(entry.key.text());
    extras.meant = nearest(value.as_text(), names).value_or("");
    meter_.fault(DiagnosticKind::template_undefined, e.span, {std::string(value.as_text())},
                 std::move(extras));
    return failed();
}

bool Machine::is_true(const Expression& e, Frame& frame) {
    switch (e.kind) {
        case Kind::negation:
            return !is_true(e.children[0], frame);
        case Kind::compare:
            return compute_compare(e, frame).truthy();
        case Kind::test:
            return compute_test(e, frame).truthy();
        default:
            break;
    }
    Value scratch;
    return need(e, frame, scratch).truthy();
}

const Value& Machine::look(const Expression& e, Frame& frame, Value& scratch) {
    if (e.kind == Kind::constant) return e.value;
    if (e.kind == Kind::name) return load(frame, e.place);
    if (!meter_.nest(e.span)) return failed();
    const Value& value = look_inside(e, frame, scratch);
    meter_.unnest();
    return value;
}

const Value& Machine::look_inside(const Expression& e, Frame& frame, Value& scratch) {
    switch (e.kind) {
        case Kind::attribute:
            return look_attribute(e, frame, scratch);
        case Kind::item:
            return look_item(e, frame, scratch);
        case Kind::all_of:
        case Kind::any_of:
            for (std::size_t i = 0; i + 1 < e.children.size(); ++i) {
                const Value& value = need(e.children[i], frame, scratch);
                if (value.truthy() == (e.kind == Kind::any_of)) return value;
            }
            return look(e.children.back(), frame, scratch);
        case Kind::conditional:
            return look(e.children[is_true(e.children[1], frame) ? 0 : 2], frame, scratch);
        default:
            break;
    }
    scratch = meter_.charge(1, e.span) ? compute(e, frame) : failed();
    return scratch;
}

const Value& Machine::look_attribute(const Expression& e, Frame& frame, Value& scratch) {
    Value own;
    const Value& base = need(e.children[0], frame, own);
    if (const Value* found = base.find(e.name, e.key_hash)) {
        // A part of something made just now must outlive it.
        if (&base != &own) return *found;
        scratch = *found;
        return scratch;
    }
    const LoopPayload* loop = as_loop(base);
    if (loop && e.field != LoopField::none) {
        scratch = loop_field(*loop, e.field);
    } else if (base.is_undefined()) {
        return failed();
    } else {
        scratch = Value::missing(e.name, base);
    }
    return scratch;
}

const Value& Machine::look_item(const Expression& e, Frame& frame, Value& scratch) {
    Value own_base, own_key;
    const Value& base = need(e.children[0], frame, own_base);
    const Value& key = need(e.children[1], frame, own_key);
    if (base.is_undefined() || key.is_undefined()) return failed();
    if (&base != &own_base && key.is_string()) {
        if (const Value* found = base.find(key.as_text())) return *found;
    }
    const bool numbered = !key.is_string() && !key.is_number();
    if (numbered || (base.is_map() && !key.is_string())) {
        meter_.fault(DiagnosticKind::template_wrong_type, e.children[1].span,
                     {"[ ]", std::string(kind_name(key))});
        return failed();
    }
    scratch = item_of(base, key);
    return scratch;
}

Value Machine::loop_field(const LoopPayload& loop, LoopField field) const {
    const std::size_t index = loop.index, length = loop.items.size();
    const auto number = [](std::size_t value) { return Value::integer(static_cast<std::int64_t>(value)); };
    switch (field) {
        case LoopField::index:
            return number(index + 1);
        case LoopField::index0:
            return number(index);
        case LoopField::revindex:
            return number(length - index);
        case LoopField::revindex0:
            return number(length - index - 1);
        case LoopField::first:
            return Value::boolean(index == 0);
        case LoopField::last:
            return Value::boolean(index + 1 == length);
        case LoopField::length:
            return number(length);
        case LoopField::depth:
            return number(1);
        case LoopField::depth0:
            return number(0);
        case LoopField::previtem:
            return index > 0 ? loop.items[index - 1] : Value::undefined("loop.previtem");
        case LoopField::nextitem:
            return index + 1 < length ? loop.items[index + 1] : Value::undefined("loop.nextitem");
        case LoopField::none:
            break;
    }
    return Value();
}

Value Machine::compute(const Expression& e, Frame& frame) {
    switch (e.kind) {
        case Kind::slice:
            return compute_slice(e, frame);
        case Kind::list: {
            std::vector<Value> items;
            for (const Expression& child : e.children) {
                Value scratch;
                items.push_back(look(child, frame, scratch));
            }
            return Value::list(std::move(items));
        }
        case Kind::map:
            return compute_map(e, frame);
        case Kind::concat:
            return compute_concat(e, frame);
        case Kind::binary: {
            Value own_left, own_right;
            const Value& left = need(e.children[0], frame, own_left);
            const Value& right = need(e.children[1], frame, own_right);
            if (left.is_undefined() || right.is_undefined()) return failed();
            return apply_operator(e.operators[0], left, right, meter_, e.span);
        }
        case Kind::compare:
            return compute_compare(e, frame);
        case Kind::negation:
            return Value::boolean(!is_true(e.children[0], frame));
        case Kind::minus:
        case Kind::plus: {
            Value scratch;
            const Value& value = need(e.children[0], frame, scratch);
            if (value.is_undefined()) return failed();
            const Value negative = negate(value, meter_, e.span);
            return e.kind == Kind::minus ? negative : negate(negative, meter_, e.span);
        }
        case Kind::call:
            return compute_call(e, frame);
        case Kind::filter:
            return compute_filter(e, frame);
        case Kind::test:
            return compute_test(e, frame);
        case Kind::parent_block:
        case Kind::own_block:
            return compute_block(e, frame);
        default:
            break;
    }
    return failed();
}

Value Machine::compute_slice(const Expression& e, Frame& frame) {
    Value parts[4];
    for (std::size_t i = 0; i < 4; ++i) {
        Value scratch;
        parts[i] = need(e.children[i], frame, scratch);
        if (parts[i].is_undefined()) return failed();
        if (i == 0 || is_bound(parts[i])) continue;
        meter_.fault(DiagnosticKind::template_wrong_type, e.children[i].span,
                     {"[:]", std::string(kind_name(parts[i]))});
        return failed();
    }
    const std::int64_t step = parts[3].is_none() ? 1 : parts[3].as_integer();
    std::vector<Value> own;
    const auto items = parts[0].is_map() ? std::nullopt : items_of(parts[0], own);
    if (!items || step == 0) {
        meter_.fault(DiagnosticKind::template_wrong_type, e.span,
                     {"[:]", std::string(kind_name(parts[items ? 3 : 0]))});
        return failed();
    }
    const auto size = static_cast<std::int64_t>(items->size());
    const Slice slice = clamp(parts[1], parts[2], step, size);
    if (!meter_.charge(items->size(), e.span)) return failed();
    std::vector<Value> taken;
    // Beyond the size one step is as good as another, and cannot run out of range.
    const std::int64_t stride = std::clamp(step, -size - 1, size + 1);
    for (std::int64_t i = slice.start; stride > 0 ? i < slice.stop : i > slice.stop; i += stride)
        taken.push_back((*items)[static_cast<std::size_t>(i)]);
    if (!parts[0].is_string()) return Value::list(std::move(taken));
    std::string text;
    for (const Value& each : taken) text += each.as_text();
    return Value::text(std::move(text));
}

Value Machine::compute_map(const Expression& e, Frame& frame) {
    std::vector<std::pair<std::string, Value>> entries;
    for (std::size_t i = 0; i + 1 < e.children.size(); i += 2) {
        Value own_key, own_value;
        const Value& key = need(e.children[i], frame, own_key);
        const Value& value = look(e.children[i + 1], frame, own_value);
        if (key.is_undefined()) continue;
        if (!key.is_string()) {
            meter_.fault(DiagnosticKind::template_wrong_type, e.children[i].span,
                         {"{ : }", std::string(kind_name(key))});
            continue;
        }
        entries.emplace_back(std::string(key.as_text()), value);
    }
    return Value::map(std::move(entries));
}

// As soon as one part is markup, the others are escaped and the whole is markup.
Value Machine::compute_concat(const Expression& e, Frame& frame) {
    std::vector<Value> parts;
    bool markup = false;
    for (const Expression& child : e.children) {
        Value scratch;
        parts.push_back(need(child, frame, scratch));
        markup = markup || parts.back().type() == Value::Type::html;
    }
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].is_undefined()) continue;
        const bool written = markup ? append_markup(text, parts[i]) : append_plain(text, parts[i]);
        if (!written)
            meter_.fault(DiagnosticKind::template_prints_structure, e.children[i].span,
                         {std::string(kind_name(parts[i]))});
        if (!meter_.charge_text(text.size(), e.span)) return failed();
    }
    return markup ? Value::html(SafeHtml{std::move(text)}) : Value::text(std::move(text));
}

Value Machine::compute_compare(const Expression& e, Frame& frame) {
    Value own_left, own_right;
    const Value* left = &need(e.children[0], frame, own_left);
    for (std::size_t i = 0; i < e.operators.size(); ++i) {
        const Value& right = need(e.children[i + 1], frame, own_right);
        if (left->is_undefined() || right.is_undefined()) return Value::boolean(false);
        if (!compare_pair(e.operators[i], *left, right, e)) return Value::boolean(false);
        if (i + 1 == e.operators.size()) break;
        own_left = right;
        left = &own_left;
    }
    return Value::boolean(true);
}

bool Machine::compare_pair(Operator comparison, const Value& left, const Value& right, const Expression& e) {
    switch (comparison) {
        case Operator::equal:
            return left == right;
        case Operator::not_equal:
            return !(left == right);
        case Operator::in:
            return contains(right, left, meter_, e.span);
        case Operator::not_in:
            return !contains(right, left, meter_, e.span);
        default:
            break;
    }
    const auto order = compare(left, right);
    if (!order) {
        meter_.fault(DiagnosticKind::template_not_comparable, e.span,
                     {std::string(kind_name(left)), std::string(kind_name(right))});
        return false;
    }
    switch (comparison) {
        case Operator::less:
            return *order < 0;
        case Operator::less_equal:
            return *order <= 0;
        case Operator::greater:
            return *order > 0;
        default:
            return *order >= 0;
    }
}

namespace {

// The values of a call's arguments in the order of the parameters.
struct BoundValues {
    std::vector<Value> kept;
    std::vector<const Value*> by_parameter;
};

}  // namespace

Value Machine::compute_filter(const Expression& e, Frame& frame) {
    if (!e.filter) return failed();
    Value own;
    const Value& input =
        e.filter->takes_undefined ? look(e.children[0], frame, own) : need(e.children[0], frame, own);
    if (input.is_undefined() && !e.filter->takes_undefined) return failed();
    const auto evaluate = [&](const std::vector<int>& bound) {
        BoundValues values;
        values.kept.resize(bound.size());
        for (std::size_t i = 0; i < bound.size(); ++i) {
            Value scratch;
            if (bound[i] >= 0)
                values.kept[i] = need(e.children[static_cast<std::size_t>(bound[i])], frame, scratch);
        }
        for (std::size_t i = 0; i < bound.size(); ++i)
            values.by_parameter.push_back(bound[i] >= 0 ? &values.kept[i] : nullptr);
        return values;
    };
    const BoundValues own_arguments = evaluate(e.bound), inner_arguments = evaluate(e.inner_bound);
    const InnerCall inner = {e.inner_filter, e.inner_test, inner_arguments.by_parameter};
    const FilterCall call = {meter_, e.span, e.name, input, own_arguments.by_parameter, &inner};
    return e.filter->apply(call);
}

Value Machine::compute_test(const Expression& e, Frame& frame) {
    if (!e.test) return Value::boolean(false);
    Value own;
    const Value& input =
        e.test->takes_undefined ? look(e.children[0], frame, own) : need(e.children[0], frame, own);
    if (input.is_undefined() && !e.test->takes_undefined) return Value::boolean(false);
    std::vector<Value> kept(e.bound.size());
    std::vector<const Value*> arguments(e.bound.size(), nullptr);
    for (std::size_t i = 0; i < e.bound.size(); ++i) {
        if (e.bound[i] < 0) continue;
        Value scratch;
        kept[i] = need(e.children[static_cast<std::size_t>(e.bound[i])], frame, scratch);
        if (kept[i].is_undefined()) return Value::boolean(false);
        arguments[i] = &kept[i];
    }
    const FilterCall call = {meter_, e.span, e.name, input, arguments};
    return Value::boolean(e.test->apply(call));
}

Value Machine::compute_block(const Expression& e, Frame& frame) {
    Frame* block = &frame;
    while (e.kind == Kind::parent_block && block && !block->is_block) block = block->outer;
    if (!block) return failed();
    const bool parent = e.kind == Kind::parent_block;
    const Symbol symbol = parent ? block->block : e.symbol;
    const auto* versions = frame.context->unit->find_block(symbol);
    if (!versions) {
        meter_.fault(DiagnosticKind::template_undefined, e.span, {parent ? "super" : "self." + e.name});
        return failed();
    }
    begin_capture();
    run_block(*frame.context, symbol, parent ? block->block_version + 1 : 0, e.span);
    return end_capture();
}

}  // namespace qunying
