#include "base/characters.h"

#include <doctest/doctest.h>
#include <random>

#include "base/text.h"

using namespace qunying;

TEST_CASE("common are U+4E00 to 9FA5, ASCII and the marks of every day") {
    CHECK(uncommon_characters("王杨利，2024年“好”……（《甲》）、；：？！—～　") == "");
    CHECK(uncommon_characters("䶮㛃镕𬭎𫖯𠅤·〔1〕×①āǎ") ==
          "·×āǎ①〔〕㛃䶮𠅤𫖯𬭎");
    CHECK(uncommon_characters("䶮䶮") == "䶮");
    CHECK(is_common_character(0x4E00));
    CHECK_FALSE(is_common_character(0x4DFF));
    CHECK(is_common_character(0x9FA5));
    CHECK_FALSE(is_common_character(0x9FA6));
    CHECK_FALSE(is_common_character(U'〇'));
}

TEST_CASE("the quick look agrees with the slow one for every character") {
    for (char32_t c = 1; c < 0x40000; ++c) {
        if (c >= 0xD800 && c < 0xE000) continue;
        std::string text;
        append_utf8(text, c);
        const bool wanted = !is_common_character(c) && !is_invisible(c);
        if ((uncommon_characters("甲" + text + "a") == text) != wanted) FAIL("U+" << std::uint32_t{c});
        // Wherever it stands among the sixteen bytes that are looked at in one step.
        const std::string before(c % 16, 'a'), long_text = before + text + "，甲人不电脑队面龥\n乙丙丁";
        if ((uncommon_characters(long_text) == text) != wanted) FAIL("U+" << std::uint32_t{c});
    }
}

TEST_CASE("what no font draws is in no set") {
    CharacterSet set;
    set.add_all("甲\u200B\uFE0F\uFEFF\n乙");
    CHECK(set.sorted() == U"乙甲");
    set.add_uncommon("丙䶮");
    CHECK(set.sorted() == U"䶮乙甲");
    CHECK(set.contains(U'䶮'));
    CHECK_FALSE(set.contains(U'丙'));
    CHECK_FALSE(set.contains(0x10FFFF));
}

TEST_CASE("sets grow into one another") {
    CharacterSet a, b;
    CHECK(a.empty());
    a.merge(b);
    CHECK(a.empty());
    b.add(U'𬭎');
    a.merge(b);
    CHECK(a.sorted() == U"𬭎");
    a.add(0x40000);  // nothing is drawn out there
    CHECK(a.sorted() == U"𬭎");
}

TEST_CASE("broken bytes are no characters") {
    CHECK(uncommon_characters("\xE9\xBE") == "");
    CHECK(uncommon_characters("\xE4") == "");
    CHECK(uncommon_characters("甲\xF0\xAC") == "");
}
