#pragma once
// The facets and indexes of the roll.
#include <vector>

#include "pages/site_index.h"

namespace qunying {

// Fills `facets` and `indexes` from `roll` and `names`, as far as the theme has them.
void group_roll(const Site& site, const Relations& relations, const ThemeConfig& theme, unsigned threads,
                SiteIndex& index);

}  // namespace qunying
