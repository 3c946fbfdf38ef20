#pragma once
// One record of the site as plain data: the values of its kind's fields and its story, every reference
// resolved.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/digest.h"
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

// The values of a kind's or a group's fields, by their index in the spec. Most are absent in most records:
// those take two bytes each.
class FieldTable {
  public:
    FieldTable() = default;
    // All of them absent; with room for so many values.
    explicit FieldTable(std::size_t size, std::size_t room = 0);
    FieldTable(std::vector<FieldValue> values);  // NOLINT: a list of values is a table of them
    FieldTable(const FieldTable& other);
    FieldTable(FieldTable&& other) noexcept;
    FieldTable& operator=(const FieldTable& other);
    FieldTable& operator=(FieldTable&& other) noexcept;
    ~FieldTable();

    std::size_t size() const;
    bool empty() const { return size() == 0; }
    void resize(std::size_t size);
    void push_back(FieldValue value);

    const FieldValue& operator[](std::size_t index) const;
    // Makes room for a value that is absent so far.
    FieldValue& operator[](std::size_t index);

    // Those that hold anything, in the order in which they came.
    const FieldValue* begin() const;
    const FieldValue* end() const;

    // Calls `each(index, value)` for those, by index.
    template <class Each>
    void each(Each each) const;
    // The same for values to be changed.
    template <class Each>
    void each(Each each);

  private:
    struct Parts;
    static constexpr std::uint16_t absent = 0xffff;
    void grow(std::size_t size, std::size_t room);

    Parts* parts_ = nullptr;  // null while the table is empty
};

// The fields of a group or picture; as long as the spec's `fields`.
struct GroupValue {
    FieldTable fields;
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

// One block of memory, since a record is read all over by rules and views: this head, the places of all
// fields in `values` (or absent), the values.
struct FieldTable::Parts {
    std::uint16_t size, count, room;

    static std::size_t places_bytes(std::size_t size) {
        constexpr std::size_t step = alignof(FieldValue);
        return (sizeof(Parts) + size * sizeof(std::uint16_t) + step - 1) / step * step;
    }
    std::uint16_t* places() { return reinterpret_cast<std::uint16_t*>(this + 1); }
    FieldValue* values() {
        return reinterpret_cast<FieldValue*>(reinterpret_cast<std::byte*>(this) + places_bytes(size));
    }
};

inline std::size_t FieldTable::size() const { return parts_ ? parts_->size : 0; }

inline const FieldValue* FieldTable::begin() const { return parts_ ? parts_->values() : nullptr; }
inline const FieldValue* FieldTable::end() const {
    return parts_ ? parts_->values() + parts_->count : nullptr;
}

inline const FieldValue& FieldTable::operator[](std::size_t index) const {
    static const FieldValue none;
    const std::uint16_t place = parts_->places()[index];
    return place == absent ? none : parts_->values()[place];
}

template <class Each>
void FieldTable::each(Each each) const {
    for (std::size_t i = 0; i < size(); ++i) {
        const std::uint16_t place = parts_->places()[i];
        if (place != absent) each(i, std::as_const(parts_->values()[place]));
    }
}

template <class Each>
void FieldTable::each(Each each) {
    for (std::size_t i = 0; i < size(); ++i) {
        const std::uint16_t place = parts_->places()[i];
        if (place != absent) each(i, parts_->values()[place]);
    }
}

// A story cut at its references and pictures. The HTML comes from the Markdown emitter alone.
struct StoryText {
    std::string html;    // empty while the story is put by
    Digest digest = {};  // of the html; none where nobody asked
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
inline constexpr std::size_t story_opening_length = 100;

struct Story {
    std::vector<StoryPart> parts;
    std::vector<Heading> headings;
    std::string opening;      // the first words without any markup, at most story_opening_length
    std::string uncommon;     // uncommon_characters of its html (base/characters.h)
    bool stars_left = false;  // its plain text holds a * that Markdown did not take for emphasis
    // Its html lies elsewhere (StoryTexts of pages/), since all stories of a site together are most of it.
    bool put_by = false;
    Span span;

    bool empty() const { return parts.empty(); }
};

struct Record {
    KindId kind{};
    std::string slug;    // the id in addresses: [a-z0-9-]
    std::string title;   // what it is called everywhere
    Span where;          // its file, or its place inside another record
    Span title_span;     // where the title is written
    std::string folder;  // where its pictures lie: content/people/wang-yangli
    FieldTable fields;   // as many as the kind has
    Story story;
    std::string content_digest;  // what a reviewer signs: BLAKE2b-128 of the record and its pictures; empty
                                 // if unasked
    bool readable = true;        // false: front matter broken; only its id is known, so that nothing dangles
    bool meant = false;          // approved and not internal, whatever the audience: rules speak of these
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
