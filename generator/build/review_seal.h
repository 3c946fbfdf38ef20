#pragma once
// What a reviewer signs: a digest of the record and its pictures.
#include "build/memo.h"
#include "model/site.h"

namespace qunying {

// Sets content_digest of every record that has a review. BLAKE2b-128 of the story, of every field but those
// that change without changing what is said (status, visibility, order, review, dates of publication), and of
// the bytes of the record's pictures.
void seal_reviewed_records(Site& site, const SourceTree& tree, Memo& memo);

}  // namespace qunying
