#pragma once
// The rows of the filter registry, by what they work on.
#include <span>

#include "template/filters.h"

namespace qunying {

std::span<const FilterEntry> text_filters();  // filters.cc: texts and numbers
std::span<const FilterEntry> list_filters();  // list_filters.cc

}  // namespace qunying
