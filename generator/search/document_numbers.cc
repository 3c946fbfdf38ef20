#include "search/document_numbers.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "base/digest.h"

namespace qunying {
namespace {

std::uint32_t capacity_for(std::size_t documents) {
    const std::size_t wanted = documents + documents / 2;
    for (std::size_t step = 16;; step *= 2) {
        for (std::size_t quarters = 4; quarters < 8; ++quarters) {
            if (step * quarters >= wanted) return static_cast<std::uint32_t>(step * quarters);
        }
    }
}

std::uint32_t wish_of(std::string_view key) {
    const Digest digest = digest_of(key);
    std::uint32_t wish = 0;
    for (int i = 0; i < 4; ++i) wish = wish << 8 | digest.bytes[static_cast<std::size_t>(i)];
    return wish;
}

}  // namespace

DocumentNumbers number_documents(std::span<const std::string_view> keys) {
    DocumentNumbers all;
    all.capacity = capacity_for(keys.size());
    all.numbers.resize(keys.size());
    all.order.resize(keys.size());
    std::vector<std::uint32_t> wishes;
    for (const std::string_view key : keys) wishes.push_back(wish_of(key));
    std::iota(all.order.begin(), all.order.end(), 0U);
    std::sort(all.order.begin(), all.order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return wishes[a] != wishes[b] ? wishes[a] < wishes[b] : keys[a] < keys[b];
    });
    std::uint32_t next = 0;
    for (const std::uint32_t document : all.order) {
        const auto home = static_cast<std::uint32_t>(std::uint64_t{wishes[document]} * all.capacity >> 32);
        const std::uint32_t number = std::max(home, next);
        all.numbers[document] = number;
        next = number + 1;
    }
    return all;
}

}  // namespace qunying
