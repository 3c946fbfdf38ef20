#include "base/digest.h"

#include <doctest/doctest.h>

using namespace qunying;

TEST_CASE("BLAKE2b is that of RFC 7693") {
    CHECK(blake2b_hex("abc", 64).substr(0, 32) == "ba80a53f981c4d0d6a2797b69f12f6e9");
    CHECK(blake2b_hex("", 16).size() == 32);
}

TEST_CASE("a sequence's digest depends on where its parts end") {
    CHECK(DigestBuilder().add("ab").add("c").finish() != DigestBuilder().add("a").add("bc").finish());
    CHECK(DigestBuilder().add("ab").finish() == DigestBuilder().add("ab").finish());
    CHECK(digest_of("x").hex().size() == 32);
}
