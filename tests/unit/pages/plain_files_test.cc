#include "pages/plain_files.h"

#include "base/json.h"
#include "base/text.h"
#include "unit/pages/built_site.h"

using namespace qunying;
using namespace qunying::test;

namespace {

SiteBuilder listed_site() {
    SiteBuilder build;
    build.site.settings.base_url = "https://example.gov.cn/hall/";
    const RecordId wang = build.add("person", "wang-yangli", "王样例",
                                    {{"region", "东区"},
                                     {"portrait", "content/people/wang-yangli/p.jpg"},
                                     {"updated", "2025-03-04"},
                                     {"summary", "甲<乙>&丙"}});
    const RecordId hidden =
        build.add("person", "hidden", "不列名者", {{"noindex", "yes"}, {"updated", "2025-05-05"}});
    const RecordId ding = build.add("person", "ding", "丁样例", {{"life", "deceased"}});
    const RecordId team =
        build.add("team", "t", "样例队", {{"kind", "other"}, {"updated", "2024"}, {"leader", hidden}});
    build.set(wang, "teams", Group{{"team", team}, {"role", "队长"}});
    const RecordId batch = build.batch("b1", build.award("a1", "样例奖", "provincial"), "2020");
    build.confer(batch, wang, "十佳", 1);
    build.confer(batch, hidden, "", 2);
    build.claim(ding, "=SUM(全省最美)", "provincial", "S0");
    return build;
}

// Every opened element is closed, in order, and nothing stands outside.
bool well_formed(const std::string& xml) {
    std::vector<std::string> open;
    std::size_t at = 0;
    while ((at = xml.find('<', at)) != std::string::npos) {
        const std::size_t end = xml.find('>', at);
        if (end == std::string::npos) return false;
        const std::string tag = xml.substr(at + 1, end - at - 1);
        at = end;
        if (tag.starts_with("?") || tag.ends_with("/")) continue;
        if (tag.starts_with("/")) {
            if (open.empty() || open.back() != tag.substr(1)) return false;
            open.pop_back();
        } else {
            open.push_back(tag.substr(0, tag.find(' ')));
        }
    }
    return open.empty();
}

std::vector<std::string> names_of(const JsonValue& object) {
    std::vector<std::string> names;
    for (const auto& member : object.members) names.push_back(member.name);
    return names;
}

}  // namespace

TEST_CASE("data/people.json has the members that others rely on, in the site's order, without the unlisted") {
    const BuiltSite built(listed_site().site);
    const auto people = read_json(built.file("data/people.json"));
    REQUIRE(people.has_value());
    REQUIRE(people->items.size() == 2);
    CHECK(people->items[0].find("name")->text == "丁样例");
    const JsonValue& wang = people->items[1];
    CHECK(names_of(wang) == std::vector<std::string>{"id", "name", "pinyin", "url", "region", "level",
                                                     "honors", "teams", "portrait", "deceased"});
    CHECK(wang.find("pinyin")->text == "wang yang li");
    CHECK(wang.find("url")->text == "people/wang-yangli.html");
    CHECK(wang.find("level")->text == "provincial");
    const JsonValue& honour = wang.find("honors")->items.at(0);
    CHECK(names_of(honour) ==
          std::vector<std::string>{"batch", "award", "level", "year", "authority", "grade"});
    CHECK(honour.find("batch")->text == "b1");
    CHECK(honour.find("year")->integer == 2020);
    CHECK(honour.find("grade")->text == "十佳");
    CHECK(wang.find("teams")->items.at(0).find("role")->text == "队长");
    CHECK(wang.find("portrait")->find("width")->integer == 320);
    CHECK(wang.find("portrait")->find("sources")->items.size() == 4);
    const JsonValue& ding = people->items[0];
    CHECK(ding.find("portrait")->type == JsonValue::Type::null);
    CHECK(ding.find("region")->type == JsonValue::Type::null);
    CHECK(ding.find("deceased")->boolean);
    CHECK(ding.find("honors")->items.at(0).find("award")->text == "=SUM(全省最美)");
}

TEST_CASE("who is unlisted is in no machine-readable file") {
    const BuiltSite built(listed_site().site);
    for (const OutputText& file : plain_files(built.context, built.jobs)) {
        CHECK_MESSAGE(file.bytes.find("不列名者") == std::string::npos, file.path);
        CHECK_MESSAGE(file.bytes.find("hidden") == std::string::npos, file.path);
    }
    CHECK(built.job("people/hidden.html") != nullptr);
}

TEST_CASE("teams and batches are there as JSON, honours and people as tables") {
    const BuiltSite built(listed_site().site);
    const auto teams = read_json(built.file("data/teams.json"));
    REQUIRE(teams.has_value());
    CHECK(teams->items.at(0).find("leader")->type == JsonValue::Type::null);
    const auto batches = read_json(built.file("data/batches.json"));
    REQUIRE(batches.has_value());
    CHECK(batches->items.at(0).find("recipients")->items.size() == 1);
    const std::string honours = built.file("data/honors.csv");
    CHECK(honours.starts_with("\xEF\xBB\xBF名称,类型,荣誉,"));
    CHECK(honours.find("丁样例,人物,'=SUM(全省最美),省级,") != std::string::npos);
    CHECK(built.file("data/people.csv").find("王样例,wang yang li,") != std::string::npos);
}

TEST_CASE("exports can be switched off") {
    SiteBuilder build = listed_site();
    build.site.settings.exports = false;
    const BuiltSite built(build.site);
    for (const OutputText& file : plain_files(built.context, built.jobs))
        CHECK_FALSE(file.path.starts_with("data/"));
}

TEST_CASE("the feed is well-formed Atom, newest first") {
    const BuiltSite built(listed_site().site);
    const std::string feed = built.file("feed.xml");
    CHECK(well_formed(feed));
    CHECK(feed.find("<updated>2025-03-04T00:00:00+08:00</updated>") != std::string::npos);
    CHECK(feed.find("甲&lt;乙&gt;&amp;丙") != std::string::npos);
    CHECK(feed.find("王样例") < feed.find("样例队"));
    CHECK(feed.find("<updated>2024-01-01T00:00:00+08:00</updated>") != std::string::npos);
}

TEST_CASE("reports, events and batches are news by their own day, lives are not") {
    SiteBuilder build;
    build.site.settings.base_url = "https://example.gov.cn/";
    build.add("coverage", "c", "一篇报道", {{"date", "2022-08"}});
    build.add("event", "e", "无年活动", {{"date", "6月27日"}});
    build.add("person", "p", "王样例", {{"birth", "1949"}, {"died", "2021"}});
    const std::string feed = BuiltSite(build.site).file("feed.xml");
    CHECK(feed.find("<title>一篇报道</title>") != std::string::npos);
    CHECK(feed.find("<updated>2022-08-01T00:00:00+08:00</updated>") != std::string::npos);
    CHECK(feed.find("无年活动") == std::string::npos);
    CHECK(feed.find("王样例</title>") == std::string::npos);
}

TEST_CASE("a feed without news is still a feed") {
    SiteBuilder build;
    build.site.settings.base_url = "https://example.gov.cn/";
    const std::string feed = BuiltSite(build.site).file("feed.xml");
    CHECK(well_formed(feed));
    CHECK(feed.find("<updated>2026-01-01T00:00:00+08:00</updated>") != std::string::npos);
}

TEST_CASE("the sitemap names every page that engines shall know") {
    const BuiltSite built(listed_site().site);
    const std::string sitemap = built.file("sitemap.xml");
    CHECK(well_formed(sitemap));
    CHECK(
        sitemap.find(
            "<loc>https://example.gov.cn/hall/people/wang-yangli.html</loc><lastmod>2025-03-04</lastmod>") !=
        std::string::npos);
    CHECK(sitemap.find("404.html") == std::string::npos);
    CHECK(sitemap.find("hidden") == std::string::npos);
    CHECK(built.file("robots.txt").find("Sitemap: https://example.gov.cn/hall/sitemap.xml") !=
          std::string::npos);
}

TEST_CASE("without a base URL there is neither feed nor sitemap") {
    SiteBuilder build = listed_site();
    build.site.settings.base_url.clear();
    const BuiltSite built(build.site);
    std::vector<std::string> paths;
    for (const OutputText& file : plain_files(built.context, built.jobs)) paths.push_back(file.path);
    CHECK(paths == std::vector<std::string>{"data/batches.json", "data/honors.csv", "data/people.csv",
                                            "data/people.json", "data/teams.json", "robots.txt",
                                            "static/tones.css"});
}

TEST_CASE("engines stay out of a preview and of a venue") {
    BuiltSite built(listed_site().site);
    built.context.preview = true;
    CHECK(built.file("robots.txt") == "User-agent: *\nDisallow: /\n");
    built.context.preview = false;
    built.context.audience = Audience::venue;
    CHECK(built.file("robots.txt") == "User-agent: *\nDisallow: /\n");
}

TEST_CASE("the generated stylesheet has the class of every tone") {
    const std::string css = BuiltSite(listed_site().site).file("static/tones.css");
    CHECK(css.starts_with(".tone-0{background-color:#080808}\n"));
    CHECK(css.find(".tone-17{background-color:#52493a}") != std::string::npos);
    CHECK(css.find(".tone-63{background-color:#f2fff0}") != std::string::npos);
}
