#include "pages/list_view.h"

#include <algorithm>

#include "pages/card_view.h"
#include "pages/field_view.h"
#include "pages/roll_files.h"
#include "pages/shared_views.h"

namespace qunying {
namespace {

Value page_link(const std::string& label, Value url, bool current, bool gap) {
    Value::Map map;
    map.set("label", label).set("url", std::move(url)).set("current", current).set("gap", gap);
    return std::move(map).build();
}

// First, last and two beside the current one; a gap stands for the rest.
Value page_links(const Scope& scope, const std::string& first, std::size_t page, std::size_t pages) {
    std::vector<Value> links;
    bool in_gap = false;
    for (std::size_t n = 1; pages > 1 && n <= pages; ++n) {
        const bool near = n == 1 || n == pages || (n + 2 >= page && n <= page + 2);
        if (near) {
            const std::string url = scope.url(list_page(first, n));
            links.push_back(page_link(std::to_string(n), Value::text(url), n == page, false));
        } else if (!in_gap) {
            links.push_back(page_link("…", Value(), false, true));
        }
        in_gap = !near;
    }
    return Value::list(std::move(links));
}

struct Slice {
    std::size_t begin, end;
};

Slice slice_of(const Site& site, std::size_t total, std::size_t page) {
    const std::size_t size = page_size(site);
    return {std::min(total, (page - 1) * size), std::min(total, page * size)};
}

// The part of a group that falls on this page; `at` is where the group begins in the whole list.
Value group_value(const Scope& scope, const ListGroup& group, std::size_t at, Slice slice) {
    std::vector<Value> items;
    const std::size_t behind = std::min(at + group.items.size(), slice.end);
    for (std::size_t i = std::max(at, slice.begin); i < behind; ++i)
        items.push_back(row_value(scope, group.items[i - at]));
    if (items.empty()) return {};
    Value::Map map;
    map.set("title", lasting_or_none(group.title)).set("items", std::move(items));
    return std::move(map).build();
}

Value option_value(const Scope& scope, std::size_t number, std::size_t option, bool current) {
    const FacetOption& each = facet_at(scope.context.index, number).options[option];
    Value::Map map;
    map.set("key", Value::lasting(each.key)).set("label", Value::lasting(each.label));
    map.set("url", scope.url(facet_path(scope.context.index, number, option)));
    map.set("count", each.items.size()).set("current", current);
    return std::move(map).build();
}

Value facet_with(const Facet& facet, std::vector<Value> options) {
    Value::Map map;
    map.set("name", Value::lasting(facet.name)).set("label", Value::lasting(facet.label));
    map.set("options", std::move(options));
    return std::move(map).build();
}

// `number` as PageJob counts facets; no option is current.
Value facet_value(const Scope& scope, std::size_t number) {
    const Facet& facet = facet_at(scope.context.index, number);
    std::vector<Value> options;
    for (std::size_t i = 0; i < facet.options.size(); ++i)
        options.push_back(option_value(scope, number, i, false));
    return facet_with(facet, std::move(options));
}

// The same facet with one option current; the others are shared.
Value facet_at_option(const Scope& scope, const Value& facet, const PageJob& job) {
    const auto shared = facet.find("options")->items();
    std::vector<Value> options(shared.begin(), shared.end());
    options[job.option] = option_value(scope, job.facet, job.option, true);
    return facet_with(facet_at(scope.context.index, job.facet), std::move(options));
}

Value current_facet(const SiteIndex& index, const PageJob& job) {
    if (job.facet == 0) return {};
    const Facet& facet = facet_at(index, job.facet);
    Value::Map map;
    map.set("name", Value::lasting(facet.name)).set("label", Value::lasting(facet.label));
    map.set("value", Value::lasting(facet.options[job.option].key));
    map.set("title", Value::lasting(facet.options[job.option].label));
    return std::move(map).build();
}

// Facets, then indexes, of the roll; no option is current.
std::vector<Value> all_facets(const Scope& scope) {
    const SharedViews* shared = scope.context.shared;
    const bool made = shared && shared->facets.count(scope.root) > 0;
    return made ? shared->facets.find(scope.root)->second : roll_facets(scope);
}

std::vector<Value> facets_of_roll(const Scope& scope) {
    std::vector<Value> all = all_facets(scope);
    all.resize(scope.context.index.facets.size());
    return all;
}

// All of them, the one that this page shows with its current option.
std::vector<Value> facets_of_page(const Scope& scope, const PageJob& job) {
    std::vector<Value> all = all_facets(scope);
    if (job.facet > 0) all[job.facet - 1] = facet_at_option(scope, all[job.facet - 1], job);
    return all;
}

}  // namespace

std::size_t page_size(const Site& site) {
    return static_cast<std::size_t>(std::max(site.settings.page_size, 1));
}

std::size_t pages_for(std::size_t total, std::size_t page_size) {
    return std::max<std::size_t>(1, (total + page_size - 1) / page_size);
}

std::string list_page(const std::string& first, std::size_t number) {
    if (number == 1) return first;
    const std::string stem = first.substr(0, first.size() - 5);
    const bool index = stem.ends_with("/index");
    return stem + (index ? "-" : "-p") + std::to_string(number) + ".html";
}

Value pagination_value(const Scope& scope, const std::string& first, std::size_t page, std::size_t total) {
    const std::size_t pages = pages_for(total, page_size(scope.site()));
    Value::Map map;
    map.set("page", page).set("pages", pages).set("total", total);
    map.set("previous_url", url_or_none(scope, page > 1 ? list_page(first, page - 1) : std::string()));
    map.set("next_url", url_or_none(scope, page < pages ? list_page(first, page + 1) : std::string()));
    map.set("links", page_links(scope, first, page, pages));
    return std::move(map).build();
}

const Facet& facet_at(const SiteIndex& index, std::size_t facet) {
    const std::size_t at = facet - 1;
    return at < index.facets.size() ? index.facets[at] : index.indexes[at - index.facets.size()];
}

std::string facet_path(const SiteIndex& index, std::size_t facet, std::size_t option) {
    const Facet& each = facet_at(index, facet);
    return "honors/" + each.name + "-" + each.options[option].key + ".html";
}

const std::vector<RecordId>& roll_items(const SiteIndex& index, std::size_t facet, std::size_t option) {
    return facet == 0 ? index.roll : facet_at(index, facet).options[option].items;
}

std::size_t list_total(const SiteIndex& index, KindId kind) {
    std::size_t total = 0;
    for (const ListGroup& group : index.lists[static_cast<std::size_t>(kind)]) total += group.items.size();
    return total;
}

Value list_value(const Scope& scope, KindId kind, std::size_t page) {
    const SiteIndex& index = scope.context.index;
    const std::size_t total = list_total(index, kind);
    const Slice slice = slice_of(scope.site(), total, page);
    std::vector<Value> groups;
    std::size_t at = 0;
    for (const ListGroup& group : index.lists[static_cast<std::size_t>(kind)]) {
        if (at < slice.end && at + group.items.size() > slice.begin)
            groups.push_back(group_value(scope, group, at, slice));
        at += group.items.size();
    }
    const std::string& key = scope.site().kinds[kind].key;
    const bool ordered = key == "person" || key == "team" || key == "project";
    const std::string order(ordered ? order_label(scope.site().settings.list_order) : "");
    Value::Map map;
    map.set("label", list_label(scope.site(), kind)).set("kind", key).set("total", total);
    map.set("groups", std::move(groups)).set("order_label", text_or_none(order));
    map.set("pagination", pagination_value(scope, scope.context.routes.list(kind), page, total));
    // The page of numbers draws the honours, and leads to the pages of the roll.
    map.set("facets", key == "stat" ? facets_of_roll(scope) : std::vector<Value>());
    return std::move(map).build();
}

std::vector<Value> roll_facets(const Scope& scope) {
    const SiteIndex& index = scope.context.index;
    std::vector<Value> all;
    for (std::size_t number = 1; number <= index.facets.size() + index.indexes.size(); ++number)
        all.push_back(facet_value(scope, number));
    return all;
}

Value roll_value(const Scope& scope, const PageJob& job) {
    const SiteIndex& index = scope.context.index;
    const std::vector<RecordId>& all = roll_items(index, job.facet, job.option);
    const Slice slice = slice_of(scope.site(), all.size(), job.number);
    std::vector<Value> facets = facets_of_page(scope, job);
    const auto middle = facets.begin() + static_cast<std::ptrdiff_t>(index.facets.size());
    std::vector<Value> indexes(middle, facets.end());
    facets.erase(middle, facets.end());
    const std::string first =
        job.facet == 0 ? std::string("honors/index.html") : facet_path(index, job.facet, job.option);
    Value::Map map;
    map.set("facet", current_facet(index, job));
    map.set("facets", std::move(facets)).set("indexes", std::move(indexes));
    map.set("data_url", url_or_none(scope, roll_file(scope.context.theme)));
    map.set("order_label", Value::lasting(order_label(scope.site().settings.list_order)));
    map.set("items", cards_of(scope, std::span(all).subspan(slice.begin, slice.end - slice.begin)));
    map.set("total", all.size()).set("pagination", pagination_value(scope, first, job.number, all.size()));
    return std::move(map).build();
}

}  // namespace qunying
