#include "pages/kiosk_people.h"

#include <array>
#include <fmt/format.h>
#include <utility>

#include "base/json.h"
#include "pages/card_view.h"
#include "pages/kiosk_view.h"

namespace qunying {
namespace {

std::string text_of_value(const Value& map, std::string_view key) {
    const Value* value = map.find(key);
    return value && value->is_string() ? std::string(value->as_text()) : std::string();
}

void add_text(JsonWriter& json, std::string_view key, std::string_view text) {
    if (!text.empty()) json.key(key).text(text);
}

void add_flag(const Value& card, std::string_view key, JsonWriter& json) {
    const Value* value = card.find(key);
    if (value && value->truthy()) json.key(key).boolean(true);
}

// What stands below the name: first of all what tells namesakes apart.
std::string line_of(const Value& card) {
    for (const std::string_view key : {"distinction", "post", "org", "epithet", "region"}) {
        if (std::string text = text_of_value(card, key); !text.empty()) return text;
    }
    return {};
}

void add_picture(const Value& card, JsonWriter& json) {
    const Value* picture = card.find("picture");
    const Value* made = picture ? picture->find("card") : nullptr;
    if (!made || !made->is_map()) return;
    add_text(json, "src", text_of_value(*made, "src"));
    add_text(json, "srcset", text_of_value(*made, "srcset"));
    add_text(json, "tone", text_of_value(*picture, "tone"));
}

void add_person(const PageContext& context, RecordId id, JsonWriter& json) {
    const Scope scope{context, "../"};
    const Value card = card_value(scope, id);
    json.begin_object();
    add_text(json, "keys", initials_of(context, id));
    add_text(json, "title", text_of_value(card, "title"));
    add_text(json, "url", text_of_value(card, "url"));
    if (const Value* tile = card.find("tile")) add_text(json, "tile", text_of_value(*tile, "text"));
    add_text(json, "line", line_of(card));
    if (const Value* level = card.find("level"); level && level->is_map())
        add_text(json, "level", text_of_value(*level, "label"));
    for (const std::string_view key : {"deceased", "framed", "plain_face"}) add_flag(card, key, json);
    add_picture(card, json);
    json.end_object();
}

std::string people_script(const PageContext& context, const LetterOfPeople& letter) {
    JsonWriter json(JsonWriter::Layout::compact);
    json.begin_array();
    for (const RecordId id : letter.people) add_person(context, id, json);
    json.end_array();
    return fmt::format("qunyingKioskPeople(\"{}\",{})\n", letter.letter, json.finish());
}

// Cards do not say how names are read.
Digest key_of(const PageContext& context, const PageKeys& keys, const LetterOfPeople& letter) {
    DigestBuilder builder;
    builder.add(keys.cards(letter.people));
    for (const RecordId id : letter.people) builder.add(initials_of(context, id));
    return builder.finish();
}

bool is_searched(const PageContext& context, RecordId person) {
    return !context.routes.page(person).empty() && !flag_in(field_of(context.site, person, "noindex"));
}

}  // namespace

std::string initials_of(const PageContext& context, RecordId person) {
    std::string letters;
    bool fresh = true;
    for (const char c : context.index.names[static_cast<std::size_t>(person)].pinyin) {
        if (fresh && c >= 'a' && c <= 'z') letters += c;
        fresh = c == ' ';
    }
    return letters;
}

std::vector<LetterOfPeople> people_by_letter(const PageContext& context) {
    std::array<std::vector<RecordId>, 26> by_letter;
    const Site& site = context.site;
    for (const RecordId id : context.index.by_kind[static_cast<std::size_t>(site.kinds.must("person"))]) {
        const std::string letters = initials_of(context, id);
        if (!letters.empty() && is_searched(context, id))
            by_letter[static_cast<std::size_t>(letters[0] - 'a')].push_back(id);
    }
    std::vector<LetterOfPeople> found;
    for (std::size_t i = 0; i < by_letter.size(); ++i) {
        if (!by_letter[i].empty()) found.push_back({static_cast<char>('a' + i), std::move(by_letter[i])});
    }
    return found;
}

std::vector<PlainFile> plan_kiosk_people(const PageContext& context, const PageKeys& keys) {
    std::vector<PlainFile> files;
    if (kiosk_page(context.theme).empty()) return files;
    for (LetterOfPeople& letter : people_by_letter(context)) {
        const Digest key = key_of(context, keys, letter);
        files.push_back({fmt::format("kiosk/people-{}.js", letter.letter), key,
                         [&context, letter = std::move(letter)] { return people_script(context, letter); }});
    }
    return files;
}

}  // namespace qunying
