#include "load/settings.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "base/text.h"
#include "hanzi/pinyin.h"
#include "load/field_reader.h"
#include "load/own_kinds.h"
#include "load/settings_kiosk.h"
#include "load/settings_table.h"

namespace qunying {
namespace {

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
    const std::string written(text_in(value));
    if (written.empty()) return {};
    const auto url = whole_base_url(written);
    if (!url) diagnostics.report(DiagnosticKind::bad_base_url, value.span, {written});
    return url.value_or("");
}

FooterSettings footer(const SettingsReader& read) {
    const GroupValue* group = group_in(read.value("footer"));
    if (!group) return {};
    const SettingsReader in{read.spec("footer").fields, group->fields};
    return {in.text("host_unit"), in.text("contact"),   in.text("icp"),
            in.text("police"),    in.text("site_code"), in.text("party_mark")};
}

// 600M, 1.5G, 300 MB; nothing where it is no amount of memory, or too little for one picture.
std::optional<std::uint64_t> memory_size(std::string_view text) {
    constexpr double mega = 1 << 20;
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string unit = ascii_lower(trim(text.substr(static_cast<std::size_t>(end - text.data()))));
    const bool giga = unit == "g" || unit == "gb" || unit == "gib";
    const bool known = giga || unit == "m" || unit == "mb" || unit == "mib";
    const double bytes = number * mega * (giga ? 1024 : 1);
    if (error != std::errc{} || !known || !(bytes >= 128 * mega && bytes <= 1024 * 1024 * mega))
        return std::nullopt;
    return static_cast<std::uint64_t>(bytes);
}

void read_pictures(const SettingsReader& read, SiteSettings& settings, Diagnostics& diagnostics) {
    const GroupValue* group = group_in(read.value("pictures"));
    if (!group) return;
    const SettingsReader in{read.spec("pictures").fields, group->fields};
    settings.takes_tiff = in.flag("tiff", false);
    settings.picture_credit = in.text("credit");
    settings.picture_copyright = in.text("copyright");
    const std::string memory = in.text("memory");
    if (memory.empty()) return;
    const auto bytes = memory_size(memory);
    if (!bytes) diagnostics.report(DiagnosticKind::bad_memory_size, in.value("memory").span, {memory});
    settings.picture_memory = bytes.value_or(0);
}

std::vector<Region> regions(const SettingsReader& read) {
    std::vector<Region> all;
    read.groups("regions", [&](const SettingsReader& in, Span span) {
        const std::string key = in.text("key");
        all.push_back({in.text("name"), key.empty() ? pinyin_slug(in.text("name")) : key, span});
    });
    return all;
}

void read_lists(const SettingsReader& read, SiteSettings& settings) {
    settings.regions = regions(read);
    read.groups("navigation", [&](const SettingsReader& in, Span) {
        if (in.text("target").empty()) return;  // reported as missing
        settings.navigation.push_back({in.text("label"), in.text("target"), in.value("target").span});
    });
    settings.home_blocks = read.texts("home");
    if (const GroupValue* words = group_in(read.value("wordlists"))) {
        settings.allowed_words =
            SettingsReader{read.spec("wordlists").fields, words->fields}.texts("allowed");
    }
    if (const GroupValue* defaults = group_in(read.value("defaults"))) {
        const SettingsReader in{read.spec("defaults").fields, defaults->fields};
        if (!in.choice("status").empty()) settings.default_status = in.choice("status");
        if (!in.choice("visibility").empty()) settings.default_visibility = in.choice("visibility");
    }
}

}  // namespace

std::optional<std::string> whole_base_url(std::string_view text) {
    const bool whole = text.starts_with("https://") || text.starts_with("http://");
    if (!whole || text.find_first_of(" \"<>?#") != std::string_view::npos ||
        text.find("://") + 3 == text.size())
        return std::nullopt;
    return std::string(text) + (text.ends_with('/') ? "" : "/");
}

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
    const FieldTable fields =
        read_fields(tree, {specs, {}}, "site.yaml 里", {file.id, 0, 0}, Completeness::whole, context);
    const SettingsReader read{specs, fields};
    SiteSettings& settings = loaded.settings;
    settings.source = file.id;
    settings.id = read.text("id");
    settings.title = read.text("title");
    settings.subtitle = read.text("subtitle");
    settings.description = read.text("description");
    settings.base_url = base_url(read.value("base_url"), diagnostics);
    settings.organisation = read.text("organisation");
    if (!read.text("theme").empty()) settings.theme = read.text("theme");
    settings.theme_span = read.value("theme").span;
    if (!read.text("language").empty()) settings.language = read.text("language");
    settings.list_order = list_order(read.choice("list_order"));
    settings.review_required = read.choice("review") == "required";
    settings.footer = footer(read);
    settings.mourning = read.flag("mourning", false);
    settings.government_meta = read.flag("gov_meta", false);
    settings.exports = read.flag("exports", true);
    for (const FieldValue& item : items_in(read.value("posters")))
        settings.posters.emplace_back(choice_in(read.spec("posters"), item));
    settings.posters_span = read.value("posters").key_span;
    read_pictures(read, settings, diagnostics);
    settings.page_size = std::clamp(read.number("page_size", 60), 6, 500);
    settings.deceased_frame_years = std::max(read.number("deceased_frame_years", 0), 0);
    read_lists(read, settings);
    read_kiosks(read, settings, diagnostics);
    add_own_kinds(read, loaded.kinds, diagnostics);
    return loaded;
}

}  // namespace qunying
