#include "hanzi/rare.h"

#include <doctest/doctest.h>
#include <string>

using namespace qunying;

TEST_CASE("rare is what the first two levels of the official table do not have") {
    for (const char32_t c : std::u32string(U"䶮㛃𬭎𫖯𠅤镕")) CHECK(is_rarely_read(c));
    for (const char32_t c : std::u32string(U"王杨利冯龚燕一")) CHECK_FALSE(is_rarely_read(c));
    for (const char32_t c : std::u32string(U"a1·，")) CHECK_FALSE(is_rarely_read(c));
}
