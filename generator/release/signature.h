#pragma once
// Ed25519 over exact bytes. Hides libsodium.
#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace qunying {

struct PublicKey {
    std::array<std::uint8_t, 32> bytes{};
    auto operator<=>(const PublicKey&) const = default;
};

struct SecretKey {
    std::array<std::uint8_t, 32> seed{};
};

struct Signature {
    std::array<std::uint8_t, 64> bytes{};
    auto operator<=>(const Signature&) const = default;
};

struct KeyPair {
    SecretKey secret;
    PublicKey open;
};

// From the system's source of chance.
KeyPair new_key_pair();
PublicKey public_key_of(const SecretKey& secret);

// The same bytes and key give the same signature.
Signature sign(const SecretKey& secret, std::string_view bytes);
bool is_signed_by(const PublicKey& key, std::string_view bytes, const Signature& signature);

// Lower-case hex, and back; nothing where it is anything else.
std::string hex_of(const PublicKey& key);
std::string hex_of(const SecretKey& key);
std::string hex_of(const Signature& signature);
std::optional<PublicKey> public_key_from_hex(std::string_view hex);
std::optional<SecretKey> secret_key_from_hex(std::string_view hex);
std::optional<Signature> signature_from_hex(std::string_view hex);

}  // namespace qunying
