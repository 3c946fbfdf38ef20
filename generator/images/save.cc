// Pixels to files. libvips 8.14.1 ignores `strip` when it saves WebP, so the image itself is stripped before
// each save, and the saver is told all the same.
#include <memory>

#include "base/failure.h"
#include "images/pixels.h"

namespace qunying {
namespace {

using vips::VImage;

// More costs time and saves nothing that is seen; nor do JPEGs in several scans, which are 4 % smaller for
// twice the time (docs/pictures.md, encoders).
constexpr int webp_effort = 4;
constexpr int avif_effort = 2;

std::string take(VipsBlob* blob) {
    const auto unref = [](VipsBlob* each) { vips_area_unref(VIPS_AREA(each)); };
    const std::unique_ptr<VipsBlob, decltype(unref)> owned(blob, unref);
    std::size_t size = 0;
    const void* bytes = vips_blob_get(owned.get(), &size);
    return {static_cast<const char*>(bytes), size};
}

vips::VOption* with_quality(int quality) { return VImage::option()->set("Q", quality)->set("strip", true); }

VipsBlob* save_jpeg(const VImage& image, int quality) {
    return image.jpegsave_buffer(with_quality(quality)
                                     ->set("optimize_coding", true)
                                     ->set("subsample_mode", VIPS_FOREIGN_SUBSAMPLE_ON));
}

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        value |= std::uint32_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    }
    return value;
}

// A WebP file of nothing but its picture: RIFF, size, WEBP and the one chunk of pixels (RFC 9649, 2.5 simple
// format).
std::string picture_chunk_of(std::string_view file) {
    constexpr std::size_t riff_header = 12, chunk_header = 8;
    QY_CHECK(file.size() > riff_header && file.substr(0, 4) == "RIFF" && file.substr(8, 4) == "WEBP");
    std::size_t at = riff_header;
    while (file.size() - at >= chunk_header) {
        const std::size_t size = chunk_header + (std::size_t{number_at(file, at + 4)} + 1) / 2 * 2;
        QY_CHECK(size <= file.size() - at);
        if (file.substr(at, 4) == "VP8 ") {
            const auto riff_size = static_cast<std::uint32_t>(4 + size);
            std::string out = "RIFF";
            for (int i = 0; i < 4; ++i) out += static_cast<char>(riff_size >> (8 * i) & 0xff);
            return out.append("WEBP").append(file.substr(at, size));
        }
        at += size;
    }
    report_broken_invariant("a WebP holds a picture", __FILE__, __LINE__);
}

std::string save_webp(const VImage& image, int quality) {
    return picture_chunk_of(take(image.webpsave_buffer(with_quality(quality)->set("effort", webp_effort))));
}

VipsBlob* save_avif(const VImage& image, int quality) {
    return image.heifsave_buffer(with_quality(quality)
                                     ->set("compression", VIPS_FOREIGN_HEIF_COMPRESSION_AV1)
                                     ->set("effort", avif_effort)
                                     ->set("bitdepth", 8)
                                     ->set("subsample_mode", VIPS_FOREIGN_SUBSAMPLE_ON));
}

}  // namespace

std::string save_png(const VImage& image) {
    constexpr int effort = 6;  // 9 is smaller by a fiftieth and takes four times as long
    return take(without_metadata(image).pngsave_buffer(VImage::option()
                                                           ->set("compression", effort)
                                                           ->set("filter", VIPS_FOREIGN_PNG_FILTER_ALL)
                                                           ->set("strip", true)));
}

std::string save_picture(const VImage& image, PictureFormat format, const Recipe& recipe) {
    const VImage bare = without_metadata(image);
    switch (format) {
        case PictureFormat::jpeg:
            return take(save_jpeg(bare, recipe.jpeg_quality));
        case PictureFormat::webp:
            return save_webp(bare, recipe.webp_quality);
        case PictureFormat::avif:
            return take(save_avif(bare, recipe.avif_quality));
    }
    report_broken_invariant("a format", __FILE__, __LINE__);
}

}  // namespace qunying
