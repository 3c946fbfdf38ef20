#pragma once
// A list of gaps as the table that an office works through.
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "rules/gaps.h"

namespace qunying {

// One row a gap: what, kind, id, name, unit, status, file, sentence, cure.
std::string gap_csv(const Site& site, const Sources& sources, const std::vector<GapFinding>& gaps,
                    Language language);
// “授权到期 1，缺照片 3”
std::string gap_sums(const std::vector<GapFinding>& gaps, Language language);

}  // namespace qunying
