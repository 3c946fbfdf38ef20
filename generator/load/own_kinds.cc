#include "load/own_kinds.h"

#include <array>

#include "base/text.h"

namespace qunying {
namespace {

FieldType field_type(std::string_view key) {
    constexpr std::array<std::pair<std::string_view, FieldType>, 9> types = {
        {{"text", FieldType::text},
         {"prose", FieldType::prose},
         {"number", FieldType::number},
         {"boolean", FieldType::boolean},
         {"date", FieldType::date},
         {"choice", FieldType::choice},
         {"reference", FieldType::reference},
         {"picture", FieldType::picture},
         {"file", FieldType::file}}};
    const auto found =
        std::find_if(types.begin(), types.end(), [&](const auto& t) { return t.first == key; });
    return found == types.end() ? FieldType::text : found->second;
}

// A picture of the site's own has the parts that every picture has.
std::vector<FieldSpec> picture_parts() {
    const Kinds kinds = built_in_kinds();
    const Kind& person = kinds[kinds.must("person")];
    return person.fields[*person.find("portrait")].fields;
}

// What a kind may be called in site.yaml, for suggestions.
std::vector<std::string> names_of(const Kinds& kinds) {
    std::vector<std::string> names;
    for (const Kind& kind : kinds.all()) names.insert(names.end(), {kind.key, kind.label});
    return names;
}

// The kind of that key, label or folder; reports where there is none.
std::optional<KindId> kind_called(const FieldValue& value, std::string_view what, const Kinds& kinds,
                                  Diagnostics& diagnostics) {
    const std::string name(text_in(value));
    auto kind = kinds.find(name);
    if (!kind) kind = kinds.of_folder(name);
    if (kind || name.empty()) return kind;
    std::vector<std::string> labels;
    for (const Kind& each : kinds.all()) {
        if (!each.folder.empty()) labels.push_back(each.label);
    }
    diagnostics.report(DiagnosticKind::unknown_choice, value.span,
                       {std::string(what), name, join(labels, "、")},
                       {.meant = nearest(name, names_of(kinds)).value_or("")});
    return std::nullopt;
}

FieldSpec own_field(const SettingsReader& in, const Kinds& kinds, Diagnostics& diagnostics) {
    FieldSpec spec;
    spec.key = in.text("key");
    spec.label = in.text("label");
    spec.type = field_type(in.choice("type"));
    spec.list = in.flag("list", false);
    spec.need = in.flag("required", false) ? FieldNeed::required : FieldNeed::optional;
    spec.visibility = in.flag("private", false) ? FieldVisibility::secret : FieldVisibility::shown;
    for (const std::string& label : in.texts("choices")) spec.choices.push_back({label, label, {}});
    for (const FieldValue& target : items_in(in.value("targets"))) {
        if (const auto kind = kind_called(target, "指向", kinds, diagnostics))
            spec.targets.push_back(kinds[*kind].key);
    }
    spec.help = in.text("help");
    if (spec.type == FieldType::picture) spec.fields = picture_parts(), spec.shorthand = "file";
    return spec;
}

// Adds what `in` lists below `fields` to a kind.
void add_fields(const SettingsReader& in, KindId kind, Kinds& kinds, Diagnostics& diagnostics) {
    in.groups("fields", [&](const SettingsReader& each, Span span) {
        FieldSpec field = own_field(each, kinds, diagnostics);
        if (field.key.empty() || field.label.empty()) return;  // reported as missing
        for (const std::string& name : {field.key, field.label}) {
            if (kinds[kind].find(name))
                return diagnostics.report(DiagnosticKind::own_field_taken, span, {kinds[kind].label, name});
        }
        if (field.type == FieldType::choice && field.choices.empty())
            return diagnostics.report(DiagnosticKind::missing_field, span, {"可选值"});
        kinds.add_field(kind, std::move(field));
    });
}

// Folders that every release has for other things.
bool is_reserved_folder(std::string_view folder) {
    constexpr std::array<std::string_view, 10> reserved = {"honors", "media", "static", "search",  "kiosk",
                                                           "print",  "data",  "assets", "posters", "index"};
    return std::find(reserved.begin(), reserved.end(), folder) != reserved.end();
}

bool is_address_part(std::string_view text) {
    return text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos &&
           !text.starts_with('-') && !text.ends_with('-');
}

// Whether the kind may be added; reports why not.
bool is_new_kind(const SettingsReader& in, const Kinds& kinds, Diagnostics& diagnostics) {
    const std::string key = in.text("key"), label = in.text("label"), folder = in.text("folder");
    if (key.empty() || label.empty() || folder.empty()) return false;  // reported as missing
    const auto taken = [&](std::string_view part, const std::string& what) {
        diagnostics.report(DiagnosticKind::own_kind_taken, in.value(part).span, {in.spec(part).label, what});
        return false;
    };
    if (!is_address_part(folder)) {
        diagnostics.report(DiagnosticKind::bad_id, in.value("folder").span, {folder, key});
        return false;
    }
    if (kinds.find(key)) return taken("key", key);
    if (kinds.find(label) || kinds.of_folder(label)) return taken("label", label);
    if (kinds.of_folder(folder) || is_reserved_folder(folder)) return taken("folder", folder);
    return true;
}

}  // namespace

void add_own_kinds(const SettingsReader& read, Kinds& kinds, Diagnostics& diagnostics) {
    // All kinds first, for a field may lead to any of them.
    std::vector<std::optional<KindId>> added;
    read.groups("kinds", [&](const SettingsReader& in, Span) {
        added.emplace_back();
        if (!is_new_kind(in, kinds, diagnostics)) return;
        Kind kind;
        kind.key = in.text("key");
        kind.label = kind.folder_label = in.text("label");
        kind.folder = in.text("folder");
        kind.help = in.text("help");
        kind.fields = common_fields();
        kinds.add_kind(std::move(kind));
        added.back() = kinds.find(in.text("key"));
    });
    std::size_t next = 0;
    read.groups("kinds", [&](const SettingsReader& in, Span) {
        if (const auto kind = added[next++]) add_fields(in, *kind, kinds, diagnostics);
    });
    read.groups("fields", [&](const SettingsReader& in, Span) {
        const auto kind = kind_called(in.value("kind"), "类别", kinds, diagnostics);
        if (kind) add_fields(in, *kind, kinds, diagnostics);
    });
}

}  // namespace qunying
