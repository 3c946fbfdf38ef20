#pragma once
// A person's consent as the rules ask about it.
#include <string>
#include <string_view>

#include "base/date.h"
#include "model/site.h"

namespace qunying {

struct ConsentView {
    bool given = false;      // a consent stands in the profile at all
    std::string_view basis;  // "self", "kin", "published"; "self" when not stated
    bool text = false, portrait = false, voice = false;
    bool text_stated = false;
    std::string_view signer, relation;
    PartialDate date, until, withdrawn;
    bool internet = false, venue = false;
    bool scope_stated = false;
    Span span;  // of the consent, else of the person's name
};

// A slip of the pen, which rule 4 reports.
bool ends_before_it_begins(const ConsentView& consent);

ConsentView consent_of(const Site& site, RecordId person);

}  // namespace qunying
