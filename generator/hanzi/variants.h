#pragma once
// Variant hanzi, as scripts/hanzi_variants.py takes them from Unihan: 劉 → 刘, 峯 → 峰. For finding alone;
// what is shown keeps its spelling.
#include <span>

namespace qunying::hanzi_variants {

struct Pair {
    char32_t from, to;
};
// By `from`; no `to` is a `from`, and none of 通用规范汉字表 is one.
extern const std::span<const Pair> pairs;

}  // namespace qunying::hanzi_variants
