// Whole sites with posters: what is published, what is said, and that nothing is drawn twice.
#include <doctest/doctest.h>

#include "build/posters.h"
#include "pictures/workshop.h"
#include "support/test_site.h"
#include "system/release_stage.h"

using namespace qunying;

namespace {

constexpr const char* settings =
    "title: 样例群英谱\norganisation: 样例单位\nregions: [样例区]\nbase_url: https://example.org/q/\n"
    "defaults: {status: approved, visibility: public}\nposters: [人物, 展览]\n";

std::string person(const std::string& name, const std::string& more = "",
                   const std::string& status = "终审通过") {
    return "---\nname: " + name +
           "\nretire_kind: 退休\nformer_post: 样例局退休干部\nlife: living\nsource: 样例\n"
           "consent: {basis: 本人授权, text: yes, portrait: yes, voice: no, signer: 本人, date: 2025-03-01, "
           "scope: [互联网, 场馆]}\n" +
           more + "status: " + status + "\nvisibility: public\n---\n\n样例故事。\n";
}

constexpr const char* exhibition =
    "---\ntitle: 样例肖像展\nkind: 肖像展\ncurator: 样例单位\nopened: 2024-05\nsource: 样例\nsections:\n"
    "  - title: 第一部分\n    exhibits: [{person: jia}, {person: yi}]\n---\n";

struct PosterSite {
    MemoryDisk disk;
    BuildOptions options = test_options();

    explicit PosterSite(const char* words = settings) {
        put_theme(disk);
        disk.put("content/site.yaml", words);
        disk.put("content/people/jia/index.md",
                 person("样例甲", "portrait: {file: p.jpg, alt: 近照, photographer: 样例}\n"));
        const Workshop shop;
        shop.make("convert -size 900x1200 gradient:navy-orange p.jpg");
        disk.put("content/people/jia/p.jpg", shop.read("p.jpg"));
        disk.put("content/people/yi.md", person("样例乙", "quote: 样例金句\n"));
        disk.put("content/exhibitions/zhan.md", exhibition);
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
        last = result.summary;
        return disk.snapshot("public");
    }
    BuildSummary last;
};

std::vector<std::string> posters_in(const FileSnapshot& site) {
    std::vector<std::string> paths;
    for (const auto& file : site) {
        if (file.first.starts_with("posters/")) paths.push_back(file.first);
    }
    return paths;
}

std::string poster_of(const FileSnapshot& site, const std::string& name) {
    for (const std::string& path : posters_in(site)) {
        if (path.starts_with("posters/" + name + "-")) return path;
    }
    return {};
}

bool says(const BuildResult& result, DiagnosticKind kind) {
    for (const Diagnostic& item : result.diagnostics.items()) {
        if (item.kind == kind) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("each person and exhibition has a poster, its page a link to it, and its code leads to the page") {
    PosterSite site;
    const FileSnapshot made = site.built();
    CHECK(posters_in(made).size() == 3);
    CHECK(site.last.posters_made == 3);
    const Workshop shop;
    for (const auto& [name, page] : {std::pair("jia", "people/jia.html"), std::pair("yi", "people/yi.html"),
                                     std::pair("zhan", "exhibitions/zhan.html")}) {
        const std::string path = poster_of(made, name);
        REQUIRE(made.count(path) == 1);
        CHECK(made.at(page).find("href=\"../" + path + "\" download>分享海报") != std::string::npos);
        shop.write("poster.png", made.at(path));
        shop.make("zbarimg -q --raw poster.png > code.txt");
        CHECK(shop.read("code.txt") == std::string("https://example.org/q/") + page + "\n");
    }
    CHECK(made.at("people/index.html").find("posters/") == std::string::npos);
    CHECK(made.at("manifest.json").find(poster_of(made, "jia")) != std::string::npos);
}

TEST_CASE("nothing is drawn again that is as it was, and what changes changes alone") {
    PosterSite site;
    const FileSnapshot made = site.built();
    site.disk.put("content/people/yi.md", person("样例乙", "quote: 另一句样例\n"));
    const FileSnapshot changed = site.built();
    CHECK(site.last.posters_made == 1);
    CHECK(site.last.posters_reused == 2);
    CHECK(poster_of(changed, "jia") == poster_of(made, "jia"));
    CHECK(poster_of(changed, "yi") != poster_of(made, "yi"));
    CHECK(posters_in(changed).size() == 3);
    CHECK(changed.at("people/yi.html").find(poster_of(changed, "yi")) != std::string::npos);
    // What is built from nothing is the same.
    PosterSite clean;
    clean.disk.put("content/people/yi.md", person("样例乙", "quote: 另一句样例\n"));
    CHECK(clean.built() == changed);
    // Where the cache was lost it is the same again.
    remove_tree(site.disk, ".qunying");
    CHECK(site.built() == changed);
}

TEST_CASE("a poster goes with its person, and one that is not wanted is not made") {
    PosterSite site;
    site.built();
    site.disk.put("content/people/yi.md", person("样例乙", "", "撤下"));
    const FileSnapshot without = site.built();
    CHECK(poster_of(without, "yi").empty());
    CHECK(poster_of(without, "jia") != "");
    std::string words = settings;
    words.replace(words.find("[人物, 展览]"), std::string("[人物, 展览]").size(), "[展览]");
    site.disk.put("content/site.yaml", words);
    CHECK(posters_in(site.built()).size() == 1);
    words.replace(words.find("posters: [展览]\n"), std::string("posters: [展览]\n").size(), "");
    site.disk.put("content/site.yaml", words);
    const FileSnapshot none = site.built();
    CHECK(posters_in(none).empty());
    CHECK(none.at("people/jia.html").find("分享海报") == std::string::npos);
}

TEST_CASE("without an address one warning says so, at the line that asks for posters") {
    std::string words = settings;
    words.replace(words.find("base_url: https://example.org/q/\n"),
                  std::string("base_url: https://example.org/q/\n").size(), "");
    PosterSite site(words.c_str());
    const BuildResult result = site.build();
    CHECK(result.published);
    CHECK(says(result, DiagnosticKind::poster_needs_address));
    CHECK(findings_of(result).find("content/site.yaml:5:1: 警告：要做分享海报") != std::string::npos);
    CHECK(posters_in(site.disk.snapshot("public")).empty());
}

TEST_CASE("a venue and a preview have no posters") {
    PosterSite venue;
    venue.options.audience = Audience::venue;
    CHECK(posters_in(venue.built()).empty());
    PosterSite preview;
    preview.options.posters = false;
    CHECK(posters_in(preview.built()).empty());
}

TEST_CASE("a poster that cannot be made is a warning and no link, and is tried again") {
    PosterSite site;
    const WorkerCommand good = site.options.font_worker;
    site.options.font_worker = {{"/bin/false"}};
    std::string before;
    {
        // hall asks for fonts of its own; a theme without faces shows the posters' fault alone.
        const std::string path = "themes/hall/theme.yaml";
        before = site.disk.read_file(path);
        site.disk.put(path, before.substr(0, before.find("faces:")));
    }
    site.options.font_worker = {};
    const BuildResult result = site.build();
    CHECK(result.published);
    CHECK(says(result, DiagnosticKind::poster_failed));
    CHECK(site.disk.read_file("public/people/jia.html").find("分享海报") == std::string::npos);
    site.options.font_worker = good;
    const FileSnapshot made = site.built();
    CHECK(posters_in(made).size() == 3);
}

TEST_CASE("a name that no font can draw has no poster, and never a box") {
    PosterSite site;
    site.disk.put("content/people/yi.md", person("样例\xF3\xB0\x80\x80"));
    const std::string path = "themes/hall/theme.yaml", before = site.disk.read_file(path);
    site.disk.put(path, before.substr(0, before.find("faces:")));
    const BuildResult result = site.build();
    INFO(findings_of(result));
    CHECK(says(result, DiagnosticKind::poster_glyph_missing));
    CHECK(findings_of(result).find("U+F0000") != std::string::npos);
    const FileSnapshot made = site.disk.snapshot("public");
    CHECK(poster_of(made, "yi").empty());
    CHECK(poster_of(made, "jia") != "");
}
