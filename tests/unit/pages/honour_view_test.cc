#include "pages/honour_view.h"

#include "unit/pages/built_site.h"

using namespace qunying;
using namespace qunying::test;

TEST_CASE("honours stand most senior first, a claim with its source") {
    SiteBuilder build;
    const RecordId person = build.add("person", "a", "王样例");
    const RecordId county = build.batch("b1", build.award("a1", "县奖", "county"), "2021");
    const RecordId national = build.batch("b2", build.award("a2", "国奖", "national"), "2018");
    build.set(national, "authorities", List{"甲部", "乙部"});
    build.set(national, "doc_no", "样组发〔2018〕1号");
    build.confer(county, person, "十佳");
    build.confer(national, person);
    build.claim(person, "全省最美志愿者", "provincial", "S0");
    const Value record = at(kept_site(build.site).view("people/a.html"), "record");
    CHECK(column(record, "honors", "title") == std::vector<std::string>{"国奖", "全省最美志愿者", "县奖"});
    CHECK(text_at(record, "highest.authority") == "甲部、乙部");
    CHECK(text_at(record, "highest.doc_no") == "样组发〔2018〕1号");
    CHECK(text_at(record, "highest.batch.url") == "../batches/b2.html");
    CHECK(at(record, "highest.year").as_integer() == 2018);
    CHECK(at(record, "honors.1.claim").truthy());
    CHECK(text_at(record, "honors.1.source") == "S0");
    CHECK(at(record, "honors.1.batch").is_none());
    CHECK(at(record, "honors.1.year").is_none());
    CHECK(text_at(record, "honors.2.grade") == "十佳");
}

TEST_CASE("a batch reads like the decision: groups numbered in Chinese, counts, the order it stands in") {
    SiteBuilder build;
    const RecordId award =
        build.add("award", "a1", "样例表彰",
                  {{"level", "provincial"}, {"category", "other"}, {"grades", List{"十佳", "百优"}}});
    const RecordId batch = build.batch("b1", award, "2020");
    const RecordId earlier = build.batch("b0", award, "2015");
    const RecordId team = build.add("team", "t", "样例队", {{"kind", "other"}});
    const RecordId hu =
        build.add("person", "p1", "胡样例", {{"former_post", "样例局退休干部"}, {"sex", "female"}});
    const RecordId wang = build.add("person", "p2", "王伟", {{"region", "东区"}});
    const RecordId same = build.add("person", "p3", "王伟", {{"org", "样例厂"}});
    build.confer(batch, hu, "百优", 1);
    build.confer(batch, wang, "十佳", 2).post = "决定里的职务";
    build.confer(batch, same, "十佳", 3);
    build.confer(batch, team, "", 4);
    const BuiltSite built(build.site);
    const Value record = at(built.view("batches/b1.html"), "record");
    CHECK(column(record, "groups", "heading") == std::vector<std::string>{"一、先进集体（1个）",
                                                                          "二、先进个人（十佳）（2名）",
                                                                          "三、先进个人（百优）（1名）"});
    CHECK(text_at(record, "order_label") == "（按文件顺序）");
    CHECK(text_at(record, "groups.1.rows.0.distinction") == "东区");
    CHECK(text_at(record, "groups.1.rows.0.post") == "决定里的职务");
    CHECK(text_at(record, "groups.1.rows.1.distinction") == "样例厂");
    CHECK(text_at(record, "groups.2.rows.0.post") == "样例局退休干部");
    CHECK(text_at(record, "groups.2.rows.0.note") == "（女）");
    CHECK(at(record, "groups.2.rows.0.distinction").is_none());
    CHECK(at(record, "groups.2.rows.0.number").as_integer() == 1);
    CHECK(at(record, "total").as_integer() == 4);
    CHECK(column(record, "same_award", "id") == std::vector<std::string>{"b0"});
    CHECK(text_at(record, "award_level.seal") == "省");
    const Value page = at(built.view("awards/a1.html"), "record");
    CHECK(text_at(page, "batches.0.batch.id") == "b1");
    CHECK(at(page, "batches.0.count").as_integer() == 4);
    CHECK(text_at(at(built.view("batches/b0.html"), "record"), "order_label") == "（按文件顺序）");
    CHECK(at(at(built.view("batches/b0.html"), "record"), "groups").size() == 0);
    static_cast<void>(earlier);
}

TEST_CASE("a batch of one list has no ordinal") {
    SiteBuilder build;
    const RecordId batch = build.batch("b1", build.award("a1", "样例奖", "national"), "2020");
    build.confer(batch, build.add("person", "p", "王样例"));
    build.set(batch, "list_order", "stroke");
    const Value record = at(kept_site(build.site).view("batches/b1.html"), "record");
    CHECK(text_at(record, "groups.0.heading") == "先进个人（1名）");
    CHECK(text_at(record, "order_label") == "（按姓氏笔画为序）");
}
