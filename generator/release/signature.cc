#include "release/signature.h"

#include <algorithm>
#include <sodium.h>

#include "base/failure.h"

namespace qunying {
namespace {

// The seed and the public key, as libsodium wants them for signing; wiped when it goes out of scope.
struct ExpandedKey {
    std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
    PublicKey open;

    explicit ExpandedKey(const SecretKey& key) {
        QY_CHECK(sodium_init() >= 0);
        crypto_sign_seed_keypair(open.bytes.data(), secret.data(), key.seed.data());
    }
    ~ExpandedKey() { sodium_memzero(secret.data(), secret.size()); }
    ExpandedKey(const ExpandedKey&) = delete;
    ExpandedKey& operator=(const ExpandedKey&) = delete;
};

const unsigned char* raw(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

template <std::size_t Size>
std::string to_hex(const std::array<std::uint8_t, Size>& bytes) {
    std::string hex(2 * Size + 1, '\0');  // libsodium ends it with NUL
    sodium_bin2hex(hex.data(), hex.size(), bytes.data(), Size);
    hex.pop_back();
    return hex;
}

template <std::size_t Size>
std::optional<std::array<std::uint8_t, Size>> from_hex(std::string_view hex) {
    std::array<std::uint8_t, Size> bytes{};
    std::size_t length = 0;
    const bool upper = std::any_of(hex.begin(), hex.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (upper || hex.size() != 2 * Size) return std::nullopt;
    const int failed = sodium_hex2bin(bytes.data(), Size, hex.data(), hex.size(), nullptr, &length, nullptr);
    return failed == 0 && length == Size ? std::optional(bytes) : std::nullopt;
}

}  // namespace

KeyPair new_key_pair() {
    QY_CHECK(sodium_init() >= 0);
    KeyPair pair;
    randombytes_buf(pair.secret.seed.data(), pair.secret.seed.size());
    pair.open = public_key_of(pair.secret);
    return pair;
}

PublicKey public_key_of(const SecretKey& secret) { return ExpandedKey(secret).open; }

Signature sign(const SecretKey& secret, std::string_view bytes) {
    const ExpandedKey key(secret);
    Signature signature;
    crypto_sign_detached(signature.bytes.data(), nullptr, raw(bytes), bytes.size(), key.secret.data());
    return signature;
}

bool is_signed_by(const PublicKey& key, std::string_view bytes, const Signature& signature) {
    QY_CHECK(sodium_init() >= 0);
    return crypto_sign_verify_detached(signature.bytes.data(), raw(bytes), bytes.size(), key.bytes.data()) ==
           0;
}

std::string hex_of(const PublicKey& key) { return to_hex(key.bytes); }
std::string hex_of(const SecretKey& key) { return to_hex(key.seed); }
std::string hex_of(const Signature& signature) { return to_hex(signature.bytes); }

std::optional<PublicKey> public_key_from_hex(std::string_view hex) {
    const auto bytes = from_hex<32>(hex);
    return bytes ? std::optional(PublicKey{*bytes}) : std::nullopt;
}

std::optional<SecretKey> secret_key_from_hex(std::string_view hex) {
    const auto bytes = from_hex<32>(hex);
    return bytes ? std::optional(SecretKey{*bytes}) : std::nullopt;
}

std::optional<Signature> signature_from_hex(std::string_view hex) {
    const auto bytes = from_hex<64>(hex);
    return bytes ? std::optional(Signature{*bytes}) : std::nullopt;
}

}  // namespace qunying
