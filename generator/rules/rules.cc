#include "rules/rules.h"

#include <array>

#include "base/parallel.h"
#include "rules/rule_list.h"

namespace qunying {
namespace {

constexpr std::array<RuleEntry, 18> rules = {{
    {1, "conferrals-have-batches", check_conferrals_have_batches},
    {1, "levels-fit-authorities", check_levels_fit_authorities},
    {2, "national-words", check_national_words},
    {3, "award-names", check_award_names},
    {4, "consents", check_consents},
    {5, "portraits-and-voices", check_portraits_and_voices},
    {6, "deaths", check_deaths},
    {8, "life-dates", check_life_dates},
    {8, "conferral-years", check_conferral_years},
    {9, "reviews", check_reviews},
    {10, "private-data", check_private_data},
    {11, "masks", check_masks},
    {12, "quotas", check_quotas},
    {13, "same-names", check_same_names},
    {16, "revocations", check_revocations},
    {17, "name-dots", check_name_dots},
    {19, "regions", check_regions},
    {20, "sources-given", check_sources_given},
}};

}  // namespace

std::span<const RuleEntry> all_rules() { return rules; }

void check_rules(const RuleInput& input, Diagnostics& diagnostics, unsigned threads) {
    parallel_map(threads, rules.size(), diagnostics, [&](std::size_t i, Diagnostics& own) {
        rules[i].check(input, own);
        return 0;
    });
}

bool is_meant_for_publication(const Site& site, RecordId record) { return site[record].meant; }

}  // namespace qunying
