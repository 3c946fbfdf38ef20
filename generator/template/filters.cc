#include "template/filters.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "base/typography.h"
#include "template/filter_tables.h"
#include "template/machine.h"
#include "template/text_form.h"

namespace qunying {

std::int64_t FilterCall::integer(std::size_t i, std::int64_t by_default) const {
    const Value* value = argument(i);
    if (!value || value->is_none()) return by_default;
    if (value->type() == Value::Type::integer || value->type() == Value::Type::boolean)
        return value->as_integer();
    refuse(*value);
    return by_default;
}

std::string FilterCall::text(std::size_t i, std::string_view by_default) const {
    const Value* value = argument(i);
    if (!value || value->is_none()) return std::string(by_default);
    std::string text;
    if (!append_plain(text, *value)) refuse(*value);
    return text;
}

Value FilterCall::refuse(const Value& value) const {
    if (!value.is_undefined() || !value.as_text().empty())
        meter.fault(DiagnosticKind::template_wrong_type, where,
                    {std::string(name), std::string(kind_name(value))});
    return Value::undefined("");
}

namespace {

// The input as words: of SafeHtml the text without its tags. Nothing, and a report, for lists and maps.
std::optional<std::string> words(const FilterCall& call) {
    std::string text = call.input.is_string() ? words_of(call.input) : std::string();
    const bool has_text = call.input.is_string() || append_plain(text, call.input);
    if (!has_text) call.refuse(call.input);
    if (!has_text || !call.meter.charge_text(text.size(), call.where)) return std::nullopt;
    return text;
}

Value failed() { return Value::undefined(""); }

Value upper_filter(const FilterCall& call) {
    const auto text = words(call);
    return text ? Value::text(upper_case(*text)) : failed();
}

Value lower_filter(const FilterCall& call) {
    const auto text = words(call);
    return text ? Value::text(lower_case(*text)) : failed();
}

std::string capitalized(std::string_view text) {
    const std::string_view first = first_code_points(text, 1);
    return upper_case(first) + lower_case(text.substr(first.size()));
}

Value capitalize_filter(const FilterCall& call) {
    const auto text = words(call);
    return text ? Value::text(capitalized(*text)) : failed();
}

// Each word with a capital; words end at white space, hyphens and opening brackets.
Value title_filter(const FilterCall& call) {
    const auto text = words(call);
    if (!text) return failed();
    constexpr std::string_view breaks = "- \t\r\n\f\v({[<";
    std::string out;
    for (std::string_view rest = *text; !rest.empty();) {
        const std::size_t end = std::min(rest.find_first_of(breaks), rest.size());
        out += capitalized(rest.substr(0, end));
        const std::size_t next = std::min(rest.find_first_not_of(breaks, end), rest.size());
        out += rest.substr(end, next - end);
        rest.remove_prefix(next);
    }
    return Value::text(std::move(out));
}

bool holds(const std::u32string& characters, char32_t c) {
    return characters.find(c) != std::u32string::npos;
}

Value trim_filter(const FilterCall& call) {
    const bool any_space = !call.argument(0) || call.argument(0)->is_none();
    // Markup without the white space around it is markup still.
    if (any_space && call.input.type() == Value::Type::html)
        return Value::html(SafeHtml{std::string(trim(call.input.as_text()))});
    const auto text = words(call);
    if (!text) return failed();
    if (any_space) return Value::text(std::string(trim(*text)));
    const std::u32string characters = to_utf32(call.text(0, "")), all = to_utf32(*text);
    std::size_t begin = 0, end = all.size();
    while (begin < end && holds(characters, all[begin])) ++begin;
    while (end > begin && holds(characters, all[end - 1])) --end;
    return Value::text(to_utf8(all.substr(begin, end - begin)));
}

Value truncate_filter(const FilterCall& call) {
    const auto text = words(call);
    if (!text) return failed();
    const std::int64_t length = call.integer(0, 255), leeway = call.integer(3, 5);
    const std::string end = call.text(2, "...");
    const auto end_size = static_cast<std::int64_t>(count_code_points(end));
    if (length < end_size || leeway < 0) {
        call.meter.fault(DiagnosticKind::template_bad_arguments, call.where,
                         {std::string(find_filter("truncate")->signature)});
        return failed();
    }
    const auto size = static_cast<std::int64_t>(count_code_points(*text));
    if (size <= length || size - length <= leeway) return Value::text(*text);
    std::string kept(first_code_points(*text, static_cast<std::size_t>(length - end_size)));
    const std::size_t space = kept.rfind(' ');
    if (!call.flag(1, false) && space != std::string::npos) kept.resize(space);
    return Value::text(kept + end);
}

Value replace_filter(const FilterCall& call) {
    const auto text = words(call);
    if (!text) return failed();
    const std::string from = call.text(0, ""), to = call.text(1, "");
    std::int64_t left = call.integer(2, -1);
    std::string out;
    std::string_view rest = *text;
    while (left != 0) {
        // Between every two characters, where there is nothing to look for.
        const std::size_t at = from.empty() ? 0 : rest.find(from);
        if (at == std::string_view::npos) break;
        out += rest.substr(0, at);
        out += to;
        if (left > 0) --left;
        const std::size_t step = from.empty() ? (rest.empty() ? 0 : decode_first(rest).bytes) : 0;
        if (from.empty() && rest.empty()) break;
        if (from.empty()) out += rest.substr(0, step);
        rest.remove_prefix(from.empty() ? step : at + from.size());
        if (!call.meter.charge_text(to.size(), call.where) ||
            !call.meter.charge_text(out.size() / 64, call.where))
            return failed();
    }
    out += rest;
    return call.meter.charge_text(out.size(), call.where) ? Value::text(std::move(out)) : failed();
}

Value escape_filter(const FilterCall& call) {
    if (call.input.type() == Value::Type::html) return call.input;
    std::string text;
    if (!append_markup(text, call.input)) return call.refuse(call.input);
    return call.meter.charge_text(text.size(), call.where) ? Value::html(SafeHtml{std::move(text)})
                                                           : failed();
}

// A paragraph or heading, set as stories are. What is markup already was set where it was made.
Value typeset_filter(const FilterCall& call) {
    if (call.input.type() == Value::Type::html) return call.input;
    const auto text = words(call);
    if (!text) return failed();
    std::string html = typeset(*text);
    return call.meter.charge_text(html.size(), call.where) ? Value::html(SafeHtml{std::move(html)})
                                                           : failed();
}

// A person's name, which breaks behind its dot only.
Value unbroken_filter(const FilterCall& call) {
    const auto text = words(call);
    if (!text) return failed();
    std::string html;
    append_unbroken_name(html, *text);
    return call.meter.charge_text(html.size(), call.where) ? Value::html(SafeHtml{std::move(html)})
                                                           : failed();
}

std::string character_of(std::string_view entity) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> named = {
        {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", "\u00a0"}}};
    for (const auto& [name, character] : named) {
        if (name == entity) return std::string(character);
    }
    if (!entity.starts_with('#') || entity.size() > 8) return {};
    const bool hex = entity.size() > 1 && (entity[1] == 'x' || entity[1] == 'X');
    std::uint32_t code = 0;
    const char* first = entity.data() + (hex ? 2 : 1);
    const auto [end, error] = std::from_chars(first, entity.data() + entity.size(), code, hex ? 16 : 10);
    const bool valid = error == std::errc() && end == entity.data() + entity.size() && code > 0 &&
                       code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
    std::string out;
    if (valid) append_utf8(out, code);
    return out;
}

std::string without_entities(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t at = text.find('&'), end = text.find(';', std::min(at, text.size()));
        out += text.substr(0, at);
        if (at == std::string_view::npos) break;
        const std::string character = end == std::string_view::npos || end - at > 10
                                          ? std::string()
                                          : character_of(text.substr(at + 1, end - at - 1));
        out += character.empty() ? "&" : character;
        text.remove_prefix(character.empty() ? at + 1 : end + 1);
    }
    return out;
}

std::string without_tags(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t at = text.find('<');
        const std::string_view close =
            text.substr(std::min(at, text.size())).starts_with("<!--") ? "-->" : ">";
        const std::size_t end = at == std::string_view::npos ? at : text.find(close, at);
        if (end == std::string_view::npos) break;
        out += text.substr(0, at);
        text.remove_prefix(end + close.size());
    }
    return out + std::string(text);
}

std::string with_single_spaces(std::string_view text) {
    std::string out;
    for (std::string_view rest = trim(text); !rest.empty(); rest = trim(rest)) {
        if (!out.empty()) out += ' ';
        const std::size_t end =
            std::min({rest.find_first_of(" \t\r\n\f\v"), rest.find("\u3000"), rest.size()});
        out += rest.substr(0, end);
        rest.remove_prefix(end);
    }
    return out;
}

Value striptags_filter(const FilterCall& call) {
    std::string text;
    if (!append_plain(text, call.input)) return call.refuse(call.input);
    if (!call.meter.charge_text(text.size(), call.where)) return failed();
    return Value::text(without_entities(with_single_spaces(without_tags(text))));
}

std::string query_part(const FilterCall& call, const Value& value) {
    std::string text;
    if (!append_plain(text, value)) call.refuse(value);
    return replace_all(escape_url(text, ""), "%20", "+");
}

Value urlencode_filter(const FilterCall& call) {
    if (!call.input.is_map() && !call.input.is_list()) {
        std::string text;
        append_plain(text, call.input);
        return Value::text(escape_url(text));
    }
    std::string out;
    const auto add = [&](const Value& key, const Value& value) {
        out += (out.empty() ? "" : "&") + query_part(call, key) + "=" + query_part(call, value);
    };
    for (const auto& [key, value] : call.input.entries()) add(Value::text(key.text()), value);
    for (const Value& pair : call.input.items()) {
        if (pair.items().size() != 2) return call.refuse(pair);
        add(pair.items()[0], pair.items()[1]);
    }
    return Value::text(std::move(out));
}

Value tojson_filter(const FilterCall& call) {
    const Value* indent = call.argument(0);
    const std::int64_t spaces = std::clamp<std::int64_t>(call.integer(0, 0), 0, 16);
    const bool lines = indent && !indent->is_none();
    std::string text;
    if (!append_json(text, call.input, JsonStyle::python,
                     lines ? std::optional(static_cast<int>(spaces)) : std::nullopt))
        return call.refuse(call.input);
    return call.meter.charge_text(text.size(), call.where) ? Value::html(SafeHtml{std::move(text)})
                                                           : failed();
}

// ---- numbers

Value abs_filter(const FilterCall& call) {
    if (!call.input.is_number()) return call.refuse(call.input);
    if (call.input.type() == Value::Type::real) return Value::real(std::abs(call.input.as_real()));
    if (call.input.as_integer() >= 0) return Value::integer(call.input.as_integer());
    return negate(call.input, call.meter, call.where);
}

std::optional<double> parsed_real(std::string_view text) {
    const std::string digits = replace_all(trim(text), "_", "");
    std::string_view rest = digits;
    if (rest.starts_with('+')) rest.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    if (error != std::errc() || end != rest.data() + rest.size() || rest.empty()) return std::nullopt;
    return value;
}

std::optional<std::int64_t> parsed_integer(std::string_view text, std::int64_t base) {
    const std::string digits = ascii_lower(replace_all(trim(text), "_", ""));
    std::string_view rest = digits;
    const bool minus = rest.starts_with('-');
    if (minus || rest.starts_with('+')) rest.remove_prefix(1);
    const std::string_view prefix = base == 16 ? "0x" : base == 8 ? "0o" : base == 2 ? "0b" : "";
    if (!prefix.empty() && rest.starts_with(prefix)) rest.remove_prefix(2);
    std::int64_t value = 0;
    const auto [end, error] =
        std::from_chars(rest.data(), rest.data() + rest.size(), value, static_cast<int>(base));
    if (error != std::errc() || end != rest.data() + rest.size() || rest.empty() || rest[0] == '-')
        return std::nullopt;
    return minus ? -value : value;
}

std::optional<std::int64_t> whole_part(double value) {
    constexpr double limit = 9.2e18;
    if (!(std::abs(value) < limit)) return std::nullopt;
    return static_cast<std::int64_t>(value);
}

Value int_filter(const FilterCall& call) {
    const Value by_default = call.argument(0) ? *call.argument(0) : Value::integer(0);
    const std::int64_t base = std::clamp<std::int64_t>(call.integer(1, 10), 2, 36);
    std::optional<std::int64_t> whole;
    if (call.input.type() == Value::Type::real) {
        whole = whole_part(call.input.as_real());
    } else if (call.input.is_number()) {
        whole = call.input.as_integer();
    } else if (call.input.is_string()) {
        whole = parsed_integer(call.input.as_text(), base);
        const auto real = whole ? std::nullopt : parsed_real(call.input.as_text());
        if (real) whole = whole_part(*real);
    }
    return whole ? Value::integer(*whole) : by_default;
}

Value float_filter(const FilterCall& call) {
    if (call.input.is_number()) return Value::real(call.input.as_real());
    const auto value = call.input.is_string() ? parsed_real(call.input.as_text()) : std::nullopt;
    if (value) return Value::real(*value);
    return call.argument(0) ? *call.argument(0) : Value::real(0);
}

// Half to even on the exact binary value, as Python's round: printf does just that.
double round_common(double value, int precision) {
    if (precision < 0) {
        const double unit = std::pow(10.0, -precision);
        return std::nearbyint(value / unit) * unit;
    }
    std::array<char, 400> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.*f", precision, value);
    double rounded = value;
    std::from_chars(buffer.data(), buffer.data() + std::char_traits<char>::length(buffer.data()), rounded);
    return rounded;
}

Value round_filter(const FilterCall& call) {
    if (!call.input.is_number()) return call.refuse(call.input);
    const int precision = static_cast<int>(std::clamp<std::int64_t>(call.integer(0, 0), -20, 20));
    const std::string method = call.text(1, "common");
    const double value = call.input.as_real(), unit = std::pow(10.0, precision);
    if (method == "ceil") return Value::real(std::ceil(value * unit) / unit);
    if (method == "floor") return Value::real(std::floor(value * unit) / unit);
    if (method != "common") {
        call.meter.fault(DiagnosticKind::template_bad_arguments, call.where,
                         {std::string(find_filter("round")->signature)});
        return failed();
    }
    const double rounded = std::isfinite(value) ? round_common(value, precision) : value;
    const bool whole = call.input.type() != Value::Type::real;
    return whole ? Value::integer(whole_part(rounded).value_or(call.input.as_integer()))
                 : Value::real(rounded);
}

Value default_filter(const FilterCall& call) {
    const Value by_default = call.argument(0) ? *call.argument(0) : Value::text("");
    const bool missing = call.input.is_undefined() || (call.flag(1, false) && !call.input.truthy());
    return missing ? by_default : call.input;
}

constexpr std::array<FilterEntry, 20> own_filters = {{
    {"abs", "abs()", abs_filter},
    {"capitalize", "capitalize()", capitalize_filter},
    {"d", "d(default_value='', boolean=false)", default_filter, Applies::nothing, true},
    {"default", "default(default_value='', boolean=false)", default_filter, Applies::nothing, true},
    {"e", "e()", escape_filter},
    {"escape", "escape()", escape_filter},
    {"float", "float(default=0.0)", float_filter},
    {"int", "int(default=0, base=10)", int_filter},
    {"lower", "lower()", lower_filter},
    {"replace", "replace(old, new, count=none)", replace_filter},
    {"round", "round(precision=0, method='common')", round_filter},
    {"striptags", "striptags()", striptags_filter},
    {"title", "title()", title_filter},
    {"tojson", "tojson(indent=none)", tojson_filter},
    {"trim", "trim(chars=none)", trim_filter},
    {"truncate", "truncate(length=255, killwords=false, end='...', leeway=5)", truncate_filter},
    {"typeset", "typeset()", typeset_filter},
    {"unbroken", "unbroken()", unbroken_filter},
    {"upper", "upper()", upper_filter},
    {"urlencode", "urlencode()", urlencode_filter},
}};

}  // namespace

std::span<const FilterEntry> text_filters() { return own_filters; }

const FilterEntry* find_filter(std::string_view name) {
    for (const auto& table : {text_filters(), list_filters()}) {
        const auto at = std::find_if(table.begin(), table.end(),
                                     [&](const FilterEntry& each) { return each.name == name; });
        if (at != table.end()) return &*at;
    }
    return nullptr;
}

std::vector<std::string> filter_names() {
    std::vector<std::string> names;
    for (const auto& table : {text_filters(), list_filters()}) {
        for (const FilterEntry& each : table) names.emplace_back(each.name);
    }
    return names;
}

std::vector<Parameter> parameters_of(std::string_view signature) {
    std::vector<Parameter> parameters;
    const std::size_t open = signature.find('(');
    const std::string_view inside = signature.substr(open + 1, signature.size() - open - 2);
    if (inside.empty()) return parameters;
    for (const std::string_view part : split(inside, ',')) {
        const std::size_t equals = part.find('=');
        parameters.push_back({trim(part.substr(0, equals)), equals != std::string_view::npos});
    }
    return parameters;
}

}  // namespace qunying
