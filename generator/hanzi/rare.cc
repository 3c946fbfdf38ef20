#include "hanzi/rare.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "hanzi/hanzi_table.h"

namespace qunying {
namespace {

constexpr std::size_t in_general_use = 6500;  // the first two levels

std::vector<char32_t> sorted_first_levels() {
    const auto first = hanzi_table::listed.first(in_general_use);
    std::vector<char32_t> all(first.begin(), first.end());
    std::sort(all.begin(), all.end());
    return all;
}

}  // namespace

bool is_rarely_read(char32_t character) {
    static const std::vector<char32_t> usual = sorted_first_levels();
    return is_hanzi(character) && !std::binary_search(usual.begin(), usual.end(), character);
}

}  // namespace qunying
