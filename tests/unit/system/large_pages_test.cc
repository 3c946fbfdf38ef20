#include "system/large_pages.h"

#include <doctest/doctest.h>
#include <memory>
#include <vector>

using namespace qunying;

TEST_CASE("large pages may be asked for at any time and with any allocator") {
    const auto before = std::make_unique<std::vector<int>>(1'000'000, 1);
    use_large_pages();
    use_large_pages();
    const std::vector<int> after(10'000'000, 2);
    CHECK(before->back() == 1);
    CHECK(after.back() == 2);
}
