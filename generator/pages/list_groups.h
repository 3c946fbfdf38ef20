#pragma once
// How the list page of a kind is divided: events by year, reports by outlet level…
#include "pages/site_index.h"

namespace qunying {

// Fills `lists` from `by_kind`.
void group_lists(const Site& site, SiteIndex& index);

}  // namespace qunying
