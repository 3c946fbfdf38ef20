#pragma once
// What a theme wants made of a photograph, as plain data. No picture library is named here, so pages/ may
// include it.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/digest.h"
#include "images/treatment.h"

namespace qunying {

// `none` keeps the whole picture, whatever the ratio says; `centre` cuts round the middle, `focus` round the
// focus, `portrait` so that all heads are of one size and all eyes at one height (images/geometry.h).
enum class Crop : std::uint8_t { none, centre, focus, portrait };
inline constexpr int crop_count = 4;

// What becomes of the colours: as they are; grey; two inks, from `dark` to `light`; as an old print in good
// light: grey, its contrast gently drawn out, on warm paper.
enum class Tone : std::uint8_t { none, grey, duotone, warm_scan };
inline constexpr int tone_count = 4;

enum class PictureFormat : std::uint8_t { jpeg, webp, avif };

// The ending of a file of that format, without a dot.
std::string_view extension_of(PictureFormat format);

// One set of derivatives: every width in every format.
struct Recipe {
    std::string name;         // what templates ask for; no part of the bytes made
    std::vector<int> widths;  // pixels; any order, doubles are dropped
    int ratio_width = 0;      // with ratio_height the shape after cropping; 0 keeps the picture's own
    int ratio_height = 0;
    Crop crop = Crop::none;
    std::vector<PictureFormat> formats = {
        PictureFormat::jpeg};  // JPEG is the floor: made even when not listed
    int jpeg_quality = 82;     // 1 to 100, as the encoders count
    int webp_quality = 78;
    int avif_quality = 60;
    Tone tone = Tone::none;
    std::uint32_t dark = 0x221e1a;        // of duotone, 0xRRGGBB
    std::uint32_t light = 0xfaf7f1;       // of duotone
    std::uint32_t background = 0xfaf7f1;  // under what is transparent: the paper of the themes
    int sharpening = 0;                   // 0 to 100, after a reduction
    int longest = 0;                      // no side is longer; 0: as long as files hold
    int least = 0;                        // what comes out narrower is not made

    bool operator==(const Recipe&) const = default;
};

// The recipe as it suits the picture: only of one person a portrait is cut.
Recipe suited(Recipe recipe, const Treatment& treatment);

// The formats a recipe really makes, JPEG first, each once.
std::vector<PictureFormat> formats_of(const Recipe& recipe);

// Everything that decides the bytes, in one canonical order: recipes that differ only in name, in the order
// of widths or in a doubled format have the same digest.
void add_to(DigestBuilder& builder, const Recipe& recipe);
// One file made.
struct PictureOutput {
    PictureFormat format = PictureFormat::jpeg;
    int width = 0;  // pixels
    int height = 0;
    std::string bytes;

    bool operator==(const PictureOutput&) const = default;
};

// Why a photograph could not be used.
enum class PictureProblem : std::uint8_t {
    none,
    empty_file,          // zero bytes
    not_a_picture,       // text, an office document…; detail names it where it is known
    unsupported_format,  // a picture of a kind we do not read; detail names it: SVG, GIF, PDF, TIFF…
    unsupported_heic,    // HEIC that this libheif does not open (iOS 18) or that is damaged
    truncated,           // ends too early
    damaged,             // the decoder met an error; detail is its own message
    too_large,           // more pixels than we decode; detail is WIDTH×HEIGHT
    out_of_memory,       // needs more memory than a worker may have
    timed_out,           // took longer than a worker may take
    crashed,             // ended its worker
    tiff_not_allowed,    // a scan as TIFF, where the site does not say that it takes them
};
inline constexpr int picture_problem_count = 12;

// Whether TIFF is read: scanners write it, and nobody else means to.
enum class Scans : std::uint8_t { refused, allowed };

// What became of one photograph.
struct PictureResult {
    bool decoded = false;
    PictureProblem problem = PictureProblem::none;
    std::string detail;
    int frames = 1;        // of a GIF or an animated WebP, or pages of a scan: the first was used
    int source_width = 0;  // of the upright original; 0 when not even that is known
    int source_height = 0;
    std::uint32_t average_rgb = 0;  // 0xRRGGBB, the colour to show until the picture is there
    Head head;                      // as far as one was looked for
    // One list a recipe, in the order asked: ascending width, formats in the order of formats_of. Nothing is
    // enlarged: widths above the source's are replaced by the source's own, once.
    std::vector<std::vector<PictureOutput>> outputs;

    bool operator==(const PictureResult&) const = default;
};

// The result that stands for a job whose worker gave no answer.
PictureResult failed_picture(PictureProblem problem, std::string detail = {});

// Below this an original looks soft as the picture of a page, in pixels.
inline constexpr int fair_width = 900;

// Says what is wrong with `file` and how to cure it: that it cannot be used; that only its first frame is;
// that it is small for what `recipes` make of it.
void report_picture(Diagnostics& diagnostics, Span where, const std::string& file,
                    const PictureResult& result, const std::vector<Recipe>& recipes);

}  // namespace qunying
