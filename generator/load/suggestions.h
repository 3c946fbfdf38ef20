#pragma once
// “Did you mean”, for names that are looked for among all names of the site.
#include "base/diagnostic.h"
#include "load/field_reader.h"
#include "load/names.h"

namespace qunying {

// So many different names of a run are looked for. Where more are wrong, something bigger is missing than a
// letter: 5,000 references to records that are not there yet would be compared with 200,000 names each.
inline constexpr std::size_t suggestion_limit = 200;

// Completes the findings of unknown references and missing files, in their order.
void add_suggestions(const NameIndex& names, const FileSet& files, Diagnostics& diagnostics,
                     unsigned threads = 1);

}  // namespace qunying
