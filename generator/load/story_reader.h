#pragma once
// A story's references and pictures, resolved.
#include "load/field_reader.h"
#include "model/record.h"
#include "syntax/document.h"

namespace qunying {

Story read_story(const SourceFile& source, const Document& document, const ReadContext& context);

}  // namespace qunying
