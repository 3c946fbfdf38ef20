#pragma once
// Who is published. What does not belong before the audience is taken out of the site here, once, before any
// page is planned: later stages cannot print what they do not have.
#include <array>
#include <cstddef>
#include <vector>

#include "base/date.h"
#include "base/diagnostic.h"
#include "model/site.h"

namespace qunying {

// Why a record is or is not published.
enum class Standing {
    published,
    draft,           // not approved yet
    internal,        // approved, but for nobody outside
    other_audience,  // visibility or consent is for the other audience
    too_early,       // before publish_on
    too_late,        // after publish_until
    withheld,        // consent has run out or was withdrawn
    withdrawn,       // taken down
    with_person,     // speaks of somebody who is not published
    broken,          // its front matter cannot be read
};
inline constexpr std::size_t standing_count = 10;

struct PublicationOptions {
    Audience audience = Audience::web;
    PartialDate as_of;
    bool preview = false;  // shows everything but what was withdrawn
};

struct Publication {
    std::vector<Standing> of;                          // by RecordId
    std::array<std::size_t, standing_count> counts{};  // by Standing

    bool published(RecordId id) const { return of[static_cast<std::size_t>(id)] == Standing::published; }
    std::size_t count(Standing standing) const { return counts[static_cast<std::size_t>(standing)]; }
};

// Decides for every record. Reports persons whose consent has ended, and records held back with a person.
Publication decide_publication(const Site& site, const PublicationOptions& options, Diagnostics& diagnostics);

// Whether there is a person whose name must not stand in any text: then check_names_left wants all of them.
bool has_hidden_names(const Site& site, const Publication& publication);

// Reports names of unpublished persons that stand in texts that are published: no program can take them out.
void check_names_left(const Site& site, const Publication& publication, const Sources& sources,
                      Diagnostics& diagnostics, unsigned threads = 1);

// The public site: unpublished records are emptied (kind and slug stay), everything that names them is taken
// out of lists, stories and conferrals, revoked honours and every private field are gone. RecordIds stay
// valid.
Site public_site(Site site, const Publication& publication, Diagnostics& diagnostics, unsigned threads = 1);

}  // namespace qunying
