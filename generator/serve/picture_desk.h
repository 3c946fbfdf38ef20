#pragma once
// Answers for the pages of photographs. Only files that the list of pictures names are ever looked at, and no
// original leaves the program: each picture that is shown was made by the worker, without metadata.
#include <optional>

#include "serve/answer.h"
#include "serve/darkroom.h"

namespace qunying {

// Nothing where the request is for none of them. The gate has let it through.
std::optional<Answer> answer_for_pictures(const Request& request, const Snapshot& snapshot, const Gate& gate,
                                          const PictureTools& tools, Language language);

}  // namespace qunying
