#pragma once
// Deflated bytes of files that others made: PDF, Office, PNG. Hides zlib.
#include <cstddef>
#include <string>
#include <string_view>

namespace qunying {

enum class DeflateWrap { zlib, none };  // RFC 1950, RFC 1951

// What can be had of it, up to `most` bytes: all that comes before the first mistake. Never throws.
std::string inflated(std::string_view bytes, std::size_t most, DeflateWrap wrap = DeflateWrap::zlib);

}  // namespace qunying
