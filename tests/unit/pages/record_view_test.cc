#include "pages/record_view.h"

#include "unit/pages/built_site.h"

using namespace qunying;
using namespace qunying::test;

namespace {

// People p0 … pN-1 of one batch.
std::vector<RecordId> add_people(SiteBuilder& build, std::size_t count) {
    std::vector<RecordId> people;
    for (std::size_t i = 0; i < count; ++i)
        people.push_back(build.add("person", "p" + std::to_string(i), "王样" + std::string(i, 'x')));
    return people;
}

}  // namespace

TEST_CASE("neighbours are the nearest on both sides that will do, in order, never oneself") {
    const auto all = [](std::size_t) { return true; };
    CHECK(neighbours(10, 4, 3, all) == std::vector<std::size_t>{3, 5, 6});
    CHECK(neighbours(10, 0, 3, all) == std::vector<std::size_t>{1, 2, 3});
    CHECK(neighbours(5, 4, 3, all) == std::vector<std::size_t>{1, 2, 3});
    CHECK(neighbours(2, 0, 6, all) == std::vector<std::size_t>{1});
    CHECK(neighbours(1, 0, 6, all).empty());
    CHECK(neighbours(10, 4, 2, [](std::size_t i) { return i % 2 == 0; }) == std::vector<std::size_t>{2, 6});
    // However long the list, only so many are looked at.
    std::size_t looked = 0;
    CHECK(neighbours(1000, 500, 6, [&](std::size_t) { return ++looked == 0; }).empty());
    CHECK(looked <= 48);
}

TEST_CASE("a person of published material alone prints nothing that was not stated") {
    SiteBuilder build;
    build.add("person", "a", "平龙根", {{"epithet", "古城守护者"}, {"source", "样例材料"}});
    const Value record = at(kept_site(build.site).view("people/a.html"), "record");
    for (const char* key : {"org", "region", "post", "former_post", "retire_kind", "life", "sex", "note",
                            "years", "portrait", "quote", "picture", "highest", "previous", "next", "birth"})
        CHECK_MESSAGE(at(record, key).is_none(), key);
    for (const char* key : {"honors", "teams", "rails", "facts", "timeline", "gallery", "videos", "citation"})
        CHECK_MESSAGE((at(record, key).is_list() && at(record, key).size() == 0), key);
    CHECK_FALSE(at(record, "deceased").truthy());
    CHECK_FALSE(at(record, "story.present").truthy());
}

TEST_CASE("rails say why: same batch, same team, same exhibition, six at most, never oneself") {
    SiteBuilder build;
    const auto people = add_people(build, 9);
    const RecordId batch = build.batch("b1", build.award("a1", "样例奖", "national"), "2020");
    const RecordId team = build.add("team", "t", "样例队", {{"kind", "other"}});
    for (const RecordId person : people) {
        build.confer(batch, person);
        build.set(person, "teams", Group{{"team", team}, {"role", "成员"}});
    }
    List exhibits;
    for (const RecordId person : people) exhibits.emplace_back(Group{{"person", person}});
    build.add("exhibition", "e", "样例展", {{"sections", Group{{"title", "一"}, {"exhibits", exhibits}}}});
    const Value record = at(kept_site(build.site).view("people/p4.html"), "record");
    CHECK(column(record, "rails", "reason") ==
          std::vector<std::string>{"同批受表彰", "同一集体", "同一展览"});
    CHECK(column(record, "rails", "url") ==
          std::vector<std::string>{"../batches/b1.html", "../teams/t.html", "../exhibitions/e.html"});
    for (const char* items : {"rails.0.items", "rails.1.items", "rails.2.items"}) {
        const auto ids = column(record, items, "id");
        CHECK(ids.size() == 6);
        CHECK(std::find(ids.begin(), ids.end(), "p4") == ids.end());
    }
    CHECK(column(record, "rails.0.items", "id") ==
          std::vector<std::string>{"p1", "p2", "p3", "p5", "p6", "p7"});
}

TEST_CASE("beside a member of a team stand its other members, not what the team does") {
    SiteBuilder build;
    const auto people = add_people(build, 2);
    const RecordId team = build.add("team", "t", "样例队", {{"kind", "other"}});
    for (const RecordId person : people) build.set(person, "teams", Group{{"team", team}});
    build.add("project", "j", "样例项目", {{"teams", List{team}}});
    const Value record = at(kept_site(build.site).view("people/p0.html"), "record");
    CHECK(column(record, "rails.0.items", "id") == std::vector<std::string>{"p1"});
}

TEST_CASE("teams list members with the leader first, people list teams that name them leader") {
    SiteBuilder build;
    const RecordId ding = build.add("person", "ding", "丁样例");
    const RecordId hu = build.add("person", "hu", "胡样例");
    const RecordId team = build.add("team", "t", "样例队", {{"kind", "other"}, {"leader", hu}});
    build.add("team", "sub", "样例分队", {{"kind", "other"}, {"parent", team}});
    build.set(ding, "teams", Group{{"team", team}, {"role", "队员"}});
    const BuiltSite built(build.site);
    const Value record = at(built.view("teams/t.html"), "record");
    CHECK(text_at(record, "members.0.person.id") == "hu");
    CHECK(text_at(record, "members.0.role") == "负责人");
    CHECK(at(record, "members.0.leads").truthy());
    CHECK(text_at(record, "members.1.role") == "队员");
    CHECK(column(record, "children", "id") == std::vector<std::string>{"sub"});
    CHECK(text_at(record, "kind") == "team");
    CHECK(text_at(record, "kind_field.label") == "其他");
    const Value person = at(built.view("people/hu.html"), "record");
    CHECK(text_at(person, "teams.0.team.id") == "t");
    CHECK(text_at(person, "teams.0.role") == "负责人");
}

TEST_CASE("a full day of birth is never printed") {
    SiteBuilder build;
    build.add("person", "a", "王样例",
              {{"birth", "1949-09-17"}, {"retire_kind", "lixiu"}, {"work_since", "1948"}});
    const BuiltSite built(build.site);
    const Value view = built.view("people/a.html");
    CHECK(text_at(view, "record.birth.iso") == "1949-09");
    CHECK(text_at(view, "record.facts.0.text") == "1949年9月");
    CHECK(text_at(view, "record.facts.1.label") == "参加革命工作时间");
    CHECK(all_text(view).find("1949-09-17") == std::string::npos);
    CHECK(all_text(view).find("17日") == std::string::npos);
}

TEST_CASE("records that speak of one are found; a mere link in a text is kept apart") {
    SiteBuilder build;
    const RecordId person = build.add("person", "a", "王样例");
    const RecordId newer = build.add("coverage", "c2", "新报道", {{"date", "2022"}, {"about", List{person}}});
    build.add("coverage", "c1", "旧报道", {{"date", "2019"}, {"about", List{person}}});
    const RecordId video = build.add("video", "v", "片");
    build.set(person, "videos", List{video});
    const RecordId page = build.add("page", "about", "关于");
    build.story(page, {StoryLink{person, "", {}}});
    build.add("stat", "s", "受益",
              {{"value", "20"}, {"unit", "万人次"}, {"approx", "near"}, {"about", List{person}}});
    const RecordId draft = build.add("event", "draft", "", {{"people", List{person}}});
    build.site[draft].live = false;
    const Value record = at(kept_site(build.site).view("people/a.html"), "record");
    CHECK(column(record, "coverage", "id") == std::vector<std::string>{"c2", "c1"});
    CHECK(column(record, "videos", "id") == std::vector<std::string>{"v"});
    CHECK(column(record, "stories", "id") == std::vector<std::string>{"about"});
    CHECK(column(record, "stats", "display") == std::vector<std::string>{"近 20 万人次"});
    CHECK(at(record, "events").size() == 0);
    static_cast<void>(newer);
}

TEST_CASE("previous and next are the neighbours in the site's order, none at the ends") {
    SiteBuilder build;
    build.add("person", "hu", "胡样例");
    build.add("person", "ding", "丁样例");
    const BuiltSite built(build.site);
    CHECK(text_at(built.view("people/ding.html"), "record.next.id") == "hu");
    CHECK(at(built.view("people/ding.html"), "record.previous").is_none());
    CHECK(text_at(built.view("people/hu.html"), "record.previous.id") == "ding");
    CHECK(at(built.view("people/hu.html"), "record.next").is_none());
}

TEST_CASE("a tutor's role ends with the life") {
    SiteBuilder build;
    const RecordId living = build.add("person", "a", "王样例", {{"life", "living"}});
    const RecordId dead = build.add("person", "b", "李样例", {{"life", "deceased"}});
    build.add("base", "base", "样例基地", {{"kind", "centre"}, {"tutors", List{dead, living}}});
    build.add("lecture", "l1", "停讲", {{"lecturer", dead}, {"audience", List{"schools"}}});
    build.add("lecture", "l2", "开讲", {{"lecturer", living}, {"audience", List{"schools", "offices"}}});
    const BuiltSite built(build.site);
    CHECK(column(built.view("bases/base.html"), "record.tutors", "id") == std::vector<std::string>{"a"});
    const Value list = at(built.view("lectures/index.html"), "list");
    CHECK(column(list, "groups", "title") == std::vector<std::string>{"机关", "学校"});
    CHECK(column(list, "groups.1.items", "id") == std::vector<std::string>{"l2"});
}

TEST_CASE("an exhibition counts its exhibits through and leads from one to the next") {
    SiteBuilder build;
    const RecordId person = build.add("person", "a", "王样例", {{"portrait", "content/people/a/p.jpg"}});
    build.add("exhibition", "e", "样例展",
              {{"curator", "样例单位"},
               {"sections",
                List{Group{{"title", "烽火"}, {"exhibits", List{Group{{"person", person}, {"label", "她"}}}}},
                     Group{{"title", "建设"},
                           {"text", "一段\n两段"},
                           {"exhibits", List{Group{{"photo", "content/e.jpg"}, {"label", "游行"}},
                                             Group{{"photo", "content/f.jpg"}}}}}}}});
    const BuiltSite built(build.site);
    const Value record = at(built.view("exhibitions/e.html"), "record");
    CHECK(at(record, "total").as_integer() == 3);
    CHECK(text_at(record, "first_url") == "../exhibitions/e-1.html");
    CHECK(column(record, "sections.1.exhibits", "url") ==
          std::vector<std::string>{"../exhibitions/e-2.html", "../exhibitions/e-3.html"});
    CHECK(at(record, "sections.1.text").size() == 2);
    const Value first = built.view("exhibitions/e-1.html");
    CHECK(text_at(first, "exhibit.person.id") == "a");
    CHECK(at(first, "exhibit.picture.wide").is_none());  // the portrait has no such recipe
    CHECK(text_at(first, "exhibit.picture.card.src") == "../media/a-p-0a1b2c3d-320.jpg");
    CHECK(at(first, "previous").is_none());
    CHECK(text_at(first, "next.title") == "游行");
    CHECK(text_at(first, "whole_url") == "../exhibitions/e.html");
    CHECK(text_at(first, "exhibit.section") == "烽火");
    CHECK(text_at(built.view("exhibitions/e-3.html"), "exhibit.title") == "第 3 件展品");
    CHECK(at(built.view("exhibitions/e-3.html"), "next").is_none());
}

TEST_CASE("an album names people in rows and leads from photo to photo") {
    SiteBuilder build;
    const RecordId person = build.add("person", "a", "王样例");
    const Group one = {{"file", "content/albums/1.jpg"},
                       {"caption", "合影"},
                       {"rows", List{Group{{"label", "前排"}, {"people", List{person}}}}}};
    build.add("album", "spring", "春", {{"photos", List{one, Group{{"file", "content/albums/2.jpg"}}}}});
    const BuiltSite built(build.site);
    const Value first = built.view("albums/spring-1.html");
    CHECK(text_at(first, "photo.rows.0.people.0.title") == "王样例");
    CHECK(text_at(first, "photo.title") == "合影");
    CHECK(at(first, "previous_url").is_none());
    CHECK(text_at(first, "next_url") == "../albums/spring-2.html");
    CHECK(text_at(first, "photo.picture.wide.src") == "../media/1-0a1b2c3d-960.jpg");
    CHECK(at(built.view("albums/spring-2.html"), "next_url").is_none());
    CHECK(column(built.view("people/a.html"), "record.albums", "id") == std::vector<std::string>{"spring"});
}

TEST_CASE("a site's own fields are listed with their labels, absent and private ones are not") {
    SiteBuilder build;
    FieldSpec hobby;
    hobby.key = "hobby";
    hobby.label = "爱好";
    FieldSpec phone = hobby;
    phone.key = "phone";
    phone.label = "电话";
    phone.visibility = FieldVisibility::secret;
    FieldSpec empty = hobby;
    empty.key = "empty";
    const KindId person = build.site.kinds.must("person");
    for (const FieldSpec& field : {hobby, phone, empty}) build.site.kinds.add_field(person, field);
    build.add("person", "a", "王样例", {{"hobby", "书法"}, {"phone", "PRIVATE"}});
    Kind stamp;
    stamp.key = "stamp";
    stamp.label = stamp.folder_label = "邮票";
    stamp.folder = "stamps";
    stamp.fields = common_fields();
    FieldSpec issued = hobby;
    issued.key = "issued";
    issued.label = "发行";
    issued.type = FieldType::date;
    stamp.fields.push_back(issued);
    build.site.kinds.add_kind(stamp);
    build.add("stamp", "one", "第一枚", {{"issued", "1980-02"}, {"summary", "摘要"}});
    const BuiltSite built(build.site);
    const Value own = at(built.view("people/a.html"), "record.own_fields");
    REQUIRE(own.size() == 1);
    CHECK(text_at(own, "0.label") == "爱好");
    CHECK(text_at(own, "0.value") == "书法");
    CHECK(text_at(own, "0.type") == "text");
    CHECK(built.job("stamps/one.html")->program == "record.html");
    CHECK(built.job("stamps/index.html")->program == "record-list.html");
    CHECK(text_at(built.view("stamps/one.html"), "record.own_fields.0.value.text") == "1980年2月");
    CHECK(at(built.view("stamps/one.html"), "record.own_fields").size() == 1);
}

TEST_CASE("a name has readings above its rare characters where the profile gives one a character") {
    const auto shown = [](const char* name, const char* pinyin) {
        SiteBuilder build;
        build.add("person", "p", name, {{"pinyin", pinyin}});
        BuiltSite built(build.site);
        const Value view = built.view("people/p.html");
        const Value& html = *view.find("record")->find("name_html");
        return html.is_none() ? std::string("none") : std::string(html.as_text());
    };
    CHECK(shown("王䶮", "Wáng Yǎn") == "王<ruby>䶮<rp>（</rp><rt>yǎn</rt><rp>）</rp></ruby>");
    CHECK(shown("王䶮", " wang  yan ") == "王<ruby>䶮<rp>（</rp><rt>yan</rt><rp>）</rp></ruby>");
    CHECK(shown("王䶮", "Wángyǎn") == "none");
    CHECK(shown("王䶮", "") == "none");
    CHECK(shown("王样例", "Wáng Yàng Lì") == "none");
}
