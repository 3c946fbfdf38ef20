#pragma once
// Which keys a screen trusts, and how one key follows another.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "release/signature.h"

namespace qunying {

// A key and its epoch. Every key but the first says that it follows the one before it, signed by both: the
// old one hands over, the new one proves that its owner has it.
struct TrustLink {
    std::uint32_t epoch = 1;  // 1, 2, 3 …
    PublicKey key;
    Signature by_old, by_new;  // unused in the first link

    bool operator==(const TrustLink&) const = default;
};

// A chain of keys, oldest first, never empty, each link good (read_trust sees to it). The newest one signs;
// its epoch is the lowest that is still taken.
struct Trust {
    std::vector<TrustLink> links;

    const TrustLink& newest() const { return links.back(); }
    bool knows(const PublicKey& key) const;
    bool operator==(const Trust&) const = default;
};

// The trust file (KEY.pub), one link a line:
//   qunying trust 1
//   key 1 PUBLIC
//   key 2 PUBLIC OLD-SIGNATURE NEW-SIGNATURE
// in hex. Lines that begin with # are for people.
std::string write_trust(const Trust& trust);
// Nothing where a line is broken, an epoch does not follow the one before it, or a signature is not good.
std::optional<Trust> read_trust(std::string_view text);

// What whoever trusts `known` may trust once he has seen `offered`: the longer of the two where one continues
// the other; nothing where they are strangers.
std::optional<Trust> joined(const Trust& known, const Trust& offered);

// What signs packs: the newest key of a chain, and its secret.
struct SigningKey {
    Trust trust;
    SecretKey secret;
};
SigningKey first_signing_key();
// A new key that follows the old one.
SigningKey rotated(const SigningKey& old);

// The key file: as the trust file, with the secret.
std::string write_signing_key(const SigningKey& key);
// Nothing where it is none, or the secret is not that of the newest key.
std::optional<SigningKey> read_signing_key(std::string_view text);

// Longer files are neither keys nor trust.
inline constexpr std::uint64_t longest_key_file = 16 * 1024;

}  // namespace qunying
