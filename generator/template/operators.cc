// Arithmetic as Python has it, on 64-bit integers and doubles.
#include <cmath>
#include <limits>

#include "template/machine.h"
#include "template/text_form.h"

namespace qunying {
namespace {

constexpr std::string_view symbol_of(Operator operation) {
    switch (operation) {
        case Operator::add:
            return "+";
        case Operator::subtract:
            return "-";
        case Operator::multiply:
            return "*";
        case Operator::divide:
            return "/";
        case Operator::floor_divide:
            return "//";
        case Operator::modulo:
            return "%";
        default:
            return "**";
    }
}

std::optional<std::int64_t> floor_divide(std::int64_t left, std::int64_t right) {
    if (right == 0 || (right == -1 && left == std::numeric_limits<std::int64_t>::min())) return std::nullopt;
    const std::int64_t quotient = left / right;
    return left % right != 0 && (left < 0) != (right < 0) ? quotient - 1 : quotient;
}

std::optional<std::int64_t> modulo(std::int64_t left, std::int64_t right) {
    if (right == 0) return std::nullopt;
    if (right == -1) return 0;
    const std::int64_t rest = left % right;
    return rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest;
}

std::optional<std::int64_t> power(std::int64_t base, std::int64_t exponent) {
    std::int64_t result = 1;
    while (exponent > 0) {
        if ((exponent & 1) && __builtin_mul_overflow(result, base, &result)) return std::nullopt;
        exponent >>= 1;
        if (exponent > 0 && __builtin_mul_overflow(base, base, &base)) return std::nullopt;
    }
    return result;
}

std::optional<double> real_result(Operator operation, double left, double right) {
    const bool divides =
        operation == Operator::divide || operation == Operator::floor_divide || operation == Operator::modulo;
    if (divides && right == 0) return std::nullopt;
    switch (operation) {
        case Operator::add:
            return left + right;
        case Operator::subtract:
            return left - right;
        case Operator::multiply:
            return left * right;
        case Operator::divide:
            return left / right;
        case Operator::floor_divide:
            return std::floor(left / right);
        case Operator::modulo: {
            const double rest = std::fmod(left, right);
            return rest != 0 && (rest < 0) != (right < 0) ? rest + right
                                                          : std::copysign(rest, rest == 0 ? right : rest);
        }
        default: {
            const double result = std::pow(left, right);
            return std::isfinite(result) ? std::optional(result) : std::nullopt;
        }
    }
}

// Nothing where the result is none of ours; a negative exponent and / give a real.
std::optional<Value> integer_result(Operator operation, std::int64_t left, std::int64_t right) {
    std::int64_t result = 0;
    bool overflow = false;
    switch (operation) {
        case Operator::add:
            overflow = __builtin_add_overflow(left, right, &result);
            break;
        case Operator::subtract:
            overflow = __builtin_sub_overflow(left, right, &result);
            break;
        case Operator::multiply:
            overflow = __builtin_mul_overflow(left, right, &result);
            break;
        case Operator::floor_divide:
        case Operator::modulo:
        case Operator::power: {
            if (operation == Operator::power && right < 0) break;
            const auto found = operation == Operator::power          ? power(left, right)
                               : operation == Operator::floor_divide ? floor_divide(left, right)
                                                                     : modulo(left, right);
            if (!found) return std::nullopt;
            return Value::integer(*found);
        }
        default:
            break;
    }
    if (overflow) return std::nullopt;
    const bool real = operation == Operator::divide || operation == Operator::power;
    if (!real) return Value::integer(result);
    if (operation == Operator::power && left == 0) return std::nullopt;
    const auto quotient = real_result(operation, static_cast<double>(left), static_cast<double>(right));
    return quotient ? std::optional(Value::real(*quotient)) : std::nullopt;
}

std::optional<Value> number_result(Operator operation, const Value& left, const Value& right) {
    const bool whole = left.type() != Value::Type::real && right.type() != Value::Type::real;
    if (whole) return integer_result(operation, left.as_integer(), right.as_integer());
    const auto result = real_result(operation, left.as_real(), right.as_real());
    return result ? std::optional(Value::real(*result)) : std::nullopt;
}

Value refuse(Meter& meter, Span where, std::string_view symbol, const Value& value) {
    meter.fault(DiagnosticKind::template_wrong_type, where,
                {std::string(symbol), std::string(kind_name(value))});
    return Value::undefined("");
}

Value join_strings(const Value& left, const Value& right, Meter& meter, Span where) {
    const bool markup = left.type() == Value::Type::html || right.type() == Value::Type::html;
    std::string text;
    if (!meter.charge_text(left.as_text().size() + right.as_text().size(), where))
        return Value::undefined("");
    for (const Value* each : {&left, &right}) markup ? append_markup(text, *each) : append_plain(text, *each);
    return markup ? Value::html(SafeHtml{std::move(text)}) : Value::text(std::move(text));
}

Value join_lists(const Value& left, const Value& right, Meter& meter, Span where) {
    std::vector<Value> all(left.items().begin(), left.items().end());
    if (!meter.charge(left.items().size() + right.items().size(), where)) return Value::undefined("");
    all.insert(all.end(), right.items().begin(), right.items().end());
    return Value::list(std::move(all));
}

// "-" * 20 and [0] * 3.
Value repeat(const Value& value, std::int64_t times, Meter& meter, Span where) {
    const std::size_t unit = value.is_list() ? value.items().size() * sizeof(Value) : value.as_text().size();
    const std::size_t count = times > 0 ? static_cast<std::size_t>(times) : 0;
    const std::size_t most = std::numeric_limits<std::size_t>::max() / 2;
    const std::size_t bytes = unit == 0 || count == 0 ? 0 : (count > most / unit ? most : count * unit);
    if (!meter.charge_text(bytes, where) || bytes == 0)
        return value.is_list() ? Value::list({}) : Value::text("");
    if (value.is_list()) {
        std::vector<Value> all;
        for (std::size_t i = 0; i < count; ++i)
            all.insert(all.end(), value.items().begin(), value.items().end());
        return Value::list(std::move(all));
    }
    std::string text;
    text.reserve(bytes);
    for (std::size_t i = 0; i < count; ++i) text += value.as_text();
    return value.type() == Value::Type::html ? Value::html(SafeHtml{std::move(text)})
                                             : Value::text(std::move(text));
}

bool is_whole(const Value& value) {
    return value.type() == Value::Type::integer || value.type() == Value::Type::boolean;
}

}  // namespace

Value apply_operator(Operator operation, const Value& left, const Value& right, Meter& meter, Span where) {
    if (left.is_number() && right.is_number()) {
        if (const auto result = number_result(operation, left, right)) return *result;
        meter.fault(DiagnosticKind::template_arithmetic, where, {std::string(symbol_of(operation))});
        return Value::undefined("");
    }
    const auto repeatable = [](const Value& value) { return value.is_string() || value.is_list(); };
    if (operation == Operator::add && left.is_string() && right.is_string())
        return join_strings(left, right, meter, where);
    if (operation == Operator::add && left.is_list() && right.is_list())
        return join_lists(left, right, meter, where);
    if (operation == Operator::multiply && repeatable(left) && is_whole(right))
        return repeat(left, right.as_integer(), meter, where);
    if (operation == Operator::multiply && repeatable(right) && is_whole(left))
        return repeat(right, left.as_integer(), meter, where);
    return refuse(meter, where, symbol_of(operation), left.is_number() ? right : left);
}

Value negate(const Value& value, Meter& meter, Span where) {
    if (!value.is_number()) return refuse(meter, where, "-", value);
    if (value.type() == Value::Type::real) return Value::real(-value.as_real());
    return apply_operator(Operator::subtract, Value::integer(0), value, meter, where);
}

bool contains(const Value& haystack, const Value& needle, Meter& meter, Span where) {
    if (haystack.is_list()) {
        if (!meter.charge(haystack.items().size(), where)) return false;
        for (const Value& item : haystack.items()) {
            if (!item.is_undefined() && item == needle) return true;
        }
        return false;
    }
    if (haystack.is_map()) return needle.is_string() && haystack.find(needle.as_text());
    if (haystack.is_string() && needle.is_string())
        return haystack.as_text().find(needle.as_text()) != std::string_view::npos;
    refuse(meter, where, "in", haystack.is_string() ? needle : haystack);
    return false;
}

}  // namespace qunying
