#pragma once
// The rules, by the file that holds them.
#include "rules/rules.h"

namespace qunying {

// honours.cc
void check_conferrals_have_batches(const RuleInput& input, Diagnostics& diagnostics);
void check_levels_fit_authorities(const RuleInput& input, Diagnostics& diagnostics);
void check_national_words(const RuleInput& input, Diagnostics& diagnostics);
void check_award_names(const RuleInput& input, Diagnostics& diagnostics);
void check_conferral_years(const RuleInput& input, Diagnostics& diagnostics);
void check_quotas(const RuleInput& input, Diagnostics& diagnostics);
void check_same_names(const RuleInput& input, Diagnostics& diagnostics);
void check_revocations(const RuleInput& input, Diagnostics& diagnostics);

// consent.cc
void check_consents(const RuleInput& input, Diagnostics& diagnostics);
void check_portraits_and_voices(const RuleInput& input, Diagnostics& diagnostics);

// lives.cc
bool tells_of_a_death(std::string_view front);      // of the front matter as it is written
bool speaks_of_the_living(std::string_view story);  // the words that check_deaths looks for
void check_deaths(const RuleInput& input, Diagnostics& diagnostics);
void check_life_dates(const RuleInput& input, Diagnostics& diagnostics);

// review.cc
void check_reviews(const RuleInput& input, Diagnostics& diagnostics);

// privacy.cc
void check_private_data(const RuleInput& input, Diagnostics& diagnostics);

// wording.cc
void check_masks(const RuleInput& input, Diagnostics& diagnostics);
void check_name_dots(const RuleInput& input, Diagnostics& diagnostics);
void check_regions(const RuleInput& input, Diagnostics& diagnostics);
void check_sources_given(const RuleInput& input, Diagnostics& diagnostics);

}  // namespace qunying
