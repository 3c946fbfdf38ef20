#include "pages/image_plan.h"

#include <algorithm>

#include "pages/pictured.h"
#include "unit/pages/built_site.h"

using namespace qunying;
using namespace qunying::test;

namespace {

std::vector<ImageRequest> planned(const Site& site) {
    Diagnostics diagnostics;
    const auto requests = plan_images(site, small_theme(), diagnostics);
    CHECK(diagnostics.empty());
    return requests;
}

Group photo(std::string file) { return {{"file", std::move(file)}, {"alt", "样例"}}; }

}  // namespace

TEST_CASE("each picture is asked for once for each treatment, with every recipe that any place wants") {
    SiteBuilder build;
    Group portrait = photo("content/people/a/a.jpg");
    portrait.push_back({"focus", List{"0.25", "0.33"}});
    const RecordId person = build.add("person", "a", "王样例", {{"portrait", portrait}});
    build.set(person, "gallery", List{portrait, photo("content/people/a/a.jpg")});
    const auto requests = planned(build.site);
    REQUIRE(requests.size() == 3);
    CHECK(requests[0].treatment == Treatment{});
    CHECK(requests[0].recipes == std::vector<std::size_t>{2});
    CHECK(requests[1].treatment.focus == Focus{0.25, 0.33});
    CHECK_FALSE(requests[1].treatment.portrait);
    CHECK(requests[1].recipes == std::vector<std::size_t>{2});
    CHECK(requests[2].treatment.focus == Focus{0.25, 0.33});
    CHECK(requests[2].treatment.portrait);
    CHECK(requests[2].recipes == std::vector<std::size_t>{0, 1});
}

TEST_CASE("what the kiosk's loop shows of portraits is asked for of those in it alone") {
    SiteBuilder build;
    std::vector<RecordId> people;
    for (const char* slug : {"in", "out", "own"})
        people.push_back(build.add("person", slug, "王样例",
                                   {{"portrait", photo("content/people/" + std::string(slug) + "/p.jpg")}}));
    const auto hang = [&](const char* slug, List exhibits) {
        return build.add("exhibition", slug, "样例展",
                         {{"sections", Group{{"title", "一"}, {"exhibits", std::move(exhibits)}}}});
    };
    const RecordId looped = hang(
        "looped", {Group{{"person", people[0]}}, Group{{"person", people[2]}, {"photo", "content/o.jpg"}}});
    build.set(looped, "kiosk_loop", "12");
    hang("quiet", {Group{{"person", people[1]}}});
    ThemeConfig theme = small_theme();
    theme.recipes.push_back({Recipe{}, "", {"kiosk.portrait"}});
    const std::size_t kiosk = theme.recipes.size() - 1;
    Diagnostics diagnostics;
    const auto shown = [&] {
        auto requests = plan_images(build.site, theme, diagnostics);
        add_kiosk_portraits(build.site, theme, requests);
        std::vector<std::string> files;
        for (const ImageRequest& request : requests)
            if (std::ranges::count(request.recipes, kiosk) > 0) files.push_back(request.file);
        return files;
    };
    CHECK(shown() == std::vector<std::string>{"content/people/in/p.jpg"});
    theme.without = {"kiosk"};
    CHECK(shown().empty());
}

TEST_CASE("figures of stories, exhibits and albums are asked for") {
    SiteBuilder build;
    const RecordId page = build.add("page", "about", "关于");
    StoryFigure figure;
    figure.file.path = "content/pages/hall.jpg";
    build.story(page, {figure});
    build.add("exhibition", "seventy", "样例展",
              {{"sections",
                Group{{"title", "一"}, {"exhibits", List{Group{{"photo", "content/exhibitions/p.jpg"}}}}}}});
    build.add("album", "spring", "春", {{"photos", photo("content/albums/s.jpg")}});
    std::vector<std::string> files;
    for (const ImageRequest& request : planned(build.site)) files.push_back(request.file);
    CHECK(files == std::vector<std::string>{"content/albums/s.jpg", "content/exhibitions/p.jpg",
                                            "content/pages/hall.jpg"});
}

TEST_CASE("a photograph without permission, or with somebody unpublished on it, is never asked for") {
    SiteBuilder build;
    const RecordId gone = build.add("person", "gone", "");
    build.site[gone].live = false;
    Group refused = photo("content/albums/refused.jpg");
    refused.push_back({"permission", "no"});
    Group named = photo("content/albums/named.jpg");
    named.push_back({"people", List{gone}});
    Group in_row = photo("content/albums/row.jpg");
    in_row.push_back({"rows", List{Group{{"label", "前排"}, {"people", List{gone}}}}});
    build.add("album", "spring", "春", {{"photos", List{refused, named, in_row}}});
    build.add("exhibition", "seventy", "样例展",
              {{"sections", Group{{"title", "一"},
                                  {"exhibits", List{Group{{"photo", "content/e.jpg"}, {"people", List{gone}}},
                                                    Group{{"photo", "content/f.jpg"}, {"person", gone}}}}}}});
    CHECK(planned(build.site).empty());
    const BuiltSite built(build.site);
    CHECK(built.job("albums/spring-1.html") == nullptr);
    CHECK(built.job("exhibitions/seventy-1.html") == nullptr);
}

TEST_CASE("records that are not live ask for nothing") {
    SiteBuilder build;
    const RecordId person = build.add("person", "a", "王样例", {{"portrait", photo("content/people/a.jpg")}});
    build.site[person].live = false;
    CHECK(planned(build.site).empty());
}

TEST_CASE("what an author says of a picture reaches its request") {
    SiteBuilder build;
    Group portrait = photo("content/people/a/a.jpg");
    for (const auto& [key, value] : std::vector<std::pair<std::string, std::string>>{
             {"head", "0.45"}, {"turn", "-1.5"}, {"trim", "yes"}, {"old_print", "yes"}})
        portrait.push_back({key, value});
    build.add("person", "a", "王样例", {{"portrait", portrait}});
    const auto requests = planned(build.site);
    REQUIRE(requests.size() == 1);
    CHECK(requests[0].treatment == Treatment{.focus = std::nullopt,
                                             .head = 0.45,
                                             .turn = -1.5,
                                             .trim = true,
                                             .old_print = true,
                                             .portrait = true});
}

TEST_CASE("a crop round one head is for pictures of one person") {
    Recipe card;
    card.crop = Crop::portrait;
    Treatment one_person;
    one_person.portrait = true;
    CHECK(suited(card, one_person).crop == Crop::portrait);
    CHECK(suited(card, {}).crop == Crop::focus);
    card.crop = Crop::none;
    CHECK(suited(card, {}).crop == Crop::none);
}

TEST_CASE("published names are ASCII and tell two portraits apart") {
    CHECK(media_name("content/people/wang-yangli/portrait.jpg") == "wang-yangli-portrait");
    CHECK(media_name("content/people/Wang Yangli.JPG") == "wang-yangli");
    CHECK(media_name("content/people/王样例/照片.jpg") == "file");
    CHECK(media_name("assets/film.mp4") == "film");
}

TEST_CASE("a picture is offered whole where it or its record says so, and its own word goes first") {
    const auto offered = [](bool record, std::optional<bool> own) {
        SiteBuilder build;
        Group picture = photo("content/albums/a.jpg");
        if (own) picture.push_back({"download", *own ? "yes" : "no"});
        build.add("album", "a", "影集", {{"download", record ? "yes" : "no"}, {"photos", List{picture}}});
        const auto requests = planned(build.site);
        REQUIRE(requests.size() == 1);
        return requests[0].download;
    };
    CHECK_FALSE(offered(false, std::nullopt));
    CHECK(offered(true, std::nullopt));
    CHECK(offered(false, true));
    CHECK_FALSE(offered(true, false));
}

TEST_CASE("the table finds by file and focus") {
    ImageTable table;
    ImageEntry entry;
    entry.width = 7;
    table.add("a.jpg", {.focus = Focus{0.5, 0.25}}, entry);
    REQUIRE(table.find("a.jpg", {.focus = Focus{0.5, 0.25}}) != nullptr);
    CHECK(table.find("a.jpg", {.focus = Focus{0.5, 0.25}})->width == 7);
    CHECK(table.find("a.jpg", {.focus = Focus{0.5, 0.26}}) == nullptr);
    CHECK(table.find("a.jpg", {.focus = Focus{0.5, 0.25}, .trim = true}) == nullptr);
    CHECK(table.find("a.jpg", {}) == nullptr);
    CHECK(table.find("b.jpg", {.focus = Focus{0.5, 0.25}}) == nullptr);
}

TEST_CASE("a record's face is its own picture, else that of whom it shows") {
    SiteBuilder build;
    const RecordId person = build.add("person", "a", "王样例", {{"portrait", photo("content/people/a.jpg")}});
    const RecordId oral = build.add("oral", "o", "口述", {{"narrator", person}});
    const RecordId lecture = build.add("lecture", "l", "宣讲", {{"lecturer", person}});
    const RecordId show =
        build.add("exhibition", "s", "展",
                  {{"sections", Group{{"title", "一"}, {"exhibits", List{Group{{"person", person}}}}}}});
    const RecordId gallery = build.add("person", "b", "李样例", {{"gallery", photo("content/people/b.jpg")}});
    for (const RecordId id : {oral, lecture, show}) CHECK(face_of(build.site, id).owner == person);
    CHECK(face_of(build.site, gallery).owner == no_record);
}
