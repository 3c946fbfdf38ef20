// The pipeline on pictures that libvips makes here, in this process: it is our own bytes that are decoded.
// Foreign and broken bytes go through a real worker in tests/pictures.
#include "images/derive.h"

#include <array>
#include <cmath>
#include <doctest/doctest.h>
#include <mutex>
#include <vector>
#include <vips/vips8>

using namespace qunying;
using namespace std::string_literals;
using vips::VImage;

// x265 keeps some blocks of every encoder it has had; the tests write HEIC, the program never does.
extern "C" const char* __lsan_default_suppressions() { return "leak:libx265"; }

namespace {

using Colour = std::array<int, 3>;
constexpr Colour red{220, 30, 30}, green{30, 200, 40}, blue{30, 40, 220}, yellow{230, 220, 40};

void start_once() {
    static std::once_flag once;
    std::call_once(once, [] {
        start_picture_engine();
        // The engine reads four kinds; what the tests look at afterwards is of these kinds as well.
    });
}

VImage plain(int width, int height, Colour colour) {
    start_once();
    const std::vector<double> bands(colour.begin(), colour.end());
    return VImage::black(width, height)
        .new_from_image(bands)
        .cast(VIPS_FORMAT_UCHAR)
        .copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
}

// Red, green / blue, yellow: no turn or mirror of it looks the same.
VImage quarters(int width, int height) {
    const int w = width / 2, h = height / 2;
    const VImage top = plain(w, h, red).join(plain(width - w, h, green), VIPS_DIRECTION_HORIZONTAL);
    const VImage bottom =
        plain(w, height - h, blue).join(plain(width - w, height - h, yellow), VIPS_DIRECTION_HORIZONTAL);
    return top.join(bottom, VIPS_DIRECTION_VERTICAL);
}

// The same colours in the numbers of another built-in profile, which is attached.
VImage in_profile(const VImage& image, const char* profile) {
    return image.icc_transform(profile, VImage::option()->set("input_profile", "srgb")->set("depth", 8));
}

std::string text_of(VipsBlob* blob) {
    std::size_t size = 0;
    const void* bytes = vips_blob_get(blob, &size);
    std::string out(static_cast<const char*>(bytes), size);
    vips_area_unref(VIPS_AREA(blob));
    return out;
}

std::string jpeg(const VImage& image) {
    return text_of(image.jpegsave_buffer(VImage::option()->set("Q", 95)));
}
std::string png(const VImage& image) { return text_of(image.pngsave_buffer()); }
std::string webp(const VImage& image) {
    return text_of(image.webpsave_buffer(VImage::option()->set("Q", 95)));
}
std::string heif(const VImage& image, VipsForeignHeifCompression compression) {
    return text_of(image.heifsave_buffer(
        VImage::option()->set("Q", 90)->set("compression", compression)->set("effort", 0)));
}
std::string heic(const VImage& image) { return heif(image, VIPS_FOREIGN_HEIF_COMPRESSION_HEVC); }
std::string avif(const VImage& image) { return heif(image, VIPS_FOREIGN_HEIF_COMPRESSION_AV1); }

VImage decoded(const std::string& bytes) {
    return VImage::new_from_buffer(bytes.data(), bytes.size(), "").copy_memory();
}

Recipe recipe(std::vector<int> widths, std::vector<PictureFormat> formats = {}) {
    Recipe out;
    out.widths = std::move(widths);
    out.formats = std::move(formats);
    return out;
}

std::vector<PictureResult> derive_uses(const std::string& bytes, std::vector<PictureUse> uses,
                                       Scans scans = Scans::refused) {
    start_once();
    const auto results = decode_results(answer_picture_job(encode_job({bytes, std::move(uses), scans})));
    REQUIRE(results.has_value());
    return *results;
}

PictureResult derive(const std::string& bytes, std::vector<Recipe> recipes = {recipe({80})},
                     Treatment treatment = {}, Scans scans = Scans::refused) {
    start_once();
    const auto results = derive_uses(bytes, {{treatment, std::move(recipes)}}, scans);
    REQUIRE(results.size() == 1);
    return results.front();
}

Treatment at(double x, double y) {
    Treatment treatment;
    treatment.focus = Focus{x, y};
    return treatment;
}

PictureOutput only_output(const PictureResult& result) {
    REQUIRE(result.problem == PictureProblem::none);
    REQUIRE(result.outputs.size() == 1);
    REQUIRE(result.outputs.front().size() == 1);
    return result.outputs.front().front();
}

bool near(const VImage& image, double x, double y, Colour wanted, int tolerance = 14) {
    const auto found =
        image.getpoint(static_cast<int>(x * image.width()), static_cast<int>(y * image.height()));
    for (std::size_t band = 0; band < 3; ++band) {
        if (std::abs(found.at(band) - wanted[band]) > tolerance) return false;
    }
    return true;
}

void check_quarters(const VImage& image, int tolerance = 14) {
    CHECK(near(image, 0.25, 0.25, red, tolerance));
    CHECK(near(image, 0.75, 0.25, green, tolerance));
    CHECK(near(image, 0.25, 0.75, blue, tolerance));
    CHECK(near(image, 0.75, 0.75, yellow, tolerance));
}

// What a camera would have stored when the upright picture carries this EXIF orientation.
VImage stored_for(const VImage& upright, int orientation) {
    switch (orientation) {
        case 2:
            return upright.fliphor();
        case 3:
            return upright.rot180();
        case 4:
            return upright.flipver();
        case 5:
            return upright.fliphor().rot270();
        case 6:
            return upright.rot270();
        case 7:
            return upright.fliphor().rot90();
        case 8:
            return upright.rot90();
        default:
            return upright;
    }
}

VImage with_orientation(const VImage& image, int orientation) {
    VImage out = image.copy();
    out.set("orientation", orientation);
    return out;
}

// EXIF with a position, an XMP packet and a profile, as telephones write them.
VImage with_secrets(const VImage& image) {
    VImage out = image.copy();
    out.set("exif-ifd0-Make", "SecretCamera (SecretCamera, ASCII, 13 components, 13 bytes)");
    out.set("exif-ifd3-GPSLatitude", "30/1 15/1 0/1 (30, 15, 0, Rational, 3 components, 24 bytes)");
    out.set("exif-ifd3-GPSLongitude", "120/1 9/1 0/1 (120, 9, 0, Rational, 3 components, 24 bytes)");
    const std::string xmp = "<x:xmpmeta>SecretPlace</x:xmpmeta>";
    vips_image_set_blob_copy(out.get_image(), VIPS_META_XMP_NAME, xmp.data(), xmp.size());
    return in_profile(out, "p3");
}

// Names of the chunks, segments and boxes that carry metadata in JPEG, PNG, WebP and HEIF.
std::string metadata_found(const std::string& bytes) {
    std::string found;
    for (const std::string& mark :
         {"Exif\0"s,  "EXIF"s,      "eXIf"s,     "Exif"s,        "exif"s, "GPS"s,  "Secret"s,
          "xmpmeta"s, "XMP "s,      "ns.adobe"s, "ICC_PROFILE"s, "ICCP"s, "iCCP"s, "prof"s,
          "acsp"s,    "Photoshop"s, "tEXt"s,     "iTXt"s,        "mime"s, "vips"s}) {
        if (bytes.find(mark) != std::string::npos) found += mark + "; ";
    }
    return found;
}

}  // namespace

TEST_CASE("one photograph gives every width in every format, ascending, from one decode") {
    const PictureResult result =
        derive(jpeg(quarters(400, 300)),
               {recipe({200, 100, 9999}, {PictureFormat::webp, PictureFormat::avif}), recipe({50})});
    REQUIRE(result.decoded);
    CHECK(result.source_width == 400);
    CHECK(result.source_height == 300);
    REQUIRE(result.outputs.size() == 2);
    std::vector<std::pair<int, PictureFormat>> found;
    for (const PictureOutput& output : result.outputs[0]) {
        found.emplace_back(output.width, output.format);
        const VImage image = decoded(output.bytes);
        CHECK(image.width() == output.width);
        CHECK(image.height() == output.height);
        CHECK(output.height == output.width * 3 / 4);
        check_quarters(image);
    }
    const std::vector<std::pair<int, PictureFormat>> wanted = {
        {100, PictureFormat::jpeg}, {100, PictureFormat::webp}, {100, PictureFormat::avif},
        {200, PictureFormat::jpeg}, {200, PictureFormat::webp}, {200, PictureFormat::avif},
        {400, PictureFormat::jpeg}, {400, PictureFormat::webp}, {400, PictureFormat::avif}};
    CHECK(found == wanted);
    REQUIRE(result.outputs[1].size() == 1);
    CHECK(result.outputs[1].front().width == 50);
}

TEST_CASE("every format that may be read is read") {
    const VImage image = quarters(160, 120);
    for (const std::string& bytes : {jpeg(image), png(image), webp(image), avif(image), heic(image)}) {
        check_quarters(decoded(only_output(derive(bytes)).bytes));
    }
}

TEST_CASE("the same job gives the same bytes") {
    const std::string original = jpeg(quarters(400, 300));
    const auto formats = {PictureFormat::webp, PictureFormat::avif};
    CHECK(derive(original, {recipe({100, 200}, formats)}) == derive(original, {recipe({100, 200}, formats)}));
}

TEST_CASE("all eight orientations come out upright") {
    for (int orientation = 1; orientation <= 8; ++orientation) {
        const VImage stored = with_orientation(stored_for(quarters(120, 80), orientation), orientation);
        for (const std::string& bytes : {jpeg(stored), webp(stored)}) {  // PNG: tests/pictures
            CAPTURE(orientation);
            const PictureResult result = derive(bytes, {recipe({60})});
            CHECK(result.source_width == 120);
            CHECK(result.source_height == 80);
            const PictureOutput output = only_output(result);
            CHECK(output.width == 60);
            CHECK(output.height == 40);
            check_quarters(decoded(output.bytes));
        }
    }
}

TEST_CASE("a crop is cut round the focus of the upright picture") {
    Recipe square = recipe({40});
    square.ratio_width = square.ratio_height = 1;
    square.crop = Crop::focus;
    const VImage wide = quarters(200, 40);  // red and blue on the left half, green and yellow on the right
    const VImage left = decoded(only_output(derive(jpeg(wide), {square}, at(0.0, 0.5))).bytes);
    CHECK(near(left, 0.5, 0.25, red));
    CHECK(near(left, 0.5, 0.75, blue));
    const VImage right = decoded(only_output(derive(jpeg(wide), {square}, at(1.0, 0.5))).bytes);
    CHECK(near(right, 0.5, 0.25, green));
    CHECK(near(right, 0.5, 0.75, yellow));
    const std::string turned = jpeg(with_orientation(stored_for(wide, 6), 6));
    CHECK(near(decoded(only_output(derive(turned, {square}, at(1.0, 0.5))).bytes), 0.5, 0.25, green));
}

TEST_CASE("a crop and the whole picture come from the same decode") {
    Recipe card = recipe({60});
    card.ratio_width = 3;
    card.ratio_height = 4;
    card.crop = Crop::centre;
    const PictureResult result = derive(jpeg(quarters(400, 300)), {recipe({100}), card});
    REQUIRE(result.outputs.size() == 2);
    CHECK(result.outputs[1].front().width == 60);
    CHECK(result.outputs[1].front().height == 80);
    check_quarters(decoded(result.outputs[1].front().bytes));
}

TEST_CASE("grey, sixteen bits, palette and transparency become plain sRGB") {
    const VImage grey = plain(80, 60, {120, 120, 120}).colourspace(VIPS_INTERPRETATION_B_W);
    CHECK(near(decoded(only_output(derive(jpeg(grey))).bytes).colourspace(VIPS_INTERPRETATION_sRGB), 0.5, 0.5,
               {120, 120, 120}, 2));
    const VImage deep = quarters(80, 60).colourspace(VIPS_INTERPRETATION_RGB16);
    check_quarters(decoded(only_output(derive(png(deep))).bytes));
    const VImage deep_grey = grey.colourspace(VIPS_INTERPRETATION_GREY16);
    CHECK(near(decoded(only_output(derive(png(deep_grey))).bytes), 0.5, 0.5, {120, 120, 120}, 2));
    const std::string palette =
        text_of(quarters(80, 60).pngsave_buffer(VImage::option()->set("palette", true)));
    check_quarters(decoded(only_output(derive(palette)).bytes));
    const std::string interlaced =
        text_of(quarters(80, 60).pngsave_buffer(VImage::option()->set("interlace", true)));
    check_quarters(decoded(only_output(derive(interlaced)).bytes));
}

TEST_CASE("what is transparent shows the paper") {
    const VImage clear = quarters(80, 60).bandjoin(VImage::black(80, 60));
    const VImage solid = quarters(80, 60).bandjoin(VImage::black(80, 60) + 255).cast(VIPS_FORMAT_UCHAR);
    for (const std::string& bytes : {png(clear), webp(clear)}) {
        CHECK(near(decoded(only_output(derive(bytes)).bytes), 0.3, 0.3, {0xfa, 0xf7, 0xf1}, 3));
    }
    check_quarters(decoded(only_output(derive(png(solid))).bytes));
    const VImage deep = clear.colourspace(VIPS_INTERPRETATION_RGB16);
    CHECK(near(decoded(only_output(derive(png(deep))).bytes), 0.3, 0.3, {0xfa, 0xf7, 0xf1}, 3));
}

TEST_CASE("a CMYK photograph keeps its colours, with and without its profile") {
    constexpr Colour muted{120, 150, 200};  // inside the gamut of print
    const VImage cmyk = in_profile(plain(80, 60, muted), "cmyk");
    REQUIRE(cmyk.bands() == 4);
    CHECK(near(decoded(only_output(derive(jpeg(cmyk))).bytes), 0.5, 0.5, muted, 10));
    const VImage bare = cmyk.copy();
    vips_image_remove(bare.get_image(), VIPS_META_ICC_NAME);
    CHECK(near(decoded(only_output(derive(jpeg(bare))).bytes), 0.5, 0.5, muted, 10));
}

TEST_CASE("a profile is followed only where it fits the picture") {
    const VImage wide = in_profile(quarters(80, 60), "p3");
    CHECK_FALSE(near(wide, 0.75, 0.25, green, 14));  // the numbers differ in P3
    check_quarters(decoded(only_output(derive(jpeg(wide))).bytes));
    VImage wrong = plain(80, 60, {120, 120, 120}).colourspace(VIPS_INTERPRETATION_B_W).copy();
    std::size_t size = 0;
    const void* profile = wide.get_blob(VIPS_META_ICC_NAME, &size);
    vips_image_set_blob_copy(wrong.get_image(), VIPS_META_ICC_NAME, profile, size);
    CHECK(near(decoded(only_output(derive(jpeg(wrong))).bytes), 0.5, 0.5, {120, 120, 120}, 2));
    std::string broken = jpeg(wide);
    const std::size_t at =
        broken.find("ICC_PROFILE") + 14 + 128;  // past the segment's head and a good header
    broken.replace(at, 300, 300, '\x7f');
    const VImage numbers = decoded(only_output(derive(broken)).bytes);  // as if there were no profile
    CHECK(near(numbers, 0.75, 0.25, {95, 197, 70}, 4));
}

TEST_CASE("no metadata survives, whatever comes in and whatever goes out") {
    const VImage image = with_secrets(quarters(160, 120));
    for (const std::string& original : {jpeg(image), png(image), webp(image), avif(image), heic(image)}) {
        REQUIRE_FALSE(metadata_found(original).empty());  // or this test proves nothing
        const PictureResult result =
            derive(original, {recipe({80}, {PictureFormat::webp, PictureFormat::avif})});
        REQUIRE(result.outputs.front().size() == 3);
        for (const PictureOutput& output : result.outputs.front()) {
            CAPTURE(extension_of(output.format));
            CHECK(metadata_found(output.bytes) == "");
        }
    }
}

TEST_CASE("the average colour is the picture's") {
    CHECK(derive(png(plain(40, 30, {10, 20, 30})), {}).average_rgb == 0x0a141e);
    CHECK(derive(png(plain(40, 30, {255, 255, 255})), {}).average_rgb == 0xffffff);
}

TEST_CASE("a picture that nobody wants derivatives of is decoded all the same") {
    const PictureResult result = derive(jpeg(quarters(400, 300)), {});
    CHECK(result.decoded);
    CHECK(result.outputs.empty());
    std::string cut = jpeg(quarters(400, 300));
    cut.resize(cut.size() * 2 / 3);
    CHECK(derive(cut, {}).problem == PictureProblem::truncated);
}

TEST_CASE("a JPEG that is cut short is refused at every length") {
    const std::string whole = jpeg(quarters(300, 200));
    for (std::size_t i = 1; i < 40; ++i) {
        const std::size_t length = whole.size() * i / 40;
        CAPTURE(length);
        const PictureResult result = derive(whole.substr(0, length));
        CHECK_FALSE(result.decoded);
        CHECK(result.problem == PictureProblem::truncated);
        CHECK(result.outputs.empty());
    }
}

TEST_CASE("PNG, WebP, AVIF and HEIC that are cut short are refused") {
    const VImage image = quarters(300, 200);
    for (const std::string& whole : {png(image), webp(image), avif(image), heic(image)}) {
        for (std::size_t i = 1; i < 20; ++i) {
            const std::size_t length = whole.size() * i / 20;
            CAPTURE(length);
            CAPTURE(whole.substr(0, 12));
            CHECK_FALSE(derive(whole.substr(0, length)).decoded);
        }
    }
}

TEST_CASE("what is no photograph is refused by its name") {
    struct Case {
        std::string bytes;
        PictureProblem problem;
        std::string detail;
    };
    const Case cases[] = {
        {"", PictureProblem::empty_file, ""},
        {"王样例的事迹材料。\n", PictureProblem::not_a_picture, "TXT"},
        {"\0\1\2\3\4\5"s, PictureProblem::not_a_picture, "DATA"},
        {"%PDF-1.4\n", PictureProblem::not_a_picture, "PDF"},
        {"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>",
         PictureProblem::unsupported_format, "SVG"},
        {"BM\1\0\1\0\0\0\0;"s, PictureProblem::unsupported_format, "BMP"},
        {"II*\0\x08\0\0\0"s, PictureProblem::tiff_not_allowed, ""},
    };
    for (const Case& each : cases) {
        const PictureResult result = derive(each.bytes);
        CAPTURE(each.detail);
        CHECK(result.problem == each.problem);
        CHECK(result.detail == each.detail);
        CHECK_FALSE(result.decoded);
    }
}

TEST_CASE("libvips itself refuses every loader but ours") {
    start_once();
    for (const std::string& bytes :
         {"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>"s, "P5 1 1 255 x"s}) {
        CHECK_THROWS_AS(VImage::new_from_buffer(bytes.data(), bytes.size(), ""), vips::VError);
    }
    vips_error_clear();
}

TEST_CASE("of a GIF, an animated WebP and a scan of several pages the first picture is used") {
    const VImage pages = quarters(80, 60).join(plain(80, 60, red), VIPS_DIRECTION_VERTICAL).copy();
    vips_image_set_int(pages.get_image(), VIPS_META_PAGE_HEIGHT, 60);
    const PictureResult moving = derive(webp(pages));
    CHECK(moving.frames == 2);
    CHECK(moving.source_height == 60);
    check_quarters(decoded(only_output(moving).bytes));
    const std::string gif = text_of(pages.gifsave_buffer());
    const PictureResult first = derive(gif);
    CHECK(first.frames == 2);
    CHECK(first.source_height == 60);
    check_quarters(decoded(only_output(first).bytes), 20);
    CHECK(derive(text_of(quarters(80, 60).gifsave_buffer())).frames == 1);
    const std::string scan = text_of(pages.tiffsave_buffer());
    const PictureResult page = derive(scan, {recipe({80})}, {}, Scans::allowed);
    CHECK(page.frames == 2);
    check_quarters(decoded(only_output(page).bytes));
}

TEST_CASE("scans are read where the site allows them, of every kind that scanners write") {
    const VImage image = quarters(160, 120);
    CHECK(derive(text_of(image.tiffsave_buffer())).problem == PictureProblem::tiff_not_allowed);
    const auto scanned = [](const VImage& scan, vips::VOption* options) {
        return derive(text_of(scan.tiffsave_buffer(options)), {recipe({80})}, {}, Scans::allowed);
    };
    const auto compressed = [](VipsForeignTiffCompression by) {
        return VImage::option()->set("compression", by);
    };
    for (const auto by : {VIPS_FOREIGN_TIFF_COMPRESSION_NONE, VIPS_FOREIGN_TIFF_COMPRESSION_LZW,
                          VIPS_FOREIGN_TIFF_COMPRESSION_DEFLATE, VIPS_FOREIGN_TIFF_COMPRESSION_JPEG,
                          VIPS_FOREIGN_TIFF_COMPRESSION_PACKBITS}) {
        CAPTURE(by);
        check_quarters(decoded(only_output(scanned(image, compressed(by))).bytes));
    }
    check_quarters(decoded(only_output(scanned(image, VImage::option()->set("tile", true))).bytes));
    check_quarters(
        decoded(only_output(scanned(image.colourspace(VIPS_INTERPRETATION_RGB16), VImage::option())).bytes));
    const VImage page =
        (VImage::black(160, 120) + 255).insert(VImage::black(80, 120), 0, 0).cast(VIPS_FORMAT_UCHAR);
    const VImage fax = decoded(
        only_output(scanned(page, compressed(VIPS_FOREIGN_TIFF_COMPRESSION_CCITTFAX4)->set("bitdepth", 1)))
            .bytes);
    CHECK(near(fax, 0.2, 0.5, {0, 0, 0}, 8));
    CHECK(near(fax, 0.8, 0.5, {255, 255, 255}, 8));
    const std::string whole = text_of(image.tiffsave_buffer());
    CHECK_FALSE(derive(whole.substr(0, whole.size() / 2), {recipe({80})}, {}, Scans::allowed).decoded);
}

TEST_CASE("sixteen bits are brought to eight after the reduction, by rounding") {
    // Greys 1/4, 2/4 and 3/4 of the way from 100 to 101: cut off before, all are 100.
    for (const int quarter : {1, 2, 3}) {
        const VImage grey =
            (VImage::black(64, 64) + (100 * 257 + quarter * 257.0 / 4)).cast(VIPS_FORMAT_USHORT);
        const VImage deep = grey.bandjoin(grey).bandjoin(grey).copy(
            VImage::option()->set("interpretation", VIPS_INTERPRETATION_RGB16));
        Recipe fine = recipe({32});
        fine.jpeg_quality = 100;
        const double made = decoded(only_output(derive(png(deep), {fine})).bytes).avg();
        CAPTURE(quarter);
        CHECK(std::abs(made - (100 + quarter / 4.0)) <= 0.51);
    }
}

TEST_CASE("a broken HEIC is reported as one") {
    std::string broken = heic(quarters(160, 120));
    for (std::size_t i = 40; i < 120; ++i) broken[i] = '\x55';
    CHECK(derive(broken).problem == PictureProblem::unsupported_heic);
}

TEST_CASE("too many pixels are refused by the header alone") {
    std::string large = png(plain(8, 8, red));
    // IHDR: width and height at 16 and 20, its CRC at 29. The CRC is of a picture of 50,000 × 50,000.
    const auto put = [&](std::size_t at, std::uint32_t value) {
        for (int i = 0; i < 4; ++i)
            large[at + static_cast<std::size_t>(i)] = static_cast<char>(value >> (24 - 8 * i));
    };
    put(16, 50'000);
    put(20, 50'000);
    std::uint32_t crc = 0xffffffff;
    for (std::size_t i = 12; i < 29; ++i) {
        crc ^= static_cast<unsigned char>(large[i]);
        for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (0xedb88320U & (0U - (crc & 1)));
    }
    put(29, ~crc);
    const PictureResult result = derive(large);
    CHECK(result.problem == PictureProblem::too_large);
    CHECK(result.detail == "50000×50000");
}

TEST_CASE("grey and two inks have no other colours") {
    Recipe toned = recipe({80});
    toned.tone = Tone::grey;
    const VImage grey = decoded(only_output(derive(jpeg(quarters(160, 120)), {toned})).bytes);
    CHECK(grey.bands() == 1);
    toned.tone = Tone::duotone;
    toned.dark = 0x102030;
    toned.light = 0xf0e0d0;
    const VImage black = decoded(only_output(derive(png(plain(80, 60, {0, 0, 0})), {toned})).bytes);
    CHECK(near(black, 0.5, 0.5, {0x10, 0x20, 0x30}, 3));
    const VImage white = decoded(only_output(derive(png(plain(80, 60, {255, 255, 255})), {toned})).bytes);
    CHECK(near(white, 0.5, 0.5, {0xf0, 0xe0, 0xd0}, 3));
    const VImage middle = decoded(only_output(derive(png(plain(80, 60, {128, 128, 128})), {toned})).bytes);
    CHECK(near(middle, 0.5, 0.5, {0x80, 0x80, 0x80}, 3));
}

TEST_CASE("an old print gets warm paper and a gentle contrast, and no more") {
    // Pale greys from 100 to 160, as prints fade.
    const VImage ramp = (VImage::identity().resize(2.0 / 256, VImage::option()->set("vscale", 1.0)) * 0 + 100)
                            .embed(0, 0, 60, 40, VImage::option()->set("extend", VIPS_EXTEND_COPY));
    const VImage pale = ramp.insert(VImage::black(30, 40) + 160, 30, 0)
                            .cast(VIPS_FORMAT_UCHAR)
                            .copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_B_W));
    Treatment old;
    old.old_print = true;
    const VImage made = decoded(only_output(derive(png(pale), {recipe({60})}, old)).bytes);
    REQUIRE(made.bands() == 3);
    const auto dark = made.getpoint(10, 20), light = made.getpoint(50, 20);
    CHECK(light[0] > light[2]);            // warm
    CHECK(light[1] - dark[1] > 60);        // more contrast than before
    CHECK(light[1] - dark[1] < 60 * 1.5);  // and not much more
    CHECK(dark[1] > 40);                   // what was pale is not black
}

TEST_CASE("sharpening follows a reduction, as strong as it is asked for") {
    const VImage edge = plain(400, 300, {90, 90, 90}).insert(plain(200, 300, {170, 170, 170}), 200, 0);
    const auto overshoot = [&](int amount, int width) {
        Recipe crisp = recipe({width});
        crisp.sharpening = amount;
        crisp.jpeg_quality = 100;
        return decoded(only_output(derive(png(edge), {crisp})).bytes).max();
    };
    const double none = overshoot(0, 100), gentle = overshoot(80, 100), strong = overshoot(100, 100);
    CHECK(gentle > none + 1);
    CHECK(strong > gentle + 2);
    CHECK(overshoot(100, 400) < 175);  // nothing was reduced
}

TEST_CASE("a scan is set straight and loses its border when the editor asks for it") {
    const VImage print = quarters(240, 160);
    const VImage scan = print.embed(40, 40, 320, 240, VImage::option()->set("extend", VIPS_EXTEND_WHITE));
    Treatment trimmed;
    trimmed.trim = true;
    const PictureResult cut = derive(png(scan), {recipe({120})}, trimmed);
    CHECK(cut.source_width == doctest::Approx(240).epsilon(0.02));
    CHECK(cut.source_height == doctest::Approx(160).epsilon(0.02));
    check_quarters(decoded(only_output(cut).bytes));
    CHECK(derive(png(scan), {recipe({120})}).source_width == 320);

    const VImage crooked =
        scan.rotate(-4, VImage::option()->set("background", std::vector<double>{255, 255, 255}))
            .cast(VIPS_FORMAT_UCHAR);
    trimmed.turn = 4;
    const PictureResult straight = derive(png(crooked), {recipe({120})}, trimmed);
    CHECK(straight.source_width == doctest::Approx(240).epsilon(0.04));
    CHECK(straight.source_height == doctest::Approx(160).epsilon(0.05));
    const VImage made = decoded(only_output(straight).bytes);
    CHECK(near(made, 0.04, 0.06, red, 30));  // near a corner: nothing of the border is left
    CHECK(near(made, 0.96, 0.94, yellow, 30));
}

TEST_CASE("a photograph that is turned comes out whatever its size, in its full width too") {
    Treatment crooked;
    for (const int width : {1200, 1201, 1333, 1999}) {
        for (const double turn : {2.0, -1.5, 0.3, 15.0}) {
            CAPTURE(width);
            CAPTURE(turn);
            crooked.turn = turn;
            CHECK(derive(jpeg(quarters(width, 800)), {recipe({5000}), recipe({320})}, crooked).decoded);
        }
    }
}

TEST_CASE("a picture without an even border keeps all it has") {
    Treatment trimmed;
    trimmed.trim = true;
    const PictureResult result = derive(png(quarters(200, 100)), {recipe({100})}, trimmed);
    CHECK(result.source_width == 200);
    CHECK(result.source_height == 100);
}

TEST_CASE("a portrait is cut round what the editor says, else round what draws the eye") {
    Recipe card = recipe({120});
    card.ratio_width = 3;
    card.ratio_height = 4;
    card.crop = Crop::portrait;
    // A patch of the colour of skin on a grey wall, right of the middle.
    const VImage wall = plain(800, 600, {110, 112, 115}).insert(plain(60, 80, {224, 172, 140}), 560, 220);
    const PictureResult found = derive(png(wall), {card});
    CHECK(found.head.source == Head::Source::saliency);
    CHECK(found.head.eyes.x == doctest::Approx(590.0 / 800).epsilon(0.1));
    CHECK(found.head.height == 0);
    Treatment stated = at(0.25, 0.5);
    stated.head = 0.2;
    const PictureResult told = derive(png(wall), {card}, stated);
    CHECK(told.head == Head{Head::Source::editor, {0.25, 0.5}, 0.2});
    CHECK(only_output(told).width == 120);
}

TEST_CASE("uses of one photograph share its decode, each as its own treatment and recipes say") {
    Recipe square = recipe({60});
    square.ratio_width = square.ratio_height = 1;
    square.crop = Crop::focus;
    const VImage print = quarters(480, 240);
    const std::string scan =
        png(print.embed(60, 60, 600, 360, VImage::option()->set("extend", VIPS_EXTEND_WHITE)));
    Treatment trimmed, old;
    trimmed.trim = true;
    old.old_print = true;
    const std::vector<PictureUse> uses = {{at(0.2, 0.3), {square}},
                                          {{}, {recipe({50, 300})}},
                                          {trimmed, {recipe({100})}},
                                          {old, {recipe({50})}}};
    const auto results = derive_uses(scan, uses);
    REQUIRE(results.size() == uses.size());
    CHECK(near(decoded(only_output(results[0]).bytes), 0.5, 0.35, red));
    CHECK(results[0].head.source == Head::Source::editor);
    CHECK(near(decoded(results[1].outputs.at(0).at(1).bytes), 0.02, 0.02, {255, 255, 255}));
    CHECK(results[1].source_width == 600);
    CHECK(results[2].source_width == doctest::Approx(480).epsilon(0.02));
    check_quarters(decoded(only_output(results[2]).bytes), 20);
    const auto ink = decoded(only_output(results[3]).bytes).getpoint(15, 10);
    CHECK(std::abs(ink[0] - ink[2]) < 40);
    // What one of them says of the rest of the picture is as if it were alone.
    for (std::size_t i = 0; i < uses.size(); ++i) {
        const auto alone = derive_uses(scan, {uses[i]}).front();
        CHECK(alone.head == results[i].head);
        CHECK(alone.source_height == results[i].source_height);
        CHECK(alone.outputs.size() == results[i].outputs.size());
    }
    // The most demanding one comes out as it does alone, and the order is nobody's business.
    CHECK(derive_uses(scan, {uses[1]}).front() == results[1]);
    CHECK(derive_uses(scan, {uses[3], uses[2], uses[1], uses[0]})[1] == results[2]);
}

TEST_CASE("a photograph that cannot be used is so for all its uses") {
    const auto results = derive_uses("not a picture", {{{}, {recipe({50})}}, {at(0.5, 0.5), {recipe({80})}}});
    REQUIRE(results.size() == 2);
    CHECK(results[0].problem == PictureProblem::not_a_picture);
    CHECK(results[0] == results[1]);
}

TEST_CASE("where nothing of a picture is looked for, nothing is found") {
    CHECK(derive(png(quarters(200, 100))).head.source == Head::Source::nobody);
}
