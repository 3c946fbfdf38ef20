#pragma once
// Honours of a recipient and lists of a batch.
#include "pages/scope.h"
#include "pages/shared_views.h"

namespace qunying {

// What the honours of a batch share; for SharedViews.
BatchHonour honour_of_batch(const Scope& scope, RecordId batch);
// {title, grade, level, year, award, batch, authorities, authority, doc_no, date, claim, source, post}
Value honour_value(const Scope& scope, const Conferral& conferral);

// `honors` and `highest` of a recipient.
void set_honours(const Scope& scope, RecordId recipient, Value::Map& map);

// Everything a batch's page holds beside its fields.
void set_batch(const Scope& scope, RecordId batch, Value::Map& map);

// The lists of a batch as `groups` of its page, whose rows also say what a profile says of the recipient:
// `quote`, `citation`, `summary`.
Value booklet_groups(const Scope& scope, RecordId batch);

// Everything an award's page holds beside its fields.
void set_award(const Scope& scope, RecordId award, Value::Map& map);

}  // namespace qunying
