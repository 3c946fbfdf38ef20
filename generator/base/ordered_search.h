#pragma once
// Looking something up by its order in what has no iterators.
#include <algorithm>
#include <cstddef>

namespace qunying {

// The first index of [begin, end) for which `is_before` is false, or `end`; it must be true for all before
// that one and false for all behind it.
template <class IsBefore>
std::size_t first_not_before(std::size_t begin, std::size_t end, IsBefore is_before) {
    while (begin < end) {
        const std::size_t middle = begin + (end - begin) / 2;
        if (is_before(middle)) {
            begin = middle + 1;
        } else {
            end = middle;
        }
    }
    return begin;
}

// The same of [0, size) for whoever asks for one thing after the other: it takes two questions where the
// index is `near`, and only the logarithm of its distance elsewhere.
template <class IsBefore>
std::size_t first_not_before_near(std::size_t size, std::size_t near, IsBefore is_before) {
    near = std::min(near, size);
    std::size_t begin = near, end = near, step = 1;
    if (near < size && is_before(near)) {
        for (++begin; step <= size - begin && is_before(begin + step - 1); step *= 2) begin += step;
        end = std::min(size, begin + step - 1);
    } else {
        for (; step <= end && !is_before(end - step); step *= 2) end -= step;
        begin = step <= end ? end - step + 1 : 0;
    }
    return first_not_before(begin, end, is_before);
}

}  // namespace qunying
