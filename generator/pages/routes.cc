#include "pages/routes.h"

#include <algorithm>
#include <unordered_map>

#include "base/failure.h"
#include "base/text.h"
#include "hanzi/pinyin.h"
#include "pages/exhibits.h"

namespace qunying {
namespace {

bool fit_for_address(std::string_view slug) {
    return !slug.empty() && std::all_of(slug.begin(), slug.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

// Folders of the output that belong to the program.
bool is_reserved(std::string_view folder) {
    constexpr std::string_view reserved[] = {"honors", "media",  "static",   "search", "kiosk",
                                             "data",   "assets", "releases", "print"};
    return std::find(std::begin(reserved), std::end(reserved), folder) != std::end(reserved);
}

// index, index-2…: the pages of the list itself.
bool is_list_name(std::string_view slug) {
    if (slug == "index") return true;
    if (!slug.starts_with("index-") || slug.size() == 6) return false;
    const std::string_view rest = slug.substr(6);
    return std::all_of(rest.begin(), rest.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::size_t count_parts(const Site& site, RecordId id) {
    const std::string& kind = site.kind_of(id).key;
    if (kind == "album") return photos_of(site, id).size();
    return kind == "exhibition" ? exhibits_of(site, id).size() : 0;
}

class Router {
  public:
    Router(const Site& site, const ThemeConfig& theme, Diagnostics& diagnostics)
        : site_(site), theme_(theme), diagnostics_(diagnostics) {
        routes_.page_of.resize(site.records.size());
        routes_.list_of.resize(site.kinds.all().size());
        routes_.parts_of.resize(site.kinds.all().size(), false);
        folders_.resize(site.kinds.all().size());
        routes_.booklets = theme.has("booklets");
    }

    Routes run() {
        for (std::size_t i = 0; i < folders_.size(); ++i) settle_folder(static_cast<KindId>(i));
        for (std::size_t i = 0; i < site_.records.size(); ++i) place_record(static_cast<RecordId>(i));
        for (std::size_t i = 0; i < site_.records.size(); ++i) place_parts(static_cast<RecordId>(i));
        for (std::size_t i = 0; i < site_.records.size(); ++i) place_aliases(static_cast<RecordId>(i));
        for (const NavigationItem& item : site_.settings.navigation) check_navigation(item);
        for (const std::string& block : site_.settings.home_blocks) check_block(block);
        const auto by_path = [](const Forward& a, const Forward& b) { return a.path < b.path; };
        std::sort(routes_.forwards.begin(), routes_.forwards.end(), by_path);
        std::sort(routes_.withdrawn.begin(), routes_.withdrawn.end());
        return std::move(routes_);
    }

  private:
    // A site's own kind may have a folder in Chinese; addresses are ASCII.
    void settle_folder(KindId id) {
        const Kind& kind = site_.kinds[id];
        if (kind.folder.empty()) return;
        std::string folder = fit_for_address(kind.folder) ? kind.folder : pinyin_slug(kind.folder);
        const bool taken = std::find(folders_.begin(), folders_.end(), folder) != folders_.end();
        if (folder.empty() || taken || is_reserved(folder)) {
            diagnostics_.report(DiagnosticKind::page_collision, {site_.settings.source, 0, 0},
                                {folder + "/index.html"});
            return;
        }
        folders_[index(id)] = folder;
        if (!theme_.has(kind.key)) return;
        const bool parts = (kind.key == "exhibition" && theme_.has("exhibits")) ||
                           (kind.key == "album" && theme_.has("photos"));
        routes_.parts_of[index(id)] = parts;
        if (has_records(id) || is_in_navigation(kind)) routes_.list_of[index(id)] = folder + "/index.html";
    }

    bool has_records(KindId kind) const {
        return std::any_of(site_.records.begin(), site_.records.end(), [&](const Record& record) {
            return record.kind == kind && record.live && record.readable;
        });
    }
    bool is_in_navigation(const Kind& kind) const {
        const auto& items = site_.settings.navigation;
        return std::any_of(items.begin(), items.end(), [&](const NavigationItem& item) {
            return item.target == kind.folder || item.target == kind.folder_label;
        });
    }

    void place_record(RecordId id) {
        const Record& record = site_[id];
        const std::string& folder = folders_[index(record.kind)];
        const Kind& kind = site_.kinds[record.kind];
        if (kind.pages != KindPages::own || folder.empty() || !record.readable) return;
        if (!theme_.has(kind.key)) return;
        if (!record.live && !record.withdrawn) return;
        const std::string path = folder + "/" + record.slug + ".html";
        if (is_list_name(record.slug)) {
            diagnostics_.report(DiagnosticKind::page_collision, record.where, {path});
        } else if (claim(path, record.where)) {
            if (record.live) routes_.page_of[index(id)] = path;
            if (!record.live) routes_.withdrawn.push_back(path);
        }
    }

    void place_parts(RecordId id) {
        if (!site_[id].live || routes_.page(id).empty() || !routes_.parts_of[index(site_[id].kind)]) return;
        const std::size_t count = count_parts(site_, id);
        for (std::size_t n = 1; n <= count; ++n) claim(numbered_page(routes_.page(id), n), site_[id].where);
    }

    void place_aliases(RecordId id) {
        if (!site_[id].live || routes_.page(id).empty()) return;
        for (const FieldValue& alias : items_of(site_.kinds, site_[id], "aliases")) {
            const std::string slug(text_in(alias));
            if (slug == site_[id].slug) continue;
            const std::string path = folders_[index(site_[id].kind)] + "/" + slug + ".html";
            if (!fit_for_address(slug) || is_list_name(slug)) {
                diagnostics_.report(DiagnosticKind::bad_alias, alias.span, {slug});
            } else if (claim(path, alias.span)) {
                routes_.forwards.push_back({path, id});
            }
        }
    }

    void check_navigation(const NavigationItem& item) {
        if (!navigation_path(site_, routes_, item.target).empty()) return;
        diagnostics_.report(DiagnosticKind::unknown_navigation, item.span, {item.label, item.target});
    }

    // A block of the home page that holds nothing is left out silently; one that does not exist is a slip.
    void check_block(const std::string& name) {
        const bool known = name == "featured" || name == "置顶" || name == "honors" || name == "群英谱" ||
                           site_.kinds.of_folder(name).has_value();
        if (!known)
            diagnostics_.report(DiagnosticKind::unknown_navigation, {site_.settings.source, 0, 0},
                                {"首页", name});
    }

    // False, with a message, where the path is taken.
    bool claim(const std::string& path, Span where) {
        const auto [holder, fresh] = claims_.try_emplace(path, where);
        if (!fresh)
            diagnostics_.report(DiagnosticKind::page_collision, where, {path}, {.related = holder->second});
        return fresh;
    }

    static std::size_t index(KindId id) { return static_cast<std::size_t>(id); }
    static std::size_t index(RecordId id) { return static_cast<std::size_t>(id); }

    const Site& site_;
    const ThemeConfig& theme_;
    Diagnostics& diagnostics_;
    Routes routes_;
    std::vector<std::string> folders_;  // by KindId; empty for kinds without pages
    std::unordered_map<std::string, Span> claims_;
};

}  // namespace

Routes route(const Site& site, const Relations&, Diagnostics& diagnostics, const ThemeConfig& theme) {
    return Router(site, theme, diagnostics).run();
}

std::string navigation_path(const Site& site, const Routes& routes, std::string_view target) {
    if (target == "honors" || target == "荣誉" || target == "群英谱") return "honors/index.html";
    if (target == "index.html" || target == "home") return "index.html";
    if (const auto kind = site.kinds.of_folder(target)) return routes.list(*kind);
    const auto found = std::find(routes.page_of.begin(), routes.page_of.end(), target);
    return found == routes.page_of.end() || target.empty() ? std::string() : *found;
}

std::string numbered_page(std::string_view page, std::size_t number) {
    QY_CHECK(page.ends_with(".html"));
    return std::string(page.substr(0, page.size() - 5)) + "-" + std::to_string(number) + ".html";
}

std::string booklet_of(const Site& site, const Routes& routes, RecordId batch) {
    const bool has = routes.booklets && site.kind_of(batch).key == "batch" && !routes.page(batch).empty();
    return has ? "print/" + site[batch].slug + ".html" : std::string();
}

std::string root_from(std::string_view page) {
    std::string root;
    for (const char c : page) {
        if (c == '/') root += "../";
    }
    return root;
}

}  // namespace qunying
