#pragma once
// The part of the room that holds pixels. Only images/*.cc may include this: it is where libvips is hidden.
#include <string>
#include <string_view>
#include <vips/vips8>

#include "images/geometry.h"
#include "images/recipe.h"
#include "images/sniff.h"

namespace qunying {

// A photograph that cannot be used. Thrown and caught inside the room, in the worker.
struct Unusable {
    PictureProblem problem = PictureProblem::damaged;
    std::string detail;
};

// An original whose header has been read and found fit to decode; no pixel has been touched.
struct Original {
    std::string_view bytes;
    ContentKind kind = ContentKind::unknown;
    bool heic = false;
    PixelSize stored;     // as the file holds it
    PixelSize upright;    // after orientation
    int orientation = 1;  // EXIF, 1 to 8
};

// Throws Unusable.
Original open_original(std::string_view bytes);

// Decodes once and yields the upright original reduced to `size`: sRGB, three bands of eight bits, no
// metadata, in memory. Throws Unusable.
vips::VImage decode_master(const Original& original, PixelSize size);

// Cuts `box` out of the master.
vips::VImage cut(const vips::VImage& master, PixelBox box);
// Reduces to exactly that size, in memory.
vips::VImage reduce(const vips::VImage& image, PixelSize size);

// 0xRRGGBB
std::uint32_t average_colour(const vips::VImage& image);

// Without any metadata, whatever the image carries.
std::string save_picture(const vips::VImage& image, PictureFormat format, const Recipe& recipe);

// Drops every field that a saver could write: EXIF, XMP, IPTC, ICC, comments, resolution.
vips::VImage without_metadata(const vips::VImage& image);

}  // namespace qunying
