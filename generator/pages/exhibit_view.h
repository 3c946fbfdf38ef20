#pragma once
// Exhibits and photographs as templates see them.
#include <span>

#include "pages/exhibits.h"
#include "pages/scope.h"

namespace qunying {

Value exhibit_value(const Scope& scope, RecordId exhibition, std::span<const ExhibitPlace> all,
                    std::size_t number);
Value photo_value(const Scope& scope, RecordId album, std::span<const PhotoPlace> all, std::size_t number);

// What an exhibit or a photograph is called: a name, a label, a caption.
std::string exhibit_title(const Site& site, const ExhibitPlace& place, std::size_t number);
std::string photo_title(const PhotoPlace& place, std::size_t number);

// `sections`, `total` and `first_url`; `photos`.
void set_exhibition(const Scope& scope, RecordId exhibition, Value::Map& map);
void set_album(const Scope& scope, RecordId album, Value::Map& map);

}  // namespace qunying
