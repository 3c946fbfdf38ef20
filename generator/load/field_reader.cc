#include "load/field_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <optional>

#include "base/text.h"

namespace qunying {
namespace {

std::string shape_name(YamlType type) {
    switch (type) {
        case YamlType::null:
            return "空";
        case YamlType::scalar:
            return "一段文字";
        case YamlType::sequence:
            return "一列内容";
        case YamlType::mapping:
            return "一组项目";
    }
    return {};
}

std::string wanted_shape(const FieldSpec& spec) {
    switch (spec.type) {
        case FieldType::number:
            return "一个整数";
        case FieldType::boolean:
            return "“是”或“否”";
        case FieldType::date:
            return "一个日期";
        case FieldType::choice:
            return "一个选项";
        case FieldType::reference:
            return "一份资料的编号或名称";
        case FieldType::file:
            return "一个文件名";
        case FieldType::group:
        case FieldType::picture:
            return "一组项目";
        default:
            return "一段文字";
    }
}

// How the field is written: 出生: 1949-09, or 履历: [{时间: ……, 内容: ……}].
std::string written_example(const FieldSpec& spec) {
    std::string value = spec.type == FieldType::date ? "1949-09" : "……";
    if (!spec.fields.empty()) {
        std::vector<std::string> parts;
        for (const FieldSpec& part : spec.fields) {
            if (part.need == FieldNeed::required || parts.size() < 2) parts.push_back(part.label + ": ……");
        }
        value = "{" + join(parts, ", ") + "}";
    }
    return spec.label + ": " + (spec.list ? "[" + value + "]" : value);
}

void report_shape(const FieldSpec& spec, const YamlNode& node, const ReadContext& context) {
    context.diagnostics.report(
        DiagnosticKind::wrong_shape, node.span,
        {spec.label, wanted_shape(spec), shape_name(node.type), written_example(spec)});
}

// Whether there are controls, or the first bytes of U+061C, U+2000 to U+207F and U+FFC0 to U+FFFF: nearly no
// text has them, so nearly none is decoded.
bool may_hide_something(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
        if (byte < 0x20 || byte == 0xD8 || (byte == 0xE2 && next <= 0x81) || (byte == 0xEF && next == 0xBF))
            return true;
    }
    return false;
}

// Reports the first character of `text` that has no place in any text: a bidi control or U+FFFD.
bool has_hidden_character(const FieldSpec& spec, std::string_view text, Span span,
                          const ReadContext& context) {
    if (!may_hide_something(text)) return false;
    for (const char32_t c : to_utf32(text)) {
        if (!is_bidi_control(c) && c != 0xFFFD && !(c < 0x20 && c != '\n' && c != '\t')) continue;
        context.diagnostics.report(DiagnosticKind::hidden_character, span,
                                   {spec.label, fmt::format("U+{:04X}", static_cast<unsigned>(c))});
        return true;
    }
    return false;
}

FieldValue read_text(const YamlNode& node, const FieldSpec& spec, const ReadContext& context) {
    const std::string text(trim(node.text));
    if (text.empty() || has_hidden_character(spec, text, node.span, context)) return {};
    const std::size_t length = count_code_points(text);
    if (spec.longest > 0 && length > spec.longest) {
        context.diagnostics.report(DiagnosticKind::text_too_long, node.span,
                                   {spec.label, std::to_string(length), std::to_string(spec.longest)});
    }
    return {text, node.span, {}};
}

FieldValue read_number(const YamlNode& node, const FieldSpec& spec, const ReadContext& context) {
    const std::string_view text = trim(node.text);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size()) return {number, node.span, {}};
    context.diagnostics.report(DiagnosticKind::not_a_number, node.span, {spec.label, node.text});
    return {};
}

FieldValue read_boolean(const YamlNode& node, const FieldSpec& spec, const ReadContext& context) {
    const std::string text = ascii_lower(trim(node.text));
    for (const std::string_view yes : {"是", "yes", "true", "有", "同意"}) {
        if (text == yes) return {true, node.span, {}};
    }
    for (const std::string_view no : {"否", "no", "false", "无", "不同意"}) {
        if (text == no) return {false, node.span, {}};
    }
    context.diagnostics.report(DiagnosticKind::not_a_boolean, node.span, {spec.label, node.text});
    return {};
}

DiagnosticKind kind_of_problem(DateProblem problem) {
    switch (problem) {
        case DateProblem::not_a_date:
            return DiagnosticKind::not_a_date;
        case DateProblem::year:
            return DiagnosticKind::bad_year;
        case DateProblem::month:
            return DiagnosticKind::bad_month;
        case DateProblem::day:
            return DiagnosticKind::bad_day;
    }
    return DiagnosticKind::not_a_date;
}

FieldValue read_date_value(const YamlNode& node, const FieldSpec& spec, const ReadContext& context) {
    const DateReading reading = read_date(node.text);
    if (reading.date) return {*reading.date, node.span, {}};
    context.diagnostics.report(kind_of_problem(reading.problem), node.span, {spec.label, node.text});
    return {};
}

FieldValue read_choice(const YamlNode& node, const FieldSpec& spec, const ReadContext& context) {
    const std::string text(trim(node.text));
    if (const auto index = spec.find_choice(text)) return {ChoiceValue{*index}, node.span, {}};
    std::vector<std::string> labels;
    for (const Choice& choice : spec.choices) labels.push_back(choice.label);
    const bool few = labels.size() <= 8;  // shown all, they need no guess
    context.diagnostics.report(DiagnosticKind::unknown_choice, node.span,
                               {spec.label, text, join(labels, "、")},
                               {.meant = few ? "" : nearest(text, labels).value_or("")});
    return {};
}

FieldValue read_reference(const YamlNode& node, const FieldSpec& spec, const ReadContext& context) {
    const RecordId id = context.names.resolve(node.text, spec.targets, node.span, context.diagnostics);
    // A failed reference stays present: whoever counts rows must not complain a second time.
    return {id, node.span, {}};
}

FieldValue read_file(const YamlNode& node, const ReadContext& context) {
    const auto file = read_file_name(node.text, node.span, context);
    return file ? FieldValue{*file, node.span, {}} : FieldValue{};
}

FieldValue read_value(const YamlNode& node, const FieldSpec& spec, const ReadContext& context);

FieldValue read_group(const YamlNode& node, const FieldSpec& spec, const ReadContext& context) {
    if (node.type == YamlType::scalar && !spec.shorthand.empty()) {
        GroupValue group;
        group.fields.resize(spec.fields.size());
        const std::size_t at = *spec.find(spec.shorthand);
        group.fields[at] = read_value(node, spec.fields[at], context);
        return {std::move(group), node.span, {}};
    }
    if (node.type != YamlType::mapping) return report_shape(spec, node, context), FieldValue{};
    const FieldSpecs parts{spec.fields, spec.spellings};
    return {GroupValue{read_fields(node, parts, spec.label, node.span, context.completeness, context)},
            node.span,
            {}};
}

std::optional<double> real_number(std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc{} && end == text.data() + text.size() && std::isfinite(number);
    return whole ? std::optional(number) : std::nullopt;
}

// A text that is a number of its range, as it was written.
FieldValue read_measure(const YamlNode& node, const FieldSpec& spec, const ReadContext& context) {
    const auto number = real_number(trim(node.text));
    if (number && *number >= spec.least && *number <= spec.most)
        return {std::string(trim(node.text)), node.span, {}};
    context.diagnostics.report(
        DiagnosticKind::out_of_range, node.span,
        {spec.label, fmt::format("{}", spec.least), fmt::format("{}", spec.most), node.text});
    return {};
}

FieldValue read_scalar(const YamlNode& node, const FieldSpec& spec, const ReadContext& context) {
    if (node.type != YamlType::scalar) return report_shape(spec, node, context), FieldValue{};
    if (spec.least < spec.most) return read_measure(node, spec, context);
    switch (spec.type) {
        case FieldType::number:
            return read_number(node, spec, context);
        case FieldType::boolean:
            return read_boolean(node, spec, context);
        case FieldType::date:
            return read_date_value(node, spec, context);
        case FieldType::choice:
            return read_choice(node, spec, context);
        case FieldType::reference:
            return read_reference(node, spec, context);
        case FieldType::file:
            return read_file(node, context);
        default:
            return read_text(node, spec, context);
    }
}

// One value, not a list. A null or a failed node is absent; it was reported where it was read, or means
// nothing.
FieldValue read_value(const YamlNode& node, const FieldSpec& spec, const ReadContext& context) {
    if (node.type == YamlType::null || node.failed) return {};
    if (spec.type == FieldType::group || spec.type == FieldType::picture)
        return read_group(node, spec, context);
    return read_scalar(node, spec, context);
}

// Two fractions of a picture's width and height.
bool is_focus(const ListValue& list) {
    return list.items.size() == 2 &&
           std::all_of(list.items.begin(), list.items.end(), [](const FieldValue& item) {
               const auto part = real_number(text_in(item));
               return part && *part >= 0 && *part <= 1;
           });
}

FieldValue read_list(const YamlNode& node, const FieldSpec& spec, const ReadContext& context) {
    ListValue list;
    if (node.type != YamlType::sequence) {
        FieldValue single = read_value(node, spec, context);
        if (single.present()) list.items.push_back(std::move(single));
    }
    for (const YamlNode& item : node.items) {
        FieldValue value = read_value(item, spec, context);
        if (value.present()) list.items.push_back(std::move(value));
    }
    if (list.items.empty()) return {};
    if (spec.key == "focus" && !is_focus(list)) {
        std::vector<std::string> written;
        for (const FieldValue& item : list.items) written.emplace_back(text_in(item));
        context.diagnostics.report(DiagnosticKind::bad_focus, node.span, {join(written, ", ")});
        return {};
    }
    return {std::move(list), node.span, {}};
}

// A reference written as its kind: {team: yangli-team} where the table says `to`, {人物: 王样例} likewise.
std::optional<std::size_t> find_by_target(const std::vector<FieldSpec>& specs, std::string_view key,
                                          const Kinds& kinds) {
    const auto kind = kinds.find(key);
    if (!kind) return std::nullopt;
    for (std::size_t i = 0; i < specs.size(); ++i) {
        const auto& targets = specs[i].targets;
        const bool leads_there = std::find(targets.begin(), targets.end(), kinds[*kind].key) != targets.end();
        if (specs[i].type == FieldType::reference && leads_there && targets.size() > 1) return i;
    }
    return std::nullopt;
}

std::optional<std::size_t> find_spec(const FieldSpecs& specs, std::string_view key, const Kinds& kinds) {
    if (const auto found = specs.find(key)) return found;
    return find_by_target(specs.fields, key, kinds);
}

// Reports the key; yields the index of the field that was meant, if one is near.
std::optional<std::size_t> report_unknown_key(const YamlEntry& entry, const FieldSpecs& specs,
                                              std::string_view owner, const ReadContext& context) {
    std::vector<std::string> keys;
    for (const FieldSpec& spec : specs.fields) {
        keys.push_back(spec.key);
        keys.push_back(spec.label);
        keys.insert(keys.end(), spec.other_keys.begin(), spec.other_keys.end());
    }
    const auto meant = nearest(entry.key, keys);
    context.diagnostics.report(DiagnosticKind::unknown_key, entry.key_span, {entry.key, std::string(owner)},
                               {.meant = meant.value_or("")});
    return meant ? find_spec(specs, *meant, context.kinds) : std::nullopt;
}

// Written with nothing in it. A value that could not be read was reported where it stands.
bool is_empty(const YamlNode& node) {
    if (node.failed) return false;
    if (node.type == YamlType::sequence) return node.items.empty();
    return node.type == YamlType::null || (node.type == YamlType::scalar && trim(node.text).empty());
}

void report_missing(const std::vector<FieldSpec>& specs, const std::vector<const YamlEntry*>& seen,
                    Span where, const ReadContext& context) {
    for (std::size_t i = 0; i < specs.size(); ++i) {
        if (specs[i].need != FieldNeed::required || (seen[i] && !is_empty(seen[i]->value))) continue;
        context.diagnostics.report(DiagnosticKind::missing_field, seen[i] ? seen[i]->key_span : where,
                                   {specs[i].label});
    }
}

}  // namespace

std::optional<FileValue> read_file_name(std::string_view name, Span where, const ReadContext& context) {
    const bool from_root = name.starts_with("/assets/") || name.starts_with("assets/");
    std::vector<std::string> parts;
    if (!from_root) {
        for (const std::string_view part : split(context.folder, '/')) parts.emplace_back(part);
    }
    const std::size_t floor = from_root ? 0 : 2;  // never above content/KIND
    for (const std::string_view part : split(trim(name), '/')) {
        if (part.empty() || part == ".") continue;
        if (part != "..") {
            parts.emplace_back(part);
        } else if (parts.size() > floor) {
            parts.pop_back();
        } else {
            context.diagnostics.report(DiagnosticKind::file_outside, where, {std::string(name)});
            return std::nullopt;
        }
    }
    FileValue file{join(parts, "/")};
    if (!context.files.contains(file.path)) {
        context.diagnostics.report(DiagnosticKind::missing_file, where,
                                   {std::string(name), std::string(context.folder)},
                                   {.meant_place = file.path});
    }
    return file;
}

std::optional<std::size_t> FieldSpecs::find(std::string_view key) const {
    if (spellings.built()) return spellings.find(key);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].key == key || fields[i].label == key) return i;
    }
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].answers_to(key)) return i;
    }
    return std::nullopt;
}

FieldTable read_fields(const YamlNode& mapping, const FieldSpecs& known, std::string_view owner, Span where,
                       Completeness completeness, const ReadContext& context) {
    const std::vector<FieldSpec>& specs = known.fields;
    std::vector<FieldValue> fields(specs.size());
    std::vector<const YamlEntry*> seen(specs.size(), nullptr), misspelt = seen;
    for (const YamlEntry& entry : mapping.entries) {
        const auto index = find_spec(known, entry.key, context.kinds);
        if (!index) {
            // A misspelt key is the field that was meant: it is not missing as well.
            if (const auto meant = report_unknown_key(entry, known, owner, context))
                misspelt[*meant] = &entry;
            continue;
        }
        if (seen[*index]) {
            context.diagnostics.report(DiagnosticKind::field_twice, entry.key_span, {specs[*index].label},
                                       {.related = seen[*index]->key_span});
            continue;
        }
        seen[*index] = &entry;
        const FieldSpec& spec = specs[*index];
        fields[*index] =
            spec.list ? read_list(entry.value, spec, context) : read_value(entry.value, spec, context);
        fields[*index].key_span = entry.key_span;
    }
    for (std::size_t i = 0; i < specs.size(); ++i) {
        if (!seen[i]) seen[i] = misspelt[i];
    }
    if (completeness == Completeness::whole) report_missing(specs, seen, where, context);
    return fields;
}

}  // namespace qunying
