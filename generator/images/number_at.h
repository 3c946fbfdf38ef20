#pragma once
// Numbers in the headers of picture files, read where they stand; what lies behind the end counts as 0.
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace qunying {

inline std::uint64_t byte_at(std::string_view bytes, std::size_t at) {
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
}
// The first byte weighs most; `size` bytes, up to 8.
inline std::uint64_t big_at(std::string_view bytes, std::size_t at, unsigned size) {
    std::uint64_t value = 0;
    for (unsigned i = 0; i < size; ++i) value = value << 8 | byte_at(bytes, at + i);
    return value;
}
// The last byte weighs most.
inline std::uint64_t little_at(std::string_view bytes, std::size_t at, unsigned size) {
    std::uint64_t value = 0;
    for (unsigned i = size; i > 0; --i) value = value << 8 | byte_at(bytes, at + i - 1);
    return value;
}

}  // namespace qunying
