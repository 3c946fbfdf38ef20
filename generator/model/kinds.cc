#include "model/kinds.h"

#include <algorithm>

#include "base/failure.h"
#include "base/text.h"

namespace qunying {
namespace {

// English keys first: views ask by them, hundreds of times a page. No key is another field's label.
std::optional<std::size_t> find_field(const std::vector<FieldSpec>& fields, std::string_view key) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].key == key) return i;
    }
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const FieldSpec& f) { return f.answers_to(key); });
    if (found == fields.end()) return std::nullopt;
    return static_cast<std::size_t>(found - fields.begin());
}

}  // namespace

bool FieldSpec::answers_to(std::string_view wanted) const {
    return wanted == key || wanted == label ||
           std::find(other_keys.begin(), other_keys.end(), wanted) != other_keys.end();
}

std::optional<std::size_t> FieldSpec::find(std::string_view wanted) const {
    return find_field(fields, wanted);
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

std::optional<std::size_t> Kind::find(std::string_view wanted) const { return find_field(fields, wanted); }

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
