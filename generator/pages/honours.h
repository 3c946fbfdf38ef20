#pragma once
// Conferrals as the pages show them: revoked ones and those of unpublished batches are not there.
#include <optional>
#include <string_view>
#include <vector>

#include "model/relations.h"
#include "model/site.h"

namespace qunying {

// Still valid, and both sides are published.
bool is_shown(const Site& site, const Conferral& conferral);

// Indices of what a record has received and what is shown, most senior first.
std::vector<std::size_t> shown_honours(const Site& site, const Relations& relations, RecordId id);

// Key of the highest level among them; empty where no level is known.
std::string_view highest_level(const Site& site, const Relations& relations, RecordId id);

bool holds_honour(const Site& site, const Relations& relations, RecordId id);

}  // namespace qunying
