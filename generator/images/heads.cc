// The head that a portrait is cut round.
#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "images/faces.h"
#include "images/pixels.h"

namespace qunying {
namespace {

using vips::VImage;

// Faces and what draws the eye are looked for in a picture of this size: a portrait's face has 40 pixels in
// it at the least, and looking takes a twentieth of the time of decoding.
constexpr int looked_at = 360;  // pixels of the longer side

// From the box of a face, which ends at forehead and chin, to the head: with the hair, and a chin that the
// box may cut. Means over frontal faces.
constexpr double head_of_face = 1.38;  // heights of the box

VImage small_copy(const VImage& image) {
    const double scale =
        std::min(1.0, static_cast<double>(looked_at) / std::max(image.width(), image.height()));
    const VImage opaque = image.has_alpha() ? image.flatten() : image;
    if (scale >= 1) return opaque.copy_memory();
    // Quick rather than fine: what is looked for is large.
    return opaque.resize(scale, VImage::option()->set("kernel", VIPS_KERNEL_LINEAR)->set("gap", 1.0))
        .copy_memory();
}

double distance(Focus a, Focus b, PixelSize size) {
    return std::hypot((a.x - b.x) * size.width, (a.y - b.y) * size.height);
}

Head head_of(const Face& face, PixelSize size) {
    const double x = face.box.left + face.box.width / 2.0, y = face.box.top + face.eyes;
    return {Head::Source::face_finder,
            {x / size.width, y / size.height},
            std::min(1.0, face.box.height * head_of_face / size.height)};
}

// A portrait shows one person: the largest face, and among faces alike the one nearest to the middle.
std::optional<Head> main_head(const std::vector<Face>& faces, PixelSize size) {
    const auto weight = [&](const Face& face) {
        const double off = distance(head_of(face, size).eyes, usual_focus, size);
        return face.box.height * (1 - 0.5 * off / std::hypot(size.width, size.height));
    };
    const auto best = std::max_element(faces.begin(), faces.end(),
                                       [&](const Face& a, const Face& b) { return weight(a) < weight(b); });
    return best == faces.end() ? std::nullopt : std::optional(head_of(*best, size));
}

// The face that the editor's point lies in tells how large the head is.
double height_at(const std::vector<Face>& faces, Focus eyes, PixelSize size) {
    for (const Face& face : faces) {
        if (distance(head_of(face, size).eyes, eyes, size) < face.box.height * 0.6)
            return head_of(face, size).height;
    }
    return 0;
}

// Heads of portraits lie in this part of the picture.
constexpr double left_end = 0.15, right_end = 0.85, upper_end = 0.05, lower_end = 0.7;

// Where libvips' attention comes to rest: skin, saturation and edges (vips_smartcrop). The place is read from
// where the smallest crop begins.
Head salient_place(const VImage& image) {
    constexpr int crop = 32;
    const int left = static_cast<int>(image.width() * left_end),
              top = static_cast<int>(image.height() * upper_end);
    const int width = static_cast<int>(image.width() * right_end) - left;
    const int height = static_cast<int>(image.height() * lower_end) - top;
    if (width <= crop || height <= crop) return {Head::Source::nobody, usual_focus, 0};
    const VImage part =
        image.extract_area(left, top, width, height)
            .smartcrop(crop, crop, VImage::option()->set("interesting", VIPS_INTERESTING_ATTENTION));
    return {Head::Source::saliency,
            {(left - part.xoffset() + crop / 2.0) / image.width(),
             (top - part.yoffset() + crop / 2.0) / image.height()},
            0};
}

}  // namespace

Head find_head(const VImage& image, const Head& stated) {
    if (stated.source == Head::Source::editor && stated.height > 0) return stated;
    const VImage small = small_copy(image);
    const VImage grey = small.colourspace(VIPS_INTERPRETATION_B_W).cast(VIPS_FORMAT_UCHAR).copy_memory();
    const PixelSize size{grey.width(), grey.height()};
    const auto faces = find_faces(static_cast<const std::uint8_t*>(grey.data()), size);
    if (stated.source == Head::Source::editor)
        return {stated.source, stated.eyes, height_at(faces, stated.eyes, size)};
    return main_head(faces, size).value_or(salient_place(small));
}

}  // namespace qunying
