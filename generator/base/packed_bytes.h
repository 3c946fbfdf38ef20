#pragma once
// Values as bytes, for whoever remembers something: numbers little-endian base 128, a text its length and its
// bytes, a span 0 where it is unknown, else begin + 1 and its length.
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "base/source.h"

namespace qunying {

class BytePacker {
  public:
    explicit BytePacker(std::string& out) : out_(out) {}

    void number(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7) out_.push_back(static_cast<char>(value | 0x80));
        out_.push_back(static_cast<char>(value));
    }
    void flag(bool value) { out_.push_back(value ? '\1' : '\0'); }
    void text(std::string_view value) {
        number(value.size());
        out_ += value;
    }
    // Bytes whose number the reader knows.
    void bytes(std::string_view value) { out_ += value; }
    // Names no source.
    void span(Span value) {
        number(value.known() ? std::uint64_t{value.begin} + 1 : 0);
        if (value.known()) number(value.end - value.begin);
    }

  private:
    std::string& out_;
};

// Reads what BytePacker wrote, and trusts nothing of it. The first thing that cannot be makes it broken for
// good; from then on it yields empty values and reads nothing. Views point into the bytes.
class ByteUnpacker {
  public:
    // All spans are in `source`.
    ByteUnpacker(std::string_view bytes, SourceId source) : rest_(bytes), source_(source) {}

    bool broken() const { return broken_; }
    bool whole() const { return !broken_ && rest_.empty(); }
    std::string_view rest() const { return rest_; }
    // No span ends behind it; 0 at first.
    void extent(std::uint32_t bytes) { extent_ = bytes; }

    std::uint64_t number(std::uint64_t most);
    std::uint32_t number() {
        return static_cast<std::uint32_t>(number(std::numeric_limits<std::uint32_t>::max()));
    }
    bool flag() { return number(1) == 1; }
    // How many items follow, each of at least `least` bytes.
    std::uint32_t count(std::size_t least) {
        return static_cast<std::uint32_t>(number(rest_.size() / least));
    }
    std::string_view bytes(std::size_t size);
    std::string_view text() { return bytes(number()); }
    Span span();
    std::uint32_t fail() {
        broken_ = true;
        rest_ = {};
        return 0;
    }

  private:
    std::string_view rest_;
    SourceId source_;
    std::uint32_t extent_ = 0;
    bool broken_ = false;
};

inline std::uint64_t ByteUnpacker::number(std::uint64_t most) {
    constexpr unsigned longest = 10;
    std::uint64_t value = 0;
    for (unsigned at = 0; at < rest_.size() && at < longest; ++at) {
        const auto byte = static_cast<unsigned char>(rest_[at]);
        if (at == longest - 1 && byte > 1) return fail();
        value |= std::uint64_t{byte & 0x7FU} << (7 * at);
        if (byte >= 0x80) continue;
        rest_.remove_prefix(at + 1);
        return value <= most ? value : fail();
    }
    return fail();
}

inline std::string_view ByteUnpacker::bytes(std::size_t size) {
    if (size > rest_.size()) return fail(), std::string_view();
    const std::string_view value = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return value;
}

inline Span ByteUnpacker::span() {
    const std::uint32_t begin = number();
    if (begin == 0) return {};
    const std::uint32_t size = number();
    if (begin - 1 > extent_ || size > extent_ - (begin - 1)) return fail(), Span();
    return {source_, begin - 1, begin - 1 + size};
}

}  // namespace qunying
