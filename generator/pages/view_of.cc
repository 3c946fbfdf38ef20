// One view a page: the frame, and what the page is about.
#include <fmt/format.h>

#include "pages/card_view.h"
#include "pages/exhibit_view.h"
#include "pages/frame_view.h"
#include "pages/honour_view.h"
#include "pages/json_ld.h"
#include "pages/kiosk_view.h"
#include "pages/list_view.h"
#include "pages/page_plan.h"
#include "pages/picture_view.h"
#include "pages/record_view.h"
#include "pages/search_files.h"
#include "pages/story_view.h"

namespace qunying {
namespace {

const Crumb home_crumb{"首页", "index.html"};

Crumb list_crumb(const Scope& scope, KindId kind) {
    return {list_label(scope.site(), kind), scope.context.routes.list(kind)};
}

std::string sharing_picture(const Scope& scope, RecordId id) {
    return std::string(largest_jpeg(scope, scope.face(id), "square"));
}

// “，第 2 页” of the later pages of a list, so that no two pages have one title.
std::string page_note(std::size_t number) {
    return number > 1 ? fmt::format("（第 {} 页）", number) : std::string();
}

PageFacts home_page(const Scope& scope, Value::Map& view) {
    const SiteSettings& settings = scope.site().settings;
    PageFacts facts{"home", ""};
    facts.heading = settings.title;
    facts.description = settings.description;
    facts.json_ld = website_json_ld(scope.context);
    for (const RecordId id : featured_records(scope.context))
        if (facts.image.empty()) facts.image = sharing_picture(scope, id);
    view.set("blocks", home_blocks(scope));
    return facts;
}

PageFacts record_page(const Scope& scope, RecordId id, Value::Map& view) {
    const Site& site = scope.site();
    const Kind& kind = site.kind_of(id);
    PageFacts facts{"record", kind.key};
    facts.heading = site[id].title;
    facts.distinction = distinction_of(scope.context, id);
    facts.description = description_of(site, id);
    facts.image = sharing_picture(scope, id);
    facts.crumbs = {home_crumb, list_crumb(scope, site[id].kind), {site[id].title, ""}};
    facts.noindex = flag_in(field_of(site, id, "noindex"));
    const PartialDate updated = date_of(site, id, "updated");
    facts.meta = {{"ArticleTitle", site[id].title},
                  {"PubDate", updated.stated() ? iso_date(updated) : std::string()},
                  {"ContentSource", std::string(text_of(site, id, "source"))}};
    facts.json_ld = record_json_ld(scope, id, facts.description);
    view.set("record", record_value(scope, id));
    return facts;
}

// The whole batch on paper, for binding; nobody looks for it but from the batch's page.
PageFacts booklet_page(const Scope& scope, RecordId batch, Value::Map& view) {
    PageFacts facts = record_page(scope, batch, view);
    facts.type = "booklet";
    facts.noindex = true;
    facts.json_ld = {};
    facts.crumbs = {};
    view.set("groups", booklet_groups(scope, batch));
    return facts;
}

PageFacts list_page_of(const Scope& scope, const PageJob& job, Value::Map& view) {
    const std::string label = list_label(scope.site(), job.kind);
    PageFacts facts{"list", scope.site().kinds[job.kind].key};
    facts.heading = label + page_note(job.number);
    facts.crumbs = {home_crumb, {label, ""}};
    view.set("list", list_value(scope, job.kind, job.number));
    return facts;
}

PageFacts roll_page(const Scope& scope, const PageJob& job, Value::Map& view) {
    PageFacts facts{"roll", ""};
    facts.heading = "群英谱";
    facts.crumbs = {home_crumb, {"群英谱", job.facet == 0 ? "" : "honors/index.html"}};
    if (job.facet > 0) {
        const Facet& facet = facet_at(scope.context.index, job.facet);
        const std::string label = facet.label + "：" + facet.options[job.option].label;
        facts.heading += "·" + label;
        facts.crumbs.push_back({label, ""});
    }
    facts.heading += page_note(job.number);
    view.set("roll", roll_value(scope, job));
    return facts;
}

Value step(const Scope& scope, RecordId whole, std::size_t number, const std::string& title) {
    Value::Map map;
    map.set("url", scope.url(numbered_page(scope.context.routes.page(whole), number)));
    map.set("title", title);
    return std::move(map).build();
}

PageFacts part_page(const Scope& scope, const PageJob& job, std::string_view type, std::string title) {
    const Site& site = scope.site();
    PageFacts facts{type, site.kind_of(job.record).key};
    facts.heading = title;
    facts.description = site[job.record].title;
    facts.image = sharing_picture(scope, job.record);
    facts.crumbs = {home_crumb,
                    list_crumb(scope, site[job.record].kind),
                    {site[job.record].title, scope.context.routes.page(job.record)},
                    {std::move(title), ""}};
    return facts;
}

// The ways from a part to the whole and to its first and last part.
void set_whole(const Scope& scope, RecordId whole, std::size_t parts, Value::Map& view) {
    const std::string& path = scope.context.routes.page(whole);
    view.set("whole_url", scope.url(path)).set("first_url", scope.url(numbered_page(path, 1)));
    view.set("last_url", scope.url(numbered_page(path, parts)));
}

PageFacts exhibit_page(const Scope& scope, const PageJob& job, Value::Map& view) {
    const Site& site = scope.site();
    const auto all = scope.context.index.exhibits_in(job.record);
    const std::size_t n = job.number;
    view.set("exhibit", exhibit_value(scope, job.record, all, n));
    view.set("exhibition", card_value(scope, job.record));
    view.set("previous",
             n > 1 ? step(scope, job.record, n - 1, exhibit_title(site, all[n - 2], n - 1)) : Value());
    view.set("next",
             n < all.size() ? step(scope, job.record, n + 1, exhibit_title(site, all[n], n + 1)) : Value());
    set_whole(scope, job.record, all.size(), view);
    const std::string title = exhibit_title(site, all[n - 1], n);
    PageFacts facts = part_page(scope, job, "exhibit", title);
    facts.heading = fmt::format("{}（{}，{}/{}）", title, site[job.record].title, n, all.size());
    // Never the face of another, which is what stands for the whole.
    facts.image.clear();
    if (const RecordId person = all[n - 1].person; person != no_record) {
        facts.image = sharing_picture(scope, person);
        facts.noindex = flag_in(field_of(site, person, "noindex"));
    }
    return facts;
}

PageFacts photo_page(const Scope& scope, const PageJob& job, Value::Map& view) {
    const auto all = scope.context.index.photos_in(job.record);
    const std::string& whole = scope.context.routes.page(job.record);
    const std::size_t n = job.number;
    view.set("photo", photo_value(scope, job.record, all, n)).set("album", card_value(scope, job.record));
    view.set("previous_url", n > 1 ? Value::text(scope.url(numbered_page(whole, n - 1))) : Value());
    view.set("next_url", n < all.size() ? Value::text(scope.url(numbered_page(whole, n + 1))) : Value());
    set_whole(scope, job.record, all.size(), view);
    PageFacts facts = part_page(scope, job, "photo", photo_title(all[n - 1], n));
    facts.heading += fmt::format("（{}，{}/{}）", scope.site()[job.record].title, n, all.size());
    return facts;
}

// The ways out of a dead end.
PageFacts not_found_page(const Scope& scope, Value::Map& view) {
    std::vector<Value> links;
    const auto add = [&](std::string_view label, std::string_view path) {
        Value::Map link;
        link.set("label", label).set("url", scope.url(path));
        links.push_back(std::move(link).build());
    };
    add("首页", "index.html");
    add("群英谱", "honors/index.html");
    view.set("links", std::move(links));
    PageFacts facts{"404", ""};
    facts.heading = "没有找到这一页";
    facts.crumbs = {home_crumb, {facts.heading, ""}};
    return facts;
}

PageFacts forward_page(const Scope& scope, RecordId target, Value::Map& view) {
    const Site& site = scope.site();
    PageFacts facts{"forward", site.kind_of(target).key};
    facts.heading = site[target].title;
    facts.crumbs = {home_crumb, list_crumb(scope, site[target].kind), {site[target].title, ""}};
    facts.noindex = true;
    view.set("target", card_value(scope, target));
    return facts;
}

PageFacts search_page_of(const Scope& scope, Value::Map& view) {
    PageFacts facts{"search", ""};
    facts.heading = "检索";
    facts.noindex = true;
    facts.crumbs = {home_crumb, {facts.heading, ""}};
    view.set("search", search_value(scope));
    return facts;
}

// What stands in a hall is nothing for search engines.
PageFacts kiosk_page_of(const Scope& scope, Value::Map& view) {
    PageFacts facts{"kiosk", ""};
    facts.heading = scope.site().settings.title;
    facts.noindex = true;
    view.set("kiosk", kiosk_value(scope));
    return facts;
}

PageFacts kiosk_find_page_of(const Scope& scope, Value::Map& view) {
    PageFacts facts{"kiosk", ""};
    facts.heading = "找人";
    facts.noindex = true;
    view.set("find", kiosk_find_value(scope));
    return facts;
}

PageFacts withdrawn_page() {
    PageFacts facts{"withdrawn", ""};
    facts.heading = "内容已撤下";
    facts.crumbs = {home_crumb, {facts.heading, ""}};
    return facts;
}

PageFacts fill(const Scope& scope, const PageJob& job, Value::Map& view) {
    switch (job.type) {
        case PageType::home:
            return home_page(scope, view);
        case PageType::record:
            return record_page(scope, job.record, view);
        case PageType::booklet:
            return booklet_page(scope, job.record, view);
        case PageType::list:
            return list_page_of(scope, job, view);
        case PageType::roll:
            return roll_page(scope, job, view);
        case PageType::exhibit:
            return exhibit_page(scope, job, view);
        case PageType::photo:
            return photo_page(scope, job, view);
        case PageType::not_found:
            return not_found_page(scope, view);
        case PageType::forward:
            return forward_page(scope, job.record, view);
        case PageType::search:
            return search_page_of(scope, view);
        case PageType::kiosk:
            return kiosk_page_of(scope, view);
        case PageType::kiosk_find:
            return kiosk_find_page_of(scope, view);
        case PageType::withdrawn:
            break;
    }
    return withdrawn_page();
}

// https://example.org/qunying/ → /qunying/: the same host, whatever it is called.
std::string path_of_url(const std::string& url) {
    const std::size_t path = url.find('/', url.find("://") + 3);
    return path == std::string::npos ? "/" : url.substr(path);
}

}  // namespace

Value view_of(const PageContext& context, const PageJob& job) {
    // A host may serve 404.html for any path, so nothing on it may be relative where the site's own is known.
    const bool anywhere = job.type == PageType::not_found && !context.site.settings.base_url.empty();
    const Scope scope{context, anywhere ? path_of_url(context.site.settings.base_url) : root_from(job.path)};
    Value::Map view;
    PageFacts facts = fill(scope, job, view);
    set_frame(scope, job, std::move(facts), view);
    return std::move(view).build();
}

}  // namespace qunying
