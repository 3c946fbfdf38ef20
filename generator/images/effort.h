#pragma once
// What a photograph will cost a worker, guessed from the first bytes of its file: so that many small ones are
// made side by side, a huge one alone, and the time that is left can be told. A wrong guess harms nothing but
// these.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "images/recipe.h"

namespace qunying {

struct PictureEffort {
    std::uint64_t pixels = 0;  // to be decoded
    std::uint64_t memory = 0;  // bytes that the worker will hold at most, its own included
};

// How much of a file's beginning is worth handing in.
inline constexpr std::size_t telling_bytes = 128 << 10;

// `size` is that of the whole file.
PictureEffort effort_of(std::string_view beginning, std::uint64_t size, const std::vector<Recipe>& recipes);

// What a worker holds that has nothing to do.
inline constexpr std::uint64_t idle_worker_memory = std::uint64_t{56} << 20;

}  // namespace qunying
