#pragma once
// A story's references and pictures, resolved.
#include "load/field_reader.h"
#include "load/parsed_record.h"
#include "model/record.h"

namespace qunying {

// Takes the story out of `parsed`; `document` is its front matter.
Story read_story(ParsedRecord& parsed, const Document& document, const ReadContext& context);

}  // namespace qunying
