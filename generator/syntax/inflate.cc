#include "syntax/inflate.h"

#include <algorithm>
#define ZLIB_CONST  // what is inflated is only read
#include <zlib.h>

namespace qunying {

std::string inflated(std::string_view bytes, std::size_t most, DeflateWrap wrap) {
    z_stream stream{};
    if (inflateInit2(&stream, wrap == DeflateWrap::zlib ? MAX_WBITS : -MAX_WBITS) != Z_OK) return {};
    constexpr std::size_t step = 64 << 10, longest = 1 << 30;
    bytes = bytes.substr(0, longest);
    stream.next_in = reinterpret_cast<const Bytef*>(bytes.data());
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::string out;
    for (int result = Z_OK; result == Z_OK && out.size() < most;) {
        const std::size_t size = out.size(), room = std::min(step, most - size);
        out.resize(size + room);
        stream.next_out = reinterpret_cast<Bytef*>(out.data() + size);
        stream.avail_out = static_cast<uInt>(room);
        result = inflate(&stream, Z_NO_FLUSH);
        out.resize(size + room - stream.avail_out);
    }
    inflateEnd(&stream);
    return out;
}

}  // namespace qunying
