#pragma once
// Where a build stands, for whoever shows it. Nothing is computed from it.
#include <cstddef>
#include <functional>

namespace qunying {

enum class Step { read, load, check, pictures, plan, render, write };

// Called at the start of a step with done = 0, then now and then; total is 0 when it is not known.
using Progress = std::function<void(Step step, std::size_t done, std::size_t total)>;

}  // namespace qunying
