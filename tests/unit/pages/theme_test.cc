#include "pages/theme.h"

#include <doctest/doctest.h>

using namespace qunying;

namespace {

struct ThemeRead {
    Diagnostics diagnostics;
    ThemeConfig theme;
};

ThemeRead read(std::string text) {
    Sources sources;
    const SourceId id = sources.add("themes/hall/theme.yaml", std::move(text));
    ThemeRead result;
    result.theme = read_theme(sources[id], result.diagnostics);
    return result;
}

}  // namespace

TEST_CASE("a theme declares recipes and settings") {
    const ThemeRead result = read(
        "title: 展厅\n"
        "recipes:\n"
        "  card: {ratio: \"3:4\", widths: [160, 320], formats: [jpeg, webp], sizes: 210px, use: "
        "[person.portrait]}\n"
        "  wide: {widths: 640, crop: centre, webp_quality: 60, use: story}\n"
        "settings: {columns: 6}\n");
    CHECK(result.diagnostics.empty());
    CHECK(result.theme.name == "hall");
    REQUIRE(result.theme.recipes.size() == 2);
    const ThemeRecipe& card = result.theme.recipes[0];
    CHECK(card.recipe.name == "card");
    CHECK(card.recipe.widths == std::vector<int>{160, 320});
    CHECK(card.recipe.ratio_width == 3);
    CHECK(card.recipe.ratio_height == 4);
    CHECK(card.recipe.crop == Crop::focus);
    CHECK(card.recipe.formats == std::vector{PictureFormat::jpeg, PictureFormat::webp});
    CHECK(card.sizes == "210px");
    const ThemeRecipe& wide = result.theme.recipes[1];
    CHECK(wide.recipe.crop == Crop::centre);
    CHECK(wide.recipe.webp_quality == 60);
    CHECK(wide.sizes == "100vw");
    CHECK(wide.uses == std::vector<std::string>{"story"});
    CHECK(result.theme.settings.at("columns") == "6");
}

TEST_CASE("a recipe may cut portraits, be one box, toned and sharpened") {
    const ThemeRead result = read(
        "recipes:\n"
        "  share: {box: 640x480, crop: portrait, sharpening: 30, background: \"#102030\"}\n"
        "  old: {widths: 320, tone: duotone, dark: \"#000001\", light: \"#fffffe\"}\n"
        "  grey: {widths: 320, tone: grey}\n"
        "  scan: {widths: 320, tone: warm-scan}\n"
        "  large: {widths: 1920, longest: 1900, least: 1760}\n");
    CHECK(result.diagnostics.empty());
    REQUIRE(result.theme.recipes.size() == 5);
    CHECK(result.theme.recipes[4].recipe.longest == 1900);
    CHECK(result.theme.recipes[4].recipe.least == 1760);
    const Recipe& share = result.theme.recipes[0].recipe;
    CHECK(share.widths == std::vector<int>{640});
    CHECK(share.ratio_width == 640);
    CHECK(share.ratio_height == 480);
    CHECK(share.crop == Crop::portrait);
    CHECK(share.sharpening == 30);
    CHECK(share.background == 0x102030);
    const Recipe& old = result.theme.recipes[1].recipe;
    CHECK(old.tone == Tone::duotone);
    CHECK(old.dark == 1);
    CHECK(old.light == 0xfffffe);
    CHECK(result.theme.recipes[2].recipe.tone == Tone::grey);
    CHECK(result.theme.recipes[3].recipe.tone == Tone::warm_scan);
}

TEST_CASE("a box, tone or colour that is none is reported") {
    const ThemeRead result = read(
        "recipes:\n"
        "  card: {widths: 320, box: 640, tone: sepia, dark: \"221e1a\", light: \"#22\", background: "
        "\"#gggggg\", "
        "sharpening: 101}\n");
    CHECK(result.diagnostics.items().size() == 6);
    for (const Diagnostic& each : result.diagnostics.items())
        CHECK(each.kind == DiagnosticKind::theme_bad_value);
}

TEST_CASE("what a theme gets wrong is reported once each, and the rest is kept") {
    const ThemeRead result = read(
        "recipe: {}\n"
        "recipes:\n"
        "  card: {widths: [0, 320], ratio: \"3/4\", crop: left, formats: [gif], jpeg_quality: 101, width: "
        "3}\n"
        "  none: {use: story}\n");
    std::vector<DiagnosticKind> kinds;
    for (const Diagnostic& each : result.diagnostics.items()) kinds.push_back(each.kind);
    using enum DiagnosticKind;
    CHECK(kinds == std::vector{theme_unknown_key, theme_bad_value, theme_bad_value, theme_bad_value,
                               theme_bad_value, theme_bad_value, theme_unknown_key, theme_bad_value});
    CHECK(result.diagnostics.items()[0].meant == "recipes");
    CHECK(result.diagnostics.items()[6].meant == "widths");
    REQUIRE(result.theme.recipes.size() == 1);
    CHECK(result.theme.recipes[0].recipe.widths == std::vector<int>{320});
}

TEST_CASE("a use that no recipe names falls back to the story's recipes") {
    const ThemeRead result = read(
        "recipes:\n"
        "  card: {widths: [160], use: [person.portrait]}\n"
        "  wide: {widths: [640], use: [story, person.portrait]}\n");
    CHECK(recipes_for(result.theme, "person.portrait") == std::vector<std::size_t>{0, 1});
    CHECK(recipes_for(result.theme, "stamp.picture") == std::vector<std::size_t>{1});
}

TEST_CASE("a theme says which pages it goes without") {
    const ThemeRead result = read(
        "recipes: {}\n"
        "without: [exhibits, level, award]\n");
    CHECK(result.diagnostics.empty());
    CHECK_FALSE(result.theme.has("exhibits"));
    CHECK_FALSE(result.theme.has("award"));
    CHECK(result.theme.has("photos"));
    CHECK(result.theme.has("person"));
    CHECK_FALSE(read("without: photos\n").theme.has("photos"));
}

TEST_CASE("a page that nobody knows cannot be gone without") {
    const ThemeRead result = read("without: [exhibit, awards, 照片, photos]\n");
    REQUIRE(result.diagnostics.items().size() == 3);
    for (const Diagnostic& each : result.diagnostics.items())
        CHECK(each.kind == DiagnosticKind::theme_bad_value);
    CHECK(result.diagnostics.items()[0].meant == "exhibits");
    CHECK(result.diagnostics.items()[1].meant == "award");
    CHECK(result.diagnostics.items()[2].meant.empty());
    CHECK(result.theme.without == std::vector<std::string>{"photos"});
}
