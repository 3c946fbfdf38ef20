#include "fonts/line_breaks.h"

#include <doctest/doctest.h>

#include "base/text.h"

using namespace qunying;

namespace {

// Hanzi and marks an em wide, everything else half of it.
std::vector<TextUnit> units_of(std::string_view text, const std::vector<std::u32string>& unbroken = {}) {
    const std::u32string all = to_utf32(text);
    std::vector<double> advances;
    for (const char32_t c : all) advances.push_back(c < 0x250 ? 0.5 : 1.0);
    return text_units(all, advances, 1, unbroken);
}

std::string texts_of(const std::vector<TextUnit>& units, const std::vector<TextLine>& lines) {
    std::string all;
    for (const TextLine& line : lines) {
        std::u32string text;
        for (std::size_t i = line.begin; i < line.end; ++i) text += units[i].character;
        all += (all.empty() ? "" : "|") + to_utf8(text);
    }
    return all;
}

std::string broken(std::string_view text, double width, const std::vector<std::u32string>& unbroken = {}) {
    const auto units = units_of(text, unbroken);
    return texts_of(units, break_lines(units, width));
}

std::string balanced(std::string_view text, double width) {
    const auto units = units_of(text);
    return texts_of(units, balanced_lines(units, width));
}

}  // namespace

TEST_CASE("no line begins with a closing mark or ends with an opening one") {
    CHECK(broken("他说，好的。", 4) == "他说，好|的。");
    CHECK(broken("一二三四，五六", 4) == "一二三|四，五六");
    CHECK(broken("一二三“四五”", 4) == "一二三|“四五”");
    CHECK(broken("一二三——四五", 4) == "一二|三——四|五");
}

TEST_CASE("a mark at the end of a line may stick out by its empty half, a line begins with no empty half") {
    CHECK(broken("一二三四。", 4.5) == "一二三四。");
    CHECK(broken("一二三四。", 4.4) == "一二三|四。");
    const auto units = units_of("“一二");
    const auto lines = break_lines(units, 9);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].width == doctest::Approx(2.5));
}

TEST_CASE("marks that meet share their blank, hanzi and letters get a gap") {
    const auto width = [](std::string_view text) { return break_lines(units_of(text), 99)[0].width; };
    CHECK(width("一”，二") == doctest::Approx(3.5));
    CHECK(width("一。“二") == doctest::Approx(3.5));
    CHECK(width("一《“二") == doctest::Approx(3.5));
    CHECK(width("甲AB乙") == doctest::Approx(3.4));
}

TEST_CASE("words, numbers with what they count, and names stay whole") {
    CHECK(broken("一二三2023年", 4) == "一二三|2023年");
    CHECK(broken("共有147支", 4) == "共有|147支");
    CHECK(broken("同志王样例", 4, {U"王样例"}) == "同志|王样例");
    CHECK(broken("同志王样例", 4) == "同志王样|例");
    CHECK(broken("阿卜杜拉·样例江", 5, {U"阿卜杜拉·样例江"}) == "阿卜杜拉·|样例江");
}

TEST_CASE("an address is broken behind a slash or hyphen, and a word too long for a line where it must") {
    CHECK(broken("example.org/people/wang.html", 10) == "example.org/people/|wang.html");
    CHECK(broken("abcdefgh", 2) == "abcd|efgh");
    CHECK(broken("ab cd", 1.2) == "ab|cd");
    CHECK(broken("字", 0.1) == "字");
}

TEST_CASE("lines are of about the same length, and never more of them") {
    CHECK(balanced("一二三四五六七", 6) == "一二三四|五六七");
    CHECK(balanced("一二三", 6) == "一二三");
    CHECK(balanced("一二三四五六七八九十甲乙丙", 6) == "一二三四五|六七八九十|甲乙丙");
}
