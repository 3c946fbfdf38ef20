#include "pages/record_view.h"

#include <algorithm>
#include <array>
#include <span>

#include "pages/card_view.h"
#include "pages/exhibit_view.h"
#include "pages/field_view.h"
#include "pages/honour_view.h"
#include "pages/picture_view.h"
#include "pages/story_view.h"

namespace qunying {
namespace {

void keep_in_order(const PageContext& context, std::vector<RecordId>& ids) {
    const auto key = [&](RecordId id) {
        return std::pair(context.site[id].kind, context.index.rank[static_cast<std::size_t>(id)]);
    };
    std::sort(ids.begin(), ids.end(), [&](RecordId a, RecordId b) { return key(a) < key(b); });
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

// Everybody who names `target` by a field that `accepts` takes.
template <class Accepts>
std::vector<RecordId> linking(const PageContext& context, RecordId target, Accepts accepts) {
    std::vector<RecordId> found;
    for (const BackLink& link : context.relations.to_record[static_cast<std::size_t>(target)]) {
        if (is_shown(context.site, link.from) && link.from != target && accepts(link))
            found.push_back(link.from);
    }
    keep_in_order(context, found);
    return found;
}

Value rows_of(const Scope& scope, std::span<const RecordId> ids) {
    std::vector<Value> rows;
    for (const RecordId id : ids) rows.push_back(row_value(scope, id));
    return Value::list(std::move(rows));
}

struct AboutKey {
    std::string_view kind, key;
};
constexpr std::array<AboutKey, 11> about_keys = {{{"exhibition", "exhibitions"},
                                                  {"album", "albums"},
                                                  {"video", "videos"},
                                                  {"oral", "oral"},
                                                  {"coverage", "coverage"},
                                                  {"event", "events"},
                                                  {"lecture", "lectures"},
                                                  {"base", "bases"},
                                                  {"project", "projects"},
                                                  {"brand", "brands"},
                                                  {"column", "columns"}}};

// Records in order, by kind.
class RecordsByKind {
  public:
    RecordsByKind(const Site& site, std::vector<RecordId> in_order) : all_(std::move(in_order)) {
        for (auto at = all_.begin(); at != all_.end();) {
            const KindId kind = site[*at].kind;
            const auto end = std::find_if(at, all_.end(), [&](RecordId id) { return site[id].kind != kind; });
            kinds_.push_back({site.kinds[kind].key, {at, end}});
            at = end;
        }
    }

    std::span<const RecordId> of(std::string_view kind) const {
        const auto found =
            std::find_if(kinds_.begin(), kinds_.end(), [&](const auto& each) { return each.first == kind; });
        return found == kinds_.end() ? std::span<const RecordId>() : found->second;
    }

  private:
    std::vector<RecordId> all_;
    std::vector<std::pair<std::string_view, std::span<const RecordId>>> kinds_;
};

// Records that speak of this one. A person's own list of videos is part of them.
void set_about(const Scope& scope, RecordId id, Value::Map& map) {
    const PageContext& context = scope.context;
    const RecordsByKind records(
        context.site, linking(context, id, [](const BackLink& link) { return link.field != "story"; }));
    for (const AboutKey& about : about_keys) {
        const std::span<const RecordId> about_it = records.of(about.kind);
        std::vector<RecordId> ids(about_it.begin(), about_it.end());
        if (about.kind == "video" && context.site.kind_of(id).key == "person") {
            for (const FieldValue& item : items_of(context.site.kinds, context.site[id], "videos"))
                if (is_shown(context.site, reference_in(item))) ids.push_back(reference_in(item));
            keep_in_order(context, ids);
        }
        map.set(Key::lasting(about.key), cards_of(scope, ids));
    }
    map.set("stats", rows_of(scope, records.of("stat")));
    map.set("stories", cards_of(scope, linking(context, id,
                                               [](const BackLink& link) { return link.field == "story"; })));
}

void set_neighbours(const Scope& scope, RecordId id, Value::Map& map) {
    const Record& record = scope.site()[id];
    const auto& list = scope.context.index.by_kind[static_cast<std::size_t>(record.kind)];
    const std::size_t at = scope.context.index.rank[static_cast<std::size_t>(id)];
    map.set("previous", at > 0 ? card_value(scope, list[at - 1]) : Value());
    map.set("next", at + 1 < list.size() ? card_value(scope, list[at + 1]) : Value());
    map.set("list_url", url_or_none(scope, scope.context.routes.list(record.kind)));
    map.set("list_label", list_label(scope.site(), record.kind));
}

void set_brand(const Scope& scope, RecordId id, Value::Map& map) {
    map.set("children", cards_of(scope, records_about(scope.context, id, "brand", "parent")));
    map.set("teams", cards_of(scope, records_about(scope.context, id, "team", "brand")));
}

void set_project(const Scope& scope, RecordId id, Value::Map& map) {
    set_honours(scope, id, map);
    std::vector<RecordId> stats = records_about(scope.context, id, "stat");
    for (const FieldValue& item : items_of(scope.site().kinds, scope.site()[id], "stats"))
        if (is_shown(scope.site(), reference_in(item))) stats.push_back(reference_in(item));
    keep_in_order(scope.context, stats);
    map.set("results", rows_of(scope, stats));
}

// A role ends with a life.
void set_base(const Scope& scope, RecordId id, Value::Map& map) {
    std::vector<RecordId> tutors;
    for (const FieldValue& item : items_of(scope.site().kinds, scope.site()[id], "tutors")) {
        const RecordId tutor = reference_in(item);
        if (is_shown(scope.site(), tutor) && !is_deceased(scope.site(), tutor)) tutors.push_back(tutor);
    }
    map.set("tutors", cards_of(scope, tutors));
}

void set_oral(const Scope& scope, RecordId id, Value::Map& map) {
    const RecordId video = reference_of(scope.site(), id, "video");
    map.set("film", is_shown(scope.site(), video)
                        ? file_value(scope, file_in(field_of(scope.site(), video, "file")))
                        : Value());
}

Value poster_of(const Scope& scope, RecordId id) {
    const PosterTable* posters = scope.context.posters;
    if (!posters) return {};
    const auto found = posters->find(id);
    return found == posters->end() ? Value() : download_value(scope, found->second);
}

void set_extras(const Scope& scope, RecordId id, Value::Map& map) {
    const std::string& kind = scope.site().kind_of(id).key;
    if (kind == "person") set_person(scope, id, map);
    if (kind == "team") set_team(scope, id, map);
    if (kind == "project") set_project(scope, id, map);
    if (kind == "award") set_award(scope, id, map);
    if (kind == "batch") set_batch(scope, id, map);
    if (kind == "brand") set_brand(scope, id, map);
    if (kind == "exhibition") set_exhibition(scope, id, map);
    if (kind == "album") set_album(scope, id, map);
    if (kind == "oral") set_oral(scope, id, map);
    if (kind == "base") set_base(scope, id, map);
    if (kind == "column")
        map.set("reports", rows_of(scope, records_about(scope.context, id, "coverage", "column")));
}

}  // namespace

std::vector<RecordId> records_about(const PageContext& context, RecordId target, std::string_view kind,
                                    std::string_view field) {
    if (context.relations.to_record[static_cast<std::size_t>(target)].empty()) return {};
    const KindId wanted = context.site.kinds.must(kind);
    return linking(context, target, [&](const BackLink& link) {
        return context.site[link.from].kind == wanted && link.field != "story" &&
               (field.empty() || link.field == field);
    });
}

std::vector<std::size_t> neighbours(std::size_t size, std::size_t at, std::size_t limit,
                                    const std::function<bool(std::size_t)>& accepts) {
    std::vector<std::size_t> found;
    const std::size_t furthest = limit * 4;
    for (std::size_t step = 1; step <= furthest && found.size() < limit; ++step) {
        if (at + step < size && accepts(at + step)) found.push_back(at + step);
        if (step <= at && found.size() < limit && accepts(at - step)) found.push_back(at - step);
    }
    std::sort(found.begin(), found.end());
    return found;
}

Value record_value(const Scope& scope, RecordId id) {
    const Record& record = scope.site()[id];
    Value::Map map = card_map(scope, id, 96);
    set_fields(scope, id, FieldDetail::full, map);
    map.set("source", lasting_or_none(text_of(scope.site(), id, "source")));
    map.set("story", story_value(scope, record.story));
    map.set("own_fields", own_fields(scope, id));
    map.set("share_poster", poster_of(scope, id));
    set_about(scope, id, map);
    set_neighbours(scope, id, map);
    set_extras(scope, id, map);
    return std::move(map).build();
}

}  // namespace qunying
