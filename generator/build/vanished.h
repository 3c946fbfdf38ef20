#pragma once
// Addresses are printed on plaques: what was published once must not vanish without a word.
#include "base/diagnostic.h"
#include "model/site.h"
#include "pages/routes.h"
#include "system/manifest.h"

namespace qunying {

// Reports every record page of the release before whose record is neither in the site (published or not) nor
// an alias of one that is.
void check_vanished(const Manifest& before, const Site& site, const Routes& routes, Diagnostics& diagnostics);

}  // namespace qunying
