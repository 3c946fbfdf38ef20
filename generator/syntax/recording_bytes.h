#pragma once
// For the readers of recordings alone: numbers out of bytes, where nothing lies outside what is there.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "syntax/recording.h"

namespace qunying {

// Reads past the end are zero.
class ByteView {
  public:
    explicit ByteView(std::string_view bytes) : bytes_(bytes) {}

    std::uint64_t size() const { return bytes_.size(); }
    std::string_view piece(std::uint64_t at, std::uint64_t length) const {
        return at < size() ? bytes_.substr(static_cast<std::size_t>(at), static_cast<std::size_t>(length))
                           : std::string_view();
    }
    bool starts_at(std::uint64_t at, std::string_view what) const {
        return at <= size() && bytes_.substr(static_cast<std::size_t>(at)).starts_with(what);
    }
    std::uint8_t byte(std::uint64_t at) const {
        return at < size() ? static_cast<std::uint8_t>(bytes_[static_cast<std::size_t>(at)])
                           : std::uint8_t{0};
    }
    // `length` bytes, the first the most significant.
    std::uint64_t big(std::uint64_t at, unsigned length) const {
        std::uint64_t value = 0;
        for (unsigned i = 0; i < length; ++i) value = value << 8 | byte(at + i);
        return value;
    }
    std::uint64_t little(std::uint64_t at, unsigned length) const {
        std::uint64_t value = 0;
        for (unsigned i = length; i > 0; --i) value = value << 8 | byte(at + i - 1);
        return value;
    }
    bool all_zero(std::uint64_t at, std::uint64_t length) const {
        return piece(at, length).find_first_not_of('\0') == std::string_view::npos;
    }

  private:
    std::string_view bytes_;
};

// `units` of which `rate` make a second; 0 where that makes no sense.
inline std::int64_t milliseconds_of(std::uint64_t units, std::uint64_t rate) {
    constexpr std::uint64_t longest = std::uint64_t{1} << 40;  // thirty years
    if (rate == 0 || units / rate >= longest / 1000) return 0;
    return static_cast<std::int64_t>(units / rate * 1000 + units % rate * 1000 / rate);
}

void read_mp4(const ByteView& file, Recording& recording);
void read_matroska(const ByteView& file, Recording& recording);
void read_mp3(const ByteView& file, Recording& recording);
void read_ogg(const ByteView& file, Recording& recording);
void read_wav(const ByteView& file, Recording& recording);

}  // namespace qunying
