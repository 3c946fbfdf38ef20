#pragma once
// The one table of kinds and fields. Reading and validation, “did you mean”, scaffolds, the JSON Schema, the
// handbook's reference, what a template may see and what data/*.json publishes all come from it. A site adds
// its own fields and kinds to the same table (content/site.yaml).
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qunying {

enum class FieldType {
    text,       // one line
    prose,      // several lines of plain text
    number,     // whole number
    boolean,    // 是/否
    date,       // PartialDate
    choice,     // one of `choices`
    reference,  // a record of one of `targets`; any kind when `targets` is empty
    picture,    // a group that starts with the fields of a photograph; a bare file name is allowed
    file,       // a file beside the record or below assets/: audio, video, subtitles
    group,      // `fields`
};

enum class FieldVisibility {
    shown,   // may reach a template and data/*.json
    secret,  // never leaves the machine that builds
};

enum class FieldNeed {
    optional,
    required,
    required_unless_published,  // of a person; may be absent where the basis of consent is 公开材料
};

struct Choice {
    std::string key;                   // national
    std::string label;                 // 国家级
    std::vector<std::string> aliases;  // further spellings people use
};

struct FieldSpec;

// Every spelling of the fields of a kind or group, for views and rules, which ask by them hundreds of times a
// record: one comparison instead of a walk along the fields.
class SpellingTable {
  public:
    void build(const std::vector<FieldSpec>& fields);
    bool built() const { return !slots_.empty(); }
    std::optional<std::size_t> find(std::string_view spelling) const;

  private:
    struct Slot {
        std::string spelling;  // empty: nothing here
        std::size_t field = 0;
    };
    void add(const std::string& spelling, std::size_t field);

    std::vector<Slot> slots_;  // a power of two of them, at least half empty
};

struct FieldSpec {
    std::string key;    // English key, lower_snake_case
    std::string label;  // Chinese key and label
    FieldType type = FieldType::text;
    bool list = false;  // several values; a single one may be written without brackets
    FieldNeed need = FieldNeed::optional;
    FieldVisibility visibility = FieldVisibility::shown;
    std::vector<Choice> choices;       // of a choice
    std::vector<std::string> targets;  // kind keys a reference may lead to
    std::vector<FieldSpec> fields;     // of a group or picture
    std::size_t longest = 0;           // code points; 0 = no limit
    double least = 0, most = 0;  // of a text that is a number, with a fraction or not; equal: it is none
    std::string help;            // one line of Chinese for scaffolds and the handbook
    std::vector<std::string> other_keys;  // further spellings of the key
    std::string shorthand;                // of a group: the field that a bare scalar stands for
    SpellingTable spellings;              // of `fields`; Kinds builds it

    // The index in `fields` of a key, whichever way it is spelt.
    std::optional<std::size_t> find(std::string_view key) const;
    bool answers_to(std::string_view key) const;
    // The index in `choices` of a value, whichever way it is spelt.
    std::optional<std::size_t> find_choice(std::string_view value) const;
};

// A kind's pages.
enum class KindPages {
    own,     // list page and a page for each record
    within,  // shown inside others: photo, stat, conferral
};

struct Kind {
    std::string key;           // person
    std::string label;         // 人物
    std::string folder;        // people; also the folder of its pages
    std::string folder_label;  // 人物: the folder's other name
    KindPages pages = KindPages::own;
    bool draft_by_default = false;  // person, photo, video, oral: nobody is published by accident
    std::vector<FieldSpec> fields;  // common fields first, in the order people fill them in
    std::string help;
    SpellingTable spellings;  // of `fields`; Kinds builds it

    std::optional<std::size_t> find(std::string_view key) const;
};

// Index of a kind in Kinds.
enum class KindId : std::size_t {};

class Kinds {
  public:
    explicit Kinds(std::vector<Kind> kinds);

    const std::vector<Kind>& all() const { return kinds_; }
    const Kind& operator[](KindId id) const { return kinds_[static_cast<std::size_t>(id)]; }
    std::optional<KindId> find(std::string_view key_or_label) const;
    std::optional<KindId> of_folder(std::string_view folder) const;
    // As find, for keys of ours that are always there.
    KindId must(std::string_view key) const;

    void add_kind(Kind kind);
    void add_field(KindId kind, FieldSpec field);

  private:
    std::vector<Kind> kinds_;
};

// Every kind and field that the program knows by itself.
Kinds built_in_kinds();

// The fields that every kind has, for kinds that a site defines.
std::vector<FieldSpec> common_fields();

}  // namespace qunying
