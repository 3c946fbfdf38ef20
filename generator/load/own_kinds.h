#pragma once
// The fields and kinds that a site adds to the table.
#include "base/diagnostic.h"
#include "load/settings_reader.h"

namespace qunying {

// Adds `kinds` and `fields` of site.yaml. What cannot be added is reported and left out.
void add_own_kinds(const SettingsReader& read, Kinds& kinds, Diagnostics& diagnostics);

}  // namespace qunying
