#pragma once
// Stories: the emitter's HTML with links and pictures put in.
#include <string>

#include "pages/scope.h"

namespace qunying {

// {html, headings, present}
Value story_value(const Scope& scope, const Story& story);

// One line about a record: its summary, else the beginning of its story; empty where there is neither.
std::string description_of(const Site& site, RecordId id);

}  // namespace qunying
