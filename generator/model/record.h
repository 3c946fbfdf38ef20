#pragma once
// One record of the site as plain data: the values of its kind's fields and its story, every reference
// resolved.
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/source.h"
#include "model/kinds.h"

namespace qunying {

// Index of a record in Site::records.
enum class RecordId : std::uint32_t {};
inline constexpr RecordId no_record{0xffffffff};

struct FieldValue;

// Index in FieldSpec::choices.
struct ChoiceValue {
    std::size_t index = 0;
    bool operator==(const ChoiceValue&) const = default;
};

// A file of the site: `path` from the site's root, e.g. content/people/wang-yangli/portrait.jpg.
struct FileValue {
    std::string path;
    bool operator==(const FileValue&) const = default;
};

// The fields of a group or picture; as long as the spec's `fields`.
struct GroupValue {
    std::vector<FieldValue> fields;
};

struct ListValue {
    std::vector<FieldValue> items;
};

struct FieldValue {
    // monostate: absent. Text holds text and prose.
    std::variant<std::monostate, std::string, std::int64_t, bool, PartialDate, ChoiceValue, RecordId,
                 FileValue, GroupValue, ListValue>
        content;
    Span span;      // of the value
    Span key_span;  // of its key, when it was written with one

    bool present() const { return content.index() != 0; }
};

// A story cut at its references and pictures. The HTML comes from the Markdown emitter alone.
struct StoryText {
    std::string html;
};
struct StoryLink {
    RecordId target = no_record;  // no_record: print the text without a link
    std::string text;             // empty: the target's title
    Span span;
};
struct StoryFigure {
    FileValue file;
    std::string alt, caption;
    bool block = true;  // a figure of its own, or inside a line
    Span span;
};
using StoryPart = std::variant<StoryText, StoryLink, StoryFigure>;

struct Heading {
    int level = 2;
    std::string text, id;
};

// How much of a story's plain text is kept, in code points: more than any page quotes of it.
inline constexpr std::size_t story_opening_length = 200;

struct Story {
    std::vector<StoryPart> parts;
    std::vector<Heading> headings;
    std::string opening;      // the first words without any markup, at most story_opening_length
    bool stars_left = false;  // its plain text holds a * that Markdown did not take for emphasis
    Span span;

    bool empty() const { return parts.empty(); }
};

struct Record {
    KindId kind{};
    std::string slug;                // the id in addresses: [a-z0-9-]
    std::string title;               // what it is called everywhere
    Span where;                      // its file, or its place inside another record
    Span title_span;                 // where the title is written
    std::string folder;              // where its pictures lie: content/people/wang-yangli
    std::vector<FieldValue> fields;  // as many as the kind has; absent ones are monostate
    Story story;
    std::string content_digest;  // what a reviewer signs: BLAKE2b-128 of the record and its pictures; empty
                                 // if unasked
    bool readable = true;        // false: front matter broken; only its id is known, so that nothing dangles
    bool live = true;            // false once publication took it out; then nothing but kind and slug is left
    bool withdrawn = false;      // taken down on purpose: its address answers with a neutral page
};

// ---- reading a record: the key is an English key of the kind's table
// -----------------------------------------------

// The value of a field, absent or not. The key must be in the table.
const FieldValue& field_of(const Kinds& kinds, const Record& record, std::string_view key);
FieldValue& field_of(const Kinds& kinds, Record& record, std::string_view key);
const FieldValue& part_of(const FieldSpec& spec, const GroupValue& group, std::string_view key);

// Shorthands; an absent or differently typed value reads as empty, 0, false, {}, no_record.
std::string_view text_in(const FieldValue& value);
std::int64_t number_in(const FieldValue& value);
bool flag_in(const FieldValue& value);
PartialDate date_in(const FieldValue& value);
RecordId reference_in(const FieldValue& value);
std::string_view file_in(const FieldValue& value);
const std::vector<FieldValue>& items_in(const FieldValue& value);  // of a list; a single value is not a list
const GroupValue* group_in(const FieldValue& value);
// The key of the chosen value (“national”), empty when absent.
std::string_view choice_in(const FieldSpec& spec, const FieldValue& value);

std::string_view text_of(const Kinds& kinds, const Record& record, std::string_view key);
PartialDate date_of(const Kinds& kinds, const Record& record, std::string_view key);
std::string_view choice_of(const Kinds& kinds, const Record& record, std::string_view key);
RecordId reference_of(const Kinds& kinds, const Record& record, std::string_view key);
const std::vector<FieldValue>& items_of(const Kinds& kinds, const Record& record, std::string_view key);

}  // namespace qunying
