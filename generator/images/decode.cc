// From the bytes of an original to the master: one pass from top to bottom, reduced on the way, so that even
// a hundred million pixels need only some lines of them in memory.
//
// The order of the steps: colour after reduction (a profile costs far more on twelve million pixels than on
// two). What is transparent stays so until a recipe lays it on its background; it is reduced premultiplied,
// or the colour of what cannot be seen would bleed into the edges.
#include <array>

#include "images/loader.h"
#include "images/pixels.h"

namespace qunying {
namespace {

using vips::VImage;

// The colour space an ICC profile says it is for, at offset 16 of its header (ICC.1:2022, 7.2.6); empty
// without profile.
std::string_view profile_space(const VImage& image) {
    constexpr std::size_t space_offset = 16, header_size = 128;
    if (image.get_typeof(VIPS_META_ICC_NAME) == 0) return {};
    std::size_t size = 0;
    const auto* profile = static_cast<const char*>(image.get_blob(VIPS_META_ICC_NAME, &size));
    if (profile == nullptr || size < header_size) return {};
    return {profile + space_offset, 4};
}

std::string_view space_of_bands(const VImage& image) {
    if (image.interpretation() == VIPS_INTERPRETATION_CMYK) return "CMYK";
    return image.bands() < 3 ? "GRAY" : "RGB ";
}

// By the picture's own profile; by `fallback` where it has none or a broken one.
VImage transformed(const VImage& image, const char* fallback) {
    return image.icc_transform("srgb", VImage::option()
                                           ->set("embedded", true)
                                           ->set("input_profile", fallback)
                                           ->set("black_point_compensation", true)
                                           ->set("depth", 8));
}

// A profile that fits is followed; one that does not fit, or that is broken, is as good as none. CMYK without
// one is taken for what libvips brings along.
VImage to_srgb(const VImage& image) {
    const bool cmyk = image.interpretation() == VIPS_INTERPRETATION_CMYK;
    if (cmyk || profile_space(image) == space_of_bands(image)) {
        try {
            return transformed(image, cmyk ? "cmyk" : "srgb");
        } catch (const vips::VError&) {
            vips_error_clear();
        }
    }
    return image.colourspace(VIPS_INTERPRETATION_sRGB);
}

// Lab, as scanners and Photoshop write it into TIFF.
bool is_lab(const VImage& image) {
    return image.interpretation() == VIPS_INTERPRETATION_LAB ||
           image.interpretation() == VIPS_INTERPRETATION_LABS;
}

// In sixteen bits of sRGB: what follows knows nothing of Lab, whose samples have a sign. Lab needs no
// profile.
VImage deep_colours(const VImage& image) {
    const VImage colours =
        image.extract_band(0, VImage::option()->set("n", 3)).colourspace(VIPS_INTERPRETATION_RGB16).copy();
    vips_image_remove(colours.get_image(), VIPS_META_ICC_NAME);
    return colours;
}

// What a profile or libvips knows how to bring down from sixteen bits stays as it is until it has been
// reduced: cut to eight before, a soft sky shows bands.
VImage known_samples(const VImage& image) {
    if (is_lab(image)) return deep_colours(image);
    const bool known = image.format() == VIPS_FORMAT_UCHAR || image.format() == VIPS_FORMAT_USHORT;
    if (!known) return image.cast(VIPS_FORMAT_UCHAR);
    if (image.format() == VIPS_FORMAT_UCHAR || image.interpretation() == VIPS_INTERPRETATION_CMYK)
        return image;
    const VipsInterpretation deep =
        image.bands() < 3 ? VIPS_INTERPRETATION_GREY16 : VIPS_INTERPRETATION_RGB16;
    return image.copy(VImage::option()->set("interpretation", deep));
}

// An image of which every pixel has been computed. What is read later comes from memory, never from the
// decoder.
VImage in_memory(const VImage& image) { return image.copy_memory(); }

VImage resized(const VImage& image, PixelSize size) {
    if (image.width() == size.width && image.height() == size.height) return image;
    return image.resize(static_cast<double>(size.width) / image.width(),
                        VImage::option()->set("vscale", static_cast<double>(size.height) / image.height()));
}

// libvips takes what is opaque from the colour space, and knows none of four inks with sixteen bits.
VImage resized_with_alpha(const VImage& image, PixelSize size) {
    const double opaque = image.format() == VIPS_FORMAT_USHORT ? 65535 : 255;
    const auto alpha = [&] { return VImage::option()->set("max_alpha", opaque); };
    return resized(image.premultiply(alpha()), size).unpremultiply(alpha()).cast(image.format());
}

VImage upright(const VImage& image, int orientation) {
    switch (orientation) {
        case 2:
            return image.fliphor();
        case 3:
            return image.rot180();
        case 4:
            return image.flipver();
        case 5:
            return image.rot90().fliphor();
        case 6:
            return image.rot90();
        case 7:
            return image.rot270().fliphor();
        case 8:
            return image.rot270();
        default:
            return image;
    }
}

PixelSize before_turning(PixelSize size, int orientation) {
    return orientation >= 5 ? PixelSize{size.height, size.width} : size;
}

// Colour, and transparency where there is any.
VImage plain_bands(const VImage& image, bool transparent) {
    const int bands = transparent ? 4 : 3;
    return image.bands() == bands ? image : image.extract_band(0, VImage::option()->set("n", bands));
}

}  // namespace

VImage without_metadata(const VImage& image) {
    const VImage bare = image.copy(VImage::option()->set("xres", 1.0)->set("yres", 1.0));
    gchar** fields = vips_image_get_fields(bare.get_image());
    for (gchar** field = fields; *field != nullptr; ++field) vips_image_remove(bare.get_image(), *field);
    g_strfreev(fields);
    return bare;
}

VImage decode_master(const Original& original, PixelSize size) {
    const PixelSize stored = before_turning(size, original.orientation);
    return decoding(original, [&] {
        VImage image = known_samples(load_pixels(original, stored));
        const bool transparent = image.has_alpha();
        image = transparent ? resized_with_alpha(image, stored) : resized(image, stored);
        image = plain_bands(to_srgb(image).cast(VIPS_FORMAT_UCHAR), transparent);
        return in_memory(without_metadata(upright(in_memory(image), original.orientation)));
    });
}

VImage cut(const VImage& master, PixelBox box, std::uint32_t background) {
    const bool whole = box == PixelBox{0, 0, master.width(), master.height()};
    const VImage part = whole ? master : master.extract_area(box.left, box.top, box.width, box.height);
    if (!part.has_alpha()) return part;
    const std::vector<double> colour = {static_cast<double>(background >> 16 & 0xff),
                                        static_cast<double>(background >> 8 & 0xff),
                                        static_cast<double>(background & 0xff)};
    return in_memory(part.flatten(VImage::option()->set("background", colour)));
}

VImage reduce(const VImage& image, PixelSize size) { return in_memory(resized(image, size)); }

std::uint32_t average_colour(const VImage& image) {
    const VImage statistics = image.stats();
    std::uint32_t colour = 0;
    constexpr int mean_column = 4;
    for (int band = 0; band < 3; ++band) {
        const double mean = statistics.getpoint(mean_column, band + 1).front();
        colour = colour << 8 | static_cast<std::uint32_t>(mean + 0.5);
    }
    return colour;
}

}  // namespace qunying
