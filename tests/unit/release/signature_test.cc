#include "release/signature.h"

#include <doctest/doctest.h>

namespace qunying {
namespace {

// RFC 8032, section 7.1, tests 1 and 2.
TEST_CASE("signatures are those of the standard") {
    const auto secret =
        secret_key_from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    REQUIRE(secret);
    const PublicKey key = public_key_of(*secret);
    CHECK(hex_of(key) == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    CHECK(hex_of(sign(*secret, "")) ==
          "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd2"
          "5bf5f0"
          "595bbe24655141438e7a100b");
    CHECK(is_signed_by(key, "", sign(*secret, "")));
    CHECK_FALSE(is_signed_by(key, " ", sign(*secret, "")));
}

TEST_CASE("no changed bit of text, key or signature passes") {
    const KeyPair pair = new_key_pair();
    const std::string text = "样例";
    const Signature signature = sign(pair.secret, text);
    REQUIRE(is_signed_by(pair.open, text, signature));
    for (std::size_t bit = 0; bit < 8 * signature.bytes.size(); ++bit) {
        Signature other = signature;
        other.bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        CHECK_FALSE(is_signed_by(pair.open, text, other));
    }
    for (std::size_t bit = 0; bit < 8 * pair.open.bytes.size(); ++bit) {
        PublicKey other = pair.open;
        other.bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        CHECK_FALSE(is_signed_by(other, text, signature));
    }
}

TEST_CASE("two keys are never the same, and hex is exact") {
    const KeyPair one = new_key_pair(), other = new_key_pair();
    CHECK(one.open != other.open);
    CHECK(public_key_from_hex(hex_of(one.open)) == one.open);
    const std::string hex = hex_of(one.open);
    CHECK_FALSE(public_key_from_hex(hex.substr(1)));
    CHECK_FALSE(public_key_from_hex(hex + "0"));
    CHECK_FALSE(public_key_from_hex("A" + hex.substr(1)));
    CHECK_FALSE(public_key_from_hex("g" + hex.substr(1)));
    CHECK_FALSE(signature_from_hex(hex));
}

}  // namespace
}  // namespace qunying
