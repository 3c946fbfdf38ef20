#pragma once
// Two digests for two jobs: XXH3-128 names what a cache remembers (fast, no adversary), BLAKE2b proves what a
// published file holds (no second file with the same digest can be made).
#include <array>
#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace qunying {

// 128 bits of XXH3; for cache keys only.
struct Digest {
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const Digest&) const = default;
    std::string hex() const;
};

Digest digest_of(std::string_view bytes);

// The digest of a sequence of values. Each text goes in with its length, so ("ab","c") differs from
// ("a","bc").
class DigestBuilder {
  public:
    DigestBuilder();
    ~DigestBuilder();
    DigestBuilder(const DigestBuilder&) = delete;
    DigestBuilder& operator=(const DigestBuilder&) = delete;

    DigestBuilder& add(std::string_view text);
    DigestBuilder& add(std::uint64_t number);
    DigestBuilder& add(const Digest& digest);
    Digest finish() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// BLAKE2b of `size` bytes (16 to 64) as lower-case hex.
std::string blake2b_hex(std::string_view bytes, std::size_t size = 32);

}  // namespace qunying
