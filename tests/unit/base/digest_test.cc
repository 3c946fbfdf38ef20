#include "base/digest.h"

#include <doctest/doctest.h>

using namespace qunying;

TEST_CASE("BLAKE2b is that of RFC 7693") {
    CHECK(blake2b_hex("abc", 64).substr(0, 32) == "ba80a53f981c4d0d6a2797b69f12f6e9");
    CHECK(blake2b_hex("", 16).size() == 32);
}

TEST_CASE("a BLAKE2b that grows piece by piece is that of the whole") {
    const std::string text(1000, 'x');
    for (const std::size_t cut : {0UL, 1UL, 127UL, 128UL, 129UL, 999UL, 1000UL}) {
        Blake2bBuilder builder;
        builder.add(std::string_view(text).substr(0, cut)).add(std::string_view(text).substr(cut));
        CHECK(builder.finish() == blake2b_of(text));
    }
    CHECK(Blake2bBuilder().finish() == blake2b_of(""));
}

TEST_CASE("BLAKE2b reads its own hex, and nothing else") {
    const Blake2b digest = blake2b_of("abc");
    const std::string hex = digest.hex();
    CHECK(hex == blake2b_hex("abc"));
    CHECK(blake2b_from_hex(hex) == digest);
    CHECK_FALSE(blake2b_from_hex(hex.substr(1)));
    for (std::size_t at = 0; at < hex.size(); ++at) {
        for (const char foreign : {'A', 'g', '/', ':', '`', '\0', '\xe4'}) {
            std::string broken = hex;
            broken[at] = foreign;
            CHECK_FALSE(blake2b_from_hex(broken));
        }
    }
}

TEST_CASE("a sequence's digest depends on where its parts end") {
    CHECK(DigestBuilder().add("ab").add("c").finish() != DigestBuilder().add("a").add("bc").finish());
    CHECK(DigestBuilder().add("ab").finish() == DigestBuilder().add("ab").finish());
    CHECK(digest_of("x").hex().size() == 32);
}
