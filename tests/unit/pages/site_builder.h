#pragma once
// Sites for tests, written down as people write profiles: values by key, converted as the table of kinds
// says.
#include <charconv>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/failure.h"
#include "model/site.h"

namespace qunying::test {

struct Part;

// A value as it would be written: text, a record, a list, a group.
struct Cell {
    using List = std::vector<Cell>;
    using Group = std::vector<Part>;
    std::variant<std::string, RecordId, List, Group> content;

    // A cell is what is written, so nothing here is explicit.
    Cell(const char* text);  // NOLINT
    Cell(std::string text);  // NOLINT
    Cell(RecordId record);   // NOLINT
    Cell(List items);        // NOLINT
    Cell(Group parts);       // NOLINT
};
using List = Cell::List;
using Group = Cell::Group;

struct Part {
    std::string key;
    Cell value;
};

inline Cell::Cell(const char* text) : content(std::string(text)) {}
inline Cell::Cell(std::string text) : content(std::move(text)) {}
inline Cell::Cell(RecordId record) : content(record) {}
inline Cell::Cell(List items) : content(std::move(items)) {}
inline Cell::Cell(Group parts) : content(std::move(parts)) {}

inline FieldValue value_from(const FieldSpec& spec, const Cell& cell);

inline FieldValue group_from(const FieldSpec& spec, const Group& parts) {
    GroupValue group;
    group.fields.resize(spec.fields.size());
    for (const auto& [key, cell] : parts) {
        const auto at = spec.find(key);
        QY_CHECK(at.has_value());
        group.fields[*at] = value_from(spec.fields[*at], cell);
    }
    return {std::move(group), {}, {}};
}

inline FieldValue text_from(const FieldSpec& spec, const std::string& text) {
    switch (spec.type) {
        case FieldType::number: {
            std::int64_t number = 0;
            std::from_chars(text.data(), text.data() + text.size(), number);
            return {number, {}, {}};
        }
        case FieldType::boolean:
            return {text == "yes", {}, {}};
        case FieldType::date:
            return {read_date(text).date.value(), {}, {}};
        case FieldType::choice:
            return {ChoiceValue{spec.find_choice(text).value()}, {}, {}};
        case FieldType::file:
            return {FileValue{text}, {}, {}};
        case FieldType::group:
        case FieldType::picture:
            return group_from(spec, {{spec.shorthand, text}});
        default:
            return {text, {}, {}};
    }
}

inline FieldValue single_from(const FieldSpec& spec, const Cell& cell) {
    if (const auto* record = std::get_if<RecordId>(&cell.content)) return {*record, {}, {}};
    if (const auto* group = std::get_if<Group>(&cell.content)) return group_from(spec, *group);
    return text_from(spec, std::get<std::string>(cell.content));
}

inline FieldValue value_from(const FieldSpec& spec, const Cell& cell) {
    if (!spec.list) return single_from(spec, cell);
    ListValue list;
    if (const auto* items = std::get_if<List>(&cell.content)) {
        for (const Cell& item : *items) list.items.push_back(single_from(spec, item));
    } else {
        list.items.push_back(single_from(spec, cell));
    }
    return {std::move(list), {}, {}};
}

class SiteBuilder {
  public:
    Site site;

    SiteBuilder() { site.settings.title = "样例群英谱"; }

    RecordId add(std::string_view kind, std::string slug, std::string title, const Group& fields = {}) {
        Record record;
        record.kind = site.kinds.must(kind);
        record.slug = std::move(slug);
        record.title = std::move(title);
        record.fields.resize(site.kinds[record.kind].fields.size());
        site.records.push_back(std::move(record));
        const RecordId id = static_cast<RecordId>(site.records.size() - 1);
        for (const auto& [key, cell] : fields) set(id, key, cell);
        return id;
    }

    void set(RecordId id, std::string_view key, const Cell& cell) {
        const Kind& kind = site.kind_of(id);
        const auto at = kind.find(key);
        QY_CHECK(at.has_value());
        site[id].fields[*at] = value_from(kind.fields[*at], cell);
    }

    // Puts text into the story; `[[` links and pictures as parts.
    void story(RecordId id, std::vector<StoryPart> parts) { site[id].story.parts = std::move(parts); }

    Conferral& confer(RecordId batch, RecordId recipient, std::string grade = {}, std::int64_t number = 0) {
        Conferral conferral;
        conferral.batch = batch;
        conferral.recipient = recipient;
        conferral.grade = std::move(grade);
        conferral.number = number;
        site.conferrals.push_back(std::move(conferral));
        return site.conferrals.back();
    }

    Conferral& claim(RecordId recipient, std::string text, std::string level, std::string source) {
        Conferral conferral;
        conferral.recipient = recipient;
        conferral.claim = std::move(text);
        conferral.claim_level = std::move(level);
        conferral.claim_source = std::move(source);
        site.conferrals.push_back(std::move(conferral));
        return site.conferrals.back();
    }

    // An award with one batch.
    RecordId award(std::string slug, std::string name, std::string level,
                   std::string category = "individual") {
        return add("award", std::move(slug), std::move(name),
                   {{"level", std::move(level)}, {"category", std::move(category)}});
    }
    RecordId batch(std::string slug, RecordId award, std::string year) {
        return add("batch", std::move(slug), site[award].title + year,
                   {{"award", award}, {"year", std::move(year)}, {"authorities", "样例省委组织部"}});
    }
};

}  // namespace qunying::test
