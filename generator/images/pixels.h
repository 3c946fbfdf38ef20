#pragma once
// The part of the room that holds pixels. Only images/*.cc may include this: it is where libvips is hidden.
#include <cstdint>
#include <string>
#include <string_view>
#include <vips/vips8>

#include "images/geometry.h"
#include "images/poster.h"
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
    int frames = 1;       // or pages; the first is used
};

// Throws Unusable.
Original open_original(std::string_view bytes, Scans scans = Scans::refused);

// Decodes once and yields the upright original reduced to `size`: sRGB, three bands of eight bits, or four
// where there is transparency, no metadata, in memory. Throws Unusable.
vips::VImage decode_master(const Original& original, PixelSize size);

// Turned clockwise round its middle, the corners that come free in the colour of the picture's own edge.
vips::VImage turned(const vips::VImage& image, double degrees);
// What is left when the even border all round is cut away; all of it where there is none.
PixelBox without_border(const vips::VImage& image);

// The head that a portrait is cut round, in the upright picture: from the finder of faces where this program
// has one, else the place that draws the eye. `stated` is what the editor says.
Head find_head(const vips::VImage& image, const Head& stated);

// How far the greys of an old print are drawn out.
struct Contrast {
    double darkest = 0, lightest = 255;  // greys that become black and white
};
Contrast gentle_contrast(const vips::VImage& image);
// In the colours of the recipe. Grey has one band.
vips::VImage toned(const vips::VImage& image, Tone tone, const Recipe& recipe, Contrast contrast);
// `amount` from 0 to 100.
vips::VImage sharpened(const vips::VImage& image, int amount);

// Cuts `box` out of the master; what is transparent is laid on `background`, 0xRRGGBB.
vips::VImage cut(const vips::VImage& master, PixelBox box, std::uint32_t background);
// Reduces to exactly that size, in memory.
vips::VImage reduce(const vips::VImage& image, PixelSize size);

// 0xRRGGBB
std::uint32_t average_colour(const vips::VImage& image);

// Without any metadata, whatever the image carries.
std::string save_picture(const vips::VImage& image, PictureFormat format, const Recipe& recipe);

// Without any metadata: for what is drawn, which JPEG would smear.
std::string save_png(const vips::VImage& image);

// What the recipe makes of an original in its largest size, not yet saved. Throws Unusable.
vips::VImage one_cut(std::string_view original, const Treatment& treatment, Scans scans,
                     const Recipe& recipe);

// Throws Unusable where a photograph of the poster cannot be used.
PosterResult draw_poster(const PosterJob& job);

// Drops every field that a saver could write: EXIF, XMP, IPTC, ICC, comments, resolution.
vips::VImage without_metadata(const vips::VImage& image);

}  // namespace qunying
