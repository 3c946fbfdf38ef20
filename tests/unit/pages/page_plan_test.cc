#include "pages/page_plan.h"

#include <set>

#include "base/text.h"
#include "unit/pages/built_site.h"
#include "unit/pages/full_site.h"

using namespace qunying;
using namespace qunying::test;

namespace {

Site small_site() {
    SiteBuilder build;
    build.site.settings.base_url = "https://example.gov.cn/hall/";
    build.site.settings.navigation = {{"名册", "honors"}, {"人物", "people"}};
    build.add(
        "person", "wang-yangli", "王样例",
        {{"aliases", List{"old"}}, {"summary", "一句话"}, {"portrait", "content/people/wang-yangli/p.jpg"}});
    const RecordId gone = build.add("person", "zgone", "");
    build.site[gone].live = false;
    build.site[gone].withdrawn = true;
    build.add("page", "about", "关于", {{"in_nav", "yes"}});
    return build.site;
}

}  // namespace

TEST_CASE("the plan is sorted, without doubles, and names a template for each page") {
    const BuiltSite built(small_site());
    std::set<std::string> paths;
    for (std::size_t i = 0; i < built.jobs.size(); ++i) {
        CHECK(paths.insert(built.jobs[i].path).second);
        CHECK(built.jobs[i].program.ends_with(".html"));
        if (i > 0) CHECK(built.jobs[i - 1].path < built.jobs[i].path);
    }
    for (const char* path : {"index.html", "404.html", "people/index.html", "people/wang-yangli.html",
                             "people/old.html", "people/zgone.html", "honors/index.html", "pages/about.html"})
        CHECK_MESSAGE(paths.count(path) == 1, path);
}

TEST_CASE("the frame knows where it stands") {
    const BuiltSite built(small_site());
    const Value view = built.view("people/wang-yangli.html");
    CHECK(text_at(view, "page.root") == "../");
    CHECK(text_at(view, "page.home_url") == "../index.html");
    CHECK(text_at(view, "page.title") == "王样例｜样例群英谱");
    CHECK(text_at(view, "page.description") == "一句话");
    CHECK(text_at(view, "page.canonical") == "https://example.gov.cn/hall/people/wang-yangli.html");
    CHECK(text_at(view, "page.image") == "https://example.gov.cn/hall/media/wang-yangli-p-0a1b2c3d-320.jpg");
    CHECK(text_at(view, "page.feed_url") == "../feed.xml");
    CHECK(view.find("assets")->find("hall.css")->as_text() == "../static/hall-1a2b3c4d.css");
    CHECK(column(view, "site.navigation", "url") ==
          std::vector<std::string>{"../honors/index.html", "../people/index.html", "../pages/about.html"});
    CHECK_FALSE(at(view, "site.navigation.0.current").truthy());
    CHECK(at(view, "site.navigation.1.current").truthy());
    CHECK_FALSE(at(view, "site.navigation.1.exact").truthy());
    CHECK(at(built.view("people/index.html"), "site.navigation.1.exact").truthy());
    CHECK(column(view, "page.crumbs", "title") == std::vector<std::string>{"首页", "人物", "王样例"});
    CHECK(at(view, "page.crumbs.2.url").is_none());
    CHECK(text_at(view, "site.settings.wall") == "6");
}

TEST_CASE(
    "what is handed on shows whom it names: an exhibit its own person, the home page whom it recommends") {
    SiteBuilder build;
    build.site.settings.base_url = "https://example.gov.cn/hall/";
    const RecordId first = build.add("person", "a", "王样例", {{"portrait", "content/people/a/a.jpg"}});
    const RecordId second =
        build.add("person", "b", "李示范", {{"portrait", "content/people/b/b.jpg"}, {"featured", "yes"}});
    const RecordId third = build.add("person", "c", "孔参考");
    List exhibits;
    for (const RecordId person : {first, second, third}) exhibits.emplace_back(Group{{"person", person}});
    build.add("exhibition", "e", "样例展", {{"sections", Group{{"title", "一"}, {"exhibits", exhibits}}}});
    const BuiltSite built(build.site);
    CHECK(text_at(built.view("exhibitions/e-1.html"), "page.image").ends_with("/a-a-0a1b2c3d-320.jpg"));
    CHECK(text_at(built.view("exhibitions/e-2.html"), "page.image").ends_with("/b-b-0a1b2c3d-320.jpg"));
    CHECK(at(built.view("exhibitions/e-3.html"), "page.image").is_none());
    CHECK(text_at(built.view("index.html"), "page.image").ends_with("/b-b-0a1b2c3d-320.jpg"));
}

TEST_CASE("two of one name have titles of their own") {
    SiteBuilder build;
    build.add("person", "a", "王伟", {{"org", "样例区消防大队"}});
    build.add("person", "b", "王伟", {{"org", "模拟县邮电局"}});
    build.add("person", "c", "王样例", {{"org", "模拟县邮电局"}});
    const BuiltSite built(build.site);
    CHECK(text_at(built.view("people/a.html"), "page.title").starts_with("王伟（样例区消防大队）｜"));
    CHECK(text_at(built.view("people/b.html"), "page.title").starts_with("王伟（模拟县邮电局）｜"));
    CHECK(text_at(built.view("people/b.html"), "page.heading") == "王伟");
    CHECK(text_at(built.view("people/c.html"), "page.title").starts_with("王样例｜"));
}

TEST_CASE("without a base URL nothing is absolute") {
    Site site = small_site();
    site.settings.base_url.clear();
    const BuiltSite built(site);
    const Value view = built.view("people/wang-yangli.html");
    for (const char* key : {"page.canonical", "page.image", "page.feed_url", "site.base_url"})
        CHECK_MESSAGE(at(view, key).is_none(), key);
    CHECK(all_text(view).find("https://example") == std::string::npos);
    CHECK(text_at(built.view("404.html"), "page.home_url") == "index.html");
}

TEST_CASE("the 404 page may be served for any path") {
    const BuiltSite built(small_site());
    const Value view = built.view("404.html");
    CHECK(text_at(view, "page.home_url") == "/hall/index.html");
    CHECK(view.find("assets")->find("hall.css")->as_text() == "/hall/static/hall-1a2b3c4d.css");
    CHECK(text_at(view, "page.type") == "404");
    CHECK(at(view, "page.noindex").truthy());
}

TEST_CASE("an alias forwards, a withdrawal names nobody") {
    const BuiltSite built(small_site());
    CHECK(text_at(built.view("people/old.html"), "target.url") == "../people/wang-yangli.html");
    const Value gone = built.view("people/zgone.html");
    CHECK(text_at(gone, "page.heading") == "内容已撤下");
    CHECK(at(gone, "page.canonical").is_none());
    CHECK(all_text(gone).find("王样例") == std::string::npos);
}

TEST_CASE("settings of the site override the theme's") {
    Site site = small_site();
    site.settings.theme_settings = {{"wall", "4"}};
    const BuiltSite built(site);
    CHECK(text_at(built.view("index.html"), "site.settings.wall") == "4");
    CHECK(text_at(built.view("index.html"), "site.settings.tone") == "warm");
}

TEST_CASE("government names are there only when asked for") {
    Site site = small_site();
    CHECK(at(kept_site(site).view("people/wang-yangli.html"), "page.meta").size() == 0);
    site.settings.government_meta = true;
    site.settings.footer.site_code = "bm14000002";
    const Value meta = at(kept_site(site).view("people/wang-yangli.html"), "page.meta");
    std::string all;
    for (const Value& each : meta.items())
        all += text_at(each, "name") + "=" + text_at(each, "content") + " ";
    CHECK(all ==
          "SiteName=样例群英谱 SiteDomain=example.gov.cn SiteIDCode=bm14000002 ColumnName=人物 "
          "ArticleTitle=王样例 ");
}

TEST_CASE("linked data speaks of people, teams and exhibitions, but not of those who are not to be found") {
    Site site = small_site();
    const Value person = at(kept_site(site).view("people/wang-yangli.html"), "page.json_ld");
    CHECK(person.find("@type")->as_text() == "Person");
    CHECK(person.find("name")->as_text() == "王样例");
    CHECK(person.find("birthDate") == nullptr);
    CHECK(at(kept_site(site).view("index.html"), "page.json_ld").find("@type")->as_text() == "WebSite");
    CHECK(at(kept_site(site).view("pages/about.html"), "page.json_ld").is_none());
    FieldValue& noindex = field_of(site.kinds, site.records[0], "noindex");
    noindex.content = true;
    const BuiltSite hidden(site);
    CHECK(at(hidden.view("people/wang-yangli.html"), "page.json_ld").is_none());
    CHECK(at(hidden.view("people/wang-yangli.html"), "page.noindex").truthy());
}

TEST_CASE("navigation of its own leads only where there is something") {
    SiteBuilder build;
    build.add("team", "t", "样例队", {{"kind", "other"}});
    const BuiltSite built(build.site);
    CHECK(column(built.view("index.html"), "site.navigation", "label") ==
          std::vector<std::string>{"群英谱", "集体"});
}

TEST_CASE("every link of every view leads to a page of the plan") {
    const BuiltSite built(small_site());
    for (const PageJob& job : built.jobs) {
        if (job.path == "404.html") continue;
        const std::string text = all_text(view_of(built.context, job));
        const std::string root = root_from(job.path);
        for (const std::string_view line : split(text, '\n')) {
            const bool link = line.ends_with(".html") && line.starts_with(root) &&
                              line.find(' ') == std::string::npos &&
                              line.find("https:") == std::string::npos && line != job.path;
            if (link)
                CHECK_MESSAGE(built.job(line.substr(root.size())) != nullptr, job.path, " → ",
                              std::string(line));
        }
    }
}

TEST_CASE("one person more does not change the frame of another page") {
    SiteBuilder build;
    build.add("page", "about", "关于");
    build.add("person", "a", "王样例");
    const Value before = kept_site(build.site).view("pages/about.html");
    build.add("person", "b", "李样例");
    CHECK(before == kept_site(build.site).view("pages/about.html"));
}

TEST_CASE("what the theme goes without has no page, no address and no link") {
    const std::vector<std::string> without = {"exhibits", "photos", "award", "level", "surname"};
    const BuiltSite all(full_site());
    const BuiltSite fewer(full_site(), {}, without);
    const auto is_gone = [](std::string_view path) {
        for (const std::string_view gone : {"exhibitions/full-exhibition-", "albums/full-album-", "awards/",
                                            "honors/level-", "honors/surname-"})
            if (path.starts_with(gone)) return true;
        return false;
    };
    std::size_t gone = 0;
    for (const PageJob& job : all.jobs) {
        gone += is_gone(job.path) ? 1 : 0;
        CHECK_MESSAGE((fewer.job(job.path) == nullptr) == is_gone(job.path), job.path);
    }
    CHECK(gone >= 6);
    CHECK(fewer.jobs.size() + gone == all.jobs.size());
    for (const PageJob& job : fewer.jobs)
        CHECK_MESSAGE(all_text(view_of(fewer.context, job)).find("../awards/") == std::string::npos,
                      job.path);
    CHECK(at(fewer.view("exhibitions/full-exhibition.html"), "record.first_url").is_none());
    CHECK(at(fewer.view("exhibitions/full-exhibition.html"), "record.sections.0.exhibits.0.url").is_none());
    CHECK(at(fewer.view("albums/full-album.html"), "record.photos.0.url").is_none());
    CHECK(column(fewer.view("honors/index.html"), "roll.facets", "name") ==
          std::vector<std::string>{"year", "region", "category", "kind"});
    CHECK(column(fewer.view("honors/index.html"), "roll.indexes", "name") ==
          std::vector<std::string>{"pinyin", "strokes"});
    const std::string sitemap = fewer.file("sitemap.xml");
    CHECK(sitemap.find("/awards/") == std::string::npos);
    CHECK(sitemap.find("full-album-1") == std::string::npos);
    CHECK(fewer.context.routes.list(fewer.site.kinds.must("award")).empty());
}
