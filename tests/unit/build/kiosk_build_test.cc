// A venue's site as a whole: what is in it and what is not.
#include <doctest/doctest.h>

#include "build/build.h"
#include "pages/qr_code.h"
#include "support/test_site.h"
#include "system/release_stage.h"

using namespace qunying;

namespace {

constexpr const char* settings =
    "title: 样例群英谱\nbase_url: https://example.org/q/\norganisation: 样例单位\nregions: [样例区]\n"
    "defaults: {status: approved, visibility: public}\n"
    "footer: {icp: 样ICP备1号}\n"
    "kiosk: {code: \"73915\"}\n"
    "venues: [{id: first, name: 一号馆}, {id: second, screen: 21.5, size: 1920x1080, lower_edge: 850, "
    "exhibitions: [gone]}]\n";

std::string person(const std::string& name, const std::string& scope,
                   const std::string& story = "样例故事。") {
    return "---\nname: " + name +
           "\nretire_kind: 退休\nformer_post: 样例局退休干部\nlife: living\nsource: 样例\n"
           "consent: {basis: 本人授权, text: yes, portrait: yes, voice: no, signer: 本人, date: 2025-03-01, "
           "scope: [" +
           scope + "]}\nstatus: approved\nvisibility: public\n---\n\n" + story + "\n";
}

struct HallSite {
    MemoryDisk disk;
    BuildOptions options = test_options();

    HallSite() {
        put_theme(disk);
        disk.put("content/site.yaml", settings);
        disk.put("content/people/jia.md",
                 person("样例甲", "互联网, 场馆", "见[报道](https://example.com/a?b=1&c=2)。"));
        disk.put("content/people/yi.md", person("样例乙", "场馆"));
        options.audience = Audience::venue;
    }
    BuildResult build() {
        Memo memo(disk);
        ReleaseStage stage(disk, "public");
        return build_site(disk, memo, stage, options);
    }
    std::string text(const std::string& path) { return disk.read_file("public/" + path); }
    bool has(const std::string& path) { return disk.status("public/" + path).has_value(); }
    bool has_code(const std::string& address) { return has("kiosk/codes/" + qr_name(address) + ".svg"); }
};

bool says(const BuildResult& result, DiagnosticKind kind) {
    for (const Diagnostic& item : result.diagnostics.items())
        if (item.kind == kind) return true;
    return false;
}

}  // namespace

TEST_CASE("a venue that site.yaml does not list stops the build and names those it does") {
    HallSite site;
    site.options.venue = "third";
    const BuildResult result = site.build();
    CHECK_FALSE(result.published);
    REQUIRE(says(result, DiagnosticKind::venue_unknown));
    CHECK(findings_of(result).find("first、second") != std::string::npos);
}

TEST_CASE("each venue has its own settings, and an exhibition that is not there is pointed out") {
    HallSite site;
    site.options.venue = "first";
    BuildResult result = site.build();
    REQUIRE(result.published);
    CHECK_FALSE(says(result, DiagnosticKind::kiosk_exhibition_unknown));
    CHECK(site.text("kiosk/settings.js").find("一号馆") != std::string::npos);
    CHECK(site.text("kiosk/settings.js").find("73915") != std::string::npos);
    const std::string upright = site.text("kiosk/screen.css");
    // The same content for another venue is another site.
    site.options.venue = "second";
    result = site.build();
    REQUIRE(result.published);
    CHECK(says(result, DiagnosticKind::kiosk_exhibition_unknown));
    CHECK(site.text("kiosk/settings.js").find("一号馆") == std::string::npos);
    CHECK(site.text("kiosk/screen.css") != upright);
    CHECK(site.text("kiosk/screen.css").find("--target:72px") != std::string::npos);
}

TEST_CASE("in a venue's site nothing leads out, and who is in halls alone is not said to be on the web") {
    HallSite site;
    REQUIRE(site.build().published);
    const std::string both = site.text("people/jia.html"), hall = site.text("people/yi.html");
    CHECK(both.find("样ICP备1号") != std::string::npos);
    CHECK(both.find("beian.miit.gov.cn") == std::string::npos);
    CHECK(both.find("https://example.org/q/people/jia.html") != std::string::npos);
    CHECK(hall.find("rel=\"canonical\"") == std::string::npos);
    CHECK(site.has_code("https://example.com/a?b=1&c=2"));
    CHECK(site.has_code("https://example.org/q/people/jia.html"));
    CHECK_FALSE(site.has_code("https://example.org/q/people/yi.html"));
    // Taking the web out of a consent changes the page at once, though nothing that it shows has changed.
    site.disk.remove_file("content/people/jia.md");
    site.disk.put("content/people/jia.md",
                  person("样例甲", "场馆", "见[报道](https://example.com/a?b=1&c=2)。"));
    REQUIRE(site.build().published);
    CHECK(site.text("people/jia.html").find("rel=\"canonical\"") == std::string::npos);
    CHECK_FALSE(site.has_code("https://example.org/q/people/jia.html"));
}

TEST_CASE("the web's site has the kiosk, but neither its codes nor the staff's, and no page pays for it") {
    HallSite site;
    site.options.audience = Audience::web;
    REQUIRE(site.build().published);
    CHECK(site.has("kiosk/index.html"));
    CHECK(site.text("kiosk/settings.js").find("73915") == std::string::npos);
    CHECK_FALSE(site.has_code("https://example.org/q/people/jia.html"));
    CHECK_FALSE(site.has("people/yi.html"));
    const std::string page = site.text("people/jia.html");
    CHECK(page.find("beian.miit.gov.cn") != std::string::npos);
    // Named, for whoever comes with m=k, but not loaded.
    CHECK(page.find("data-kiosk=") != std::string::npos);
    CHECK(page.find("src=\"../static/kiosk") == std::string::npos);
    CHECK(page.find("href=\"../static/kiosk") == std::string::npos);
}
