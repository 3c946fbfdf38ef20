// Golden pictures: every kind of photograph that an editor can drop in, written by other programs, derived by
// the real worker and compared with what an independent program makes of the same file (ImageMagick with
// Little CMS, heif-convert), or with the scene itself where the file only stores it otherwise. The limits are
// stated with each case; QUNYING_PICTURE_TABLE=1 prints what was measured, as in docs/pictures.md.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <doctest/doctest.h>
#include <jpeglib.h>
#include <map>

#include "pictures/likeness.h"
#include "pictures/workshop.h"

using namespace qunying;
using namespace std::string_literals;

namespace {

// Mean ΔE00 that may be, and mean SSIM that must be.
struct Limit {
    double colour;
    double structure;
};

constexpr Limit usual{1.5, 0.985};
// Colours outside sRGB: where they are cut off depends a little on whether it happens before the reduction.
constexpr Limit profiled{1.5, 0.97};
// Four inks without a profile: any reading is a guess; it must be near that of a common press.
constexpr Limit guessed{6.0, 0.93};
// Palettes have hard edges between colours, which a JPEG softens.
constexpr Limit few_colours{1.6, 0.985};
// One bit: the dots of a raster, reduced.
constexpr Limit dotted{2.0, 0.95};

struct Case {
    const char* kind;       // a row of the table
    const char* file;       // what `make` leaves, relative to the folder
    const char* make;       // from scene.png, deep.png (16 bits), clear.png (with transparency), grey.png
    const char* reference;  // to reference.png, upright and sRGB, of any size
    Limit limit = usual;
    const char* wrong = nullptr;  // a reference that must not do: without the profile, turned otherwise
};

// Variables of the shell. heif-enc 1.15 crashes over AVIF of ten bits, so ffmpeg writes those.
const std::string icc =
    "export ICC=/usr/share/color/icc/ghostscript HEIF_BOXES='" QUNYING_HEIF_BOXES
    "' AVIF=\'ffmpeg -v error -y -i deep.png -c:v libaom-av1 -still-picture 1 -crf 8 -cpu-used 6\'; ";

constexpr const char* as_read = "convert \"$FILE[0]\" -colorspace sRGB reference.png";
constexpr const char* by_profile = "convert \"$FILE[0]\" -profile $ICC/srgb.icc reference.png";
constexpr const char* by_profile_of_inks =
    "convert \"$FILE[0]\" -intent relative -black-point-compensation -profile $ICC/srgb.icc reference.png";
constexpr const char* by_common_press =
    "convert \"$FILE[0]\" -intent relative -black-point-compensation -profile $ICC/default_cmyk.icc -profile "
    "$ICC/srgb.icc reference.png";
constexpr const char* as_if_unprofiled = "convert \"$FILE[0]\" -strip -colorspace sRGB reference.png";
constexpr const char* on_paper = "convert \"$FILE[0]\" -background '#faf7f1' -flatten reference.png";
constexpr const char* on_white = "convert \"$FILE[0]\" -background white -flatten reference.png";
constexpr const char* the_scene = "cp scene.png reference.png";
constexpr const char* the_scene_turned = "convert scene.png -rotate 180 reference.png";
constexpr const char* by_heif_convert = "heif-convert \"$FILE\" reference.png";
constexpr const char* by_heif_convert_and_profile =
    "heif-convert \"$FILE\" heif.png && convert heif.png -profile $ICC/srgb.icc reference.png";

constexpr auto cases = std::to_array<Case>({
    {"JPEG, baseline", "a.jpg", "convert scene.png -quality 95 a.jpg", as_read},
    {"JPEG, progressive", "a.jpg", "convert scene.png -quality 95 -interlace JPEG a.jpg", as_read},
    {"JPEG, 4:4:4", "a.jpg", "convert scene.png -quality 95 -sampling-factor 1x1 a.jpg", as_read},
    {"JPEG, Adobe RGB", "a.jpg",
     "convert scene.png -profile $ICC/srgb.icc -profile $ICC/a98.icc -quality 95 a.jpg", by_profile, profiled,
     as_if_unprofiled},
    {"JPEG, ProPhoto RGB", "a.jpg",
     "convert scene.png -profile $ICC/srgb.icc -profile $ICC/rommrgb.icc -quality 97 a.jpg", by_profile,
     profiled, as_if_unprofiled},
    {"JPEG, grey", "a.jpg", "convert grey.png -quality 95 a.jpg", as_read},
    {"JPEG, grey, profile", "a.jpg", "convert grey.png -profile $ICC/sgray.icc -quality 95 a.jpg",
     "convert a.jpg -profile $ICC/srgb.icc -type TrueColor reference.png", profiled, as_if_unprofiled},
    {"JPEG, CMYK, profile", "a.jpg",
     "convert scene.png -profile $ICC/srgb.icc -profile $ICC/default_cmyk.icc -quality 97 a.jpg",
     by_profile_of_inks, profiled, as_if_unprofiled},
    {"JPEG, CMYK", "a.jpg",
     "convert scene.png -profile $ICC/srgb.icc -profile $ICC/default_cmyk.icc -strip -quality 97 a.jpg",
     by_common_press, guessed},
    {"JPEG, YCCK, profile", "ycck.jpg",
     "convert scene.png -profile $ICC/srgb.icc -profile $ICC/default_cmyk.icc -quality 97 a.jpg",
     by_profile_of_inks, profiled, as_if_unprofiled},
    {"JPEG, YCCK", "ycck.jpg",
     "convert scene.png -profile $ICC/srgb.icc -profile $ICC/default_cmyk.icc -strip -quality 97 a.jpg",
     by_common_press, guessed},
    {"JPEG, MPO", "a.mpo",
     "" QUNYING_PYTHON " -c \"from PIL import Image; a = Image.open('scene.png').convert('RGB'); "
     "a.save('a.mpo', "
     "save_all=True, append_images=[a.rotate(180)], quality=95)\"",
     the_scene, usual, the_scene_turned},
    {"JPEG, a film behind it", "a.jpg",
     "convert scene.png -quality 95 b.jpg && { cat b.jpg; printf '\\0\\0\\0\\030ftypmp42'; head -c 9000 "
     "b.jpg; } "
     "> a.jpg",
     "convert b.jpg reference.png"},

    {"PNG, palette", "a.png", "convert scene.png -dither None -colors 200 png8:a.png", as_read, few_colours},
    {"PNG, 1 bit", "a.png",
     "convert grey.png -monochrome -define png:bit-depth=1 -define png:color-type=0 a.png", as_read, dotted},
    {"PNG, 2 bits", "a.png",
     "convert grey.png +dither -posterize 4 -define png:bit-depth=2 -define png:color-type=0 a.png", as_read},
    {"PNG, 4 bits", "a.png",
     "convert grey.png +dither -posterize 16 -define png:bit-depth=4 -define png:color-type=0 a.png",
     as_read},
    {"PNG, 8 bits", "a.png", "convert scene.png png24:a.png", as_read},
    {"PNG, 8 bits, interlaced", "a.png", "convert scene.png -interlace PNG png24:a.png", as_read},
    {"PNG, 8 bits, Adobe RGB", "a.png",
     "convert scene.png -profile $ICC/srgb.icc -profile $ICC/a98.icc png24:a.png", by_profile, profiled,
     as_if_unprofiled},
    {"PNG, 16 bits", "a.png", "convert deep.png -define png:bit-depth=16 -define png:color-type=2 a.png",
     as_read},
    {"PNG, 16 bits, ProPhoto RGB", "a.png",
     "convert deep.png -profile $ICC/srgb.icc -profile $ICC/rommrgb.icc -define png:bit-depth=16 -define "
     "png:color-type=2 a.png",
     by_profile, profiled, as_if_unprofiled},
    {"PNG, grey, 16 bits", "a.png",
     "convert deep.png -colorspace Gray -define png:bit-depth=16 -define png:color-type=0 a.png", as_read},
    {"PNG, transparent", "a.png", "cp clear.png a.png", on_paper, usual, on_white},
    {"PNG, transparent, 16 bits", "a.png",
     "convert clear.png -define png:bit-depth=16 -define png:color-type=6 a.png", on_paper, usual, on_white},
    {"PNG, grey, transparent", "a.png", "convert clear.png -colorspace Gray -define png:color-type=4 a.png",
     "convert a.png -colorspace sRGB -background '#faf7f1' -flatten reference.png", usual, on_white},
    {"PNG, palette, transparent", "a.png",
     "convert scene.png -dither None -colors 100 -alpha off \\( -size 480x360 xc:white -fill black -draw "
     "'rectangle 0,0 150,150' -alpha off \\) -compose CopyOpacity -composite png8:a.png",
     on_paper, few_colours, on_white},
    {"PNG, orientation 6", "a.png",
     "convert scene.png -rotate -90 png24:a.png && exiftool -q -overwrite_original -Orientation#=6 a.png",
     the_scene, usual, the_scene_turned},

    {"WebP, lossy", "a.webp", "convert scene.png -quality 90 a.webp", as_read},
    {"WebP, lossless", "a.webp", "convert scene.png -define webp:lossless=true a.webp", as_read},
    {"WebP, lossy, transparent", "a.webp", "convert clear.png -quality 90 a.webp", on_paper, usual, on_white},
    {"WebP, lossless, transparent", "a.webp", "convert clear.png -define webp:lossless=true a.webp", on_paper,
     usual, on_white},
    {"WebP, Adobe RGB", "a.webp",
     "convert scene.png -profile $ICC/srgb.icc -profile $ICC/a98.icc -quality 92 a.webp", by_profile,
     profiled, as_if_unprofiled},
    {"WebP, orientation 8", "a.webp",
     "convert scene.png -rotate 90 -quality 92 a.webp && exiftool -q -overwrite_original -Orientation#=8 "
     "a.webp",
     the_scene, usual, the_scene_turned},
    {"WebP, animated", "a.webp", "convert -delay 10 scene.png \\( scene.png -negate \\) -quality 92 a.webp",
     the_scene, usual, the_scene_turned},

    {"AVIF, 8 bits", "a.avif", "heif-enc -A -q 92 scene8.png -o a.avif", by_heif_convert},
    {"AVIF, 10 bits", "a.avif", "$AVIF -pix_fmt yuv420p10le a.avif", by_heif_convert},
    {"AVIF, 12 bits", "a.avif", "$AVIF -pix_fmt yuv420p12le a.avif", by_heif_convert},
    {"AVIF, transparent", "a.avif", "heif-enc -A -q 92 clear.png -o a.avif",
     "heif-convert a.avif heif.png && convert heif.png -background '#faf7f1' -flatten reference.png", usual,
     "heif-convert a.avif heif.png && convert heif.png -background white -flatten reference.png"},
    {"AVIF, Adobe RGB", "a.avif",
     "convert scene.png -profile $ICC/srgb.icc -profile $ICC/a98.icc png24:b.png && heif-enc -A -q 92 b.png "
     "-o a.avif",
     by_heif_convert_and_profile, profiled,
     "heif-convert a.avif heif.png && convert heif.png -strip reference.png"},

    {"HEIC, 8 bits", "a.heic", "heif-enc -q 90 scene8.png -o a.heic", by_heif_convert},
    {"HEIC, 10 bits", "a.heic", "heif-enc -q 90 -b 10 deep.png -o a.heic", by_heif_convert},
    {"HEIC, 12 bits", "a.heic", "heif-enc -q 90 -b 12 deep.png -o a.heic", by_heif_convert},
    {"HEIC, Adobe RGB", "a.heic",
     "convert scene.png -profile $ICC/srgb.icc -profile $ICC/a98.icc png24:b.png && heif-enc -q 90 b.png "
     "-o a.heic",
     by_heif_convert_and_profile, profiled,
     "heif-convert a.heic heif.png && convert heif.png -strip reference.png"},
    {"HEIC, turned 90°", "a.heic",
     "convert scene.png -rotate 90 png24:b.png && heif-enc -q 90 b.png -o b.heic && $HEIF_BOXES b.heic "
     "a.heic "
     "rotate 1",
     by_heif_convert, usual, the_scene_turned},
    {"HEIC, turned 180°", "a.heic",
     "convert scene.png -rotate 180 png24:b.png && heif-enc -q 90 b.png -o b.heic && $HEIF_BOXES b.heic "
     "a.heic rotate 2",
     the_scene, usual, the_scene_turned},
    {"HEIC, turned 270°", "a.heic",
     "convert scene.png -rotate -90 png24:b.png && heif-enc -q 90 b.png -o b.heic && $HEIF_BOXES b.heic "
     "a.heic rotate 3",
     the_scene, usual, the_scene_turned},
    {"HEIC, turned 270°, EXIF says 6 too", "a.heic",
     "convert scene.png -rotate -90 png24:b.png && heif-enc -q 90 b.png -o b.heic && $HEIF_BOXES b.heic "
     "a.heic rotate 3 && exiftool -q -overwrite_original -Orientation#=6 a.heic",
     the_scene, usual, the_scene_turned},
    {"HEIC, top and bottom exchanged", "a.heic",
     "convert scene.png -flip png24:b.png && heif-enc -q 90 b.png -o b.heic && $HEIF_BOXES b.heic a.heic "
     "mirror 0",
     the_scene, usual, the_scene_turned},
    {"HEIC, left and right exchanged", "a.heic",
     "convert scene.png -flop png24:b.png && heif-enc -q 90 b.png -o b.heic && $HEIF_BOXES b.heic a.heic "
     "mirror 1",
     the_scene, usual, the_scene_turned},
    {"HEIC, burst, first picture meant", "a.heic",
     "convert scene.png -rotate 180 png24:b.png && heif-enc -q 90 scene8.png b.png -o a.heic", the_scene,
     usual, the_scene_turned},
    {"HEIC, burst, second picture meant", "a.heic",
     "convert scene.png -rotate 180 png24:b.png && heif-enc -q 90 b.png scene8.png -o b.heic && $HEIF_BOXES "
     "b.heic a.heic primary 1",
     the_scene, usual, the_scene_turned},

    {"TIFF, 8 bits", "a.tif", "convert scene.png -compress None a.tif", as_read},
    {"TIFF, 16 bits", "a.tif", "convert deep.png -depth 16 -compress None a.tif", as_read},
    {"TIFF, grey, 16 bits", "a.tif", "convert deep.png -colorspace Gray -depth 16 a.tif", as_read},
    {"TIFF, LZW", "a.tif", "convert scene.png -compress LZW a.tif", as_read},
    {"TIFF, ZIP, 16 bits", "a.tif", "convert deep.png -depth 16 -compress Zip a.tif", as_read},
    {"TIFF, JPEG", "a.tif", "convert scene.png -compress JPEG -quality 95 a.tif", as_read},
    {"TIFF, big-endian", "a.tif", "convert scene.png -endian MSB -compress LZW a.tif", as_read},
    {"TIFF, tiled", "a.tif", "convert scene.png -define tiff:tile-geometry=128x128 -compress LZW a.tif",
     as_read},
    {"TIFF, planes apart", "a.tif", "convert scene.png -interlace Plane -compress LZW a.tif", as_read},
    {"TIFF, several pages", "a.tif", "convert scene.png \\( scene.png -negate \\) -compress LZW a.tif",
     the_scene, usual, the_scene_turned},
    {"TIFF, fax, group 4", "a.tif", "convert grey.png -monochrome -compress Group4 a.tif", as_read, dotted},
    {"TIFF, palette", "a.tif", "convert scene.png -dither None -colors 200 -type Palette -compress LZW a.tif",
     as_read, few_colours},
    {"TIFF, transparent", "a.tif", "convert clear.png -compress LZW a.tif", on_paper, usual, on_white},
    {"TIFF, Adobe RGB, 16 bits", "a.tif",
     "convert deep.png -profile $ICC/srgb.icc -profile $ICC/a98.icc -depth 16 -compress LZW a.tif",
     by_profile, profiled, as_if_unprofiled},
    {"TIFF, CMYK, profile", "a.tif",
     "convert scene.png -profile $ICC/srgb.icc -profile $ICC/default_cmyk.icc -compress LZW a.tif",
     by_profile_of_inks, profiled, as_if_unprofiled},
    {"TIFF, CMYK", "a.tif",
     "convert scene.png -profile $ICC/srgb.icc -profile $ICC/default_cmyk.icc -strip -compress LZW a.tif",
     by_common_press, guessed},
    {"TIFF, CMYK, 16 bits, profile", "a.tif",
     "convert deep.png -profile $ICC/srgb.icc -profile $ICC/default_cmyk.icc -depth 16 -compress LZW a.tif",
     by_profile_of_inks, profiled, as_if_unprofiled},
    {"TIFF, CMYK, 16 bits, opaque alpha", "a.tif",
     "convert deep.png -profile $ICC/srgb.icc -profile $ICC/default_cmyk.icc -alpha set -depth 16 -compress "
     "LZW a.tif",
     by_profile_of_inks, profiled, as_if_unprofiled},
    {"TIFF, Lab", "a.tif", "convert scene.png -colorspace Lab -compress LZW a.tif", the_scene, profiled},
    {"TIFF, orientation 6", "a.tif",
     "convert scene.png -rotate -90 -compress LZW a.tif && exiftool -q -overwrite_original -Orientation#=6 "
     "a.tif",
     the_scene, usual, the_scene_turned},

    {"GIF", "a.gif", "convert scene.png -dither None -colors 200 a.gif", as_read, few_colours},
    {"GIF, transparent", "a.gif",
     "convert scene.png -dither None -colors 100 -alpha off \\( -size 480x360 xc:white -fill black -draw "
     "'rectangle 0,0 150,150' -alpha off \\) -compose CopyOpacity -composite a.gif",
     on_paper, few_colours, on_white},
    {"GIF, animated", "a.gif",
     "convert -delay 10 \\( scene.png -dither None -colors 200 \\) \\( scene.png -negate -colors 200 \\) "
     "a.gif",
     as_read, few_colours, the_scene_turned},
});

constexpr int derived_width = 240;

Recipe best_jpeg(int width = derived_width) {
    Recipe recipe;
    recipe.widths = {width};
    recipe.jpeg_quality = 100;
    return recipe;
}

// Something of everything: soft passages, edges, saturated colours, skin, greys; unlike itself however it is
// turned or mirrored.
void paint_scene(const Workshop& shop) {
    shop.make(
        "convert -size 640x480 -seed 7 plasma:'#304050'-'#d8b890' -blur 0x5 -fill '#c03028' -draw 'rectangle "
        "40,30 140,110' -fill '#208848' -draw 'rectangle 160,30 260,110' -fill '#2848b0' -draw 'rectangle "
        "280,30 380,110' -fill '#e8b898' -draw 'circle 500,180 560,240' -fill '#202020' -draw 'rectangle "
        "60,200 100,440' -draw 'rectangle 60,200 240,240' -draw 'rectangle 60,300 180,335' -fill '#e8e8e8' "
        "-draw 'rectangle 300,360 420,440' -alpha off -resize 75% -depth 16 deep.png && convert deep.png "
        "-depth 8 "
        "png24:scene.png "
        "&& "
        "cp scene.png scene8.png && convert scene.png -colorspace Gray grey.png && convert scene.png \\( "
        "-size "
        "480x360 gradient:white-black \\) -compose CopyOpacity -composite -depth 8 png32:clear.png");
}

// The same inks, stored as YCCK: of the tools at hand none writes it. Profile and all.
struct JpegEnd {
    jpeg_error_mgr errors{};
};

std::string as_ycck(const std::string& cmyk) {
    JpegEnd end;
    jpeg_decompress_struct in{};
    in.err = jpeg_std_error(&end.errors);
    jpeg_create_decompress(&in);
    jpeg_mem_src(&in, reinterpret_cast<const unsigned char*>(cmyk.data()), cmyk.size());
    jpeg_save_markers(&in, JPEG_APP0 + 2, 0xffff);
    jpeg_read_header(&in, TRUE);
    REQUIRE(in.num_components == 4);
    in.out_color_space = JCS_CMYK;
    jpeg_start_decompress(&in);

    jpeg_compress_struct out{};
    out.err = &end.errors;
    jpeg_create_compress(&out);
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&out, &bytes, &size);
    out.image_width = in.output_width;
    out.image_height = in.output_height;
    out.input_components = 4;
    out.in_color_space = JCS_CMYK;
    jpeg_set_defaults(&out);
    jpeg_set_colorspace(&out, JCS_YCCK);
    jpeg_set_quality(&out, 97, TRUE);
    jpeg_start_compress(&out, TRUE);
    for (jpeg_saved_marker_ptr marker = in.marker_list; marker != nullptr; marker = marker->next)
        jpeg_write_marker(&out, marker->marker, marker->data, marker->data_length);
    std::vector<unsigned char> row(4 * std::size_t{in.output_width});
    unsigned char* rows = row.data();
    while (in.output_scanline < in.output_height) {
        jpeg_read_scanlines(&in, &rows, 1);
        jpeg_write_scanlines(&out, &rows, 1);
    }
    jpeg_finish_compress(&out);
    jpeg_destroy_compress(&out);
    jpeg_finish_decompress(&in);
    jpeg_destroy_decompress(&in);
    std::string made(reinterpret_cast<char*>(bytes), size);
    std::free(bytes);
    return made;
}

Raster read_picture(const Workshop& shop, const std::string& file, int width) {
    shop.make("convert " + file + " -resize " + std::to_string(width) + "x -depth 8 compared.ppm");
    return read_ppm(shop.read("compared.ppm"));
}

Raster read_output(const Workshop& shop, const PictureResult& result, int width) {
    shop.write("output.jpg", result.outputs.at(0).at(0).bytes);
    return read_picture(shop, "output.jpg", width);
}

bool holds(const Likeness& found, Limit limit) {
    return found.colour <= limit.colour && found.structure >= limit.structure;
}

Likeness compare(const Workshop& shop, const Raster& output, const Case& each, const char* reference) {
    shop.make("FILE=" + std::string(each.file) + "; " + icc + reference);
    return likeness(output, read_picture(shop, "reference.png", output.width));
}

}  // namespace

TEST_CASE("colour differences are those of the published examples") {
    struct Pair {
        Lab one, other;
        double difference;
    };
    // From the table of Sharma, Wu and Dalal.
    for (const Pair& pair :
         std::to_array<Pair>({{{50, 2.6772, -79.7751}, {50, 0, -82.7485}, 2.0425},
                              {{50, -1.3802, -84.2814}, {50, 0, -82.7485}, 1.0},
                              {{50, 2.49, -0.001}, {50, -2.49, 0.0009}, 7.1792},
                              {{50, 2.5, 0}, {73, 25, -18}, 27.1492},
                              {{60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}, 1.2644},
                              {{2.0776, 0.0795, -1.135}, {0.9033, -0.0636, -0.5514}, 0.9082}}))
        CHECK(ciede2000(pair.one, pair.other) == doctest::Approx(pair.difference).epsilon(0.0001));
}

TEST_CASE("every kind of photograph looks as an independent program shows it") {
    const Workshop shop;
    paint_scene(shop);
    WorkerPool pool = picture_pool(1);
    const bool table = std::getenv("QUNYING_PICTURE_TABLE") != nullptr;
    for (const Case& each : cases) {
        const std::string kind = each.kind;
        CAPTURE(kind);
        shop.make(icc + each.make);
        if (each.file == "ycck.jpg"s) shop.write("ycck.jpg", as_ycck(shop.read("a.jpg")));
        const PictureResult result = derive(pool, {shop.read(each.file)}, {best_jpeg()}).front();
        CAPTURE(result.detail);
        CHECK(result.problem == PictureProblem::none);
        if (!result.decoded) continue;
        CHECK(result.source_width == 480);
        CHECK(result.source_height == 360);
        const Raster output = read_output(shop, result, derived_width);
        const Likeness found = compare(shop, output, each, each.reference);
        CAPTURE(found.colour);
        CAPTURE(found.structure);
        CHECK(holds(found, each.limit));
        if (table) std::printf("| %s | %.2f | %.3f |\n", each.kind, found.colour, found.structure);
        if (each.wrong == nullptr) continue;
        const Likeness wrong = compare(shop, output, each, each.wrong);
        CAPTURE(wrong.colour);
        CAPTURE(wrong.structure);
        CHECK_FALSE(holds(wrong, each.limit));
    }
}

// How the scene is stored so that the orientation, 1 to 8, sets it upright again.
constexpr std::array<const char*, 8> stored_as = {"",           "-flop",       "-rotate 180", "-flip",
                                                  "-transpose", "-rotate -90", "-transverse", "-rotate 90"};

TEST_CASE("all eight orientations come upright, and any other way would be noticed") {
    const Workshop shop;
    paint_scene(shop);
    std::vector<std::string> originals;
    for (std::size_t i = 0; i < stored_as.size(); ++i) {
        shop.make("convert scene.png "s + stored_as[i] +
                  " -quality 95 a.jpg && exiftool -q -overwrite_original -Orientation#=" +
                  std::to_string(i + 1) + " a.jpg");
        originals.push_back(shop.read("a.jpg"));
    }
    constexpr int width = derived_width;
    const Raster scene = read_picture(shop, "scene.png", width);
    WorkerPool pool = picture_pool(1);
    Likeness worst{0, 1};
    for (const PictureResult& result : derive(pool, originals, {best_jpeg(width)})) {
        REQUIRE(result.decoded);
        const Likeness found = likeness(read_output(shop, result, width), scene);
        CAPTURE(found.colour);
        CAPTURE(found.structure);
        CHECK(holds(found, usual));
        worst = {std::max(worst.colour, found.colour), std::min(worst.structure, found.structure)};
    }
    if (std::getenv("QUNYING_PICTURE_TABLE") != nullptr)
        std::printf("| JPEG, orientation 1 to 8 | %.2f | %.3f |\n", worst.colour, worst.structure);
    // The control: stored otherwise, the same comparison fails.
    for (const PictureResult& result :
         derive(pool, {originals[1], originals[2], originals[3]}, {best_jpeg(width)})) {
        for (const char* turn : {"-flop", "-flip", "-rotate 180"}) {
            shop.write("output.jpg", result.outputs.at(0).at(0).bytes);
            shop.make("convert output.jpg "s + turn + " -depth 8 compared.ppm");
            CHECK_FALSE(holds(likeness(read_ppm(shop.read("compared.ppm")), scene), usual));
        }
    }
}

TEST_CASE("sixteen bits come down to eight without bands") {
    const Workshop shop;
    // Linear light from black to a twentieth: 64 levels of sRGB, of which eight bits of the file hold 13.
    shop.make(
        icc +
        "convert -size 60x2400 gradient:'rgb(5%,4.99%,5%)'-black -rotate 90 -depth 16 -type TrueColor -set "
        "colorspace sRGB -profile $ICC/ps_rgb.icc -define png:bit-depth=16 -define png:color-type=2 "
        "a.png && convert a.png -compress LZW a.tif && convert a.png -depth 8 png24:eight.png");
    const auto levels = [&](const char* name) {
        const PictureResult result = derive_one(shop.read(name), best_jpeg(1200));
        REQUIRE(result.decoded);
        return levels_in_row(read_output(shop, result, 1200), 15);
    };
    CHECK(levels("a.png") >= 60);
    CHECK(levels("a.tif") >= 60);
    CHECK(levels("eight.png") <= 30);  // or the test proves nothing
}

TEST_CASE("originals are never enlarged, whatever their kind") {
    const Workshop shop;
    shop.make(
        "convert -size 300x200 plasma:red-blue -quality 90 a.jpg && convert a.jpg a.png && convert a.jpg "
        "a.webp "
        "&& convert a.jpg a.gif && convert a.jpg a.tif && heif-enc a.jpg -o a.heic && heif-enc -A a.jpg -o "
        "a.avif");
    Recipe recipe;
    recipe.widths = {200, 640, 1280};
    for (const char* name : {"a.jpg", "a.png", "a.webp", "a.gif", "a.tif", "a.heic", "a.avif"}) {
        CAPTURE(name);
        const PictureResult result = derive_one(shop.read(name), recipe);
        REQUIRE(result.outputs.at(0).size() == 2);
        CHECK(result.outputs[0][1].width == 300);
        CHECK(result.outputs[0][1].height == 200);
    }
}

TEST_CASE("a HEIC as iOS 18 writes it is refused with the words that help") {
    const Workshop shop;
    paint_scene(shop);
    shop.make(icc + "heif-enc -q 60 clear.png -o a.heic && $HEIF_BOXES a.heic b.heic two-auxiliaries");
    CHECK(derive_one(shop.read("a.heic")).decoded);
    const PictureResult result = derive_one(shop.read("b.heic"));
    CHECK(result.problem == PictureProblem::unsupported_heic);
    CAPTURE(result.detail);
    CHECK(result.detail.find("auxiliary image references") != std::string::npos);
    Diagnostics diagnostics;
    report_picture(diagnostics, {}, "content/people/wang/IMG_1.heic", result, {});
    REQUIRE(diagnostics.items().size() == 1);
    CHECK(diagnostics.items().front().kind == DiagnosticKind::picture_heic);
}
