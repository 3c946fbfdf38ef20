#pragma once
// The fields of content/site.yaml, in the same form as those of any record.
#include <vector>

#include "model/kinds.h"

namespace qunying {

std::vector<FieldSpec> settings_fields();

}  // namespace qunying
