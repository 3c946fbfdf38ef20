#include "load/settings.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "hanzi/pinyin.h"
#include "load/field_reader.h"
#include "load/settings_table.h"

namespace qunying {
namespace {

// The settings as read: the specs and a value for each, asked for by key.
struct Read {
    const std::vector<FieldSpec>& specs;
    const std::vector<FieldValue>& fields;

    std::size_t at(std::string_view key) const {
        const auto found =
            std::find_if(specs.begin(), specs.end(), [&](const FieldSpec& s) { return s.key == key; });
        return static_cast<std::size_t>(found - specs.begin());
    }
    const FieldSpec& spec(std::string_view key) const { return specs[at(key)]; }
    const FieldValue& value(std::string_view key) const { return fields[at(key)]; }
    std::string text(std::string_view key) const { return std::string(text_in(value(key))); }
    std::string_view choice(std::string_view key) const { return choice_in(spec(key), value(key)); }
    bool flag(std::string_view key, bool otherwise) const {
        return value(key).present() ? flag_in(value(key)) : otherwise;
    }
    int number(std::string_view key, int otherwise) const {
        return value(key).present() ? static_cast<int>(number_in(value(key))) : otherwise;
    }
    std::vector<std::string> texts(std::string_view key) const {
        std::vector<std::string> all;
        for (const FieldValue& item : items_in(value(key))) all.emplace_back(text_in(item));
        return all;
    }
    // Calls `each` for every group of a list.
    template <class Each>
    void groups(std::string_view key, Each each) const {
        for (const FieldValue& item : items_in(value(key))) {
            if (const GroupValue* group = group_in(item))
                each(Read{spec(key).fields, group->fields}, item.span);
        }
    }
};

ListOrder list_order(std::string_view key) {
    constexpr std::array<std::pair<std::string_view, ListOrder>, 6> orders = {
        {{"stroke", ListOrder::stroke},
         {"stroke-fullname", ListOrder::stroke_fullname},
         {"pinyin", ListOrder::pinyin},
         {"document", ListOrder::document},
         {"year", ListOrder::year},
         {"region", ListOrder::region}}};
    const auto found =
        std::find_if(orders.begin(), orders.end(), [&](const auto& o) { return o.first == key; });
    return found == orders.end() ? ListOrder::stroke : found->second;
}

std::string base_url(const FieldValue& value, Diagnostics& diagnostics) {
    std::string url(text_in(value));
    if (url.empty()) return url;
    const bool whole = url.starts_with("https://") || url.starts_with("http://");
    if (!whole || url.find_first_of(" \"<>?#") != std::string::npos || url.find("://") + 3 == url.size()) {
        diagnostics.report(DiagnosticKind::bad_base_url, value.span, {url});
        return {};
    }
    if (!url.ends_with('/')) url += '/';
    return url;
}

FooterSettings footer(const Read& read) {
    const GroupValue* group = group_in(read.value("footer"));
    if (!group) return {};
    const Read in{read.spec("footer").fields, group->fields};
    return {in.text("host_unit"), in.text("contact"),   in.text("icp"),
            in.text("police"),    in.text("site_code"), in.text("party_mark")};
}

std::vector<Region> regions(const Read& read) {
    std::vector<Region> all;
    read.groups("regions", [&](const Read& in, Span span) {
        const std::string key = in.text("key");
        all.push_back({in.text("name"), key.empty() ? pinyin_slug(in.text("name")) : key, span});
    });
    return all;
}

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

FieldSpec own_field(const Read& in) {
    FieldSpec spec;
    spec.key = in.text("key");
    spec.label = in.text("label");
    spec.type = field_type(in.choice("type"));
    spec.list = in.flag("list", false);
    spec.need = in.flag("required", false) ? FieldNeed::required : FieldNeed::optional;
    spec.visibility = in.flag("private", false) ? FieldVisibility::secret : FieldVisibility::shown;
    for (const std::string& label : in.texts("choices")) spec.choices.push_back({label, label, {}});
    spec.targets = in.texts("targets");
    spec.help = in.text("help");
    if (spec.type == FieldType::picture) spec.fields = picture_parts(), spec.shorthand = "file";
    return spec;
}

std::vector<FieldSpec> own_fields(const Read& in) {
    std::vector<FieldSpec> all;
    in.groups("fields", [&](const Read& each, Span) { all.push_back(own_field(each)); });
    return all;
}

void add_own(const Read& read, Kinds& kinds, Diagnostics& diagnostics) {
    read.groups("kinds", [&](const Read& in, Span span) {
        if (kinds.find(in.text("key")) || kinds.of_folder(in.text("folder"))) {
            diagnostics.report(DiagnosticKind::duplicate_id, span, {in.text("key"), "类别"});
            return;
        }
        Kind kind;
        kind.key = in.text("key");
        kind.label = kind.folder_label = in.text("label");
        kind.folder = in.text("folder");
        kind.help = in.text("help");
        kind.fields = common_fields();
        for (FieldSpec& field : own_fields(in)) kind.fields.push_back(std::move(field));
        kinds.add_kind(std::move(kind));
    });
    read.groups("fields", [&](const Read& in, Span span) {
        const auto kind = kinds.find(in.text("kind"));
        if (!kind) return diagnostics.report(DiagnosticKind::unknown_folder, span, {in.text("kind")});
        for (FieldSpec& field : own_fields(in)) {
            if (kinds[*kind].find(field.key) || kinds[*kind].find(field.label)) {
                diagnostics.report(DiagnosticKind::field_twice, span, {field.label});
            } else {
                kinds.add_field(*kind, std::move(field));
            }
        }
    });
}

void read_lists(const Read& read, SiteSettings& settings) {
    settings.regions = regions(read);
    read.groups("navigation", [&](const Read& in, Span) {
        settings.navigation.push_back({in.text("label"), in.text("target")});
    });
    settings.home_blocks = read.texts("home");
    if (const GroupValue* words = group_in(read.value("wordlists"))) {
        settings.allowed_words = Read{read.spec("wordlists").fields, words->fields}.texts("allowed");
    }
    if (const GroupValue* defaults = group_in(read.value("defaults"))) {
        const Read in{read.spec("defaults").fields, defaults->fields};
        if (!in.choice("status").empty()) settings.default_status = in.choice("status");
        if (!in.choice("visibility").empty()) settings.default_visibility = in.choice("visibility");
    }
}

}  // namespace

LoadedSettings load_settings(const SourceFile& file, Diagnostics& diagnostics) {
    LoadedSettings loaded;
    YamlNode tree = parse_yaml(file, diagnostics);
    std::vector<FieldSpec> specs = settings_fields();
    // theme_settings is handed to the theme as it is, so it has no table.
    std::erase_if(tree.entries, [&](const YamlEntry& entry) {
        if (entry.key != "theme_settings" && entry.key != "主题设置") return false;
        for (const YamlEntry& each : entry.value.entries)
            loaded.settings.theme_settings[each.key] = each.value.text;
        return true;
    });
    const Sources no_sources;
    const NameIndex nobody(loaded.kinds, no_sources);
    const FileSet no_files;
    const ReadContext context{loaded.kinds, nobody, no_files, "content", diagnostics};
    const std::vector<FieldValue> fields =
        read_fields(tree, specs, "site.yaml", {file.id, 0, 0}, Completeness::whole, context);
    const Read read{specs, fields};
    SiteSettings& settings = loaded.settings;
    settings.source = file.id;
    settings.title = read.text("title");
    settings.subtitle = read.text("subtitle");
    settings.description = read.text("description");
    settings.base_url = base_url(read.value("base_url"), diagnostics);
    settings.organisation = read.text("organisation");
    if (!read.text("theme").empty()) settings.theme = read.text("theme");
    if (!read.text("language").empty()) settings.language = read.text("language");
    settings.list_order = list_order(read.choice("list_order"));
    settings.review_required = read.choice("review") == "required";
    settings.footer = footer(read);
    settings.mourning = read.flag("mourning", false);
    settings.government_meta = read.flag("gov_meta", false);
    settings.exports = read.flag("exports", true);
    settings.page_size = std::clamp(read.number("page_size", 60), 6, 500);
    settings.deceased_frame_years = std::max(read.number("deceased_frame_years", 0), 0);
    read_lists(read, settings);
    add_own(read, loaded.kinds, diagnostics);
    return loaded;
}

}  // namespace qunying
