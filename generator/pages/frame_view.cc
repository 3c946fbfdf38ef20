#include "pages/frame_view.h"

#include <algorithm>

#include "base/text.h"
#include "hanzi/phrases.h"
#include "pages/kiosk_codes.h"
#include "pages/qr_code.h"
#include "pages/search_files.h"
#include "pages/shared_views.h"
#include "pages/site_characters.h"

namespace qunying {
namespace {

struct NavigationEntry {
    std::string label, path;
};

// What the site says; else the roll and the kinds that people look for first. Pages marked `in_nav` follow.
std::vector<NavigationEntry> navigation_of(const PageContext& context) {
    const Site& site = context.site;
    std::vector<NavigationEntry> entries;
    for (const NavigationItem& item : site.settings.navigation) {
        std::string path = navigation_path(site, context.routes, item.target);
        if (!path.empty()) entries.push_back({item.label, std::move(path)});
    }
    if (site.settings.navigation.empty()) {
        entries.push_back({"群英谱", "honors/index.html"});
        for (const std::string_view key : {"batch", "team", "exhibition", "coverage", "stat"}) {
            const KindId kind = site.kinds.must(key);
            if (!context.routes.list(kind).empty())
                entries.push_back({list_label(site, kind), context.routes.list(kind)});
        }
    }
    for (const RecordId id : context.index.by_kind[static_cast<std::size_t>(site.kinds.must("page"))]) {
        const std::string& path = context.routes.page(id);
        const bool listed = std::any_of(entries.begin(), entries.end(),
                                        [&](const auto& entry) { return entry.path == path; });
        if (flag_in(field_of(site, id, "in_nav")) && !listed && !path.empty())
            entries.push_back({site[id].title, path});
    }
    return entries;
}

std::string_view folder_of(std::string_view path) {
    const std::size_t slash = path.find('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

Value navigation_value(const Scope& scope, const std::string& path) {
    std::vector<Value> items;
    for (const NavigationEntry& entry : navigation_of(scope.context)) {
        const bool section = entry.path.ends_with("/index.html") && folder_of(entry.path) == folder_of(path);
        Value::Map item;
        item.set("label", entry.label).set("url", scope.url(entry.path));
        item.set("current", section || entry.path == path).set("exact", entry.path == path);
        items.push_back(std::move(item).build());
    }
    return Value::list(std::move(items));
}

Value footer_value(const FooterSettings& footer) {
    Value::Map map;
    map.set("host_unit", text_or_none(footer.host_unit)).set("contact", text_or_none(footer.contact));
    map.set("icp", text_or_none(footer.icp)).set("police", text_or_none(footer.police));
    map.set("site_code", text_or_none(footer.site_code));
    map.set("party_mark", text_or_none(footer.party_mark));
    return std::move(map).build();
}

Value settings_value(const PageContext& context) {
    std::map<std::string, std::string> all = context.theme.settings;
    for (const auto& [key, value] : context.site.settings.theme_settings) all[key] = value;
    Value::Map map;
    for (const auto& [key, value] : all) map.set(key, value);
    return std::move(map).build();
}

// The names that government pages carry (domain.md §4).
Value meta_value(const Scope& scope, const PageFacts& facts) {
    const SiteSettings& settings = scope.site().settings;
    std::vector<Value> all;
    const auto add = [&](std::string_view name, std::string_view content) {
        if (content.empty()) return;
        Value::Map map;
        map.set("name", name).set("content", content);
        all.push_back(std::move(map).build());
    };
    if (!settings.government_meta) return Value::list({});
    const std::size_t host = settings.base_url.find("://");
    add("SiteName", settings.title);
    if (host != std::string::npos) add("SiteDomain", split(settings.base_url.substr(host + 3), '/').front());
    add("SiteIDCode", settings.footer.site_code);
    if (facts.crumbs.size() > 1) add("ColumnName", facts.crumbs[1].title);
    for (const auto& [name, content] : facts.meta) add(name, content);
    return Value::list(std::move(all));
}

Value crumbs_value(const Scope& scope, const std::vector<Crumb>& crumbs) {
    std::vector<Value> all;
    for (const Crumb& crumb : crumbs) {
        Value::Map map;
        map.set("title", crumb.title).set("url", url_or_none(scope, crumb.path));
        all.push_back(std::move(map).build());
    }
    return Value::list(std::move(all));
}

// The QR code of the page's address, for paper; drawn only where the theme prints it.
Value code_value(const Scope& scope, const PageJob& job, std::string_view kind) {
    const std::vector<std::string>& kinds = scope.context.theme.codes;
    const bool wanted = job.type == PageType::record && scope.context.audience == Audience::web;
    if (!wanted || std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) return {};
    std::string svg = qr_svg(absolute_url(scope.context, job.path));
    return svg.empty() ? Value() : Value::html(SafeHtml{std::move(svg)});
}

Value page_value(const Scope& scope, const PageJob& job, PageFacts facts) {
    const SiteSettings& settings = scope.site().settings;
    const bool home = facts.type == "home";
    Value::Map map(16);
    map.set("type", Value::lasting(facts.type)).set("kind", lasting_or_none(facts.kind));
    const std::string apart =
        facts.distinction.empty() ? std::string() : "（" + std::string(facts.distinction) + "）";
    map.set("title", home ? settings.title : facts.heading + apart + "｜" + settings.title);
    map.set("heading", facts.heading);
    map.set("heading_html", Value::html(SafeHtml{typeset_heading(facts.heading)}));
    map.set("plain_face", is_plain_face(scope.context, facts.heading));
    map.set("description", text_or_none(facts.description));
    map.set("path", job.path).set("root", scope.root).set("home_url", scope.url("index.html"));
    map.set("feed_url", settings.base_url.empty() ? Value() : Value::text(scope.url("feed.xml")));
    const bool lasting = facts.type != "404" && facts.type != "withdrawn" &&
                         (job.type == PageType::forward || is_on_web(scope.context, job));
    map.set("canonical", text_or_none(lasting ? absolute_url(scope.context, job.path) : std::string()));
    map.set("image", text_or_none(facts.image.empty() ? "" : absolute_url(scope.context, facts.image)));
    map.set("crumbs", crumbs_value(scope, facts.crumbs));
    map.set("noindex", facts.noindex || scope.context.preview || !lasting);
    map.set("code", code_value(scope, job, facts.kind));
    map.set("meta", meta_value(scope, facts)).set("json_ld", std::move(facts.json_ld));
    return std::move(map).build();
}

// The shared part, unless this very page stands in the navigation.
Value site_of_page(const Scope& scope, const std::string& path) {
    const SharedViews* shared = scope.context.shared;
    if (!shared || shared->navigation.count(path) > 0) return site_value(scope, path);
    const auto found = shared->sites.find({scope.root, std::string(folder_of(path))});
    return found == shared->sites.end() ? site_value(scope, path) : found->second;
}

Value assets_of_page(const Scope& scope) {
    const SharedViews* shared = scope.context.shared;
    if (!shared) return assets_value(scope);
    const auto found = shared->assets.find(scope.root);
    return found == shared->assets.end() ? assets_value(scope) : found->second;
}

}  // namespace

Value site_value(const Scope& scope, const std::string& path) {
    const SiteSettings& settings = scope.site().settings;
    Value::Map map;
    map.set("title", settings.title).set("plain_face", is_plain_face(scope.context, settings.title));
    map.set("subtitle", text_or_none(settings.subtitle));
    map.set("description", text_or_none(settings.description));
    map.set("organisation", text_or_none(settings.organisation)).set("language", settings.language);
    map.set("audience", scope.context.audience == Audience::web ? "web" : "venue");
    map.set("preview", scope.context.preview).set("mourning", settings.mourning);
    map.set("base_url", text_or_none(settings.base_url)).set("government_meta", settings.government_meta);
    map.set("navigation", navigation_value(scope, path)).set("footer", footer_value(settings.footer));
    map.set("settings", settings_value(scope.context));
    map.set("search_url", url_or_none(scope, search_page(scope.context.theme)));
    return std::move(map).build();
}

Value assets_value(const Scope& scope) {
    Value::Map map;
    for (const auto& [name, path] : scope.context.assets) map.set(name, scope.url(path));
    return std::move(map).build();
}

std::set<std::string, std::less<>> navigation_paths(const PageContext& context) {
    std::set<std::string, std::less<>> paths;
    for (const NavigationEntry& entry : navigation_of(context)) paths.insert(entry.path);
    return paths;
}

std::string absolute_url(const PageContext& context, std::string_view path) {
    const std::string& base = context.site.settings.base_url;
    return base.empty() ? std::string() : base + std::string(path);
}

void set_frame(const Scope& scope, const PageJob& job, PageFacts facts, Value::Map& view) {
    view.set("site", site_of_page(scope, job.path));
    view.set("page", page_value(scope, job, std::move(facts)));
    view.set("assets", assets_of_page(scope));
}

}  // namespace qunying
