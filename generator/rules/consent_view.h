#pragma once
// A person's consent as the rules ask about it.
#include <cstddef>
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

// The same for whoever asks of many: where the parts of a consent stand is looked up once. The site's kinds
// must outlive it.
class Consents {
  public:
    explicit Consents(const Site& site);
    ConsentView of(RecordId person) const;

  private:
    std::size_t place(std::string_view key) const { return *spec_.find(key); }

    const Site& site_;
    const std::size_t field_;
    const FieldSpec& spec_;
    const std::size_t basis_ = place("basis"), text_ = place("text"), portrait_ = place("portrait"),
                      voice_ = place("voice"), signer_ = place("signer"), relation_ = place("relation"),
                      date_ = place("date"), until_ = place("until"), withdrawn_ = place("withdrawn"),
                      scope_ = place("scope");
};

}  // namespace qunying
