#include "pages/json_ld.h"

#include <algorithm>
#include <array>

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

struct LinkedKind {
    std::string_view kind, type;
};
// What schema.org has a word for; lists of names and pages of text are what they are.
constexpr std::array<LinkedKind, 11> linked_kinds = {{{"person", "Person"},
                                                      {"team", "Organization"},
                                                      {"project", "Project"},
                                                      {"brand", "Brand"},
                                                      {"exhibition", "ExhibitionEvent"},
                                                      {"event", "Event"},
                                                      {"base", "Place"},
                                                      {"album", "ImageGallery"},
                                                      {"video", "VideoObject"},
                                                      {"oral", "CreativeWork"},
                                                      {"coverage", "Article"}}};

enum class LinkedAs : std::uint8_t { text, date, organization, place };

struct LinkedField {
    std::string_view kind, property, field;
    LinkedAs as;
};
constexpr std::array<LinkedField, 19> linked_fields = {{
    {"team", "foundingDate", "since", LinkedAs::date},
    {"project", "foundingDate", "start", LinkedAs::date},
    {"brand", "slogan", "slogan", LinkedAs::text},
    {"exhibition", "startDate", "opened", LinkedAs::date},
    {"exhibition", "endDate", "closed", LinkedAs::date},
    {"exhibition", "location", "venue", LinkedAs::place},
    {"exhibition", "organizer", "curator", LinkedAs::organization},
    {"event", "startDate", "date", LinkedAs::date},
    {"event", "endDate", "end", LinkedAs::date},
    {"event", "location", "place", LinkedAs::place},
    {"base", "address", "address", LinkedAs::text},
    {"album", "dateCreated", "date", LinkedAs::date},
    {"album", "contentLocation", "place", LinkedAs::place},
    {"video", "dateCreated", "date", LinkedAs::date},
    {"video", "creator", "maker", LinkedAs::organization},
    {"oral", "dateCreated", "date", LinkedAs::date},
    {"oral", "creator", "collected_by", LinkedAs::organization},
    {"coverage", "datePublished", "date", LinkedAs::date},
    {"coverage", "publisher", "outlet", LinkedAs::organization},
}};

Value linked_value(const Site& site, RecordId id, const LinkedField& linked) {
    switch (linked.as) {
        case LinkedAs::date: {
            const PartialDate date = date_of(site, id, linked.field);
            return date.year == 0 ? Value() : Value::text(iso_date(date));
        }
        case LinkedAs::organization:
            return named("Organization", text_of(site, id, linked.field));
        case LinkedAs::place:
            return named("Place", text_of(site, id, linked.field));
        case LinkedAs::text:
            break;
    }
    return lasting_or_none(text_of(site, id, linked.field));
}

void set_fields(const Site& site, RecordId id, std::string_view kind, Thing& thing) {
    for (const LinkedField& linked : linked_fields)
        if (linked.kind == kind) thing.set(Key::lasting(linked.property), linked_value(site, id, linked));
}

void set_film(const PageContext& context, RecordId id, Thing& thing) {
    const auto film = context.media.find(std::string(file_in(field_of(context.site, id, "file"))));
    if (film != context.media.end()) thing.set("contentUrl", absolute_url(context, film->second));
}

std::string_view linked_type(std::string_view kind) {
    const auto found = std::find_if(linked_kinds.begin(), linked_kinds.end(),
                                    [&](const LinkedKind& each) { return each.kind == kind; });
    return found == linked_kinds.end() ? std::string_view() : found->type;
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
    const std::string_view type = linked_type(kind);
    if (type.empty()) return {};
    Thing thing(type);
    thing.set("name", Value::lasting(site[id].title)).set("description", description);
    thing.set("url", absolute_url(scope.context, scope.context.routes.page(id)));
    const std::string_view image = largest_jpeg(scope, scope.face(id), "square");
    if (!image.empty())
        thing.set(kind == "video" ? Key("thumbnailUrl") : Key("image"), absolute_url(scope.context, image));
    if (kind == "person") return person(scope, id, std::move(thing));
    set_fields(site, id, kind, thing);
    if (kind == "video") set_film(scope.context, id, thing);
    if (kind == "team" || kind == "project") thing.set("award", awards_of(scope.context, id));
    return std::move(thing).build();
}

}  // namespace qunying
