#include "pages/card_view.h"

#include "pages/picture_view.h"
#include "unit/pages/built_site.h"

using namespace qunying;
using namespace qunying::test;

namespace {

Value card(const BuiltSite& built, RecordId id) { return card_value({built.context, "../"}, id); }

}  // namespace

TEST_CASE("a note names what is not taken for granted") {
    SiteBuilder build;
    const RecordId none = build.add("person", "a", "王样例", {{"sex", "male"}, {"ethnicity", "汉族"}});
    const RecordId woman = build.add("person", "b", "李样例", {{"sex", "female"}});
    const RecordId both = build.add("person", "c", "马样例", {{"sex", "female"}, {"ethnicity", "回族"}});
    const RecordId people = build.add("person", "d", "张样例", {{"ethnicity", "回族"}});
    CHECK(note_of(build.site, none).empty());
    CHECK(note_of(build.site, woman) == "（女）");
    CHECK(note_of(build.site, both) == "（女，回族）");
    CHECK(note_of(build.site, people) == "（回族）");
}

TEST_CASE("years are printed only where both are known, and only of the dead") {
    SiteBuilder build;
    const RecordId dead = build.add("person", "a", "王样例",
                                    {{"life", "deceased"}, {"birth", "1924-05"}, {"died", "2021-03-04"}});
    const RecordId unknown = build.add("person", "b", "李样例", {{"life", "deceased"}, {"died", "2021"}});
    const RecordId living = build.add("person", "c", "张样例", {{"life", "living"}, {"birth", "1924"}});
    CHECK(years_of(build.site, dead) == "1924—2021");
    CHECK(years_of(build.site, unknown).empty());
    CHECK(years_of(build.site, living).empty());
}

TEST_CASE("the frame ends after the years that the site sets, and never where the day is unknown") {
    SiteBuilder build;
    build.site.settings.deceased_frame_years = 3;
    const RecordId recent =
        build.add("person", "a", "王样例", {{"life", "deceased"}, {"died", "2023-01-02"}});
    const RecordId old = build.add("person", "b", "李样例", {{"life", "deceased"}, {"died", "2023-01-01"}});
    const RecordId unknown = build.add("person", "c", "张样例", {{"life", "deceased"}});
    const BuiltSite built(build.site);
    CHECK(is_framed(built.context, recent));
    CHECK_FALSE(is_framed(built.context, old));
    CHECK(is_framed(built.context, unknown));
    CHECK(at(card(built, old), "deceased").truthy());
}

TEST_CASE("a card shows the highest level that still holds") {
    SiteBuilder build;
    const RecordId person = build.add("person", "a", "王样例");
    const RecordId county = build.batch("b1", build.award("a1", "县奖", "县级"), "2021");
    const RecordId national = build.batch("b2", build.award("a2", "国奖", "国家级"), "2018");
    build.confer(county, person);
    build.confer(national, person).revoked = true;
    const BuiltSite built(build.site);
    CHECK(text_at(card(built, person), "level.key") == "county");
    CHECK(text_at(card(built, person), "level.seal") == "县");
    CHECK(text_at(card(built, national), "level.seal") == "国");
}

TEST_CASE("the picture of a card is the card recipe alone; a broken or missing one leaves the tile") {
    SiteBuilder build;
    const Group portrait = {{"file", "content/people/a/p.jpg"}, {"alt", "近照"}, {"photographer", "某人甲"}};
    const RecordId good = build.add("person", "a", "欧阳样例", {{"portrait", portrait}});
    const RecordId bad = build.add("person", "b", "李样例", {{"portrait", "content/people/b/p.jpg"}});
    const RecordId none = build.add("team", "c", "“老娘舅”工作室");
    const BuiltSite built(build.site, {"content/people/b/p.jpg"});
    const Value picture = at(card(built, good), "picture");
    CHECK(text_at(picture, "card.src") == "../media/a-p-0a1b2c3d-320.jpg");
    CHECK(text_at(picture, "card.srcset") ==
          "../media/a-p-0a1b2c3d-160.jpg 160w, ../media/a-p-0a1b2c3d-320.jpg 320w");
    CHECK(text_at(picture, "card.sources.0.type") == "image/webp");
    CHECK(text_at(picture, "tone") == "tone-17");
    CHECK(at(picture, "wide").is_none());
    CHECK(at(picture, "photographer").is_none());
    CHECK(at(card(built, bad), "picture").is_none());
    CHECK(at(card(built, none), "picture").is_none());
    CHECK(text_at(card(built, good), "tile.text") == "欧阳");
    CHECK(text_at(card(built, none), "tile.text") == "老");
}

TEST_CASE("two of one name are told apart by unit, or by region where the unit is the site's") {
    SiteBuilder build;
    build.site.settings.organisation = "样例局";
    const RecordId a = build.add("person", "a", "王伟", {{"org", "样例局"}, {"region", "东区"}});
    const RecordId b = build.add("person", "b", "王伟", {{"org", "样例厂"}, {"region", "东区"}});
    const RecordId c = build.add("person", "c", "李样例", {{"org", "样例厂"}});
    const BuiltSite built(build.site);
    CHECK(text_at(card(built, a), "distinction") == "东区");
    CHECK(text_at(card(built, b), "distinction") == "样例厂");
    CHECK(at(card(built, c), "distinction").is_none());
}

TEST_CASE("a record that is not published has no card") {
    SiteBuilder build;
    const RecordId gone = build.add("person", "a", "王样例");
    build.site[gone].live = false;
    const BuiltSite built(build.site);
    CHECK(card(built, gone).is_none());
    CHECK(card_value({built.context, ""}, no_record).is_none());
}

TEST_CASE("a tone keeps the light of a picture, and of its colour the kind") {
    CHECK(tone_class(0x000000) == "tone-0");
    CHECK(tone_class(0xffffff) == "tone-60");
    CHECK(tone_class(0xf0ebe0) == "tone-57");  // paper is warm and light
    CHECK(tone_class(0x707880) == "tone-30");
    CHECK(tone_class(0x406040) == "tone-23");
}
