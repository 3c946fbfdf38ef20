// The header of an original: what it is, how large, which way up. Nothing is decoded here.
#include <algorithm>
#include <array>

#include "images/loader.h"
#include "images/pixels.h"

namespace qunying {
namespace {

// Pixels that are decoded at most. A worker's memory does not hold more.
constexpr std::int64_t most_pixels = 100'000'000;
constexpr std::int64_t most_heif_pixels = 50'000'000;

ContentKind wanted_kind(const Sniffed& sniffed, Scans scans) {
    switch (sniffed.kind) {
        case ContentKind::jpeg:
        case ContentKind::png:
        case ContentKind::webp:
        case ContentKind::heif:
        case ContentKind::gif:
            return sniffed.kind;
        case ContentKind::tiff:
            if (scans == Scans::allowed) return sniffed.kind;
            throw Unusable{PictureProblem::tiff_not_allowed, ""};
        case ContentKind::other_picture:
            throw Unusable{PictureProblem::unsupported_format, std::string(sniffed.name)};
        case ContentKind::other:
            throw Unusable{PictureProblem::not_a_picture, std::string(sniffed.name)};
        case ContentKind::unknown:
            break;
    }
    throw Unusable{PictureProblem::not_a_picture, "DATA"};
}

void check_size(PixelSize size, ContentKind kind) {
    const std::int64_t pixels = std::int64_t{size.width} * size.height;
    if (pixels <= (kind == ContentKind::heif ? most_heif_pixels : most_pixels)) return;
    throw Unusable{PictureProblem::too_large, std::to_string(size.width) + "×" + std::to_string(size.height)};
}

int orientation_of(const vips::VImage& image) {
    const int orientation = vips_image_get_orientation(image.get_image());
    return orientation >= 1 && orientation <= 8 ? orientation : 1;
}

}  // namespace

Original open_original(std::string_view bytes, Scans scans) {
    if (bytes.empty()) throw Unusable{PictureProblem::empty_file, ""};
    const Sniffed sniffed = sniff(bytes);
    Original original;
    original.bytes = bytes;
    original.kind = wanted_kind(sniffed, scans);
    original.heic = sniffed.heic;
    const vips::VImage header = load_header(original);
    original.stored = {header.width(), header.height()};
    check_size(original.stored, original.kind);
    original.orientation = orientation_of(header);
    // The primary picture of a HEIC burst is the one meant; of the others the first is.
    if (original.kind != ContentKind::heif)
        original.frames = std::max(1, vips_image_get_n_pages(header.get_image()));
    const bool lying = original.orientation >= 5;
    original.upright = lying ? PixelSize{original.stored.height, original.stored.width} : original.stored;
    return original;
}

}  // namespace qunying
