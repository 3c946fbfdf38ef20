#pragma once
// The public fields of a record as a template sees them. A private field has no way through here.
#include "pages/scope.h"

namespace qunying {

enum class FieldDetail {
    row,   // in a list: lists of groups stay empty
    full,  // on the record's own page
};

// Where a field of a record stands in the record's view.
enum class FieldPlace {
    nowhere,  // private, or a mark of the author's own
    card,     // among the keys of the card
    record,   // under its key
    renamed,  // under KEY_field, since KEY means something else on a card
};
FieldPlace place_of(const FieldSpec& spec);

// The value of a field by its type: docs/themes.md, “record”. Empty list or none where it is absent or
// secret.
Value field_value(const Scope& scope, const FieldSpec& spec, const FieldValue& value,
                  FieldDetail detail = FieldDetail::full);

// Every public field of a record by its key, beside the card's keys that `map` already holds.
void set_fields(const Scope& scope, RecordId id, FieldDetail detail, Value::Map& map);

// A card, or a card with fields: what lists and home blocks hold.
Value row_value(const Scope& scope, RecordId id);

// What the site itself added to a kind: list of {key, label, type, list, value}.
Value own_fields(const Scope& scope, RecordId id);

// {url, type, name} of a published sound, film or subtitle; none where it was not published.
Value file_value(const Scope& scope, std::string_view site_path);

// 147 支, 近 20 万人次, 70 余场.
std::string stat_display(const Site& site, RecordId stat);

}  // namespace qunying
