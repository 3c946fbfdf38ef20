// Calls: macros, loop.cycle(), range(), and the few methods that values have.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "template/machine.h"
#include "template/text_form.h"

namespace qunying {
namespace {

using Kind = Expression::Kind;

std::string signature_of(const Function& macro) {
    std::string text = macro.name.empty() ? "caller(" : macro.name + "(";
    for (const Function::Parameter& each : macro.parameters) {
        if (&each != macro.parameters.data()) text += ", ";
        text += each.name + (each.value ? "=…" : "");
    }
    return text + ")";
}

std::size_t parameter_index(const Function& macro, std::string_view name) {
    const auto at = std::find_if(macro.parameters.begin(), macro.parameters.end(),
                                 [&](const auto& each) { return each.name == name; });
    return static_cast<std::size_t>(at - macro.parameters.begin());
}

// Which parameters the call gives, a bit each, where every argument belongs to one and the macro asks for
// nothing else.
std::optional<std::uint64_t> given_plainly(const Function& macro, const Expression& e) {
    const std::size_t count = macro.parameters.size();
    const std::size_t positional = e.children.size() - e.keywords.size() - 1;
    if (macro.uses_caller || macro.uses_varargs || macro.uses_kwargs || positional > count || count >= 64)
        return std::nullopt;
    std::uint64_t given = (std::uint64_t{1} << positional) - 1;
    for (const std::string& keyword : e.keywords) {
        const std::size_t index = parameter_index(macro, keyword);
        if (index == count || (given >> index & 1) != 0) return std::nullopt;
        given |= std::uint64_t{1} << index;
    }
    return given;
}

}  // namespace

Arguments Machine::evaluate_arguments(const Expression& e, Frame& frame) {
    Arguments arguments;
    const std::size_t named = e.children.size() - e.keywords.size();
    for (std::size_t i = 1; i < e.children.size(); ++i) {
        Value scratch;
        const Value& value = look(e.children[i], frame, scratch);
        if (i < named) {
            arguments.positional.push_back(value);
        } else {
            arguments.named.emplace_back(e.keywords[i - named], value);
        }
    }
    return arguments;
}

// The macro that `name(…)` or `name.name(…)` calls, where that can be seen without computing anything.
const Value* Machine::known_macro(const Expression& callee, Frame& frame) {
    const Value* found = nullptr;
    if (callee.kind == Kind::name) {
        found = &load(frame, callee.place);
    } else if (callee.kind == Kind::attribute && callee.children[0].kind == Kind::name) {
        found = load(frame, callee.children[0].place).find(callee.name, callee.key_hash);
    }
    return found && found->is_macro() ? found : nullptr;
}

// Most of what a theme prints are calls of macros, which need not be captured and printed: they write where
// the result shall stand. False where this call is not so simple, and nothing has been done. The meter counts
// as if it had been captured.
bool Machine::print_call(const Expression& e, Frame& frame) {
    const Value* const macro = known_macro(e.children[0], frame);
    if (!macro) return false;
    auto* const outer = static_cast<Frame*>(const_cast<void*>(macro->macro_frame()));
    const Function& function = code_.functions[macro->macro_function()];
    const std::optional<std::uint64_t> given = given_plainly(function, e);
    if (!given) return false;
    if (!meter_.nest(e.span)) return true;
    if (meter_.charge(1, e.span)) {
        Frame inner(function, outer, *outer->context, take_values());
        bind_arguments(inner, e, frame);
        if (meter_.enter(e.span)) {
            const std::size_t before = out_->size();
            bind_defaults(inner, *given);
            run(inner);
            meter_.charge_output(out_->size() - before, e.span);
            meter_.leave();
        }
        give_back(inner);
    }
    meter_.unnest();
    return true;
}

// Positional arguments first, then keywords.
void Machine::bind_arguments(Frame& macro, const Expression& e, Frame& frame) {
    const std::size_t named = e.children.size() - e.keywords.size();
    for (std::size_t i = 1; i < e.children.size(); ++i) {
        Value scratch;
        const Value& value = look(e.children[i], frame, scratch);
        const std::size_t index = i < named ? i - 1 : parameter_index(*macro.function, e.keywords[i - named]);
        macro.slots[index] = &value == &scratch ? std::move(scratch) : value;
    }
}

// Of the parameters that were not given; a default may use the parameters before it.
void Machine::bind_defaults(Frame& macro, std::uint64_t given) {
    const auto& parameters = macro.function->parameters;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        if ((given >> i & 1) != 0) continue;
        Value scratch;
        macro.slots[i] = parameters[i].value ? Value(look(*parameters[i].value, macro, scratch))
                                             : Value::undefined(parameters[i].name);
    }
}

Value Machine::compute_call(const Expression& e, Frame& frame) {
    const Expression& callee = e.children[0];
    Value own;
    if (callee.kind != Kind::attribute) {
        const Value& function = need(callee, frame, own);
        return function.is_undefined() ? failed() : call(function, evaluate_arguments(e, frame), e);
    }
    const Value& object = need(callee.children[0], frame, own);
    if (object.is_undefined()) return failed();
    const Value* entry = object.find(callee.name, callee.key_hash);
    if (entry && entry->type() == Value::Type::function) return call(*entry, evaluate_arguments(e, frame), e);
    if (object.type() == Value::Type::function) {
        if (const auto* loop = dynamic_cast<const LoopPayload*>(object.payload()))
            return call_loop(*loop, callee.name, evaluate_arguments(e, frame), e);
    }
    return call_method(object, e, evaluate_arguments(e, frame));
}

Value Machine::call(const Value& callee, Arguments arguments, const Expression& e) {
    if (callee.type() == Value::Type::function) {
        if (callee.is_macro()) return call_macro(callee, std::move(arguments), e);
        if (const auto* builtin = dynamic_cast<const BuiltinPayload*>(callee.payload()))
            return call_builtin(builtin->which, std::move(arguments), e);
    }
    meter_.fault(DiagnosticKind::template_not_callable, e.children[0].span, {e.children[0].name});
    return failed();
}

Value Machine::call_macro(const Value& macro, Arguments arguments, const Expression& e) {
    if (!meter_.enter(e.span)) return failed();
    // It was made of a frame of this machine, which is no constant.
    auto* const outer = static_cast<Frame*>(const_cast<void*>(macro.macro_frame()));
    Frame frame(code_.functions[macro.macro_function()], outer, *outer->context, take_values());
    Value result = failed();
    if (bind_parameters(frame, std::move(arguments), e)) {
        begin_capture();
        run(frame);
        result = end_capture();
    }
    give_back(frame);
    meter_.leave();
    return result;
}

// Positional arguments first, then keywords, then defaults, which may use the parameters before them.
bool Machine::bind_parameters(Frame& frame, Arguments arguments, const Expression& e) {
    const Function& macro = *frame.function;
    const auto& parameters = macro.parameters;
    const std::size_t count = parameters.size();
    const auto mismatch = [&] {
        meter_.fault(DiagnosticKind::template_bad_arguments, e.span, {signature_of(macro)});
        return false;
    };
    std::vector<bool> given(count, false);
    std::vector<Value> more;
    for (std::size_t i = 0; i < arguments.positional.size(); ++i) {
        if (i >= count) {
            more.push_back(arguments.positional[i]);
            continue;
        }
        frame.slots[i] = arguments.positional[i];
        given[i] = true;
    }
    if (!more.empty() && !macro.uses_varargs) return mismatch();
    Value caller = Value::undefined("caller");
    std::vector<std::pair<std::string, Value>> others;
    for (const auto& [name, value] : arguments.named) {
        const std::size_t i = parameter_index(macro, name);
        if (i == count && name == "caller" && macro.uses_caller) {
            caller = value;
        } else if (i == count) {
            others.emplace_back(std::string(name), value);
        } else if (given[i]) {
            return mismatch();
        } else {
            frame.slots[i] = value;
            given[i] = true;
        }
    }
    if (!others.empty() && !macro.uses_kwargs) return mismatch();
    for (std::size_t i = 0; i < count; ++i) {
        if (given[i]) continue;
        Value scratch;
        frame.slots[i] = parameters[i].value ? Value(look(*parameters[i].value, frame, scratch))
                                             : Value::undefined(parameters[i].name);
    }
    if (macro.uses_caller) frame.slots[count] = caller;
    if (macro.uses_varargs) frame.slots[count + 1] = Value::list(std::move(more));
    if (macro.uses_kwargs) frame.slots[count + 2] = Value::map(std::move(others));
    return true;
}

bool Machine::has_shape(const Arguments& arguments, std::size_t least, std::size_t most, const Expression& e,
                        std::string_view signature) {
    const std::size_t count = arguments.positional.size();
    if (arguments.named.empty() && count >= least && count <= most) return true;
    meter_.fault(DiagnosticKind::template_bad_arguments, e.span, {std::string(signature)});
    return false;
}

Value Machine::call_builtin(BuiltinPayload::Which which, Arguments arguments, const Expression& e) {
    if (which == BuiltinPayload::Which::range) return call_range(arguments, e);
    std::vector<std::pair<std::string, Value>> entries;
    for (const Value& each : arguments.positional) {
        for (const Value::Entry& entry : each.entries()) entries.emplace_back(entry.key.text(), entry.value);
        if (!each.is_map())
            meter_.fault(DiagnosticKind::template_bad_arguments, e.span, {"dict(mapping, name=…)"});
    }
    for (const auto& [name, value] : arguments.named) entries.emplace_back(std::string(name), value);
    return Value::map(std::move(entries));
}

Value Machine::call_range(const Arguments& arguments, const Expression& e) {
    constexpr std::string_view signature = "range(stop) / range(start, stop, step)";
    if (!has_shape(arguments, 1, 3, e, signature)) return failed();
    std::array<std::int64_t, 3> numbers = {0, 0, 1};
    const std::size_t count = arguments.positional.size();
    for (std::size_t i = 0; i < count; ++i) {
        if (arguments.positional[i].is_undefined()) return fail(arguments.positional[i], e.children[i + 1]);
        if (arguments.positional[i].type() != Value::Type::integer) {
            meter_.fault(DiagnosticKind::template_bad_arguments, e.span, {std::string(signature)});
            return failed();
        }
        numbers[count == 1 ? 1 : i] = arguments.positional[i].as_integer();
    }
    const auto [start, stop, step] = numbers;
    constexpr std::int64_t widest = 1'000'000'000'000;
    const bool huge = std::max({std::abs(start / 2), std::abs(stop / 2), std::abs(step / 2)}) > widest;
    if (step == 0 || huge) {
        meter_.fault(DiagnosticKind::template_bad_arguments, e.span, {std::string(signature)});
        return failed();
    }
    const std::int64_t distance = step > 0 ? stop - start : start - stop, stride = std::abs(step);
    const std::int64_t length = distance <= 0 ? 0 : (distance + stride - 1) / stride;
    if (!meter_.charge(static_cast<std::uint64_t>(length), e.span)) return failed();
    std::vector<Value> items;
    for (std::int64_t i = 0; i < length; ++i) items.push_back(Value::integer(start + i * step));
    return Value::list(std::move(items));
}

Value Machine::call_loop(const LoopPayload& loop, std::string_view name, Arguments arguments,
                         const Expression& e) {
    if (name == "cycle") {
        if (!has_shape(arguments, 1, 1000, e, "loop.cycle(value, …)")) return failed();
        return arguments.positional[loop.index % arguments.positional.size()];
    }
    if (name == "changed") {
        if (!has_shape(arguments, 0, 1000, e, "loop.changed(value, …)")) return failed();
        // Kept as a digest: a loop that held what it is asked about could hold itself.
        DigestBuilder asked;
        for (const Value& value : arguments.positional) value.add_to(asked);
        const bool same = loop.changed == asked.finish();
        loop.changed = asked.finish();
        return Value::boolean(!same);
    }
    meter_.fault(DiagnosticKind::template_not_callable, e.children[0].span, {"loop." + std::string(name)});
    return failed();
}

namespace {

// What may be called on a value: a small part of Python's methods.
struct Method {
    Value::Type on;
    std::string_view name, signature;
    std::size_t least, most;
    Value (*apply)(const Value& object, std::span<const Value> arguments);
};

Value pair_of(const Value::Entry& entry) { return Value::list({Value::text(entry.key.text()), entry.value}); }

Value items_method(const Value& map, std::span<const Value>) {
    std::vector<Value> pairs;
    for (const Value::Entry& entry : map.entries()) pairs.push_back(pair_of(entry));
    return Value::list(std::move(pairs));
}
Value keys_method(const Value& map, std::span<const Value>) {
    std::vector<Value> keys;
    for (const Value::Entry& entry : map.entries()) keys.push_back(Value::text(entry.key.text()));
    return Value::list(std::move(keys));
}
Value values_method(const Value& map, std::span<const Value>) {
    std::vector<Value> values;
    for (const Value::Entry& entry : map.entries()) values.push_back(entry.value);
    return Value::list(std::move(values));
}
Value get_method(const Value& map, std::span<const Value> arguments) {
    const Value* found = arguments[0].is_string() ? map.find(arguments[0].as_text()) : nullptr;
    if (found) return *found;
    return arguments.size() > 1 ? arguments[1] : Value();
}
Value upper_method(const Value& text, std::span<const Value>) {
    return Value::text(upper_case(words_of(text)));
}
Value lower_method(const Value& text, std::span<const Value>) {
    return Value::text(lower_case(words_of(text)));
}
Value strip_method(const Value& text, std::span<const Value>) {
    return Value::text(std::string(trim(words_of(text))));
}
Value starts_method(const Value& text, std::span<const Value> arguments) {
    return Value::boolean(text.as_text().starts_with(arguments[0].as_text()));
}
Value ends_method(const Value& text, std::span<const Value> arguments) {
    return Value::boolean(text.as_text().ends_with(arguments[0].as_text()));
}
Value split_method(const Value& text, std::span<const Value> arguments) {
    const std::string words = words_of(text);
    const std::string_view separator = arguments.empty() ? std::string_view() : arguments[0].as_text();
    std::vector<Value> parts;
    if (separator.empty()) {
        for (std::string_view rest = trim(words); !rest.empty(); rest = trim(rest)) {
            const std::size_t end = std::min(rest.find_first_of(" \t\r\n\f\v"), rest.size());
            parts.push_back(Value::text(std::string(rest.substr(0, end))));
            rest.remove_prefix(end);
        }
        return Value::list(std::move(parts));
    }
    for (std::string_view rest = words;;) {
        const std::size_t at = rest.find(separator);
        parts.push_back(Value::text(std::string(rest.substr(0, at))));
        if (at == std::string_view::npos) return Value::list(std::move(parts));
        rest.remove_prefix(at + separator.size());
    }
}

constexpr std::array<Method, 10> methods = {{
    {Value::Type::map, "items", "items()", 0, 0, items_method},
    {Value::Type::map, "keys", "keys()", 0, 0, keys_method},
    {Value::Type::map, "values", "values()", 0, 0, values_method},
    {Value::Type::map, "get", "get(key, default)", 1, 2, get_method},
    {Value::Type::text, "upper", "upper()", 0, 0, upper_method},
    {Value::Type::text, "lower", "lower()", 0, 0, lower_method},
    {Value::Type::text, "strip", "strip()", 0, 0, strip_method},
    {Value::Type::text, "startswith", "startswith(text)", 1, 1, starts_method},
    {Value::Type::text, "endswith", "endswith(text)", 1, 1, ends_method},
    {Value::Type::text, "split", "split(separator)", 0, 1, split_method},
}};

}  // namespace

Value Machine::call_method(const Value& object, const Expression& e, Arguments arguments) {
    const std::string& name = e.children[0].name;
    const Value::Type type = object.type() == Value::Type::html ? Value::Type::text : object.type();
    const auto method = std::find_if(methods.begin(), methods.end(), [&](const Method& each) {
        return each.on == type && each.name == name;
    });
    if (method == methods.end()) {
        if (object.is_map() && !object.find(name)) return fail(Value::missing(name, object), e.children[0]);
        meter_.fault(DiagnosticKind::template_not_callable, e.children[0].span, {name});
        return failed();
    }
    if (!has_shape(arguments, method->least, method->most, e, method->signature)) return failed();
    for (std::size_t i = 0; i < arguments.positional.size(); ++i) {
        const Value& argument = arguments.positional[i];
        if (argument.is_undefined()) return fail(argument, e.children[i + 1]);
        if (type != Value::Type::text || argument.is_string()) continue;
        meter_.fault(DiagnosticKind::template_bad_arguments, e.span, {std::string(method->signature)});
        return failed();
    }
    if (!meter_.charge(1 + object.size() / 4, e.span)) return failed();
    return method->apply(object, arguments.positional);
}

}  // namespace qunying
