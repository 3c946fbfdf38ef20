#include "pages/site_index.h"

#include "base/text.h"
#include "unit/pages/built_site.h"

using namespace qunying;
using namespace qunying::test;

namespace {

std::string slug_of(std::size_t number) { return "p" + std::to_string(1000 + number); }

// People of these names, entered in reverse, in the order that the site gives them.
std::string ordered(std::vector<std::string> names, ListOrder order) {
    SiteBuilder build;
    build.site.settings.list_order = order;
    for (std::size_t i = names.size(); i-- > 0;) build.add("person", slug_of(names.size() - i), names[i]);
    const Relations relations = relate(build.site);
    const SiteIndex index = index_site(build.site, relations);
    std::vector<std::string> titles;
    for (const RecordId id : index.by_kind[static_cast<std::size_t>(build.site.kinds.must("person"))])
        titles.push_back(build.site[id].title);
    return join(titles, " ");
}

std::vector<std::string> titles_of(const Site& site, const std::vector<RecordId>& ids) {
    std::vector<std::string> titles;
    for (const RecordId id : ids) titles.push_back(site[id].title);
    return titles;
}

std::string keys_of(const Facet& facet) {
    std::vector<std::string> keys;
    for (const FacetOption& option : facet.options)
        keys.push_back(option.key + "=" + std::to_string(option.items.size()));
    return join(keys, " ");
}

const Facet& facet_named(const SiteIndex& index, std::string_view name) {
    for (const Facet& facet : index.facets)
        if (facet.name == name) return facet;
    for (const Facet& facet : index.indexes)
        if (facet.name == name) return facet;
    FAIL("no facet");
    return index.facets[0];
}

}  // namespace

TEST_CASE("surnames stand in the official order of strokes") {
    std::vector<std::string> names;
    std::string wanted;
    for (const char32_t c : to_utf32("丁于王韦尤牛毛卞文方尹孔平田刘许李杨吴汪沈宋张陆陈林欧金周胡")) {
        names.push_back(to_utf8(std::u32string(1, c)) + "样例");
        wanted += (wanted.empty() ? "" : " ") + names.back();
    }
    CHECK(ordered(names, ListOrder::stroke) == wanted);
}

TEST_CASE("the seeds' names stand in the official order") {
    const std::vector<std::string> names = {"平龙根", "田建刚", "刘希政", "许宏彬",
                                            "许昆林", "杨自中", "张燕",   "胡熠烨"};
    CHECK(ordered(names, ListOrder::stroke) == join(names, " "));
}

TEST_CASE("a two-character name goes before or after by the mode") {
    CHECK(ordered({"田富", "田大利"}, ListOrder::stroke) == "田富 田大利");
    CHECK(ordered({"田富", "田大利"}, ListOrder::stroke_fullname) == "田大利 田富");
}

TEST_CASE("pinyin order goes by reading, not by code point") {
    CHECK(ordered({"曾样例", "白样例", "单样例"}, ListOrder::pinyin) == "白样例 单样例 曾样例");
}

TEST_CASE("the author's own order goes before any other") {
    SiteBuilder build;
    build.add("person", "a", "丁样例");
    const RecordId last = build.add("person", "b", "胡样例", {{"order", "1"}});
    const SiteIndex index = index_site(build.site, relate(build.site));
    CHECK(index.by_kind[0].front() == last);
}

TEST_CASE("stroke_key overrides the name") {
    SiteBuilder build;
    build.add("person", "a", "王样例");
    const RecordId first = build.add("person", "b", "胡样例", {{"stroke_key", "丁样例"}});
    const SiteIndex index = index_site(build.site, relate(build.site));
    CHECK(index.by_kind[0].front() == first);
}

TEST_CASE("same names go by number in the batch, then region, then id, and are marked") {
    SiteBuilder build;
    build.site.settings.regions = {{"东区", "dong", {}}, {"西区", "xi", {}}};
    const RecordId d = build.add("person", "a", "王伟", {{"region", "西区"}});
    const RecordId c = build.add("person", "b", "王伟", {{"region", "东区"}});
    const RecordId b = build.add("person", "c", "王伟");
    const RecordId other = build.add("person", "d", "王样例");
    const RecordId batch = build.batch("b1", build.award("a1", "样例奖", "provincial"), "2020");
    build.confer(batch, b, "", 7);
    const SiteIndex index = index_site(build.site, relate(build.site));
    CHECK(index.by_kind[0] == std::vector<RecordId>{b, c, d, other});
    CHECK(index.same_name[static_cast<std::size_t>(c)]);
    CHECK_FALSE(index.same_name[static_cast<std::size_t>(other)]);
}

TEST_CASE(
    "document order follows the batches, year order the newest honour, region order the site's regions") {
    SiteBuilder build;
    build.site.settings.regions = {{"西区", "xi", {}}, {"东区", "dong", {}}};
    const RecordId wang = build.add("person", "a", "王样例", {{"region", "东区"}});
    const RecordId hu = build.add("person", "b", "胡样例", {{"region", "西区"}});
    const RecordId ding = build.add("person", "c", "丁样例");
    const RecordId award = build.award("a1", "样例奖", "provincial");
    build.confer(build.batch("b1", award, "2018"), hu, "", 1);
    build.confer(build.batch("b2", award, "2020"), wang, "", 1);
    const auto order = [&](ListOrder by) {
        build.site.settings.list_order = by;
        return index_site(build.site, relate(build.site)).by_kind[0];
    };
    CHECK(order(ListOrder::document) == std::vector<RecordId>{hu, wang, ding});
    CHECK(order(ListOrder::year) == std::vector<RecordId>{wang, hu, ding});
    CHECK(order(ListOrder::region) == std::vector<RecordId>{hu, wang, ding});
}

TEST_CASE("teams stand where their first hanzi stands, whatever quotation marks say") {
    SiteBuilder build;
    build.add("team", "a", "“老娘舅”工作室");
    build.add("team", "b", "丁香志愿队");
    const SiteIndex index = index_site(build.site, relate(build.site));
    const auto& teams = index.by_kind[static_cast<std::size_t>(build.site.kinds.must("team"))];
    CHECK(titles_of(build.site, teams) == std::vector<std::string>{"丁香志愿队", "“老娘舅”工作室"});
}

TEST_CASE("batches and events stand newest first, those without a day last") {
    SiteBuilder build;
    build.add("event", "a", "旧事", {{"date", "2019-05-01"}});
    build.add("event", "b", "无年", {{"date", "6月27日"}});
    build.add("event", "c", "新事", {{"date", "2021"}});
    const SiteIndex index = index_site(build.site, relate(build.site));
    const auto& events = index.by_kind[static_cast<std::size_t>(build.site.kinds.must("event"))];
    CHECK(titles_of(build.site, events) == std::vector<std::string>{"新事", "旧事", "无年"});
    const auto& groups = index.lists[static_cast<std::size_t>(build.site.kinds.must("event"))];
    REQUIRE(groups.size() == 3);
    CHECK(groups[0].title == "2021年");
    CHECK(groups[2].title == "年份不详");
}

TEST_CASE("the roll holds all people, and teams and projects with an honour") {
    SiteBuilder build;
    const RecordId person = build.add("person", "a", "王样例");
    const RecordId team = build.add("team", "b", "有荣誉队", {{"kind", "other"}});
    build.add("team", "c", "无荣誉队", {{"kind", "other"}});
    const RecordId project = build.add("project", "d", "样例项目");
    const RecordId batch = build.batch("b1", build.award("a1", "样例奖", "national"), "2020");
    build.confer(batch, team);
    build.confer(batch, project);
    const SiteIndex index = index_site(build.site, relate(build.site));
    CHECK(index.roll == std::vector<RecordId>{person, team, project});
    CHECK(keys_of(facet_named(index, "kind")) == "person=1 team=1 project=1");
}

TEST_CASE("facets count each record once a value, in their own order") {
    SiteBuilder build;
    build.site.settings.regions = {{"西区", "xi", {}}, {"东区", "dong", {}}};
    const RecordId a = build.add("person", "a", "王样例", {{"region", "东区"}});
    const RecordId b = build.add("person", "b", "汪样例", {{"region", "西区"}});
    const RecordId c = build.add("person", "c", "欧阳样例", {{"region", "别处"}});
    const RecordId national = build.award("a1", "国奖", "national");
    const RecordId county = build.award("a2", "县奖", "county", "collective");
    const RecordId first = build.batch("b1", national, "2018");
    const RecordId second = build.batch("b2", county, "2020");
    const RecordId third = build.batch("b3", county, "2021");
    build.confer(first, a);
    build.confer(second, a);
    build.confer(third, a);
    build.confer(second, b);
    build.claim(c, "全省最美志愿者", "provincial", "S0");
    build.confer(first, c).revoked = true;
    const SiteIndex index = index_site(build.site, relate(build.site));
    CHECK(keys_of(facet_named(index, "level")) == "national=1 provincial=1 county=2");
    CHECK(keys_of(facet_named(index, "year")) == "2021=1 2020=2 2018=1");
    CHECK(keys_of(facet_named(index, "category")) == "collective=2 individual=1");
    const std::string regions = keys_of(facet_named(index, "region"));
    CHECK(regions.starts_with("xi=1 dong=1 bie-chu-"));
    CHECK(keys_of(facet_named(index, "pinyin")) == "o=1 w=2");
    CHECK(keys_of(facet_named(index, "strokes")) == "4=1 7=1 8=1");
    // 王 and 汪 have one reading and two pages.
    CHECK(keys_of(facet_named(index, "surname")) == "ouyang-6b27-9633=1 wang-6c6a=1 wang-738b=1");
}

TEST_CASE("an absent region is not counted anywhere") {
    SiteBuilder build;
    build.add("person", "a", "王样例");
    const SiteIndex index = index_site(build.site, relate(build.site));
    CHECK(facet_named(index, "region").options.empty());
    CHECK(facet_named(index, "level").options.empty());
}

TEST_CASE("a batch keeps its document order unless it asks for another") {
    SiteBuilder build;
    build.site.settings.regions = {{"西区", "xi", {}}, {"东区", "dong", {}}};
    const RecordId batch = build.batch("b1", build.award("a1", "样例奖", "national"), "2020");
    const RecordId hu = build.add("person", "p1", "胡样例", {{"region", "东区"}});
    const RecordId fu = build.add("person", "p2", "田富", {{"region", "西区"}});
    const RecordId da = build.add("person", "p3", "田大利", {{"region", "东区"}});
    const RecordId out = build.add("person", "p4", "丁样例");
    build.confer(batch, hu, "", 2);
    build.confer(batch, fu, "", 1);
    build.confer(batch, da);
    build.confer(batch, out).revoked = true;
    const auto order = [&](const char* asked) {
        if (*asked) build.set(batch, "list_order", asked);
        std::vector<RecordId> people;
        for (const std::size_t i : ordered_conferrals(build.site, relate(build.site), batch))
            people.push_back(build.site.conferrals[i].recipient);
        return people;
    };
    CHECK(order("") == std::vector<RecordId>{fu, hu, da});
    CHECK(order("stroke") == std::vector<RecordId>{fu, da, hu});
    CHECK(order("stroke-fullname") == std::vector<RecordId>{da, fu, hu});
    CHECK(order("region") == std::vector<RecordId>{fu, hu, da});
}

TEST_CASE("threads do not change the index") {
    SiteBuilder build;
    for (int i = 0; i < 40; ++i)
        build.add("person", slug_of(static_cast<std::size_t>(i)), "王样" + std::string(i % 7 ? "例" : "本"));
    const Relations relations = relate(build.site);
    const SiteIndex one = index_site(build.site, relations, 1);
    const SiteIndex two = index_site(build.site, relations, 2);
    CHECK(one.by_kind == two.by_kind);
    CHECK(one.roll == two.roll);
}
