#pragma once
// The kiosk's own pages: the loop that draws visitors near, the doors behind it, and how to find a person
// without a keyboard (docs/kiosk-face.md).
#include <string>
#include <vector>

#include "pages/scope.h"

namespace qunying {

// The paths of the two pages, empty where the theme goes without `kiosk`.
std::string kiosk_page(const ThemeConfig& theme);
std::string kiosk_find_page(const ThemeConfig& theme);

// The exhibitions of the loop in their order: those that the settings name, else all that say how many
// seconds a screen stays.
std::vector<RecordId> looped_exhibitions(const Site& site, const SiteIndex& index);
// The same before there is an index, in no order.
std::vector<RecordId> looped_exhibitions(const Site& site);
// Reports those that the settings name and that are not published.
void check_looped_exhibitions(const Site& site, Diagnostics& diagnostics);

// {name, slides, find_url}
Value kiosk_value(const Scope& scope);
// {letters, facets, wall_url, batches_url}
Value kiosk_find_value(const Scope& scope);

}  // namespace qunying
