// Crooked scans set straight, and their borders.
#include <algorithm>
#include <vector>

#include "images/pixels.h"

namespace qunying {
namespace {

using vips::VImage;

// The border of a scan is as even as paper and a scanner's lid are.
constexpr double unlike_the_border = 24;  // of 255
// What takes away more than this of a side was no border.
constexpr double thickest_border = 0.25;

std::vector<double> corner_colour(const VImage& image) { return image.getpoint(0, 0); }

bool is_plausible(const VImage& image, PixelBox box) {
    return box.width >= image.width() * (1 - 2 * thickest_border) &&
           box.height >= image.height() * (1 - 2 * thickest_border);
}

}  // namespace

VImage turned(const VImage& image, double degrees) {
    if (degrees == 0) return image;
    return image.rotate(degrees, VImage::option()->set("background", corner_colour(image)))
        .cast(VIPS_FORMAT_UCHAR)
        .copy_memory();
}

PixelBox without_border(const VImage& image) {
    PixelBox box;
    const VImage colours = image.has_alpha() ? image.extract_band(0, VImage::option()->set("n", 3)) : image;
    box.left = colours.find_trim(
        &box.top, &box.width, &box.height,
        VImage::option()->set("threshold", unlike_the_border)->set("background", corner_colour(colours)));
    return is_plausible(image, box) ? box : PixelBox{0, 0, image.width(), image.height()};
}

}  // namespace qunying
