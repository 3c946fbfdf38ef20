#include "pages/card_view.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.h"
#include "pages/honours.h"
#include "pages/picture_view.h"
#include "pages/shared_views.h"
#include "pages/site_characters.h"

namespace qunying {
namespace {

bool is_person(const Site& site, RecordId id) { return site.kind_of(id).key == "person"; }

std::string_view person_text(const Site& site, RecordId id, std::string_view key) {
    return is_person(site, id) ? text_of(site, id, key) : std::string_view();
}

PartialDate date_of_card(const Site& site, RecordId id) {
    const Kind& kind = site.kind_of(id);
    for (const std::string_view key : {"date", "year", "opened"}) {
        const auto field = kind.find(key);
        if (!field || kind.fields[*field].type != FieldType::date) continue;
        const PartialDate date = date_of(site, id, key);
        if (date.stated()) return date;
    }
    return {};
}

Value tile_of(const PageContext& context, RecordId id) {
    Value::Map tile;
    tile.set("text", Value::lasting(context.index.names[static_cast<std::size_t>(id)].surname));
    return std::move(tile).build();
}

Value card_picture(const Scope& scope, RecordId id) {
    const PictureDetail detail =
        scope.site().kind_of(id).key == "album" ? PictureDetail::cover : PictureDetail::card;
    const Value picture = picture_value(scope, scope.face(id), detail);
    const Value* card = picture.find("card");
    return card && !card->is_none() ? picture : Value();
}

Value level_of_card(const PageContext& context, RecordId id) {
    return shared_level(context, shown_level(context, id));
}

}  // namespace

// What tells two of one name apart: their unit, or their region where they share that, too, or have none.
std::string_view distinction_of(const PageContext& context, RecordId id) {
    const Site& site = context.site;
    if (!context.index.same_name[static_cast<std::size_t>(id)]) return {};
    const std::string_view region = text_of(site, id, "region");
    const std::string_view org = text_of(site, id, "org");
    return org.empty() || org == site.settings.organisation ? region : org;
}

bool is_deceased(const Site& site, RecordId id) {
    return is_person(site, id) && choice_of(site, id, "life") == "deceased";
}

bool is_framed(const PageContext& context, RecordId id) {
    if (!is_deceased(context.site, id)) return false;
    const int years = context.site.settings.deceased_frame_years;
    PartialDate end = latest_day(date_of(context.site, id, "died"));
    if (years == 0 || end.year == 0 || context.as_of.year == 0) return true;
    end.year += years;
    return context.as_of < end;
}

std::string years_of(const Site& site, RecordId id) {
    if (!is_deceased(site, id)) return {};
    const int born = date_of(site, id, "birth").year;
    const int died = date_of(site, id, "died").year;
    return born == 0 || died == 0 ? std::string() : fmt::format("{}—{}", born, died);
}

std::string note_of(const Site& site, RecordId id) {
    if (!is_person(site, id)) return {};
    std::vector<std::string> parts;
    if (choice_of(site, id, "sex") == "female") parts.emplace_back("女");
    const std::string_view ethnicity = text_of(site, id, "ethnicity");
    if (!ethnicity.empty() && ethnicity != "汉族" && ethnicity != "汉") parts.emplace_back(ethnicity);
    return parts.empty() ? std::string() : "（" + join(parts, "，") + "）";
}

std::string_view shown_level(const PageContext& context, RecordId id) {
    const Site& site = context.site;
    const std::string& kind = site.kind_of(id).key;
    if (kind == "award" || kind == "base") return choice_of(site, id, "level");
    if (kind != "batch") return highest_level(site, context.relations, id);
    const RecordId award = reference_of(site, id, "award");
    return is_shown(site, award) ? choice_of(site, award, "level") : std::string_view();
}

namespace {

// The card that SharedViews has, if it has any.
const Value* shared_card(const Scope& scope, RecordId id) {
    const SharedViews* shared = scope.context.shared;
    const bool made = shared && !shared->cards.empty() && scope.root == "../";
    return made ? &shared->cards[static_cast<std::size_t>(id)] : nullptr;
}

}  // namespace

Value::Map card_map(const Scope& scope, RecordId id, std::size_t expected) {
    Value::Map card(expected);
    const Value* made = shared_card(scope, id);
    if (made && made->is_map()) return std::move(card.set_all(*made));
    const Site& site = scope.site();
    const Record& record = site[id];
    const Kind& kind = site.kind_of(id);
    card.set("id", Value::lasting(record.slug)).set("kind", Value::lasting(kind.key));
    card.set("kind_label", Value::lasting(kind.label));
    card.set("title", Value::lasting(record.title))
        .set("url", url_or_none(scope, scope.context.routes.page(id)));
    card.set("summary", lasting_or_none(trim(text_of(site, id, "summary"))));
    card.set("note", text_or_none(note_of(site, id)));
    card.set("distinction", lasting_or_none(distinction_of(scope.context, id)));
    card.set("picture", card_picture(scope, id)).set("tile", tile_of(scope.context, id));
    card.set("level", level_of_card(scope.context, id));
    card.set("org", lasting_or_none(text_of(site, id, "org")));
    card.set("region", lasting_or_none(text_of(site, id, "region")));
    card.set("post", lasting_or_none(person_text(site, id, "former_post")));
    card.set("epithet", lasting_or_none(person_text(site, id, "epithet")));
    card.set("deceased", is_deceased(site, id)).set("framed", is_framed(scope.context, id));
    card.set("years", text_or_none(years_of(site, id)));
    card.set("date", date_value(date_of_card(site, id)));
    card.set("name_length", count_code_points(record.title));
    card.set("plain_face", is_plain_face(scope.context, record.title));
    card.set("featured", flag_in(field_of(site, id, "featured")));
    return card;
}

Value card_value(const Scope& scope, RecordId id) {
    if (!is_shown(scope.site(), id)) return {};
    const Value* made = shared_card(scope, id);
    return made ? *made : card_map(scope, id).build();
}

Value cards_of(const Scope& scope, std::span<const RecordId> ids) {
    std::vector<Value> cards;
    for (const RecordId id : ids) {
        if (is_shown(scope.site(), id)) cards.push_back(card_value(scope, id));
    }
    return Value::list(std::move(cards));
}

Value cards_of(const Scope& scope, const FieldValue& references) {
    std::vector<RecordId> ids;
    if (reference_in(references) != no_record) ids.push_back(reference_in(references));
    for (const FieldValue& item : items_in(references)) ids.push_back(reference_in(item));
    return cards_of(scope, ids);
}

}  // namespace qunying
