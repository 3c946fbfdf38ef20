#include "base/ordered_search.h"

#include <doctest/doctest.h>
#include <vector>

using namespace qunying;

TEST_CASE("the first that is not before is found from wherever one looks first") {
    for (std::size_t size = 0; size <= 20; ++size) {
        for (std::size_t place = 0; place <= size; ++place) {
            const auto is_before = [&](std::size_t i) {
                REQUIRE(i < size);
                return i < place;
            };
            CHECK(first_not_before(0, size, is_before) == place);
            for (std::size_t near = 0; near <= size + 3; ++near)
                CHECK(first_not_before_near(size, near, is_before) == place);
        }
    }
}

TEST_CASE("what lies near is found by two questions") {
    constexpr std::size_t size = 1'000'000;
    for (const std::size_t place : {std::size_t{1}, std::size_t{500'000}, size - 1}) {
        for (const std::size_t near : {place - 1, place}) {
            int asked = 0;
            const auto is_before = [&](std::size_t i) { return ++asked, i < place; };
            CHECK(first_not_before_near(size, near, is_before) == place);
            CHECK(asked <= 2);
        }
    }
}
