#pragma once
// What a site still lacks, for the person who has to go and get it: no mistakes (rules.h has those) but
// missing things, consents that end, and records that wait.
#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "model/site.h"
#include "rules/publication.h"

namespace qunying {

// In the order of a list of them: what cannot wait comes first.
enum class Gap {
    unreadable,        // the front matter cannot be read
    consent_expired,   // 授权到期
    consent_expiring,  // within the days asked for
    consent_withdrawn,
    no_consent,          // a person without any consent in the profile
    no_picture,          // 缺照片
    missing_picture,     // named, but the file is not there
    no_summary,          // 缺简介: neither summary nor story
    no_story,            // a person with a summary and no story
    no_document_number,  // 缺文号, of a batch
    no_decision_date,    // of a batch
    no_names,            // a batch that lists nobody
    honour_unproved,     // an honour known from a text alone, which no batch confirms
    no_honour,           // a person or team on an honour roll without any
    no_origin,           // 缺来源
    no_alternative_text,
    draft,
    under_review,
    internal,
    not_yet,       // before its day
    no_longer,     // after its day
    out_of_scope,  // agreed to, but for another audience
    held,          // with a person who is not published
    withdrawn,
};
inline constexpr std::size_t gap_count = 24;

struct GapFinding {
    Gap gap = Gap::draft;
    RecordId record = no_record;
    std::string detail;  // the date, the file, the honour; empty where there is nothing to name

    bool operator==(const GapFinding&) const = default;
};

struct GapOptions {
    PartialDate as_of;  // today
    int days = 90;      // a consent that ends so soon is named
    // Whether there is a file of that path in the site.
    std::function<bool(std::string_view)> has_file = [](std::string_view) { return true; };
};

// Everything that is lacking in a whole site, drafts included, by gap and then in the order of the site. What
// was withdrawn lacks nothing.
std::vector<GapFinding> find_gaps(const Site& site, const Publication& publication,
                                  const GapOptions& options);

}  // namespace qunying
