#include "pages/poster_plan.h"

#include <doctest/doctest.h>

#include "unit/pages/built_site.h"

using namespace qunying;
using namespace qunying::test;

namespace {

struct PosterTown {
    SiteBuilder builder;
    RecordId jia, yi, bing;

    PosterTown() {
        builder.site.settings.title = "样例群英谱";
        builder.site.settings.organisation = "样例单位";
        builder.site.settings.base_url = "https://example.org/q/";
        builder.site.settings.posters = {"person", "exhibition"};
        jia = builder.add("person", "jia", "样例甲",
                          {{"epithet", "老河长"},
                           {"former_post", "样例局局长"},
                           {"quote", "水不会说话"},
                           {"portrait", Group{{"file", "content/people/jia/p.jpg"}, {"alt", "近照"}}}});
        yi = builder.add("person", "yi", "样例乙",
                         {{"life", "deceased"},
                          {"birth", "1924"},
                          {"died", "2021"},
                          {"citation", "第一句。第二句。\n另一段。"},
                          {"region", "东区"}});
        bing = builder.add("person", "bing", "样例丙", {});
        const RecordId award = builder.add("award", "zui-mei", "最美", {{"level", "provincial"}});
        const RecordId batch =
            builder.add("batch", "zui-mei-2023", "最美2023",
                        {{"award", award}, {"year", "2023"}, {"authorities", List{"样例部", "样例局"}}});
        builder.confer(batch, jia);
        builder.add("exhibition", "zhan", "样例展",
                    {{"kind", "portraits"},
                     {"curator", "样例单位"},
                     {"opened", "2024-05"},
                     {"closed", "2024-06"},
                     {"venue", "样例馆"},
                     {"sections", List{Group{{"exhibits", List{Group{{"person", yi}}, Group{{"person", jia}},
                                                               Group{{"person", jia}}}}}}}});
    }
};

const PosterSheet* sheet_of(const std::vector<PosterRequest>& all, std::string_view title) {
    for (const PosterRequest& each : all) {
        if (each.sheet.title == title) return &each.sheet;
    }
    return nullptr;
}

}  // namespace

TEST_CASE("a poster of a person says what the page says") {
    const PosterTown town;
    const BuiltSite built(town.builder.site);
    const auto requests = plan_posters(built.context);
    REQUIRE(requests.size() == 4);
    const PosterSheet* jia = sheet_of(requests, "样例甲");
    REQUIRE(jia);
    CHECK(jia->site_title == "样例群英谱");
    CHECK(jia->over == "老河长");
    CHECK(jia->facts == "样例局局长");
    CHECK(jia->quote == "“水不会说话”");
    CHECK(jia->seal == "省");
    CHECK(jia->honour == "最美");
    CHECK(jia->honour_note == "省级 · 2023年");
    CHECK(jia->authority == "样例部、样例局");
    CHECK(jia->address == "https://example.org/q/people/jia.html");
    CHECK_FALSE(jia->quiet);
    REQUIRE(jia->photos.size() == 1);
    CHECK(jia->photos[0].file == "content/people/jia/p.jpg");
    CHECK(jia->photos[0].treatment.portrait);
    const PosterSheet* yi = sheet_of(requests, "样例乙");
    REQUIRE(yi);
    CHECK(yi->quiet);
    CHECK(yi->years == "1924—2021");
    CHECK(yi->facts == "东区");
    CHECK(yi->quote == "第一句。第二句。");
    CHECK(yi->photos[0].file == "");
    CHECK(yi->photos[0].tile != "");
}

TEST_CASE("a photograph that cannot be read gives way to the tile") {
    const PosterTown town;
    const BuiltSite built(town.builder.site, {"content/people/jia/p.jpg"});
    CHECK(sheet_of(plan_posters(built.context), "样例甲")->photos[0].file == "");
}

TEST_CASE("a poster of an exhibition shows those who have photographs, each once") {
    const PosterTown town;
    const BuiltSite built(town.builder.site);
    const auto requests = plan_posters(built.context);
    const PosterSheet* sheet = sheet_of(requests, "样例展");
    REQUIRE(sheet);
    CHECK(sheet->kind == PosterKind::exhibition);
    CHECK(sheet->over == "肖像展");
    CHECK(sheet->years == "2024年5月—2024年6月");
    CHECK(sheet->facts == "样例单位 · 样例馆");
    REQUIRE(sheet->photos.size() == 1);
    CHECK(sheet->photos[0].caption == "样例甲");
    CHECK(sheet->names == std::vector<std::string>{"样例展", "样例甲"});
    CHECK(sheet->address == "https://example.org/q/exhibitions/zhan.html");
}

TEST_CASE("posters are made of what the site asks for, on the web, where there is an address") {
    PosterTown town;
    town.builder.site.settings.posters = {"exhibition"};
    CHECK(plan_posters(BuiltSite(town.builder.site).context).size() == 1);
    town.builder.site.settings.posters = {};
    CHECK(plan_posters(BuiltSite(town.builder.site).context).empty());
    town.builder.site.settings.posters = {"person"};
    BuiltSite venue(town.builder.site);
    venue.context.audience = Audience::venue;
    CHECK(plan_posters(venue.context).empty());
    town.builder.site[town.bing].live = false;
    CHECK(plan_posters(BuiltSite(town.builder.site).context).size() == 2);
    town.builder.site.settings.base_url = "";
    CHECK(plan_posters(BuiltSite(town.builder.site).context).empty());
    Diagnostics said;
    check_poster_settings(town.builder.site.settings, Audience::web, said);
    REQUIRE(said.items().size() == 1);
    CHECK(said.items()[0].kind == DiagnosticKind::poster_needs_address);
    Diagnostics nothing;
    check_poster_settings(town.builder.site.settings, Audience::venue, nothing);
    CHECK(nothing.empty());
}

TEST_CASE("an opening is whole sentences, or ends at a comma") {
    CHECK(opening_of("短。", 10) == "短。");
    CHECK(opening_of("第一句。第二句。第三句。", 9) == "第一句。第二句。");
    CHECK(opening_of("他说：“好。”又说：“很好很好很好。”", 8) == "他说：“好。”");
    CHECK(opening_of("很长很长，很长很长，很长很长。", 12) == "很长很长，很长很长……");
    CHECK(opening_of("没有标点的很长的一句话", 5) == "没有标点的……");
    CHECK(opening_of("第一段\n第二段", 10) == "第一段");
}
