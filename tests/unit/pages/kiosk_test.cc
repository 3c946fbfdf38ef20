// The kiosk's own pages and files.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/text.h"
#include "pages/kiosk_codes.h"
#include "pages/kiosk_files.h"
#include "pages/kiosk_people.h"
#include "pages/kiosk_view.h"
#include "pages/qr_code.h"
#include "pages/shared_views.h"
#include "unit/pages/built_site.h"

using namespace qunying;
using namespace qunying::test;

namespace {

// 王样例 and 卫样章 begin with W, 阿迪力·买买提 has more syllables than two, 单样 is read shan; 无名 shall
// not be searched for.
Site hall_site() {
    SiteBuilder b;  // records are sorted by kind and slug
    const RecordId shan = b.add("person", "shan-yang", "单样");
    b.add("person", "unlisted", "吴名", {{"noindex", "yes"}});
    const RecordId wang = b.add("person", "wang-yangli", "王样例",
                                {{"former_post", "样例局退休干部"}, {"portrait", "content/people/wang.jpg"}});
    b.add("person", "wei-yangzhang", "卫样章", {{"life", "deceased"}, {"birth", "1924"}, {"died", "2021"}});
    b.add("exhibition", "portraits", "肖像展",
          {{"kind", "肖像展"},
           {"kiosk_loop", "12"},
           {"sections", List{Group{{"title", "一"},
                                   {"exhibits", List{Group{{"person", wang}, {"label", "她先到"}},
                                                     Group{{"person", shan}}}}}}}});
    b.add("exhibition", "quiet", "不轮播",
          {{"kind", "图片展"},
           {"sections", List{Group{{"title", "一"}, {"exhibits", List{Group{{"person", wang}}}}}}}});
    b.add("exhibition", "scenes", "图片展",
          {{"kind", "图片展"},
           {"kiosk_loop", "900"},
           {"sections", List{Group{{"title", "一"}, {"exhibits", List{Group{{"person", shan}}}}}}}});
    b.site.settings.base_url = "https://example.org/qunying/";
    return std::move(b.site);
}

std::map<std::string, std::string> kiosk_files(BuiltSite& built) {
    const SharedViews shared = share_views(built.context);
    built.context.shared = &shared;
    const PageKeys keys(built.context, {});
    std::map<std::string, std::string> texts;
    for (const PlainFile& file : plan_kiosk_files(built.context, built.jobs, keys))
        texts[file.path] = file.make();
    built.context.shared = nullptr;
    return texts;
}

std::vector<std::string> titles(const Value& slides, std::string_view path) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < slides.size(); ++i)
        all.emplace_back(at(slides, std::to_string(i) + "." + std::string(path)).as_text());
    return all;
}

}  // namespace

TEST_CASE("the loop shows the exhibits of the exhibitions that are marked for it") {
    const BuiltSite& built = kept_site(hall_site());
    const Value view = built.view("kiosk/index.html");
    const Value slides = at(view, "kiosk.slides");
    CHECK(titles(slides, "exhibit.person.title") == std::vector<std::string>{"王样例", "单样", "单样"});
    CHECK(at(slides, "0.exhibit.person.url").as_text() == "../people/wang-yangli.html");
    CHECK(at(slides, "0.exhibit.label").as_text() == "她先到");
    CHECK(at(slides, "0.seconds").as_integer() == 12);
    CHECK(at(slides, "2.seconds").as_integer() == 120);  // a screen that never changes is no loop
    CHECK(at(view, "kiosk.find_url").as_text() == "../kiosk/find.html");
    CHECK(at(view, "page.noindex").truthy());
}

TEST_CASE("a venue names its exhibitions and their order, marked or not") {
    Site site = hall_site();
    site.settings.kiosk.exhibitions = {"quiet", "gone", "portraits"};
    site.settings.kiosk.exhibition_spans.resize(3);
    const BuiltSite& built = kept_site(std::move(site));
    CHECK(titles(at(built.view("kiosk/index.html"), "kiosk.slides"), "exhibition.title") ==
          std::vector<std::string>{"不轮播", "肖像展", "肖像展"});
    Diagnostics diagnostics;
    check_looped_exhibitions(built.site, diagnostics);
    REQUIRE(diagnostics.items().size() == 1);
    CHECK(diagnostics.items()[0].kind == DiagnosticKind::kiosk_exhibition_unknown);
    CHECK(diagnostics.items()[0].words == std::vector<std::string>{"gone"});
}

TEST_CASE("a theme without kiosk has none of it") {
    BuiltSite built(hall_site(), {}, {"kiosk"});
    CHECK(built.job("kiosk/index.html") == nullptr);
    CHECK(built.job("kiosk/find.html") == nullptr);
    CHECK(kiosk_files(built).empty());
}

TEST_CASE("people are filed under the first letter of their names, with the first of every syllable") {
    BuiltSite built(hall_site());
    const auto files = kiosk_files(built);
    CHECK(files.count("kiosk/people-w.js") == 1);
    CHECK(files.count("kiosk/people-s.js") == 1);
    const std::string& text = files.at("kiosk/people-w.js");
    REQUIRE(text.starts_with("qunyingKioskPeople(\"w\","));
    const auto people = read_json(text.substr(23, text.size() - 25));
    REQUIRE(people);
    REQUIRE(people->items.size() == 2);  // nobody who shall not be searched for
    const auto wang = std::find_if(people->items.begin(), people->items.end(), [](const JsonValue& each) {
        return each.find("title")->text == "王样例";
    });
    REQUIRE(wang != people->items.end());
    CHECK(wang->find("keys")->text == "wyl");
    CHECK(wang->find("url")->text == "../people/wang-yangli.html");
    CHECK(wang->find("line")->text == "样例局退休干部");
    CHECK(wang->find("src")->text.ends_with(".jpg"));
    CHECK(text.find("吴名") == std::string::npos);
    CHECK(text.find("\"deceased\":true") != std::string::npos);
    const Value letters = at(built.view("kiosk/find.html"), "find.letters");
    CHECK(titles(letters, "letter") == std::vector<std::string>{"s", "w"});
}

TEST_CASE("another reading of a name makes another file of people") {
    Site site = hall_site();
    const auto key_of = [](Site from) {
        BuiltSite built(std::move(from));
        const SharedViews shared = share_views(built.context);
        built.context.shared = &shared;
        const PageKeys keys(built.context, {});
        Digest key;
        for (const PlainFile& file : plan_kiosk_people(built.context, keys))
            if (file.path == "kiosk/people-w.js") key = file.key;
        built.context.shared = nullptr;
        return key;
    };
    Site other = site;
    for (Record& record : other.records) {
        if (record.slug != "wang-yangli") continue;
        const Kind& kind = other.kinds[record.kind];
        record.fields[*kind.find("pinyin")] = FieldValue{std::string("wáng xiánglì"), {}, {}};
    }
    CHECK(key_of(site) == key_of(site));
    CHECK(key_of(site) != key_of(other));
}

TEST_CASE("the screen's style sheet says where hands reach, also when it is turned") {
    const std::string css = screen_stylesheet({});
    CHECK(css ==
          ":root{--band-above:47.5000vh;--band-below:21.0417vh;--controls-above:47.5000vh;--controls-below:"
          "21.0417vh;"
          "--free-above:0.0000vh;--free:47.5000vh;--target:60px;--text:30px}\n"
          "@media (orientation:landscape){:root{--band-above:6.6667vh;--band-below:37.4074vh;"
          "--controls-above:6.6667vh;--controls-below:43.3333vh;--free-above:56.6667vh;--free:43.3333vh;"
          "--target:60px;--text:30px}\n}\n");
}

TEST_CASE("the settings of a kiosk keep the staff's code from the web") {
    Site site = hall_site();
    site.settings.kiosk.code = "2580";
    site.settings.kiosk.name = "一号馆";
    site.settings.kiosk.open = {{0b1111110, 510, 1020}};
    BuiltSite built(std::move(site));
    built.context.generator = "qunying 0";
    const std::string on_web = kiosk_settings_script(built.context);
    CHECK(on_web.find("2580") == std::string::npos);
    built.context.audience = Audience::venue;
    const std::string script = kiosk_settings_script(built.context);
    CHECK(script ==
          "window.qunyingKiosk={\"venue\":\"\",\"name\":\"一号馆\",\"idle\":120,\"volume\":60,\"open\":[[126,"
          "510,1020]],"
          "\"width\":1080,\"height\":1920,\"density\":2.017,\"code\":\"2580\",\"codes\":true,\"version\":"
          "\"qunying 0\","
          "\"built\":\"2026-01-01\"}\n");
}

TEST_CASE("a venue's site has codes of outside addresses and of pages that are on the web too") {
    Site site = hall_site();
    for (Record& record : site.records) {
        if (record.slug == "wang-yangli")
            record.story.parts = {StoryText{"<p><a href=\"https://example.com/a?b=1&amp;c=2\">报道</a></p>"}};
    }
    BuiltSite built(std::move(site));
    CHECK(kiosk_files(built).count("kiosk/codes/" + qr_name("https://example.com/a?b=1&c=2") + ".svg") == 0);
    std::vector<bool> on_web(built.site.records.size(), true);
    for (std::size_t i = 0; i < on_web.size(); ++i) on_web[i] = built.site.records[i].slug != "shan-yang";
    built.context.audience = Audience::venue;
    built.context.on_web = &on_web;
    const auto files = kiosk_files(built);
    const auto has = [&](const std::string& address) {
        return files.count("kiosk/codes/" + qr_name(address) + ".svg") == 1;
    };
    CHECK(has("https://example.com/a?b=1&c=2"));
    CHECK(has("https://example.org/qunying/people/wang-yangli.html"));
    CHECK(has("https://example.org/qunying/exhibitions/portraits.html"));
    CHECK(has("https://example.org/qunying/index.html"));
    CHECK_FALSE(has("https://example.org/qunying/people/shan-yang.html"));  // shown in halls alone
    CHECK(at(built.view("people/shan-yang.html"), "page.canonical").is_none());
    CHECK(at(built.view("people/wang-yangli.html"), "page.canonical").as_text() ==
          "https://example.org/qunying/people/wang-yangli.html");
    CHECK_FALSE(has("https://example.org/qunying/kiosk/index.html"));
}

TEST_CASE("who takes his consent for the web back has another page in halls") {
    const auto key_of = [](bool on_web) {
        BuiltSite built(hall_site());
        const SharedViews shared = share_views(built.context);
        built.context.shared = &shared;
        built.context.audience = Audience::venue;
        const std::vector<bool> all(built.site.records.size(), on_web);
        built.context.on_web = &all;
        return *PageKeys(built.context, {}).page(*built.job("people/wang-yangli.html"));
    };
    CHECK(key_of(true) == key_of(true));
    CHECK(key_of(true) != key_of(false));
}

TEST_CASE("addresses in html are those of links, as a browser reads them") {
    CHECK(outside_addresses("<a href=\"https://a.cn/?x=1&amp;y=%E4%B8%80\">a</a><a href=\"../b.html\">b</a>"
                            "<a class=\"x\" href=\"http://c.cn\">c</a><a href=\"mailto:a@b.cn\">d</a>") ==
          std::vector<std::string>{"https://a.cn/?x=1&y=%E4%B8%80", "http://c.cn"});
    CHECK(outside_addresses("<a href=\"https://a.cn").size() <= 1);
}
