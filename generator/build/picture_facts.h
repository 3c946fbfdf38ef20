#pragma once
// What is remembered of a photograph without its bytes: cached apart from them, so that an unchanged one
// costs a small read.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "images/recipe.h"
#include "system/output_stage.h"

namespace qunying {

struct PictureFacts {
    PictureResult result;  // outputs without bytes
    std::vector<std::vector<OutputFile>> files;
};

PictureFacts facts_of(const PictureResult& result);

std::string write_facts(const PictureFacts& facts);
// Nothing where they cannot be read.
std::optional<PictureFacts> read_facts(std::string_view text);

}  // namespace qunying
