// What a build says and leaves behind, where a case of one build is too coarse.
#include "build/build.h"

#include <doctest/doctest.h>

#include "images/derive.h"
#include "support/test_site.h"
#include "system/release_stage.h"

using namespace qunying;

namespace {

constexpr const char* settings =
    "title: 样例群英谱\norganisation: 样例单位\nregions: [样例区]\n"
    "defaults: {status: approved, visibility: public}\n";

std::string person(const std::string& name, const std::string& more = "") {
    return "---\nname: " + name +
           "\nretire_kind: 退休\nformer_post: 样例局退休干部\nlife: living\nsource: 样例\n" +
           "consent: {basis: 本人授权, text: yes, portrait: yes, voice: no, signer: 本人, date: 2025-03-01, "
           "scope: [互联网]}\nstatus: approved\nvisibility: public\n" +
           more + "---\n\n样例故事。\n";
}

struct TestedSite {
    MemoryDisk disk;
    BuildOptions options = test_options();

    TestedSite() {
        put_theme(disk);
        disk.put("content/site.yaml", settings);
        disk.put("content/people/jia.md", person("样例甲"));
        disk.put("content/people/yi.md", person("样例乙"));
    }
    BuildResult build() {
        Memo memo(disk);
        ReleaseStage stage(disk, "public");
        return build_site(disk, memo, stage, options);
    }
};

std::size_t count(const BuildResult& result, DiagnosticKind kind) {
    std::size_t found = 0;
    for (const Diagnostic& item : result.diagnostics.items()) found += item.kind == kind ? 1 : 0;
    return found;
}

}  // namespace

TEST_CASE("an address that was published before may not vanish without a word") {
    TestedSite site;
    REQUIRE(site.build().published);
    const FileSnapshot before = site.disk.snapshot("public");
    site.disk.remove_file("content/people/yi.md");

    SUBCASE("the build stops and leaves what is published") {
        const BuildResult result = site.build();
        CHECK_FALSE(result.published);
        CHECK(count(result, DiagnosticKind::vanished_address) == 1);
        CHECK(site.disk.snapshot("public") == before);
    }
    SUBCASE("a successor names the old id") {
        site.disk.put("content/people/yi-2.md", person("样例乙", "aliases: [yi]\n"));
        CHECK(site.build().published);
        CHECK(site.disk.snapshot("public").contains("people/yi.html"));
    }
    SUBCASE("a preview was printed nowhere") {
        site.options.preview = true;
        CHECK(site.build().published);
        CHECK_FALSE(site.disk.snapshot("public").contains("people/yi.html"));
    }
    SUBCASE("the record is taken down on purpose") {
        site.disk.put("content/people/yi.md", "---\nname: 样例乙\nstatus: 撤下\n---\n");
        CHECK(site.build().published);
        const FileSnapshot after = site.disk.snapshot("public");
        for (const auto& file : after) {
            const std::string& path = file.first;
            const std::string& bytes = file.second;
            CAPTURE(path);
            CHECK(bytes.find("样例乙") == std::string::npos);
        }
    }
}

TEST_CASE("a theme without a template that a page needs is reported once") {
    TestedSite site;
    site.disk.put("themes/own/theme.yaml", "name: own\n");
    site.disk.put("themes/own/templates/home.html", "<p>home</p>\n");
    site.disk.put("content/site.yaml", std::string(settings) + "theme: own\n");
    const BuildResult result = site.build();
    CHECK_FALSE(result.published);
    CHECK(count(result, DiagnosticKind::template_missing) > 0);
    CHECK_FALSE(site.disk.status("public").has_value());
}

TEST_CASE("an address that would run a script is refused when the page is made, and nothing is published") {
    TestedSite site;
    site.disk.put("themes/hall/templates/404.html",
                  "{% set to = 'java' ~ 'script:alert(1)' %}<a href=\"{{ to }}\">x</a>\n");
    const BuildResult result = site.build();
    CHECK_FALSE(result.published);
    CHECK(count(result, DiagnosticKind::template_bad_url) == 1);
    CHECK_FALSE(site.disk.status("public").has_value());
}

TEST_CASE("nothing is written when nothing changed, and a lost page is made again") {
    TestedSite site;
    REQUIRE(site.build().published);
    site.disk.clear_notes();
    const BuildResult second = site.build();
    CHECK(second.published);
    CHECK(second.summary.commit.way == CommitWay::unchanged);
    for (const DiskNote& note : site.disk.writes()) {
        INFO(note.operation << " " << note.path);
        CHECK(note.path.starts_with(".qunying"));
    }
}

TEST_CASE("only pages whose content changed are made anew, with the reason") {
    TestedSite site;
    REQUIRE(site.build().published);
    site.disk.put("content/people/jia.md", person("样例甲", "# 只是注释\n"));
    CHECK(site.build().explanations.empty());
    site.disk.put("content/people/jia.md", person("样例甲", "quote: 能帮一把是一把。\n"));
    const BuildResult changed = site.build();
    bool own_page = false;
    for (const Explanation& each : changed.explanations) {
        CHECK(each.reason == Reason::content_changed);
        CHECK(each.path != "people/yi.html");
        own_page = own_page || each.path == "people/jia.html";
    }
    CHECK(own_page);
}

TEST_CASE("a picture that its worker could not finish is said to, and why") {
    const std::pair<PictureProblem, DiagnosticKind> problems[] = {
        {PictureProblem::timed_out, DiagnosticKind::picture_timed_out},
        {PictureProblem::damaged, DiagnosticKind::picture_damaged},
        {PictureProblem::crashed, DiagnosticKind::picture_crashed},
        {PictureProblem::out_of_memory, DiagnosticKind::picture_out_of_memory}};
    for (const auto& [problem, kind] : problems) {
        Diagnostics diagnostics;
        report_picture(diagnostics, {}, "content/people/a/a.jpg", failed_picture(problem), {});
        REQUIRE(diagnostics.items().size() == 1);
        CHECK(diagnostics.items()[0].kind == kind);
    }
}
