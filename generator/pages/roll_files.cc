#include "pages/roll_files.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <span>

#include "base/json.h"
#include "pages/card_view.h"
#include "pages/scope.h"

namespace qunying {
namespace {

constexpr std::size_t cards_in_a_file = 200;

// "0 3 1": the first place, then the steps to the next, in base 36.
std::string steps_of(const std::vector<RecordId>& items, const std::vector<std::size_t>& places) {
    std::string text;
    std::size_t before = 0;
    for (const RecordId id : items) {
        const std::size_t place = places[static_cast<std::size_t>(id)];
        std::array<char, 16> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), place - before, 36).ptr;
        if (!text.empty()) text += ' ';
        text.append(digits.data(), end);
        before = place;
    }
    return text;
}

void add_levels(const PageContext& context, JsonWriter& json) {
    json.key("levels").begin_object();
    const Kind& award = context.site.kinds[context.site.kinds.must("award")];
    for (const Choice& choice : award.fields[*award.find("level")].choices) {
        const Value level = shared_level(context, choice.key);
        if (!level.is_map()) continue;
        json.key(choice.key).begin_array();
        json.text(level.find("seal")->as_text()).text(level.find("label")->as_text());
        json.end_array();
    }
    json.end_object();
}

std::string facets_script(const PageContext& context) {
    const SiteIndex& index = context.index;
    std::vector<std::size_t> places(context.site.records.size());
    for (std::size_t i = 0; i < index.roll.size(); ++i) places[static_cast<std::size_t>(index.roll[i])] = i;
    JsonWriter json(JsonWriter::Layout::compact);
    json.begin_object().key("total").number(static_cast<std::int64_t>(index.roll.size()));
    json.key("each").number(static_cast<std::int64_t>(cards_in_a_file));
    add_levels(context, json);
    json.key("facets").begin_object();
    for (const Facet& facet : index.facets) {
        json.key(facet.name).begin_object();
        for (const FacetOption& option : facet.options)
            json.key(option.key).text(steps_of(option.items, places));
        json.end_object();
    }
    json.end_object().end_object();
    return "qunyingRoll(" + json.finish() + ")\n";
}

// What a card holds under these keys goes in as it is, if there is anything.
void add_texts(const Value& card, std::initializer_list<std::string_view> keys, JsonWriter& json) {
    for (const std::string_view key : keys) {
        const Value* value = card.find(key);
        if (value && value->is_string() && value->size() > 0) json.key(key).text(value->as_text());
    }
}

void add_flags(const Value& card, std::initializer_list<std::string_view> keys, JsonWriter& json) {
    for (const std::string_view key : keys) {
        const Value* value = card.find(key);
        if (value && value->truthy()) json.key(key).boolean(true);
    }
}

void add_picture(const Value& card, JsonWriter& json) {
    const Value* picture = card.find("picture");
    const Value* made = picture ? picture->find("card") : nullptr;
    if (!made || !made->is_map()) return;
    add_texts(*made, {"src", "srcset"}, json);
    add_texts(*picture, {"tone"}, json);
}

void add_card(const Value& card, JsonWriter& json) {
    json.begin_object();
    add_texts(card, {"title", "url", "kind"}, json);
    if (const Value* tile = card.find("tile")) json.key("tile").text(tile->find("text")->as_text());
    if (const Value* level = card.find("level"); level->is_map())
        json.key("level").text(level->find("key")->as_text());
    add_texts(card, {"post", "epithet", "region", "note", "distinction", "years"}, json);
    add_flags(card, {"deceased", "framed", "plain_face"}, json);
    add_picture(card, json);
    json.end_object();
}

std::string cards_script(const PageContext& context, std::size_t number, std::span<const RecordId> records) {
    const Scope scope{context, "../"};
    JsonWriter json(JsonWriter::Layout::compact);
    json.begin_array();
    for (const RecordId id : records) add_card(card_value(scope, id), json);
    json.end_array();
    return fmt::format("qunyingRollCards({},{})\n", number, json.finish());
}

}  // namespace

std::string roll_file(const ThemeConfig& theme) { return theme.has("refine") ? "honors/roll.js" : ""; }

std::vector<PlainFile> plan_roll_files(const PageContext& context, const PageKeys& keys) {
    if (!context.theme.has("refine")) return {};
    std::vector<PlainFile> files;
    files.push_back({roll_file(context.theme), {}, [&] { return facets_script(context); }});
    const std::span<const RecordId> roll = context.index.roll;
    for (std::size_t at = 0; at < roll.size(); at += cards_in_a_file) {
        const auto records = roll.subspan(at, std::min(cards_in_a_file, roll.size() - at));
        const std::size_t number = at / cards_in_a_file + 1;
        files.push_back({fmt::format("honors/roll-{}.js", number), keys.cards(records),
                         [&context, number, records] { return cards_script(context, number, records); }});
    }
    return files;
}

}  // namespace qunying
