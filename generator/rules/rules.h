#pragma once
// What must hold of a site. One function a rule; each rule has an id in the registry of diagnostics, a test
// and a line in the handbook. Rules look at the whole site, drafts included, but speak only of what is to be
// published.
#include <span>
#include <string_view>

#include "base/date.h"
#include "base/diagnostic.h"
#include "base/source.h"
#include "model/relations.h"
#include "model/site.h"

namespace qunying {

// What a rule may look at.
struct RuleInput {
    const Site& site;
    const Relations& relations;  // of the whole site
    const Sources& sources;      // to point into texts
    PartialDate as_of;           // today
};

using Rule = void (*)(const RuleInput&, Diagnostics&);

struct RuleEntry {
    int number;             // in docs/handbook/rules.md
    std::string_view name;  // a word for logs and tests
    Rule check;
};

// All rules, by number.
std::span<const RuleEntry> all_rules();

// The rules run side by side; what they find comes back in their order.
void check_rules(const RuleInput& input, Diagnostics& diagnostics, unsigned threads = 1);

// Whether a rule that reads texts as they were written (masks, name dots, the tense of the dead, personal
// data) would find
// anything in this file: only then, and where `names of the unpublished` are looked for, must its text be in
// `sources`. `stars_left` as in Story.
bool concerns_wording(std::string_view front, std::string_view body, bool stars_left);

// Marked approved and meant for some audience: what the rules speak of.
bool is_meant_for_publication(const Site& site, RecordId record);

}  // namespace qunying
