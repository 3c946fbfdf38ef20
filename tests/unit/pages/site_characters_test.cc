#include "pages/site_characters.h"

#include "base/text.h"
#include "unit/pages/built_site.h"

using namespace qunying;
using namespace qunying::test;

namespace {

std::string characters(const std::u32string& all) { return to_utf8(all); }

SiteCharacters of_site(const Site& site, const ThemeConfig& theme = {}, Audience audience = Audience::web,
                       std::span<const std::string_view> around = {}, const StoryTexts* stories = nullptr) {
    return characters_of(site, theme, around, audience, stories, 2);
}

}  // namespace

TEST_CASE("what old fonts may lack is found wherever a site says something") {
    SiteBuilder build;
    const RecordId person = build.add("person", "p", "王䶮");
    build.set(person, "epithet", "古城·守护者");
    build.story(person, {StoryText{"<p>正文</p>", {}}, StoryLink{no_record, "李㛃", {}},
                         StoryFigure{{"a.jpg"}, "图中𫖯", "说明𠅤", true, {}}});
    build.site[person].story.uncommon = "𬭎";
    Conferral conferral;
    conferral.claim = "①等";
    build.site.conferrals.push_back(conferral);
    const std::string_view around[] = {"<h1>〔〕</h1>", "常用"};
    CHECK(characters(of_site(build.site, {}, Audience::web, around).texts.sorted()) ==
          "·①〔〕㛃䶮｜𠅤𫖯𬭎");
}

TEST_CASE("nobody who is not published leaves a character") {
    SiteBuilder build;
    build.site[build.add("person", "p", "王䶮")].live = false;
    build.site[build.add("person", "q", "王㛃")].readable = false;
    CHECK(characters(of_site(build.site).texts.sorted()) == "·〔〕｜");  // the engine's own
    CHECK(characters(of_site(build.site).titles).find("王") == std::string::npos);
}

TEST_CASE("a venue's fonts hold every word, of stories too, wherever their html lies") {
    SiteBuilder build;
    const RecordId person = build.add("person", "p", "王样例");
    build.story(person, {StoryText{"<p>正文</p>", {}}});
    const RecordId other = build.add("person", "q", "李样例");
    build.story(other, {StoryText{"", {}}});
    build.site[other].story.put_by = true;
    struct : StoryTexts {
        std::vector<std::string> html_runs(Span) const override { return {"<p>别处</p>"}; }
    } stories;
    const CharacterSet texts = of_site(build.site, {}, Audience::venue, {}, &stories).texts;
    for (const char32_t c : std::u32string(U"王李样例正文别处0共。")) CHECK(texts.contains(c));
}

TEST_CASE("the theme's own words come first, then the most frequent, equal ones by code point") {
    SiteBuilder build;
    for (int i = 0; i < 9; ++i) build.add("person", "p" + std::to_string(i), "频");
    for (int i = 0; i < 8; ++i) build.add("person", "q" + std::to_string(i), "丁");
    build.add("person", "r", "䶮例");
    ThemeConfig theme;
    theme.faces.push_back({"face", "Font", 700, FaceRole::title, 80, "荣誉例", {}});
    const SiteCharacters found = of_site(build.site, theme);
    const std::string titles = characters(found.titles);
    const auto at = [&](const char* c) { return titles.find(c); };
    CHECK(at("荣") < at("例"));
    CHECK(at("例") < at("丁"));
    CHECK(at("丁") < at("频"));  // 8 and 9 have as many binary digits, so that one more name moves nothing
    CHECK(titles.find("例", at("例") + 1) == std::string::npos);
    CHECK(at("䶮") == std::string::npos);
    CHECK(characters(found.rare_titles.sorted()) == "䶮");
}

TEST_CASE("a missing character is looked for in titles first, then in what is told") {
    SiteBuilder build;
    const RecordId teller = build.add("person", "p", "王样例");
    build.site[teller].story.uncommon = "䶮";
    build.site[teller].where = {SourceId{1}, 0, 1};
    CHECK(find_character(build.site, U'䶮').title == "王样例");
    CHECK_FALSE(find_character(build.site, U'䶮').in_title);
    build.add("person", "q", "李䶮");
    CHECK(find_character(build.site, U'䶮').title == "李䶮");
    CHECK(find_character(build.site, U'䶮').in_title);
    CHECK_FALSE(find_character(build.site, U'㛃').where.known());
}

TEST_CASE("a heading does without the title face as soon as one of its characters is not in it") {
    SiteBuilder build;
    BuiltSite built(build.site);
    CHECK_FALSE(is_plain_face(built.context, "王䶮"));  // there is no such face
    CharacterSet face;
    face.add_all("王样例");
    built.context.title_face = &face;
    CHECK_FALSE(is_plain_face(built.context, "王 样例"));
    CHECK(is_plain_face(built.context,
                        "王样"
                        "本"));
    CHECK_FALSE(is_plain_face(built.context, ""));
}
