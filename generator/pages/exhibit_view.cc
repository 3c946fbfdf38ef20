#include "pages/exhibit_view.h"

#include <fmt/format.h>

#include "pages/card_view.h"
#include "pages/picture_view.h"

namespace qunying {
namespace {

std::string_view text_part(const FieldSpec& spec, const GroupValue& group, std::string_view key) {
    return text_in(part_of(spec, group, key));
}

const FieldSpec& sections_spec(const Site& site, RecordId exhibition) {
    const Kind& kind = site.kind_of(exhibition);
    return kind.fields[*kind.find("sections")];
}

std::string_view section_title(const Site& site, RecordId exhibition, std::size_t index) {
    const auto& sections = items_of(site.kinds, site[exhibition], "sections");
    return text_part(sections_spec(site, exhibition), *group_in(sections[index]), "title");
}

// The exhibit's own photograph, else the portrait of whom it shows.
Value exhibit_picture(const Scope& scope, const ExhibitPlace& place) {
    Value own = picture_value(scope, *place.spec, *place.group, PictureDetail::full);
    if (!own.is_none() || place.person == no_record) return own;
    return picture_value(scope, scope.face(place.person), PictureDetail::full);
}

// None where the theme has no such pages.
Value part_url(const Scope& scope, RecordId whole, std::size_t number) {
    const Routes& routes = scope.context.routes;
    if (routes.page(whole).empty() || !routes.parts_of[static_cast<std::size_t>(scope.site()[whole].kind)])
        return {};
    return Value::text(scope.url(numbered_page(routes.page(whole), number)));
}

Value rows_of(const Scope& scope, const PhotoPlace& place) {
    const auto index = place.spec->find("rows");
    std::vector<Value> rows;
    for (const FieldValue& item : items_in(place.group->fields[*index])) {
        const FieldSpec& spec = place.spec->fields[*index];
        const GroupValue* group = group_in(item);
        if (!group) continue;
        Value::Map row;
        row.set("label", text_or_none(text_part(spec, *group, "label")));
        row.set("people", cards_of(scope, part_of(spec, *group, "people")));
        rows.push_back(std::move(row).build());
    }
    return Value::list(std::move(rows));
}

}  // namespace

std::string exhibit_title(const Site& site, const ExhibitPlace& place, std::size_t number) {
    if (place.person != no_record) return site[place.person].title;
    const std::string_view label = text_part(*place.spec, *place.group, "label");
    return label.empty() ? fmt::format("第 {} 件展品", number) : std::string(label);
}

std::string photo_title(const PhotoPlace& place, std::size_t number) {
    for (const std::string_view key : {"caption", "alt"}) {
        const std::string_view text = text_part(*place.spec, *place.group, key);
        if (!text.empty()) return std::string(text);
    }
    return fmt::format("第 {} 张", number);
}

Value exhibit_value(const Scope& scope, RecordId exhibition, std::span<const ExhibitPlace> all,
                    std::size_t number) {
    const ExhibitPlace& place = all[number - 1];
    Value::Map map;
    map.set("number", number).set("total", all.size());
    map.set("person", card_value(scope, place.person)).set("picture", exhibit_picture(scope, place));
    map.set("title", exhibit_title(scope.site(), place, number));
    map.set("label", text_or_none(text_part(*place.spec, *place.group, "label")));
    map.set("text", paragraphs(text_part(*place.spec, *place.group, "text")));
    map.set("people", cards_of(scope, part_of(*place.spec, *place.group, "people")));
    map.set("section", text_or_none(section_title(scope.site(), exhibition, place.section)));
    map.set("url", part_url(scope, exhibition, number));
    return std::move(map).build();
}

Value photo_value(const Scope& scope, RecordId album, std::span<const PhotoPlace> all, std::size_t number) {
    const PhotoPlace& place = all[number - 1];
    Value::Map map;
    map.set("number", number).set("total", all.size());
    map.set("picture", picture_value(scope, *place.spec, *place.group, PictureDetail::full));
    map.set("title", photo_title(place, number)).set("url", part_url(scope, album, number));
    map.set("rows", rows_of(scope, place));
    return std::move(map).build();
}

void set_exhibition(const Scope& scope, RecordId exhibition, Value::Map& map) {
    const Site& site = scope.site();
    const FieldSpec& spec = sections_spec(site, exhibition);
    const auto exhibits = scope.context.index.exhibits_in(exhibition);
    const auto& rooms = items_of(site.kinds, site[exhibition], "sections");
    std::vector<std::vector<Value>> by_room(rooms.size());
    for (std::size_t i = 0; i < exhibits.size(); ++i)
        by_room[exhibits[i].section].push_back(exhibit_value(scope, exhibition, exhibits, i + 1));
    std::vector<Value> sections;
    for (std::size_t room = 0; room < rooms.size(); ++room) {
        const GroupValue* group = group_in(rooms[room]);
        if (!group) continue;
        Value::Map section;
        section.set("title", text_or_none(text_part(spec, *group, "title")));
        section.set("text", paragraphs(text_part(spec, *group, "text")));
        section.set("exhibits", std::move(by_room[room]));
        sections.push_back(std::move(section).build());
    }
    map.set("sections", std::move(sections)).set("total", exhibits.size());
    map.set("first_url", exhibits.empty() ? Value() : part_url(scope, exhibition, 1));
}

void set_album(const Scope& scope, RecordId album, Value::Map& map) {
    const auto all = scope.context.index.photos_in(album);
    std::vector<Value> photos;
    for (std::size_t i = 0; i < all.size(); ++i) photos.push_back(photo_value(scope, album, all, i + 1));
    map.set("photos", std::move(photos)).set("total", all.size());
}

}  // namespace qunying
