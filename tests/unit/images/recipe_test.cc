#include "images/recipe.h"

#include <doctest/doctest.h>
#include <set>

#include "images/derive.h"

using namespace qunying;

namespace {

Digest digest(const Recipe& recipe) {
    DigestBuilder builder;
    add_to(builder, recipe);
    return builder.finish();
}

Recipe card() {
    Recipe recipe;
    recipe.name = "card";
    recipe.widths = {240, 480};
    recipe.formats = {PictureFormat::webp};
    return recipe;
}

}  // namespace

TEST_CASE("JPEG is made whether it is listed or not, and each format once") {
    CHECK(formats_of(card()) == std::vector{PictureFormat::jpeg, PictureFormat::webp});
    Recipe recipe;
    recipe.formats = {PictureFormat::avif, PictureFormat::jpeg, PictureFormat::avif};
    CHECK(formats_of(recipe) == std::vector{PictureFormat::jpeg, PictureFormat::avif});
    recipe.formats = {};
    CHECK(formats_of(recipe) == std::vector{PictureFormat::jpeg});
}

TEST_CASE("recipes that make the same bytes have the same digest") {
    Recipe same = card();
    same.name = "other";
    same.widths = {480, 240, 480};
    same.formats = {PictureFormat::webp, PictureFormat::jpeg};
    same.avif_quality = 1;  // not made, so not asked
    CHECK(digest(same) == digest(card()));
}

TEST_CASE("whatever changes the bytes changes the digest") {
    std::set<Digest> digests = {digest(card())};
    const auto add = [&](auto change) {
        Recipe recipe = card();
        change(recipe);
        CHECK(digests.insert(digest(recipe)).second);
    };
    add([](Recipe& r) { r.widths = {240}; });
    add([](Recipe& r) { r.widths = {240, 481}; });
    add([](Recipe& r) { r.ratio_width = 3; });
    add([](Recipe& r) { r.ratio_height = 3; });
    add([](Recipe& r) { r.crop = Crop::centre; });
    add([](Recipe& r) { r.crop = Crop::focus; });
    add([](Recipe& r) { r.formats = {}; });
    add([](Recipe& r) { r.formats = {PictureFormat::avif}; });
    add([](Recipe& r) { r.jpeg_quality = 81; });
    add([](Recipe& r) { r.webp_quality = 79; });
    add([](Recipe& r) { r.crop = Crop::portrait; });
    add([](Recipe& r) { r.tone = Tone::grey; });
    add([](Recipe& r) { r.tone = Tone::duotone; });
    add([](Recipe& r) { r.tone = Tone::duotone, r.dark = 1; });
    add([](Recipe& r) { r.tone = Tone::duotone, r.light = 1; });
    add([](Recipe& r) { r.background = 1; });
    add([](Recipe& r) { r.sharpening = 30; });
    add([](Recipe& r) { r.longest = 30; });
    add([](Recipe& r) { r.least = 30; });
    CHECK(digests.size() == 20);
}

TEST_CASE("every problem has its own diagnostic, a warning that names the file") {
    std::set<std::string_view> ids;
    for (int i = 1; i < picture_problem_count; ++i) {
        Diagnostics diagnostics;
        const PictureResult result = failed_picture(static_cast<PictureProblem>(i), "60000×60000");
        report_picture(diagnostics, {}, "portrait.jpg", result, {});
        REQUIRE(diagnostics.items().size() == 1);
        const Diagnostic& found = diagnostics.items().front();
        CHECK(found.severity == Severity::warning);
        CHECK(ids.insert(entry_of(found.kind).id).second);
        CHECK(message_of(found, Language::chinese).find("portrait.jpg") != std::string::npos);
        CHECK(message_of(found, Language::english).find("portrait.jpg") != std::string::npos);
        CHECK_FALSE(cure_of(found, Language::chinese).empty());
        CHECK_FALSE(cure_of(found, Language::english).empty());
    }
}

TEST_CASE("a good picture is not reported") {
    Diagnostics diagnostics;
    report_picture(diagnostics, {}, "portrait.jpg", PictureResult{}, {});
    CHECK(diagnostics.empty());
}

TEST_CASE("a picture of a kind that is not read is called by its format") {
    Diagnostics diagnostics;
    report_picture(diagnostics, {}, "a.bmp", failed_picture(PictureProblem::unsupported_format, "BMP"), {});
    REQUIRE(diagnostics.items().size() == 1);
    CHECK(diagnostics.items().front().kind == DiagnosticKind::picture_format);
    CHECK(message_of(diagnostics.items().front(), Language::chinese).find("BMP") != std::string::npos);
}

TEST_CASE("what is used in part, or is small for a large portrait, is said") {
    PictureResult result;
    result.decoded = true;
    result.source_width = 899;
    const auto kinds = [&](const std::vector<Recipe>& recipes) {
        Diagnostics diagnostics;
        report_picture(diagnostics, {}, "portrait.jpg", result, recipes);
        std::vector<DiagnosticKind> found;
        for (const Diagnostic& item : diagnostics.items()) found.push_back(item.kind);
        return found;
    };
    Recipe hero;
    hero.widths = {320, 960};
    CHECK(kinds({hero}).empty());  // not a portrait: small pictures stand in texts
    hero.crop = Crop::portrait;
    CHECK(kinds({hero}) == std::vector{DiagnosticKind::picture_small});
    hero.widths = {480};
    CHECK(kinds({hero}).empty());
    result.source_width = 900;
    hero.widths = {960};
    CHECK(kinds({hero}).empty());
    result.frames = 2;
    CHECK(kinds({hero}) == std::vector{DiagnosticKind::picture_first_frame});
}

TEST_CASE("the cure for an iPhone's HEIC names the setting") {
    Diagnostics diagnostics;
    report_picture(diagnostics, {}, "a.heic", failed_picture(PictureProblem::unsupported_heic), {});
    const std::string cure = cure_of(diagnostics.items().front(), Language::chinese);
    CHECK(cure.find("iOS 18") != std::string::npos);
    CHECK(cure.find("设置 → 相机 → 格式 → 兼容性最佳") != std::string::npos);
    CHECK(cure.find("JPEG") != std::string::npos);
}

TEST_CASE("the encoder version names the pipeline, libvips and the codecs, and starts nothing") {
    const std::string version(encoder_version());
    for (const char* part : {"pictures ", "libvips ", "libjpeg", "libwebp", "libheif"}) {
        CAPTURE(part);
        CHECK(version.find(part) != std::string::npos);
    }
    CHECK(version == encoder_version());
}
