// Whole sites whose theme has faces: what is said, what is published, and that nothing is cut twice.
#include <doctest/doctest.h>
#include <set>

#include "base/characters.h"
#include "base/text.h"
#include "build/fonts.h"
#include "support/test_site.h"
#include "system/release_stage.h"

using namespace qunying;

namespace {

constexpr const char* settings =
    "title: 样例群英谱\norganisation: 样例单位\nregions: [样例区]\ntheme: own\n"
    "defaults: {status: approved, visibility: public}\n";

constexpr const char* faces =
    "faces:\n  t: {family: Noto Serif CJK SC, weight: 700, role: title, limit: 8}\n"
    "  rt: {family: Noto Serif CJK SC, weight: 700, role: rare-title}\n"
    "  r: {family: Noto Sans CJK SC, role: rare}\n";

std::string person(const std::string& name, const std::string& story = "样例故事。") {
    return "---\nname: " + name +
           "\nretire_kind: 退休\nformer_post: 样例局退休干部\nlife: living\nsource: 样例\n" +
           "consent: {basis: 本人授权, text: yes, portrait: yes, voice: no, signer: 本人, date: 2025-03-01, "
           "scope: [互联网, 场馆]}\nstatus: approved\nvisibility: public\n---\n\n" +
           story + "\n";
}

struct FontSite {
    MemoryDisk disk;
    BuildOptions options = test_options();

    explicit FontSite(const std::string& theme = faces) {
        put_theme(disk, "scroll");
        for (const auto& [path, bytes] : disk.snapshot("themes/scroll"))
            disk.put("themes/own/" + path, bytes);
        disk.put("themes/own/theme.yaml",
                 "name: own\nwithout: [exhibits, photos, search, booklets, kiosk]\n" + theme);
        disk.put("content/site.yaml", settings);
        disk.put("content/people/jia.md", person("样例甲"));
        disk.put("content/people/yan.md", person("王䶮", "见“〔2017〕47号”，写𬭎字。"));
    }
    BuildResult build() {
        Memo memo(disk);
        ReleaseStage stage(disk, "public");
        return build_site(disk, memo, stage, options);
    }
    FileSnapshot built() {
        const BuildResult result = build();
        INFO(findings_of(result));
        REQUIRE(result.published);
        return disk.snapshot("public");
    }
};

std::size_t count(const BuildResult& result, DiagnosticKind kind) {
    std::size_t found = 0;
    for (const Diagnostic& item : result.diagnostics.items()) found += item.kind == kind ? 1 : 0;
    return found;
}

// Every character that the pages show or say.
CharacterSet rendered(const FileSnapshot& site) {
    CharacterSet all;
    for (const auto& [path, bytes] : site) {
        if (path.ends_with(".html")) all.add_all(html_to_text(bytes));
    }
    return all;
}

// The ranges of the faces of that name in fonts.css.
CharacterSet ranges_of(const std::string& css, const std::string& face) {
    CharacterSet all;
    for (std::size_t at = css.find("font-family:" + face + ";"); at != std::string::npos;
         at = css.find("font-family:" + face + ";", at + 1)) {
        const std::size_t begin = css.find("unicode-range:", at) + 14;
        for (const std::string_view range :
             split(std::string_view(css).substr(begin, css.find('}', begin) - begin), ',')) {
            const auto ends = split(range.substr(2), '-');
            const auto first = std::stoul(std::string(ends[0]), nullptr, 16);
            const auto last = ends.size() > 1 ? std::stoul(std::string(ends[1]), nullptr, 16) : first;
            for (auto c = first; c <= last; ++c) all.add(static_cast<char32_t>(c));
        }
    }
    return all;
}

std::set<std::string> fonts_of(const FileSnapshot& site) {
    std::set<std::string> fonts;
    for (const auto& file : site) {
        if (file.first.ends_with(".woff2")) fonts.insert(file.first);
    }
    return fonts;
}

void check_holds(const CharacterSet& fonts, const CharacterSet& shown, Audience audience) {
    for (const char32_t c : shown.sorted()) {
        if (audience == Audience::web && is_common_character(c)) continue;
        if (c == U' ' || c == U'　') continue;
        std::string character;
        append_utf8(character, c);
        CHECK_MESSAGE(fonts.contains(c), "no font for ", character);
    }
}

}  // namespace

TEST_CASE("what is collected before pages are planned holds all that they show") {
    FontSite site;
    SUBCASE("on the web: whatever is not common") {
        const FileSnapshot web = site.built();
        check_holds(ranges_of(web.at("static/fonts.css"), "r"), rendered(web), Audience::web);
        CHECK(ranges_of(web.at("static/fonts.css"), "r").contains(U'𬭎'));
        CHECK_FALSE(ranges_of(web.at("static/fonts.css"), "r").contains(U'王'));
    }
    SUBCASE("in a venue: everything") {
        site.options.audience = Audience::venue;
        const FileSnapshot venue = site.built();
        check_holds(ranges_of(venue.at("static/fonts.css"), "r"), rendered(venue), Audience::venue);
    }
}

TEST_CASE("pages name one style sheet, and it alone names the fonts") {
    FontSite site;
    const FileSnapshot before = site.built();
    const std::set<std::string> fonts = fonts_of(before);
    CHECK(fonts.size() == 3);
    for (const std::string& font : fonts) {
        for (const auto& entry : before) {
            const std::string& path = entry.first;
            const auto& bytes = entry.second;
            const bool names = bytes.find(font.substr(7)) != std::string::npos;
            if (path != "manifest.json") CHECK_MESSAGE(names == (path == "static/fonts.css"), path);
        }
        CHECK(before.at("static/fonts.css").find(font.substr(7)) != std::string::npos);
    }
    CHECK(before.at("static/fonts.css").find(".half-q") != std::string::npos);

    // One new rare character in one text: that page, its font, the style sheet.
    site.disk.put("content/people/jia.md", person("样例甲", "样例故事𫖯。"));
    const FileSnapshot after = site.built();
    std::set<std::string> changed;
    for (const auto& [path, bytes] : after) {
        const auto was = before.find(path);
        if ((was == before.end() || was->second != bytes) && !path.ends_with(".woff2")) changed.insert(path);
    }
    changed.erase("manifest.json");
    for (const std::string& path : changed)
        CHECK_MESSAGE((path == "static/fonts.css" || path.find("jia") != std::string::npos ||
                       path.find("people/index") != std::string::npos || path == "index.html"),
                      path);
    CHECK(changed.contains("people/jia.html"));
    CHECK(changed.contains("static/fonts.css"));
    CHECK_FALSE(changed.contains("people/yan.html"));
}

TEST_CASE("nothing is cut twice, and equal inputs give equal bytes") {
    FontSite site, other;
    const FileSnapshot first = site.built();
    CHECK(other.built() == first);
    // With what is remembered no worker is needed, even where the site is published anew.
    site.options.font_worker = {{"/nowhere"}};
    site.disk.put("content/people/jia.md", person("样例甲", "改过的故事。"));
    const FileSnapshot again = site.built();
    CHECK(fonts_of(again) == fonts_of(first));
    CHECK(again.at("static/fonts.css") == first.at("static/fonts.css"));
    // A preview presses less hard and chooses the same.
    other.options.font_quality = FontQuality::preview;
    const FileSnapshot preview = other.built();
    CHECK(ranges_of(preview.at("static/fonts.css"), "r").sorted() ==
          ranges_of(first.at("static/fonts.css"), "r").sorted());
}

TEST_CASE("a title face keeps its limit") {
    FontSite site;
    const BuildResult result = site.build();
    REQUIRE(result.published);
    REQUIRE(result.summary.fonts.size() == 3);
    CHECK(result.summary.fonts[0].face == "t");
    CHECK(result.summary.fonts[0].bytes <= 8000);
    CHECK(result.summary.fonts[0].characters > 10);
    for (const FontFacts& font : result.summary.fonts)
        CHECK(site.disk.snapshot("public").at(font.path).size() == font.bytes);
}

TEST_CASE("a name with a character that no font has stops the build, and says where") {
    FontSite site;
    site.disk.put("content/people/nobody.md", person("王\uE000"));
    const BuildResult result = site.build();
    CHECK_FALSE(result.published);
    REQUIRE(count(result, DiagnosticKind::glyph_missing) == 1);
    CHECK(findings_of(result).find("content/people/nobody.md:2:") != std::string::npos);
    CHECK(findings_of(result).find("U+E000") != std::string::npos);
    site.disk.put("content/people/nobody.md", person("王样例"));
    CHECK(site.build().published);
}

TEST_CASE("a text with such a character is published with a warning, which is said again") {
    FontSite site;
    site.disk.put("content/people/jia.md", person("样例甲", "这个\uE000字。"));
    for (int round = 0; round < 2; ++round) {
        const BuildResult result = site.build();
        CHECK(result.published);
        CHECK(count(result, DiagnosticKind::glyph_missing_in_text) == 1);
    }
}

TEST_CASE("where a font is not installed the site goes without, and says so each time") {
    FontSite site(
        "faces:\n  t: {family: No Such Font, role: title}\n  r: {family: No Such Sans, role: rare}\n");
    for (int round = 0; round < 2; ++round) {
        const BuildResult result = site.build();
        CHECK(result.published);
        CHECK(count(result, DiagnosticKind::font_not_installed) == 2);
        CHECK(findings_of(result).find("fonts-noto-cjk") != std::string::npos);
        CHECK(findings_of(result).find("themes/own/theme.yaml:4:") != std::string::npos);
    }
    CHECK(site.disk.snapshot("public").at("static/fonts.css").empty());
    // Installed meanwhile, here by naming another: the same inputs would not have been looked at again.
    CHECK_FALSE(site.disk.snapshot("public").at("manifest.json").find("\"inputs\": \"\"") ==
                std::string::npos);
}

TEST_CASE("a worker that fails is told of, and the site goes without") {
    FontSite site;
    site.options.font_worker = {};
    const BuildResult result = site.build();
    CHECK(result.published);
    CHECK(count(result, DiagnosticKind::font_failed) == 3);
}

TEST_CASE("a theme without faces knows nothing of fonts") {
    FontSite site("");
    site.options.font_worker = {{"/nowhere"}};
    const FileSnapshot built = site.built();
    CHECK_FALSE(built.contains("static/fonts.css"));
    CHECK(fonts_of(built).empty());
}

TEST_CASE("ranges are as CSS has them") {
    CHECK(unicode_range(U"·〔〕䶮𬭎") == "U+B7,U+3014-3015,U+4DAE,U+2CB4E");
    CHECK(unicode_range(U"") == "");
}
