#include "pages/json_ld.h"

#include "pages/card_view.h"
#include "pages/frame_view.h"
#include "pages/honours.h"
#include "pages/picture_view.h"
#include "pages/story_view.h"

namespace qunying {
namespace {

// Sets what is there; a key without a value has no place in linked data.
class Thing {
  public:
    explicit Thing(std::string_view type) {
        map_.set("@context", Value::lasting("https://schema.org")).set("@type", Value::lasting(type));
    }
    Thing& set(Key key, std::string_view text) {
        if (!text.empty()) map_.set(key, text);
        return *this;
    }
    Thing& set(Key key, std::vector<Value> items) {
        if (!items.empty()) map_.set(key, std::move(items));
        return *this;
    }
    Thing& set(Key key, Value value) {
        if (!value.is_none()) map_.set(key, std::move(value));
        return *this;
    }
    Value build() && { return std::move(map_).build(); }

  private:
    Value::Map map_;
};

Value named(std::string_view type, std::string_view name) {
    if (name.empty()) return {};
    Value::Map map;
    map.set("@type", Value::lasting(type)).set("name", Value::lasting(name));
    return std::move(map).build();
}

std::vector<Value> awards_of(const PageContext& context, RecordId id) {
    std::vector<Value> names;
    for (const std::size_t index : shown_honours(context.site, context.relations, id)) {
        const Conferral& c = context.site.conferrals[index];
        names.push_back(Value::lasting(c.batch == no_record ? c.claim : context.site[c.batch].title));
    }
    return names;
}

std::string year_text(PartialDate date) { return date.year == 0 ? std::string() : std::to_string(date.year); }

Value person(const Scope& scope, RecordId id, Thing thing) {
    const Site& site = scope.site();
    if (flag_in(field_of(site, id, "noindex"))) return {};
    thing.set("jobTitle", lasting_or_none(text_of(site, id, "former_post")));
    thing.set("alternateName", lasting_or_none(text_of(site, id, "epithet")));
    thing.set("birthDate", year_text(date_of(site, id, "birth")));
    if (is_deceased(site, id)) thing.set("deathDate", year_text(date_of(site, id, "died")));
    thing.set("affiliation", named("Organization", text_of(site, id, "org")));
    return std::move(thing.set("award", awards_of(scope.context, id))).build();
}

Value exhibition(const Site& site, RecordId id, Thing thing) {
    const PartialDate opened = date_of(site, id, "opened"), closed = date_of(site, id, "closed");
    if (opened.year != 0) thing.set("startDate", iso_date(opened));
    if (closed.year != 0) thing.set("endDate", iso_date(closed));
    thing.set("location", named("Place", text_of(site, id, "venue")));
    thing.set("organizer", named("Organization", text_of(site, id, "curator")));
    return std::move(thing).build();
}

}  // namespace

Value website_json_ld(const PageContext& context) {
    const SiteSettings& settings = context.site.settings;
    Thing thing("WebSite");
    thing.set("name", settings.title).set("description", settings.description);
    thing.set("inLanguage", settings.language).set("url", absolute_url(context, "index.html"));
    thing.set("publisher", named("Organization", settings.organisation));
    return std::move(thing).build();
}

Value record_json_ld(const Scope& scope, RecordId id, std::string_view description) {
    const Site& site = scope.site();
    const std::string& kind = site.kind_of(id).key;
    const std::string_view type = kind == "person"       ? "Person"
                                  : kind == "team"       ? "Organization"
                                  : kind == "exhibition" ? "ExhibitionEvent"
                                                         : "";
    if (type.empty()) return {};
    Thing thing(type);
    thing.set("name", Value::lasting(site[id].title)).set("description", description);
    thing.set("url", absolute_url(scope.context, scope.context.routes.page(id)));
    const std::string_view image = largest_jpeg(scope, scope.face(id), "square");
    if (!image.empty()) thing.set("image", absolute_url(scope.context, image));
    if (kind == "person") return person(scope, id, std::move(thing));
    if (kind == "exhibition") return exhibition(site, id, std::move(thing));
    return std::move(thing.set("award", awards_of(scope.context, id))).build();
}

}  // namespace qunying
