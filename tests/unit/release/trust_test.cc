#include "release/trust.h"

#include <doctest/doctest.h>

namespace qunying {
namespace {

TEST_CASE("keys and trust files read back as they were written") {
    const SigningKey first = first_signing_key(), second = rotated(first), third = rotated(second);
    for (const SigningKey& key : {first, second, third}) {
        const auto trust = read_trust(write_trust(key.trust));
        REQUIRE(trust);
        CHECK(*trust == key.trust);
        const auto read = read_signing_key(write_signing_key(key));
        REQUIRE(read);
        CHECK(read->trust == key.trust);
        CHECK(read->secret.seed == key.secret.seed);
    }
    CHECK(third.trust.newest().epoch == 3);
    CHECK(third.trust.knows(first.trust.newest().key));
    CHECK(read_trust("# for people\r\n" + write_trust(second.trust) + "\r\n"));
}

TEST_CASE("a chain with any digit changed is no chain") {
    const std::string text = write_trust(rotated(first_signing_key()).trust);
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string other = text;
        other[i] = other[i] == '1' ? '2' : '1';
        CAPTURE(i);
        CHECK_FALSE(read_trust(other));
    }
    for (std::size_t length = 0; length + 1 < text.size(); ++length) {
        const auto shorter = read_trust(text.substr(0, length));
        CHECK((!shorter || shorter->links.size() == 1));  // the first key alone is a chain too
    }
}

TEST_CASE("a key joins a chain only where the old and the new key both say so") {
    const SigningKey old = first_signing_key(), thief = first_signing_key();
    Trust forged = rotated(thief).trust;
    forged.links[0] = old.trust.links[0];
    CHECK_FALSE(read_trust(write_trust(forged)));
    Trust skipped = rotated(rotated(old)).trust;
    skipped.links.erase(skipped.links.begin() + 1);
    CHECK_FALSE(read_trust(write_trust(skipped)));
    Trust headless = rotated(old).trust;
    headless.links.erase(headless.links.begin());
    CHECK_FALSE(read_trust(write_trust(headless)));
}

TEST_CASE("trust grows along one chain and never to a stranger's") {
    const SigningKey first = first_signing_key(), second = rotated(first), fork = rotated(first);
    CHECK(joined(first.trust, second.trust) == second.trust);
    CHECK(joined(second.trust, first.trust) == second.trust);
    CHECK(joined(second.trust, second.trust) == second.trust);
    CHECK_FALSE(joined(second.trust, fork.trust));
    CHECK_FALSE(joined(first.trust, first_signing_key().trust));
}

TEST_CASE("what is no key file is none") {
    const SigningKey key = first_signing_key();
    CHECK_FALSE(read_signing_key(""));
    CHECK_FALSE(read_signing_key(write_trust(key.trust)));
    CHECK_FALSE(read_trust(write_signing_key(key)));
    CHECK_FALSE(read_trust(""));
    CHECK_FALSE(read_trust("qunying trust 1\n"));
    CHECK_FALSE(read_trust("qunying trust 2\nkey 1 " + hex_of(key.trust.newest().key) + "\n"));
    CHECK_FALSE(read_trust(write_trust(key.trust) + std::string(longest_key_file, '#')));
    const SigningKey other{key.trust, first_signing_key().secret};
    CHECK_FALSE(read_signing_key(write_signing_key(other)));
}

}  // namespace
}  // namespace qunying
