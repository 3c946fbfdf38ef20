// What becomes of the colours, and how crisp a small picture is.
#include <algorithm>
#include <cmath>
#include <vector>

#include "images/pixels.h"

namespace qunying {
namespace {

using vips::VImage;

// Warm black on warm paper, as a print that was kept in an album.
constexpr std::uint32_t print_dark = 0x241c16, print_light = 0xfbf4e6;

// Not every speck of dust is a black, nor every scratch a white.
constexpr double ignored_percent = 0.5;
// Contrast is drawn out by a third at most: what was pale stays paler than what was not.
constexpr double narrowest_range = 255 / 1.33;

VImage grey_of(const VImage& image) { return image.colourspace(VIPS_INTERPRETATION_B_W); }

double channel(std::uint32_t colour, unsigned shift) { return colour >> shift & 0xff; }

// A table that takes a grey to the colour between the two inks.
VImage between(std::uint32_t dark, std::uint32_t light, Contrast contrast) {
    const VImage ramp =
        ((VImage::identity() - contrast.darkest) / (contrast.lightest - contrast.darkest)).linear(255, 0);
    const VImage share = ramp.cast(VIPS_FORMAT_UCHAR) / 255.0;  // below and above stay at the ends
    std::vector<double> from, by;
    for (const unsigned shift : {16U, 8U, 0U}) {
        from.push_back(channel(dark, shift));
        by.push_back(channel(light, shift) - channel(dark, shift));
    }
    return share.linear(by, from).rint().cast(VIPS_FORMAT_UCHAR);
}

VImage in_two_inks(const VImage& image, std::uint32_t dark, std::uint32_t light, Contrast contrast) {
    return grey_of(image)
        .maplut(between(dark, light, contrast))
        .copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
}

}  // namespace

Contrast gentle_contrast(const VImage& image) {
    const VImage grey = grey_of(image.has_alpha() ? image.flatten() : image);
    Contrast found{static_cast<double>(grey.percent(ignored_percent)),
                   static_cast<double>(grey.percent(100 - ignored_percent))};
    const double missing = narrowest_range - (found.lightest - found.darkest);
    if (missing > 0) {  // as much at both ends as there is room
        found.darkest = std::max(0.0, found.darkest - missing / 2);
        found.lightest = std::min(255.0, found.darkest + narrowest_range);
        found.darkest = std::max(0.0, found.lightest - narrowest_range);
    }
    return found;
}

VImage toned(const VImage& image, Tone tone, const Recipe& recipe, Contrast contrast) {
    switch (tone) {
        case Tone::none:
            break;
        case Tone::grey:
            return grey_of(image);
        case Tone::duotone:
            return in_two_inks(image, recipe.dark, recipe.light, contrast);
        case Tone::warm_scan:
            return in_two_inks(image, print_dark, print_light, contrast);
    }
    return image;
}

// The difference from the mean of the eight neighbours, added in part: one pass over bytes, which takes a
// tenth of the time of libvips' own sharpening in Lab and cannot be told from it at this strength.
VImage sharpened(const VImage& image, int amount) {
    if (amount <= 0 || image.width() < 3 || image.height() < 3) return image;
    constexpr double weakest = 8, strongest = 1.5;  // the middle of the mask beyond what its neighbours take
    const double rest = std::lerp(8 * weakest, 8 * strongest, std::min(amount, 100) / 100.0);
    VImage mask =
        VImage::new_matrixv(3, 3, -1.0, -1.0, -1.0, -1.0, 8 + std::round(rest), -1.0, -1.0, -1.0, -1.0);
    mask.set("scale", std::round(rest));
    return image.conv(mask, VImage::option()->set("precision", VIPS_PRECISION_INTEGER));
}

}  // namespace qunying
