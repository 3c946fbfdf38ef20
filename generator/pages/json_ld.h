#pragma once
// Linked data of schema.org for search engines; absolute addresses only where the site knows its own.
#include "pages/scope.h"

namespace qunying {

Value website_json_ld(const PageContext& context);

// Of kinds that schema.org has a word for; none for other kinds and for people who are not to be indexed.
Value record_json_ld(const Scope& scope, RecordId id, std::string_view description);

}  // namespace qunying
