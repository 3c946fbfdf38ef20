#include "hanzi/stroke_order.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <vector>

#include "base/text.h"
#include "hanzi/hanzi_table.h"

namespace qunying {
namespace {

using Names = std::vector<std::string>;

Names in_order(Names names, NameOrder order = NameOrder::surname_strokes) {
    std::ranges::sort(names, {}, [order](const std::string& name) { return stroke_key(name, order); });
    return names;
}

Names characters(std::string_view text) {
    Names each;
    for (const char32_t c : to_utf32(text)) each.push_back(to_utf8(std::u32string(1, c)));
    return each;
}

std::string joined(const Names& names) { return join(names, ""); }

TEST_CASE("surnames stand in the official order of strokes") {
    const std::string official = "丁于王韦尤牛毛卞文方尹孔平田刘许李杨吴汪沈宋张陆陈林欧金周胡";
    Names shuffled = characters(official);
    std::ranges::sort(shuffled);
    CHECK(joined(in_order(shuffled)) == official);
    std::ranges::reverse(shuffled);
    CHECK(joined(in_order(shuffled)) == official);
}

TEST_CASE("names of the seeds") {
    const Names wanted = {"平龙根", "田建刚", "刘希政", "许宏彬", "许昆林", "杨自中", "张燕", "胡熠烨"};
    Names names = wanted;
    std::ranges::reverse(names);
    CHECK(in_order(names) == wanted);
    CHECK(in_order(names, NameOrder::full_name_strokes) == wanted);
}

TEST_CASE("a name of two characters is widened by a blank, or not") {
    CHECK(in_order({"田大利", "田富"}, NameOrder::surname_strokes) == Names{"田富", "田大利"});
    CHECK(in_order({"田富", "田大利"}, NameOrder::full_name_strokes) == Names{"田大利", "田富"});
    CHECK(in_order({"田一", "田一一"}, NameOrder::full_name_strokes) == Names{"田一", "田一一"});
    CHECK(in_order({"王大", "王一丁", "王一"}, NameOrder::surname_strokes) ==
          Names{"王一", "王大", "王一丁"});
}

TEST_CASE("a compound surname stands at its first character") {
    CHECK(in_order({"金明", "欧阳修", "周山", "欧小平", "林一"}) ==
          Names{"林一", "欧小平", "欧阳修", "金明", "周山"});
}

TEST_CASE("white space, dots and variation selectors do not count") {
    for (const NameOrder order : {NameOrder::surname_strokes, NameOrder::full_name_strokes}) {
        const StrokeKey key = stroke_key("张燕", order);
        CHECK(stroke_key("张　燕", order) == key);
        CHECK(stroke_key(" 张 燕\t", order) == key);
        CHECK(stroke_key("张\u200B燕", order) == key);
        CHECK(stroke_key("张燕\U000E0100", order) == key);
        CHECK(stroke_key("买买提·艾力", order) == stroke_key("买买提艾力", order));
        CHECK(stroke_key("买买提•艾力", order) == stroke_key("买买提艾力", order));
    }
    CHECK(in_order({"艾力", "买买提·艾力", "刘一", "阿不力孜·买买提"}) ==
          Names{"艾力", "刘一", "买买提·艾力", "阿不力孜·买买提"});
}

TEST_CASE("the profile's stroke_key is put in order instead of the name") {
    CHECK(stroke_key("𪚥某", NameOrder::surname_strokes, "丁一") ==
          stroke_key("丁一", NameOrder::surname_strokes));
    CHECK(stroke_key("丁一", NameOrder::surname_strokes, "") ==
          stroke_key("丁一", NameOrder::surname_strokes));
}

TEST_CASE("rare characters: Ext B by its strokes after the listed ones, private use and letters last") {
    CHECK(stroke_count(U'𠀀') == 2);
    CHECK(stroke_count(U'𪚥') == 64);
    CHECK(in_order({"三", "𠀀", "丁", "人", "一"}) == Names{"一", "丁", "人", "𠀀", "三"});
    CHECK(in_order({"John", "\uE000", "𪚥", "龘"}) == Names{"龘", "𪚥", "John", "\uE000"});
    CHECK(in_order({"〇", "一", "二"}) == Names{"一", "〇", "二"});
}

TEST_CASE("a compatibility ideograph keeps its own place and is not taken for another character") {
    CHECK(stroke_count(U'\uF9D1') == stroke_count(U'六'));
    CHECK(stroke_key("\uF9D1", NameOrder::surname_strokes) != stroke_key("六", NameOrder::surname_strokes));
}

TEST_CASE("stroke counts follow the mainland's forms") {
    CHECK(stroke_count(U'一') == 1);
    CHECK(stroke_count(U'田') == 5);
    CHECK(stroke_count(U'范') == 8);
    CHECK(stroke_count(U'骨') == 9);
    CHECK(stroke_count(U'鼎') == 12);
    CHECK(stroke_count(U'燕') == 16);
    CHECK(stroke_count(U'皙') == 13);  // cnchar-order gives 12
    CHECK(stroke_count(U'䴓') == 9);   // Unihan counts the traditional bird
    CHECK(stroke_count(U'〇') == 1);
    CHECK(stroke_count(U'a') == 0);
    CHECK(stroke_count(U'\uE000') == 0);
    CHECK(stroke_count(0x10FFFF) == 0);
}

TEST_CASE("broken text has a key, too, and the empty name comes first") {
    CHECK(stroke_key("", NameOrder::surname_strokes).bytes.empty());
    CHECK(stroke_key("张\xff", NameOrder::surname_strokes).bytes.size() == 9);
    CHECK(in_order({"一", ""}) == Names{"", "一"});
}

TEST_CASE("hanzi that differ in nothing but the last rules: 工 土 士, 八 人 入") {
    CHECK(joined(in_order(characters("士土工"))) == "工土士");
    CHECK(joined(in_order(characters("入人八"))) == "八人入");
}

TEST_CASE("within each level of 通用规范汉字表 the order is the table's own, without exception") {
    const auto listed = hanzi_table::listed;
    REQUIRE(listed.size() == 8105);
    for (std::size_t i = 1; i < listed.size(); ++i) {
        if (i == 3500 || i == 6500) continue;
        CAPTURE(i);
        REQUIRE(hanzi_table::stroke_rank(listed[i - 1]) < hanzi_table::stroke_rank(listed[i]));
        REQUIRE(stroke_count(listed[i - 1]) <= stroke_count(listed[i]));
    }
}

TEST_CASE(
    "over all hanzi the stroke count decides first, and listed ones stand before all others of their count") {
    struct Place {
        std::uint32_t rank;
        int count;
        bool listed;
    };
    std::vector<Place> places;
    std::vector<char32_t> listed(hanzi_table::listed.begin(), hanzi_table::listed.end());
    std::ranges::sort(listed);
    for (const hanzi_table::Run& run : hanzi_table::runs)
        for (char32_t c = run.first; c <= run.last; ++c)
            places.push_back(
                {hanzi_table::stroke_rank(c), stroke_count(c), std::ranges::binary_search(listed, c)});
    REQUIRE(places.size() > 98000);
    std::ranges::sort(places, {}, &Place::rank);
    for (std::size_t i = 0; i < places.size(); ++i) {
        CAPTURE(i);
        REQUIRE(places[i].rank == i + 1);
        if (i == 0) continue;
        const Place &before = places[i - 1], &here = places[i];
        REQUIRE(before.count <= here.count);
        REQUIRE((before.count < here.count || before.listed || !here.listed));
    }
}

TEST_CASE("the three levels are merged stroke by stroke") {
    // 亓 and 爿 are of level 2, all others of level 1.
    CHECK(joined(in_order(characters("云亓无元天井"))) == "井亓天元无云");
    CHECK(joined(in_order(characters("丑爿引巴"))) == "引丑爿巴");
    // 卬 of level 3 has no known sequence and is the first of its count there: it stands before its successor
    // 殳.
    CHECK(joined(in_order(characters("殳卬毌六凤"))) == "凤卬殳毌六");
}

}  // namespace
}  // namespace qunying
