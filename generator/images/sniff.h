#pragma once
// What a file is by its first bytes; its name is never asked.
#include <string_view>

namespace qunying {

enum class ContentKind {
    jpeg,
    png,
    webp,
    heif,  // AVIF or HEIC: one container
    gif,
    tiff,
    other_picture,  // a picture of a kind we do not read
    other,          // known, and no picture
    unknown,
};

struct Sniffed {
    ContentKind kind = ContentKind::unknown;
    std::string_view name;  // "SVG", "PDF"…; empty when unknown
    bool heic = false;      // of heif: HEVC rather than AV1
};

Sniffed sniff(std::string_view bytes);

}  // namespace qunying
