#include "pages/routes.h"

#include "unit/pages/built_site.h"

using namespace qunying;
using namespace qunying::test;

namespace {

struct Routed {
    Diagnostics diagnostics;
    Routes routes;
};

Routed routed(const Site& site) {
    Routed result;
    result.routes = route(site, relate(site), result.diagnostics);
    return result;
}

std::vector<DiagnosticKind> kinds_of(const Diagnostics& diagnostics) {
    std::vector<DiagnosticKind> kinds;
    for (const Diagnostic& each : diagnostics.items()) kinds.push_back(each.kind);
    return kinds;
}

}  // namespace

TEST_CASE("every record of a kind with pages has one below its kind's folder") {
    SiteBuilder build;
    const RecordId person = build.add("person", "wang-yangli", "王样例");
    const RecordId stat = build.add("stat", "volunteers", "志愿者");
    const Routed result = routed(build.site);
    CHECK(result.diagnostics.empty());
    CHECK(result.routes.page(person) == "people/wang-yangli.html");
    CHECK(result.routes.page(stat).empty());
    CHECK(result.routes.list(build.site.kinds.must("stat")) == "stats/index.html");
    CHECK(result.routes.list(build.site.kinds.must("video")).empty());
}

TEST_CASE("an album's photographs and an exhibition's exhibits claim their pages") {
    SiteBuilder build;
    build.add("album", "spring", "春", {{"photos", List{Group{{"file", "content/albums/a.jpg"}}}}});
    build.add("album", "spring-1", "春一");
    const Routed result = routed(build.site);
    REQUIRE(kinds_of(result.diagnostics) == std::vector{DiagnosticKind::page_collision});
    CHECK(result.diagnostics.items()[0].words == std::vector<std::string>{"albums/spring-1.html"});
    CHECK(result.diagnostics.items()[0].related.has_value());
}

TEST_CASE("the names of the list's own pages are taken") {
    SiteBuilder build;
    build.add("person", "index", "样例一");
    build.add("person", "index-2", "样例二");
    const RecordId fine = build.add("person", "index-a", "样例三");
    const Routed result = routed(build.site);
    CHECK(kinds_of(result.diagnostics) ==
          std::vector{DiagnosticKind::page_collision, DiagnosticKind::page_collision});
    CHECK(result.routes.page(fine) == "people/index-a.html");
}

TEST_CASE("an alias becomes a forward; one that is taken or unfit is reported") {
    SiteBuilder build;
    const RecordId person =
        build.add("person", "wang-yangli", "王样例",
                  {{"aliases", List{"old-wang", "li-yangli", "People/Old", "wang-yangli"}}});
    build.add("person", "li-yangli", "李样例", {{"aliases", List{"old-wang"}}});
    const Routed result = routed(build.site);
    CHECK(result.routes.forwards == std::vector<Forward>{{"people/old-wang.html", person}});
    CHECK(kinds_of(result.diagnostics) == std::vector{DiagnosticKind::page_collision,
                                                      DiagnosticKind::bad_alias,
                                                      DiagnosticKind::page_collision});
}

TEST_CASE("a withdrawn record keeps its address and nothing else; a draft has none") {
    SiteBuilder build;
    const RecordId gone = build.add("person", "gone", "");
    const RecordId draft = build.add("person", "draft", "");
    build.site[gone].live = build.site[draft].live = false;
    build.site[gone].withdrawn = true;
    const Routed result = routed(build.site);
    CHECK(result.routes.withdrawn == std::vector<std::string>{"people/gone.html"});
    CHECK(result.routes.page(gone).empty());
    CHECK(result.routes.page(draft).empty());
}

TEST_CASE("a kind of the site's own gets an ASCII folder; the program's folders are not to be had") {
    SiteBuilder build;
    Kind kind;
    kind.key = "stamp";
    kind.label = kind.folder_label = "邮票";
    kind.folder = "邮票";
    kind.fields = common_fields();
    build.site.kinds.add_kind(kind);
    kind.key = "thing";
    kind.label = kind.folder_label = "东西";
    kind.folder = "media";
    build.site.kinds.add_kind(kind);
    const RecordId stamp = build.add("stamp", "one", "第一枚");
    const RecordId thing = build.add("thing", "one", "一件");
    const Routed result = routed(build.site);
    CHECK(result.routes.page(stamp) == "you-piao/one.html");
    CHECK(result.routes.page(thing).empty());
    CHECK(kinds_of(result.diagnostics) == std::vector{DiagnosticKind::page_collision});
}

TEST_CASE("navigation leads to folders in both languages, to the roll and to pages") {
    SiteBuilder build;
    build.add("page", "about", "关于");
    build.site.settings.navigation = {
        {"名册", "honors"}, {"人物", "人物"}, {"关于", "pages/about.html"}, {"迷路", "nowhere"}};
    const Routed result = routed(build.site);
    CHECK(navigation_path(build.site, result.routes, "honors") == "honors/index.html");
    CHECK(navigation_path(build.site, result.routes, "人物") == "people/index.html");
    CHECK(navigation_path(build.site, result.routes, "pages/about.html") == "pages/about.html");
    REQUIRE(kinds_of(result.diagnostics) == std::vector{DiagnosticKind::unknown_navigation});
    CHECK(result.diagnostics.items()[0].words == std::vector<std::string>{"迷路", "nowhere"});
}

TEST_CASE("a block of the home page that does not exist is reported, an empty one is not") {
    SiteBuilder build;
    build.site.settings.home_blocks = {"featured", "人物", "videos", "honors", "vidoes"};
    const Routed result = routed(build.site);
    REQUIRE(kinds_of(result.diagnostics) == std::vector{DiagnosticKind::unknown_navigation});
    CHECK(result.diagnostics.items()[0].words == std::vector<std::string>{"首页", "vidoes"});
}

TEST_CASE("numbered pages and roots") {
    CHECK(numbered_page("exhibitions/seventy.html", 12) == "exhibitions/seventy-12.html");
    CHECK(root_from("index.html").empty());
    CHECK(root_from("people/a.html") == "../");
    CHECK(root_from("honors/level/national.html") == "../../");
}
