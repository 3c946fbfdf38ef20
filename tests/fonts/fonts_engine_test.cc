// What the font worker answers, with the fonts of this machine (fonts-noto-cjk).
#include <algorithm>
#include <doctest/doctest.h>

#include "base/text.h"
#include "fonts/cut.h"
#include "fonts/engine.h"
#include "fonts/faces.h"

using namespace qunying;

// fontconfig keeps 288 bytes of reading its configuration until the process ends. Asked by the leak checker
// alone.
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig"; }

namespace {

constexpr std::u32string_view rare = U"·〔〕㛃䶮镕𠅤𫖯𬭎";

FacePlan plan(const FacePlanJob& job) {
    const auto answer = decode_plan(answer_font_job(encode_job(job)));
    REQUIRE(answer);
    return *answer;
}

FacePlanJob sans(std::u32string needed) {
    FacePlanJob job{"Noto Sans CJK SC", 400, std::move(needed), {}, 0, false};
    return job;
}

FontCut cut(const FontPart& part, int quality = planning_quality) {
    const auto answer =
        decode_cut(answer_font_job(encode_job(FontCutJob{part.file, part.characters, quality})));
    REQUIRE(answer);
    return *answer;
}

std::u32string many(std::size_t count) {
    std::u32string all;
    for (char32_t c = 0x4E00; all.size() < count; c += 7) all.push_back(c);
    return all;
}

}  // namespace

TEST_CASE("the rare characters of names are in the font that hall declares") {
    const FacePlan made = plan(sans(std::u32string(rare)));
    REQUIRE(made.problem == FontProblem::none);
    CHECK(made.missing.empty());
    REQUIRE(made.parts.size() == 1);
    CHECK(made.parts[0].characters == rare);
    const FontCut font = cut(made.parts[0]);
    CHECK(font.woff2.starts_with("wOF2"));
    CHECK(font.woff2.size() < 8000);
    // The plan stands while these files do: the font, and the libraries that cut and press.
    CHECK(std::find(made.made_with.begin(), made.made_with.end(), made.parts[0].file.path) !=
          made.made_with.end());
    for (const char* library : {"harfbuzz", "woff2", "brotli"})
        CHECK(std::any_of(made.made_with.begin(), made.made_with.end(),
                          [&](const std::string& path) { return path.find(library) != std::string::npos; }));
}

TEST_CASE("a font is cut to the same bytes each time, and harder pressed it is no larger") {
    const FacePlan made = plan(sans(many(120)));
    REQUIRE(made.parts.size() == 1);
    const FontCut quick = cut(made.parts[0]), again = cut(made.parts[0]), hard = cut(made.parts[0], 11);
    CHECK(quick == again);
    CHECK(hard.woff2.size() <= quick.woff2.size());
    CHECK(hard.woff2.size() > 10'000);
}

TEST_CASE("as many characters are taken as fit, the first ones first") {
    FacePlanJob job{"Noto Serif CJK SC", 700, {}, many(200), 20'000, false};
    const FacePlan made = plan(job);
    REQUIRE(made.parts.size() == 1);
    const std::size_t count = made.parts[0].characters.size();
    CHECK(count > 40);
    CHECK(count < 100);
    CHECK(made.parts[0].characters == many(count));
    CHECK(cut(made.parts[0]).woff2.size() <= 20'000);
    FontPart one_more = made.parts[0];
    one_more.characters = many(count + 1);
    CHECK(cut(one_more).woff2.size() > 20'000);

    job.wanted = many(10);
    CHECK(plan(job).parts[0].characters == many(10));  // all of them, where all fit
    job.limit = 1;
    CHECK(plan(job).parts.empty());  // nothing, where not one does
}

TEST_CASE("what a family lacks comes from another font, or is said to be missing") {
    FacePlanJob job = sans(U"王\uE000");
    const FacePlan alone = plan(job);
    CHECK(alone.missing == U"\uE000");
    REQUIRE(alone.parts.size() == 1);
    CHECK(alone.parts[0].characters == U"王");
    job = {"Noto Sans CJK SC", 400, U"ݐ王", {}, 0, false};
    REQUIRE(plan(job).missing == U"ݐ");
    job.borrow = true;
    const FacePlan borrowed = plan(job);
    if (borrowed.missing.empty()) {  // some font of this machine writes Arabic
        REQUIRE(borrowed.parts.size() == 2);
        CHECK(borrowed.parts[1].characters == U"ݐ");
        CHECK(borrowed.parts[1].file.path != borrowed.parts[0].file.path);
        CHECK(cut(borrowed.parts[1]).woff2.starts_with("wOF2"));
    }
}

TEST_CASE(
    "a font that is not there is said to be not installed, whatever fontconfig would put in its place") {
    CHECK(plan({"No Such Font", 400, U"王", {}, 0, true}).problem == FontProblem::not_installed);
    CHECK(plan({"Noto Sans CJK SC", 777, U"王", {}, 0, true}).problem == FontProblem::not_installed);
}

TEST_CASE("files that are no fonts fail with a word, and unknown jobs too") {
    CHECK(cut({{"/proc/self/exe", 0}, {}, U"王"}).woff2.empty());
    CHECK_FALSE(cut({{"/nowhere.otf", 0}, {}, U"王"}).detail.empty());
    CHECK_FALSE(OpenFont::open({"/nowhere.otf", 0}));
    const FacePlan made = plan(sans(U"王"));
    CHECK_FALSE(OpenFont::open({made.parts[0].file.path, 999}));
    CHECK(decode_plan(answer_font_job("nonsense"))->problem == FontProblem::failed);
    CHECK(start_font_engine().find("harfbuzz") != std::string::npos);
}

TEST_CASE("the faces of one collection have table directories of their own") {
    const FacePlan first = plan(sans(U"王"));
    FontFile other = first.parts[0].file;
    other.index = other.index == 0 ? 1 : 0;
    CHECK(OpenFont::open(other)->tables() != first.parts[0].tables);
    CHECK(OpenFont::open(first.parts[0].file)->tables() == first.parts[0].tables);
}
