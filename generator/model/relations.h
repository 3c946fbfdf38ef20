#pragma once
// Derived back-links: who points to a record, and through which field. Computed from the public site, so
// nothing unpublished can appear.
#include <string>
#include <string_view>
#include <vector>

#include "model/site.h"

namespace qunying {

// `from` names the record in its field `field` (English key of the top-level field; "story" for a link in the
// text).
struct BackLink {
    RecordId from = no_record;
    std::string_view field;  // lives as long as the site's kinds; "story" is static
};

struct Relations {
    std::vector<std::vector<BackLink>> to_record;    // by RecordId; in order of `from`
    std::vector<std::vector<std::size_t>> received;  // by RecordId: indices of conferrals, most senior first
    std::vector<std::vector<std::size_t>>
        in_batch;  // by RecordId of a batch: indices of conferrals in document order

    // Records of `kind_key` that point to `target`, each once, optionally through `field` only.
    std::vector<RecordId> pointing_to(const Site& site, RecordId target, std::string_view kind_key,
                                      std::string_view field = {}) const;
};

Relations relate(const Site& site);

// Key of the level of a conferral: that of its batch's award, or its claim's; empty when unknown.
std::string_view level_of(const Site& site, const Conferral& conferral);
// 0 for 国家级 … 4 for 单位/系统, 5 when unknown: the order of precedence.
int level_rank(std::string_view level_key);
// Year of the batch, 0 for a claim.
int year_of(const Site& site, const Conferral& conferral);

}  // namespace qunying
