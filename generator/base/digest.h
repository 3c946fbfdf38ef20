#pragma once
// Two digests for two jobs: XXH3-128 names what a cache remembers (fast, no adversary), BLAKE2b proves what a
// published file holds (no second file with the same digest can be made).
#include <array>
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
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

// 256 bits of BLAKE2b; what a manifest says of a file.
struct Blake2b {
    std::array<std::uint8_t, 32> bytes{};

    auto operator<=>(const Blake2b&) const = default;
    std::string hex() const;
    // The 32 bytes as they are, for a digest of digests.
    std::string_view raw() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
};

Blake2b blake2b_of(std::string_view bytes);
// The same for bytes that come piece by piece.
class Blake2bBuilder {
  public:
    Blake2bBuilder();
    ~Blake2bBuilder();
    Blake2bBuilder(const Blake2bBuilder&) = delete;
    Blake2bBuilder& operator=(const Blake2bBuilder&) = delete;

    Blake2bBuilder& add(std::string_view bytes);
    Blake2b finish();  // once

  private:
    struct State;
    std::unique_ptr<State> state_;
};
// From 64 lower-case digits; nothing where they are anything else.
std::optional<Blake2b> blake2b_from_hex(std::string_view hex);

// BLAKE2b of `size` bytes (16 to 64) as lower-case hex.
std::string blake2b_hex(std::string_view bytes, std::size_t size = 32);

}  // namespace qunying
