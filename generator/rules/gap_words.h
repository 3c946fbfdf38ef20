#pragma once
// What a list of gaps says, in the words of the office that has to fill them.
#include <string_view>

#include "base/diagnostic.h"
#include "rules/gaps.h"

namespace qunying {

struct GapWords {
    const char* label;  // 缺照片
    const char* what;   // a sentence; {} is the detail
    const char* cure;
};

const GapWords& words_of(Gap gap, Language language);

}  // namespace qunying
