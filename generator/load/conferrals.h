#pragma once
// Honours are written in the batch's list or on the recipient's profile; here both sides become one list.
#include "base/diagnostic.h"
#include "model/site.h"

namespace qunying {

// Fills site.conferrals. A batch's list comes in its own order, then what only profiles state, then claims.
// Where both sides state a grade, number or post and differ, that is reported.
void merge_conferrals(Site& site, Diagnostics& diagnostics);

}  // namespace qunying
