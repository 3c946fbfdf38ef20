#include "base/private_data.h"

#include <doctest/doctest.h>

#include "base/text.h"

using namespace qunying;

namespace {

// What is found, as the texts themselves.
std::vector<std::string> found_in(std::string_view text, PrivateKind kind) {
    std::vector<std::string> found;
    for (const PrivateMatch& match : find_private_data(text)) {
        CHECK(match.kind == kind);
        found.emplace_back(text.substr(match.begin, match.length));
    }
    return found;
}

bool is_clean(std::string_view text) {
    const auto found = find_private_data(text);
    for (const PrivateMatch& match : found) MESSAGE(text.substr(match.begin, match.length));
    CHECK(holds_private_data(text) == !found.empty());
    return found.empty();
}

}  // namespace

// Of the standard's own example.
constexpr std::string_view id_with_x = "11010519491231002X";

TEST_CASE("an identity card number is found by its check character") {
    const std::string text = std::string("身份证：") + std::string(id_with_x) + "，请核对";
    CHECK(found_in(text, PrivateKind::id_number) == std::vector<std::string>{std::string(id_with_x)});
    CHECK(find_private_data("11010519491231002x").size() == 1);
    CHECK(find_private_data("110105 19491231 002X").size() == 1);
    CHECK(find_private_data("110105-19491231-002X").size() == 1);
    CHECK(find_private_data("１１０１０５１９４９１２３１００２Ｘ").size() == 1);
    CHECK(find_private_data("1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X").size() == 1);
    CHECK(is_clean("110105194912310021"));  // wrong check character
    CHECK(is_clean("110105194913310027"));  // no such month
    CHECK(is_clean("A11010519491231002X"));
    CHECK(is_clean("11010519491231002XY"));
    CHECK(is_clean("111010519491231002X"));
}

TEST_CASE("the older number of fifteen digits is found by its day of birth") {
    CHECK(found_in("证号110105491231002。", PrivateKind::id_number) ==
          std::vector<std::string>{"110105491231002"});
    CHECK(is_clean("110105491331002"));  // no such month
    CHECK(is_clean("000105491231002"));  // no such province
    CHECK(is_clean("编号 https://example.org/110105491231002"));
}

TEST_CASE("mobiles are found however their digits are parted") {
    for (const char* text :
         {"13812341234", "138 1234 1234", "138-1234-1234", "138－1234－1234", "１３８１２３４１２３４",
          "138　1234　1234", "+86 138 1234 1234", "+8613812341234", "8613812341234", "008613812341234",
          "1 3 8 1 2 3 4 1 2 3 4", "138 12341234", "1381234 1234", "138 - 1234 - 1234", "138–1234–1234"}) {
        CAPTURE(text);
        const auto found = find_private_data(text);
        REQUIRE(found.size() == 1);
        CHECK(found[0].kind == PrivateKind::mobile);
    }
    CHECK(found_in("电话13812341234或Tel19912341234。", PrivateKind::mobile) ==
          std::vector<std::string>{"13812341234", "19912341234"});
    CHECK(found_in("照片_13812341234.jpg", PrivateKind::mobile) == std::vector<std::string>{"13812341234"});
    CHECK(found_in("<a href=\"tel:13812341234\">", PrivateKind::mobile).size() == 1);
    CHECK(found_in("2020年11月13812341234", PrivateKind::mobile).size() == 1);
    CHECK(found_in("表：2020 13812341234 15", PrivateKind::mobile).size() == 1);
}

TEST_CASE("what only looks like a mobile is none") {
    for (const char* text : {"0512-65001234",
                             "12812341234",
                             "1381234123",
                             "138123412345",
                             "13812341234元",
                             "13812341234.56",
                             "3.13812341234",
                             "f13812341234",
                             "13812341234a",
                             "https://example.org/13812341234",
                             "1949-2020 1234567",
                             "2020-11-13",
                             "2020 11 13 1949",
                             "〔2020〕13812号",
                             "京ICP备19054529号-1",
                             "京公网安备11010602060068号",
                             "550e8400-e29b-41d4-a716-138123412345",
                             "portrait-13812345-320.jpg",
                             "1 3 8 1 2 3 4 1 2 3 4 5",
                             "95588",
                             "400-820-8820",
                             "13 8 12 341 234"}) {
        CAPTURE(text);
        CHECK(is_clean(text));
    }
}

TEST_CASE("bank cards are found by their check digit") {
    CHECK(found_in("卡号6222021234567890128", PrivateKind::bank_card).size() == 1);
    CHECK(found_in("4111111111111111", PrivateKind::bank_card).size() == 1);
    CHECK(found_in("4111 1111 1111 1111", PrivateKind::bank_card).size() == 1);
    CHECK(found_in("4111-1111-1111-1111", PrivateKind::bank_card).size() == 1);
    CHECK(found_in("４１１１１１１１１１１１１１１１", PrivateKind::bank_card).size() == 1);
    CHECK(is_clean("4111111111111112"));                      // wrong check digit
    CHECK(is_clean("20201113093012345"));                     // a time
    CHECK(is_clean("41111111111111111111"));                  // twenty digits
    CHECK(is_clean("https://example.org/4111111111111111"));  // an address
    CHECK(is_clean("b4111111111111111"));
    CHECK(is_clean("4111 1111 1111 11 11"));
}

TEST_CASE("homes are found where somebody lives or where only homes are numbered so") {
    for (const char* text : {"家住人民路100号", "现住平江街道幸福小区5幢2单元301室", "幸福小区5幢301室",
                             "翠园新村12幢3单元402", "住址：人民路100号", "家庭地址 和平巷5号",
                             "住在李庄村3组12号", "李庄村3组12号", "延安路100弄5号301室", "幸福小区5-2-301",
                             "幸福小区五幢二单元三〇一室", "家住和平巷五号", "居住在东环路８８号"}) {
        CAPTURE(text);
        const auto found = find_private_data(text);
        REQUIRE(found.size() == 1);
        CHECK(found[0].kind == PrivateKind::address);
        CHECK_FALSE(found[0].maybe_office);
    }
}

TEST_CASE("an office's address is only perhaps one of a home") {
    for (const char* text : {"人民路100号301室", "行政中心3号楼201室", "延安路100弄5号"}) {
        CAPTURE(text);
        const auto found = find_private_data(text);
        REQUIRE(found.size() == 1);
        CHECK(found[0].maybe_office);
    }
    for (const char* text : {"人民路100号",
                             "家住平江街道",
                             "苏州市姑苏区平江街道",
                             "第3组",
                             "301室",
                             "3号楼",
                             "办公室主任",
                             "工作室5个",
                             "住院12天",
                             "居住面积100平方米",
                             "抗战3组数据",
                             "文号5号",
                             "共5个单元",
                             "第一单元",
                             "一室一厅",
                             "3-2-1",
                             "翠岗花园社区“夕阳红”党支部",
                             "住在平江街道的3位老人",
                             "国发〔2020〕12号",
                             "某部5连3组"}) {
        CAPTURE(text);
        CHECK(is_clean(text));
    }
}

TEST_CASE("plates of cars are found") {
    CHECK(found_in("车牌苏E12345。", PrivateKind::plate) == std::vector<std::string>{"苏E12345"});
    CHECK(find_private_data("苏E·12345").size() == 1);
    CHECK(find_private_data("苏E D12345").size() == 1);
    CHECK(find_private_data("沪AD12345").size() == 1);
    CHECK(is_clean("苏ICP备19054529号"));
    CHECK(is_clean("江苏A12"));
    CHECK(is_clean("新T1234567"));
}

TEST_CASE("masks are as long as what they hide") {
    const auto masked = [](std::string_view text) {
        const std::string out = mask_private_data(text);
        CHECK(out.size() == text.size());
        CHECK(display_width(out) == display_width(text));
        CHECK(is_clean(out));
        return out;
    };
    CHECK(masked("电话13812341234。") == "电话138****1234。");
    CHECK(masked("138 1234 1234") == "138 **** 1234");
    CHECK(masked("１３８１２３４１２３４") == "１３８＊＊＊＊１２３４");
    CHECK(masked("11010519491231002X") == "11*************02X");
    CHECK(masked("4111 1111 1111 1111") == "4111 **** **** 1111");
    CHECK(masked("苏E12345") == "苏E*****");
    CHECK(masked("家住平江街道幸福小区5幢301室。") == "家住平江街道＊＊＊＊*＊***＊。");
    CHECK(masked("没有什么可遮的，1949年9月。") == "没有什么可遮的，1949年9月。");
    CHECK(masked("13812341234、13912341234") == "138****1234、139****1234");
}

TEST_CASE("a place is masked by itself though it looks like nothing then") {
    const std::string text = "家住平江街道人民路100号。";
    const auto found = find_private_data(text);
    REQUIRE(found.size() == 1);
    CHECK(masked(text, found[0]) == "平江街道＊＊＊***＊");
    CHECK(find_private_data("平江街道人民路100号").empty());
}

TEST_CASE("an editor may let something pass, whichever way it is written") {
    const std::vector<std::string> allowed = {"13812341234", "人民路100号301室", ""};
    CHECK(is_allowed("138 1234 1234", allowed));
    CHECK(is_allowed("１３８１２３４１２３４", allowed));
    CHECK(is_allowed("在人民路100号301室", allowed));
    CHECK_FALSE(is_allowed("13812341235", allowed));
    CHECK_FALSE(is_allowed("人民路100号302室", allowed));
    CHECK_FALSE(is_allowed("5幢人民路100号301室", allowed));
    CHECK_FALSE(is_allowed("13812341234", {}));
}

TEST_CASE("any bytes may come in") {
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
    for (std::size_t from = 0; from < bytes.size(); ++from)
        find_private_data(std::string_view(bytes).substr(from));
    for (const char* text :
         {"", "\xEF", "1\xEF\xBC", "\xE5\xAE", "室", "住", "5\xE5", "1", "苏", "苏E", "苏E1"})
        CHECK(find_private_data(text).empty());
}

// A megabyte of each is done within the time that ctest gives this program; work that grew with the square of
// the text would take minutes.
TEST_CASE("the work is linear in the text") {
    for (const char* unit : {"1", "1 ", "室", "住", "一", "5幢", "家住", "138 1234 ", "https://1/13812341234",
                             "1-2-3-", "苏E1", "4111 1111 1111 1111 "}) {
        CAPTURE(unit);
        std::string text;
        while (text.size() < 500'000) text += unit;
        const std::size_t found = find_private_data(text).size();
        CHECK(find_private_data(text + text).size() >= found);
    }
}
