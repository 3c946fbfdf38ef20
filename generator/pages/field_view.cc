#include "pages/field_view.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "pages/card_view.h"
#include "pages/exhibits.h"
#include "pages/picture_view.h"

namespace qunying {
namespace {

// Marks for the author and the program, not for visitors.
bool is_machinery(std::string_view key) {
    constexpr std::array<std::string_view, 9> keys = {"id",       "status",     "visibility",
                                                      "order",    "aliases",    "noindex",
                                                      "download", "publish_on", "publish_until"};
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

// Keys that mean on a card what they mean in the table.
bool same_on_card(std::string_view key) {
    constexpr std::array<std::string_view, 8> keys = {"title",    "summary", "org",  "region",
                                                      "featured", "epithet", "date", "level"};
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

// Keys of a card that mean something else in the table.
bool taken_by_card(std::string_view key) {
    constexpr std::array<std::string_view, 13> keys = {
        "kind", "kind_label", "url",    "note",  "distinction", "picture",   "tile",
        "post", "deceased",   "framed", "years", "name_length", "plain_face"};
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

Value group_value(const Scope& scope, const FieldSpec& spec, const GroupValue& group) {
    if (!picture_part(spec).empty()) return picture_value(scope, spec, group, PictureDetail::full);
    Value::Map map;
    for (std::size_t i = 0; i < spec.fields.size() && i < group.fields.size(); ++i) {
        if (spec.fields[i].visibility == FieldVisibility::shown)
            map.set(Key::lasting(spec.fields[i].key), field_value(scope, spec.fields[i], group.fields[i]));
    }
    return std::move(map).build();
}

Value choice_value(const FieldSpec& spec, const ChoiceValue& choice) {
    Value::Map map;
    map.set("key", Value::lasting(spec.choices[choice.index].key));
    map.set("label", Value::lasting(spec.choices[choice.index].label));
    return std::move(map).build();
}

Value single_value(const Scope& scope, const FieldSpec& spec, const FieldValue& value) {
    if (const auto* text = std::get_if<std::string>(&value.content))
        return spec.type == FieldType::prose ? paragraphs(*text) : Value::lasting(*text);
    if (const auto* number = std::get_if<std::int64_t>(&value.content)) return Value::integer(*number);
    if (const auto* flag = std::get_if<bool>(&value.content)) return Value::boolean(*flag);
    if (const auto* date = std::get_if<PartialDate>(&value.content)) return date_value(*date);
    if (const auto* choice = std::get_if<ChoiceValue>(&value.content)) return choice_value(spec, *choice);
    if (const auto* record = std::get_if<RecordId>(&value.content)) return card_value(scope, *record);
    if (const auto* file = std::get_if<FileValue>(&value.content)) return file_value(scope, file->path);
    if (const auto* group = std::get_if<GroupValue>(&value.content)) return group_value(scope, spec, *group);
    return spec.type == FieldType::prose ? Value::list({}) : Value();
}

Value list_value(const Scope& scope, const FieldSpec& spec, const FieldValue& value) {
    std::vector<Value> items;
    for (const FieldValue& item : items_in(value)) {
        Value each = single_value(scope, spec, item);
        if (!each.is_none()) items.push_back(std::move(each));
    }
    return Value::list(std::move(items));
}

std::string_view type_name(FieldType type) {
    constexpr std::array<std::string_view, 10> names = {"text",   "prose",     "number",  "boolean", "date",
                                                        "choice", "reference", "picture", "file",    "group"};
    return names[static_cast<std::size_t>(type)];
}

Value entries_of(const Scope& scope, const std::vector<FieldSpec>& specs, const FieldTable& fields,
                 std::size_t from);

// A group of a site's own field: rows of labelled entries, so that a template can print what it does not
// know.
Value labelled_rows(const Scope& scope, const FieldSpec& spec, const FieldValue& value) {
    std::vector<Value> rows;
    if (const GroupValue* group = group_in(value))
        rows.push_back(entries_of(scope, spec.fields, group->fields, 0));
    for (const FieldValue& item : items_in(value)) {
        if (const GroupValue* group = group_in(item))
            rows.push_back(entries_of(scope, spec.fields, group->fields, 0));
    }
    return Value::list(std::move(rows));
}

Value entries_of(const Scope& scope, const std::vector<FieldSpec>& specs, const FieldTable& fields,
                 std::size_t from) {
    std::vector<Value> entries;
    for (std::size_t i = from; i < specs.size() && i < fields.size(); ++i) {
        const FieldSpec& spec = specs[i];
        if (spec.visibility == FieldVisibility::secret || !fields[i].present()) continue;
        Value value = spec.type == FieldType::group ? labelled_rows(scope, spec, fields[i])
                                                    : field_value(scope, spec, fields[i]);
        if (value.is_none()) continue;
        Value::Map entry;
        entry.set("key", Value::lasting(spec.key)).set("label", Value::lasting(spec.label));
        entry.set("type", Value::lasting(type_name(spec.type)));
        entry.set("list", spec.list).set("value", std::move(value));
        entries.push_back(std::move(entry).build());
    }
    return Value::list(std::move(entries));
}

// Exhibits, photographs or names.
std::size_t total_of(const PageContext& context, RecordId id) {
    const std::string& kind = context.site.kind_of(id).key;
    if (kind == "exhibition") return context.index.exhibits_in(id).size();
    if (kind == "album") return context.index.photos_in(id).size();
    return kind == "batch" ? context.index.conferrals_in(id).size() : 0;
}

}  // namespace

FieldPlace place_of(const FieldSpec& spec) {
    if (spec.visibility == FieldVisibility::secret || is_machinery(spec.key)) return FieldPlace::nowhere;
    if (same_on_card(spec.key)) return FieldPlace::card;
    return taken_by_card(spec.key) ? FieldPlace::renamed : FieldPlace::record;
}

Value field_value(const Scope& scope, const FieldSpec& spec, const FieldValue& value, FieldDetail detail) {
    const bool secret = spec.visibility == FieldVisibility::secret;
    if (secret || (spec.list && spec.type == FieldType::group && detail == FieldDetail::row))
        return spec.list ? Value::list({}) : Value();
    return spec.list ? list_value(scope, spec, value) : single_value(scope, spec, value);
}

void set_fields(const Scope& scope, RecordId id, FieldDetail detail, Value::Map& map) {
    const Record& record = scope.site()[id];
    const Kind& kind = scope.site().kind_of(id);
    for (std::size_t i = 0; i < kind.fields.size() && i < record.fields.size(); ++i) {
        const FieldSpec& spec = kind.fields[i];
        const FieldPlace place = place_of(spec);
        if (place == FieldPlace::nowhere || place == FieldPlace::card) continue;
        Value value = field_value(scope, spec, record.fields[i], detail);
        if (place == FieldPlace::renamed) {
            map.set(spec.key + "_field", std::move(value));
        } else {
            map.set(Key::lasting(spec.key), std::move(value));
        }
    }
}

Value row_value(const Scope& scope, RecordId id) {
    if (!is_shown(scope.site(), id)) return {};
    if (scope.site().kind_of(id).key == "person") return card_value(scope, id);
    Value::Map row = card_map(scope, id, 64);
    set_fields(scope, id, FieldDetail::row, row);
    row.set("total", total_of(scope.context, id));
    if (scope.site().kind_of(id).key == "stat") row.set("display", stat_display(scope.site(), id));
    return std::move(row).build();
}

Value own_fields(const Scope& scope, RecordId id) {
    const Record& record = scope.site()[id];
    const std::size_t from = scope.context.index.own_fields_from[static_cast<std::size_t>(record.kind)];
    return entries_of(scope, scope.site().kind_of(id).fields, record.fields, from);
}

Value file_value(const Scope& scope, std::string_view site_path) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 9> types = {
        {{"mp3", "audio/mpeg"},
         {"m4a", "audio/mp4"},
         {"aac", "audio/aac"},
         {"ogg", "audio/ogg"},
         {"wav", "audio/wav"},
         {"mp4", "video/mp4"},
         {"webm", "video/webm"},
         {"vtt", "text/vtt"},
         {"pdf", "application/pdf"}}};
    const auto published = scope.context.media.find(std::string(site_path));
    if (published == scope.context.media.end()) return {};
    const std::string ending = ascii_lower(site_path.substr(site_path.rfind('.') + 1));
    const auto type =
        std::find_if(types.begin(), types.end(), [&](const auto& t) { return t.first == ending; });
    Value::Map map;
    map.set("url", scope.url(published->second));
    map.set("type", type == types.end() ? std::string_view("application/octet-stream") : type->second);
    map.set("name", published->second.substr(published->second.rfind('/') + 1));
    return std::move(map).build();
}

std::string stat_display(const Site& site, RecordId stat) {
    const std::string_view approx = choice_of(site, stat, "approx");
    const std::string_view value = text_of(site, stat, "value");
    std::string text = approx == "near" ? "近 " : "";
    text += value;
    if (approx == "over") text += " 余";
    if (approx == "many") text += " 多";
    return text + (approx == "over" || approx == "many" ? "" : " ") +
           std::string(text_of(site, stat, "unit"));
}

}  // namespace qunying
