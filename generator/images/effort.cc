#include "images/effort.h"

#include <algorithm>

#include "images/number_at.h"
#include "images/sniff.h"

namespace qunying {
namespace {

// How the codecs of this program hold a picture while it is decoded.
enum class Holding {
    in_strips,     // row by row: next to nothing
    coefficients,  // a progressive JPEG: all of it before the first row is there
    reduced,       // a WebP: whole, but reduced while it is decoded
    whole,
};

struct Header {
    std::uint64_t width = 0, height = 0;
    Holding holding = Holding::whole;
};

// The first frame header (ITU-T T.81, B.2.2); thumbnails lie inside segments that are stepped over.
Header jpeg_header(std::string_view bytes) {
    std::size_t at = 2;
    while (at + 9 < bytes.size()) {
        if (byte_at(bytes, at) != 0xff) return {};
        const std::uint64_t marker = byte_at(bytes, at + 1);
        if (marker == 0xff) {
            ++at;
            continue;
        }
        const bool frame =
            marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
        if (frame) {
            const bool progressive = (marker & 3) == 2;
            return {big_at(bytes, at + 7, 2), big_at(bytes, at + 5, 2),
                    progressive ? Holding::coefficients : Holding::in_strips};
        }
        at += 2 + static_cast<std::size_t>(big_at(bytes, at + 2, 2));
    }
    return {};
}

Header png_header(std::string_view bytes) {
    return {big_at(bytes, 16, 4), big_at(bytes, 20, 4),
            byte_at(bytes, 28) == 0 ? Holding::in_strips : Holding::whole};
}

Header webp_header(std::string_view bytes) {
    const std::string_view form = bytes.substr(std::min<std::size_t>(12, bytes.size()), 4);
    if (form == "VP8X") return {little_at(bytes, 24, 3) + 1, little_at(bytes, 27, 3) + 1, Holding::reduced};
    if (form == "VP8L") {
        const std::uint64_t bits = little_at(bytes, 21, 4);
        return {(bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1, Holding::reduced};
    }
    return {little_at(bytes, 26, 2) & 0x3fff, little_at(bytes, 28, 2) & 0x3fff, Holding::reduced};
}

// The largest of the sizes that items are given: tiles are smaller than what they make up.
Header heif_header(std::string_view bytes) {
    Header largest;
    for (std::size_t at = bytes.find("ispe"); at != std::string_view::npos; at = bytes.find("ispe", at + 4)) {
        const Header each{big_at(bytes, at + 8, 4), big_at(bytes, at + 12, 4)};
        if (each.width * each.height > largest.width * largest.height) largest = each;
    }
    return largest;
}

Header header_of(std::string_view bytes) {
    switch (sniff(bytes).kind) {
        case ContentKind::jpeg:
            return jpeg_header(bytes);
        case ContentKind::png:
            return png_header(bytes);
        case ContentKind::webp:
            return webp_header(bytes);
        case ContentKind::heif:
            return heif_header(bytes);
        case ContentKind::gif:
            return {little_at(bytes, 6, 2), little_at(bytes, 8, 2)};
        default:
            return {};
    }
}

// The reduced picture that everything is made of: somewhat larger than the largest derivative.
std::uint64_t master_pixels(std::uint64_t pixels, const std::vector<Recipe>& recipes) {
    std::uint64_t widest = 0;
    for (const Recipe& recipe : recipes) {
        for (const int width : recipe.widths)
            widest = std::max(widest, static_cast<std::uint64_t>(std::max(width, 0)));
    }
    return std::min(pixels, widest > (1U << 14) ? pixels : widest * widest * 2);
}

// Measured on 24 megapixels with what the workers of Debian 12 link: docs/pictures.md.
std::uint64_t bytes_held(Holding holding, std::uint64_t pixels, std::uint64_t master) {
    switch (holding) {
        case Holding::in_strips:
            return 0;
        case Holding::coefficients:
            return pixels * 6;
        case Holding::reduced:
            return master * 8;
        case Holding::whole:
            return pixels * 4;
    }
    return 0;
}

}  // namespace

PictureEffort effort_of(std::string_view beginning, std::uint64_t size, const std::vector<Recipe>& recipes) {
    constexpr std::uint64_t most = std::uint64_t{1} << 28;  // pixels; more is refused anyway
    const Header header = header_of(beginning);
    PictureEffort effort;
    const bool known = header.width > 0 && header.height > 0;
    effort.pixels = known ? std::min(std::min(header.width, most) * std::min(header.height, most), most)
                          : std::min(size * 4, most);
    const std::uint64_t master = master_pixels(effort.pixels, recipes);
    effort.memory =
        idle_worker_memory + size + bytes_held(header.holding, effort.pixels, master) + master * 6;
    return effort;
}

}  // namespace qunying
