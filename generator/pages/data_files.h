#pragma once
// data/*.json and data/*.csv: the site for machines. People marked `noindex` are in none of them, for
// machine-readable lists of old people are a gift to fraud.
#include <vector>

#include "pages/plain_files.h"

namespace qunying {

// Nothing where the site says `exports: no`. All have the same key.
std::vector<PlainFile> plan_data_files(const PageContext& context, const Digest& key);

}  // namespace qunying
