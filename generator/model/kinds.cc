#include "model/kinds.h"

#include <algorithm>
#include <bit>

#include "base/failure.h"
#include "base/text.h"

namespace qunying {
namespace {

// English keys first. No key is another field's label.
std::optional<std::size_t> find_field(const std::vector<FieldSpec>& fields, std::string_view key) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].key == key) return i;
    }
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const FieldSpec& f) { return f.answers_to(key); });
    if (found == fields.end()) return std::nullopt;
    return static_cast<std::size_t>(found - fields.begin());
}

std::size_t hash_of(std::string_view spelling) {
    const auto at = [&](std::size_t i) {
        return static_cast<std::size_t>(static_cast<unsigned char>(spelling[i]));
    };
    return spelling.size() * 37 + at(0) * 101 + at(spelling.size() / 2) * 53 + at(spelling.size() - 1) * 17;
}

void build_tables(FieldSpec& field) {
    for (FieldSpec& part : field.fields) build_tables(part);
    if (!field.fields.empty()) field.spellings.build(field.fields);
}

void build_tables(Kind& kind) {
    for (FieldSpec& field : kind.fields) build_tables(field);
    kind.spellings.build(kind.fields);
}

}  // namespace

bool FieldSpec::answers_to(std::string_view wanted) const {
    return wanted == key || wanted == label ||
           std::find(other_keys.begin(), other_keys.end(), wanted) != other_keys.end();
}

void SpellingTable::build(const std::vector<FieldSpec>& fields) {
    std::size_t spellings = 0;
    for (const FieldSpec& field : fields) spellings += 2 + field.other_keys.size();
    slots_.assign(std::bit_ceil(2 * spellings + 1), {});
    for (std::size_t i = 0; i < fields.size(); ++i) add(fields[i].key, i);
    // 单位 is the label of a figure's unit before it is another word for 所属单位.
    for (std::size_t i = 0; i < fields.size(); ++i) add(fields[i].label, i);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        for (const std::string& other : fields[i].other_keys) add(other, i);
    }
}

// The first field to claim a spelling keeps it.
void SpellingTable::add(const std::string& spelling, std::size_t field) {
    if (spelling.empty()) return;
    std::size_t at = hash_of(spelling);
    for (;; ++at) {
        Slot& slot = slots_[at & (slots_.size() - 1)];
        if (slot.spelling == spelling) return;
        if (slot.spelling.empty()) return void(slot = {spelling, field});
    }
}

std::optional<std::size_t> SpellingTable::find(std::string_view spelling) const {
    if (spelling.empty()) return std::nullopt;
    for (std::size_t at = hash_of(spelling);; ++at) {
        const Slot& slot = slots_[at & (slots_.size() - 1)];
        if (slot.spelling == spelling) return slot.field;
        if (slot.spelling.empty()) return std::nullopt;
    }
}

std::optional<std::size_t> FieldSpec::find(std::string_view wanted) const {
    return spellings.built() ? spellings.find(wanted) : find_field(fields, wanted);
}

std::optional<std::size_t> FieldSpec::find_choice(std::string_view value) const {
    const auto matches = [value](const Choice& choice) {
        return value == choice.label || ascii_lower(value) == choice.key ||
               std::find(choice.aliases.begin(), choice.aliases.end(), value) != choice.aliases.end();
    };
    const auto found = std::find_if(choices.begin(), choices.end(), matches);
    if (found == choices.end()) return std::nullopt;
    return static_cast<std::size_t>(found - choices.begin());
}

std::optional<std::size_t> Kind::find(std::string_view wanted) const {
    return spellings.built() ? spellings.find(wanted) : find_field(fields, wanted);
}

Kinds::Kinds(std::vector<Kind> kinds) : kinds_(std::move(kinds)) {
    for (Kind& kind : kinds_) build_tables(kind);
}

void Kinds::add_kind(Kind kind) {
    build_tables(kind);
    kinds_.push_back(std::move(kind));
}

void Kinds::add_field(KindId id, FieldSpec field) {
    Kind& kind = kinds_[static_cast<std::size_t>(id)];
    kind.fields.push_back(std::move(field));
    build_tables(kind);
}

std::optional<KindId> Kinds::find(std::string_view wanted) const {
    for (std::size_t i = 0; i < kinds_.size(); ++i) {
        if (kinds_[i].key == wanted || kinds_[i].label == wanted) return static_cast<KindId>(i);
    }
    return std::nullopt;
}

std::optional<KindId> Kinds::of_folder(std::string_view folder) const {
    for (std::size_t i = 0; i < kinds_.size(); ++i) {
        if (!folder.empty() && (kinds_[i].folder == folder || kinds_[i].folder_label == folder))
            return static_cast<KindId>(i);
    }
    return std::nullopt;
}

KindId Kinds::must(std::string_view key) const {
    const auto found = find(key);
    QY_CHECK(found.has_value());
    return *found;
}

}  // namespace qunying
