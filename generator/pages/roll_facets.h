#pragma once
// The facets and indexes of the roll.
#include <vector>

#include "pages/site_index.h"

namespace qunying {

// Fills `facets` and `indexes` from `roll` and `names`.
void group_roll(const Site& site, const Relations& relations, SiteIndex& index);

}  // namespace qunying
