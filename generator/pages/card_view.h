#pragma once
// A record in a list or as a link.
#include <span>
#include <string>
#include <vector>

#include "pages/scope.h"

namespace qunying {

// The keys of a card, with room for `expected` entries, for views that hold more than a card.
Value::Map card_map(const Scope& scope, RecordId id, std::size_t expected = 32);

// None for a record that is not published.
Value card_value(const Scope& scope, RecordId id);
Value cards_of(const Scope& scope, std::span<const RecordId> ids);
// Of a reference or a list of references; unpublished ones are not there.
Value cards_of(const Scope& scope, const FieldValue& references);

// （女，回族）, empty where nothing is to be said; 男 and 汉族 are not (domain.md §2.2).
std::string note_of(const Site& site, RecordId person);

// What tells two of one name apart: unit or region; empty where none is needed.
std::string_view distinction_of(const PageContext& context, RecordId id);

// The frame round a name in lists, as long as the site uses it.
bool is_framed(const PageContext& context, RecordId person);
bool is_deceased(const Site& site, RecordId id);
// 1924—2021, only where both are known.
std::string years_of(const Site& site, RecordId person);

// Key of the level that a card shows: the highest honour, or the level of an award, batch or base.
std::string_view shown_level(const PageContext& context, RecordId id);

}  // namespace qunying
