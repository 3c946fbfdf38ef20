#pragma once
// `kiosk:` and `venues:` of content/site.yaml: the screens that the site is shown on.
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "load/settings_reader.h"
#include "model/site.h"

namespace qunying {

// What a screen may say, for the table of settings; a venue has `id` and `name` before it.
std::vector<FieldSpec> kiosk_fields();
std::vector<FieldSpec> venue_fields();

// Reads both into `settings`; a venue has what it does not say from `kiosk:`. Reports what cannot be
// understood, a venue that is there twice, and a screen whose controls nobody could reach.
void read_kiosks(const SettingsReader& read, SiteSettings& settings, Diagnostics& diagnostics);

// “周二至周日 8:30-17:00”, “8:30—17:00”, “周六、周日 9点-16点”; nothing where it is no such thing.
std::optional<OpeningHours> read_opening_hours(std::string_view text);

}  // namespace qunying
