// The blocks of the home page, in the order that the site asks for.
#include <array>
#include <optional>

#include "pages/field_view.h"
#include "pages/list_view.h"

namespace qunying {
namespace {

// How many of a kind the home page shows.
std::size_t limit_of(std::string_view kind) {
    constexpr std::array<std::pair<std::string_view, std::size_t>, 6> limits = {
        {{"person", 12}, {"stat", 12}, {"team", 8}, {"batch", 4}, {"exhibition", 3}, {"base", 6}}};
    for (const auto& [key, limit] : limits) {
        if (key == kind) return limit;
    }
    return 6;
}

constexpr std::array<std::string_view, 8> usual_blocks = {"featured", "exhibitions", "people",   "batches",
                                                          "teams",    "stats",       "coverage", "events"};
constexpr std::size_t featured_limit = 12;

Value block(const Scope& scope, std::string_view name, std::string_view title, std::string_view path,
            std::span<const RecordId> ids) {
    std::vector<Value> items;
    for (const RecordId id : ids) items.push_back(row_value(scope, id));
    Value::Map map;
    map.set("name", name).set("title", title).set("url", url_or_none(scope, path));
    map.set("items", std::move(items));
    return std::move(map).build();
}

template <class Ids>
std::span<const RecordId> first_of(const Ids& ids, std::size_t limit) {
    return std::span<const RecordId>(ids).subspan(0, std::min(ids.size(), limit));
}

std::optional<Value> named_block(const Scope& scope, std::string_view name) {
    const PageContext& context = scope.context;
    if (name == "featured" || name == "置顶") {
        const std::vector<RecordId> ids = featured_records(context);
        if (ids.empty()) return std::nullopt;
        return block(scope, "featured", "推荐", "", ids);
    }
    if (name == "honors" || name == "群英谱") {
        if (context.index.roll.empty()) return std::nullopt;
        const auto ids = first_of(context.index.roll, limit_of("person"));
        return block(scope, "honors", "群英谱", "honors/index.html", ids);
    }
    const auto kind = context.site.kinds.of_folder(name);
    if (!kind) return std::nullopt;
    const auto& all = context.index.by_kind[static_cast<std::size_t>(*kind)];
    if (all.empty()) return std::nullopt;
    const Kind& table = context.site.kinds[*kind];
    return block(scope, table.folder, list_label(context.site, *kind), context.routes.list(*kind),
                 first_of(all, limit_of(table.key)));
}

}  // namespace

std::vector<RecordId> featured_records(const PageContext& context) {
    std::vector<RecordId> found;
    for (const auto& list : context.index.by_kind) {
        for (const RecordId id : list) {
            if (flag_in(field_of(context.site, id, "featured")) && found.size() < featured_limit)
                found.push_back(id);
        }
    }
    return found;
}

Value home_blocks(const Scope& scope) {
    std::vector<Value> blocks;
    const auto add = [&](std::string_view name) {
        if (auto made = named_block(scope, name)) blocks.push_back(std::move(*made));
    };
    for (const std::string& name : scope.site().settings.home_blocks) add(name);
    if (scope.site().settings.home_blocks.empty()) {
        for (const std::string_view name : usual_blocks) add(name);
    }
    return Value::list(std::move(blocks));
}

}  // namespace qunying
