#include "images/loader.h"

#include <algorithm>
#include <array>
#include <memory>

namespace qunying {
namespace {

using vips::VError;
using vips::VImage;

struct Complaint {
    std::string_view part;  // of libvips' or the codec's message
    PictureProblem means;
};

// Messages of libjpeg-turbo, libpng, libspng, libwebp, libheif and libvips themselves. The first that fits
// wins.
constexpr auto complaints = std::to_array<Complaint>({
    {"out of memory", PictureProblem::out_of_memory},
    {"Memory allocation", PictureProblem::out_of_memory},
    {"Insufficient memory", PictureProblem::out_of_memory},
    {"remature end", PictureProblem::truncated},  // JPEG, HEIF and libvips, with either capital
    {"end of stream", PictureProblem::truncated},
    {"end of file", PictureProblem::truncated},
    {"Read Error", PictureProblem::truncated},
    {"read error", PictureProblem::truncated},
    {"truncated", PictureProblem::truncated},
    {"not enough data", PictureProblem::truncated},
    {"unable to read", PictureProblem::truncated},
    {"Security limit exceeded", PictureProblem::too_large},
});

// What a message says for people: its first line that is not about seeking in the source, which libvips tries
// on every file.
std::string gist_of(std::string_view message) {
    std::string_view line;
    while (!message.empty() && (line.empty() || line.substr(0, 7) == "source:")) {
        const std::size_t end = std::min(message.find('\n'), message.size());
        line = message.substr(0, end);
        message.remove_prefix(std::min(end + 1, message.size()));
    }
    return std::string(line.substr(0, 200));
}

// The codecs behind libheif do not say when they lack memory. Below this many pixels they never did.
constexpr std::int64_t heif_pixels_that_fit = 32'000'000;

bool lacks_memory(const Original& original, const std::string& message) {
    return original.kind == ContentKind::heif &&
           std::int64_t{original.stored.width} * original.stored.height > heif_pixels_that_fit &&
           message.find("Decoder plugin generated an error") != std::string::npos;
}

Unusable understand(const Original& original, const std::string& message) {
    if (lacks_memory(original, message)) return {PictureProblem::out_of_memory, gist_of(message)};
    for (const Complaint& complaint : complaints) {
        if (message.find(complaint.part) != std::string::npos) return {complaint.means, gist_of(message)};
    }
    return {original.heic ? PictureProblem::unsupported_heic : PictureProblem::damaged, gist_of(message)};
}

// Any warning of a decoder refuses the picture: that is how a cut JPEG shows itself.
vips::VOption* strict() {
    return VImage::option()->set("fail_on", VIPS_FAIL_ON_WARNING)->set("access", VIPS_ACCESS_SEQUENTIAL);
}

VImage load(const Original& original, vips::VOption* options) {
    const auto unref = [](VipsBlob* blob) { vips_area_unref(VIPS_AREA(blob)); };
    const std::unique_ptr<VipsBlob, decltype(unref)> blob(
        vips_blob_new(nullptr, original.bytes.data(), original.bytes.size()), unref);
    switch (original.kind) {
        case ContentKind::jpeg:
            return VImage::jpegload_buffer(blob.get(), options);
        case ContentKind::png:
            return VImage::pngload_buffer(blob.get(), options);
        case ContentKind::webp:
            return VImage::webpload_buffer(blob.get(), options);
        case ContentKind::gif:
            return VImage::gifload_buffer(blob.get(), options);
        case ContentKind::tiff:
            return VImage::tiffload_buffer(blob.get(), options);
        default:
            return VImage::heifload_buffer(blob.get(), options);
    }
}

// The largest of 8, 4, 2, 1 that leaves twice the wanted size: the decoder's own reduction is a plain
// average, and what is left is done properly.
int jpeg_shrink(PixelSize stored, PixelSize wanted) {
    const double factor = std::min(static_cast<double>(stored.width) / wanted.width,
                                   static_cast<double>(stored.height) / wanted.height);
    for (const int shrink : {8, 4, 2}) {
        if (factor >= shrink * 2) return shrink;
    }
    return 1;
}

double webp_scale(PixelSize stored, PixelSize wanted) {
    return std::min(1.0, 2.0 * std::max(static_cast<double>(wanted.width) / stored.width,
                                        static_cast<double>(wanted.height) / stored.height));
}

}  // namespace

VImage decoding(const Original& original, const std::function<VImage()>& decode) {
    vips_error_clear();
    try {
        return decode();
    } catch (const VError& error) {
        const std::string message = error.what();
        vips_error_clear();
        throw understand(original, message);
    }
}

VImage load_header(const Original& original) {
    return decoding(original, [&] { return load(original, strict()); });
}

VImage load_pixels(const Original& original, PixelSize wanted) {
    vips::VOption* options = strict();
    if (original.kind == ContentKind::jpeg) options->set("shrink", jpeg_shrink(original.stored, wanted));
    if (original.kind == ContentKind::webp) options->set("scale", webp_scale(original.stored, wanted));
    return decoding(original, [&] { return load(original, options); });
}

}  // namespace qunying
