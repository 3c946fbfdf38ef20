#pragma once
// The only threads outside serve/ and worker_pool. Results come back in input order, so nobody can see in
// which order the work was done.
#include <cstddef>
#include <exception>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "base/diagnostic.h"

namespace qunying {

// Calls `work(i)` for i in [0, count) on up to `threads` threads; rethrows the exception of the lowest i.
void parallel_for(unsigned threads, std::size_t count, const std::function<void(std::size_t)>& work);

// `function(i)` for each i in [0, count), results in that order.
template <class Function>
auto parallel_map(unsigned threads, std::size_t count, Function&& function) {
    using Result = decltype(function(std::size_t{0}));
    std::vector<std::optional<Result>> slots(count);
    parallel_for(threads, count, [&](std::size_t i) { slots[i].emplace(function(i)); });
    std::vector<Result> results;
    results.reserve(count);
    for (auto& slot : slots) results.push_back(std::move(*slot));
    return results;
}

// As above; each call has a Diagnostics of its own, merged into `diagnostics` in input order.
template <class Function>
auto parallel_map(unsigned threads, std::size_t count, Diagnostics& diagnostics, Function&& function) {
    std::vector<Diagnostics> found(count);
    auto results = parallel_map(threads, count, [&](std::size_t i) { return function(i, found[i]); });
    for (Diagnostics& each : found) diagnostics.merge(std::move(each));
    return results;
}

}  // namespace qunying
