#pragma once
#include <string>

#include "model/site.h"

namespace qunying {

// What a site is known by on screens far away, so that none takes the pack of another one: `id` of its
// settings, else its address without the scheme, else its title in pinyin. Of [a-z0-9.-], 1 to 64 bytes.
// Whoever changes the address or the title of a site whose screens are out there writes the old id into its
// settings.
std::string site_id(const SiteSettings& settings);

}  // namespace qunying
