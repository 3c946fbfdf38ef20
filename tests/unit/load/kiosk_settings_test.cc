// `kiosk:` and `venues:` of site.yaml as people write them.
#include <doctest/doctest.h>

#include "load/settings.h"
#include "load/settings_kiosk.h"

using namespace qunying;

namespace {

struct Loaded {
    Sources sources;
    Diagnostics diagnostics;
    SiteSettings settings;

    explicit Loaded(const std::string& more) {
        const SourceId file = sources.add("content/site.yaml", "title: 样例群英谱\n" + more);
        settings = load_settings(sources[file], diagnostics).settings;
        diagnostics.settle(sources);
    }
    std::vector<DiagnosticKind> kinds() const {
        std::vector<DiagnosticKind> all;
        for (const Diagnostic& each : diagnostics.items()) all.push_back(each.kind);
        return all;
    }
};

OpeningHours hours(unsigned days, int from, int to) { return {static_cast<std::uint8_t>(days), from, to}; }

}  // namespace

TEST_CASE("opening hours are read as they stand on doors") {
    CHECK(read_opening_hours("8:30-17:00") == hours(127, 510, 1020));
    CHECK(read_opening_hours("08：30—17：00") == hours(127, 510, 1020));
    CHECK(read_opening_hours("每天 9点至16点半") == hours(127, 540, 990));
    CHECK(read_opening_hours("周二至周日 8:30-17:00") == hours(0b1111110, 510, 1020));
    CHECK(read_opening_hours("周二—日 8:30 - 17:00") == hours(0b1111110, 510, 1020));
    CHECK(read_opening_hours("星期六、星期天 9:00——24:00") == hours(0b1100000, 540, 1440));
    CHECK(read_opening_hours("周五至周一 9:00到10:00") == hours(0b1110001, 540, 600));
    CHECK(read_opening_hours("周一、三、五 9:00-10:00") == hours(0b0010101, 540, 600));
}

TEST_CASE("what is no opening hours is refused") {
    for (const char* text :
         {"", "开放", "8:30", "17:00-8:30", "8:30-8:30", "25:00-26:00", "8:60-9:00", "周八 8:30-17:00",
          "周二至 8:30-17:00", "周二、 8:30-17:00", "8:30-17:00 左右", "24:30-25:00", "-1:00-2:00"}) {
        CAPTURE(text);
        CHECK_FALSE(read_opening_hours(text).has_value());
    }
}

TEST_CASE("a site says nothing of kiosks: a screen of 43 inches that is always on") {
    const Loaded site("");
    CHECK(site.kinds().empty());
    CHECK(site.settings.venues.empty());
    CHECK(site.settings.kiosk.diagonal == 43);
    CHECK(site.settings.kiosk.idle == 120);
    CHECK(site.settings.kiosk.open.empty());
    CHECK(site.settings.kiosk.code.empty());
}

TEST_CASE("a venue has what it does not say from the site's own settings") {
    const Loaded site(
        R"(kiosk: {screen: 55, size: 1920×1080, lower_edge: 750, open: [周二至周日 8:30-17:00], volume: 40, code: "2580", exhibitions: [a, b]}
场馆:
  - {编号: first, 名称: 一号馆, 屏幕尺寸: 21.5, 展览: [b], 无人操作: 90}
  - {id: second, open: 9:00-16:00}
)");
    CHECK(site.kinds().empty());
    REQUIRE(site.settings.venues.size() == 2);
    const KioskSettings& first = site.settings.venues[0];
    CHECK(first.venue == "first");
    CHECK(first.name == "一号馆");
    CHECK(first.diagonal == 21.5);
    CHECK(first.width == 1920);
    CHECK(first.lower_edge == 750);
    CHECK(first.idle == 90);
    CHECK(first.volume == 40);
    CHECK(first.code == "2580");
    CHECK(first.exhibitions == std::vector<std::string>{"b"});
    CHECK(first.open == site.settings.kiosk.open);
    const KioskSettings& second = site.settings.venues[1];
    CHECK(second.name.empty());
    CHECK(second.exhibitions == std::vector<std::string>{"a", "b"});
    CHECK(second.open == std::vector<OpeningHours>{hours(127, 540, 960)});
    CHECK(site.settings.kiosk.venue.empty());
}

TEST_CASE("what cannot be a screen's setting is said, once each") {
    constexpr auto bad_kiosk_setting = DiagnosticKind::bad_kiosk_setting;
    constexpr auto out_of_range = DiagnosticKind::out_of_range;
    constexpr auto missing_field = DiagnosticKind::missing_field;
    constexpr auto venue_twice = DiagnosticKind::venue_twice;
    CHECK(Loaded("kiosk: {size: 大屏}\n").kinds() == std::vector{bad_kiosk_setting});
    CHECK(Loaded("kiosk: {size: 1080x}\n").kinds() == std::vector{bad_kiosk_setting});
    CHECK(Loaded("kiosk: {size: 10x20}\n").kinds() == std::vector{bad_kiosk_setting});
    CHECK(Loaded("kiosk: {open: 全天}\n").kinds() == std::vector{bad_kiosk_setting});
    CHECK(Loaded("kiosk: {code: abcd}\n").kinds() == std::vector{bad_kiosk_setting});
    CHECK(Loaded("kiosk: {code: 12}\n").kinds() == std::vector{bad_kiosk_setting});
    CHECK(Loaded("kiosk: {screen: 500}\n").kinds() == std::vector{out_of_range});
    CHECK(Loaded("kiosk: {idle: 5}\n").kinds() == std::vector{out_of_range});
    CHECK(Loaded("kiosk: {volume: 多}\n").kinds() == std::vector{out_of_range});
    CHECK(Loaded("venues: [{id: 一号馆}]\n").kinds() == std::vector{bad_kiosk_setting});
    CHECK(Loaded("venues: [{name: 一号馆}]\n").kinds() == std::vector{missing_field});
    CHECK(Loaded("venues: [{id: a}, {id: b}, {id: a}]\n").kinds() == std::vector{venue_twice});
}

TEST_CASE("a screen whose controls nobody reaches is pointed out") {
    const Loaded site("kiosk: {screen: 55, size: 1920x1080, lower_edge: 1400}\n");
    REQUIRE(site.kinds() == std::vector{DiagnosticKind::kiosk_out_of_reach});
    CHECK_FALSE(site.diagnostics.has_errors());
    CHECK(Loaded("venues: [{id: high, lower_edge: 1500}]\n").kinds() ==
          std::vector{DiagnosticKind::kiosk_out_of_reach});
}
