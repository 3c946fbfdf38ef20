#pragma once
// What a story may not exceed before cmark-gfm sees it. Inside syntax/ only.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "syntax/markdown.h"

namespace qunying {

struct CapExceeded {
    DiagnosticKind kind;
    std::size_t begin = 0, end = 0;  // bytes of the text
    std::vector<std::string> words;
};

// The first cap that `text` breaks. An estimate that never lets a bad case through; it may refuse text that
// looks like a monstrous table or quote inside a code block.
std::optional<CapExceeded> exceeded_cap(std::string_view text, const MarkdownLimits& limits);

}  // namespace qunying
