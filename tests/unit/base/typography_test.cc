#include "base/typography.h"

#include <doctest/doctest.h>
#include <random>

#include "base/text.h"

using namespace qunying;

namespace {

std::string set(std::string_view text, char32_t before = 0, char32_t after = 0) {
    std::string html;
    append_typeset(html, text, {before, after});
    return html;
}

// <name|words> for a span, so that cases can be read.
std::string shown(std::string_view text, char32_t before = 0, char32_t after = 0) {
    std::string html = set(text, before, after);
    html = replace_all(html, "<span class=", "‹");
    html = replace_all(html, "</span>", "›");
    return replace_all(html, ">", "|");
}

}  // namespace

TEST_CASE("letters and digits keep their distance from hanzi, and from nothing else") {
    CHECK(shown("共3人") == "共‹lat|3›人");
    CHECK(shown("2024年") == "‹lat-r|2024›年");
    CHECK(shown("获A") == "获‹lat-l|A›");
    CHECK(shown("2024年5月8日") == "‹lat-r|2024›年‹lat|5›月‹lat|8›日");
    CHECK(shown("（2024）") == "（2024）");
    CHECK(shown("，2024。") == "，2024。");
    CHECK(shown("“A”级") == "“A”级");
    CHECK(shown("在 2024 年") == "在 2024 年");  // the author's own gap
    CHECK(shown("占5%的") == "占‹lat|5%›的");
    CHECK(shown("约20℃时") == "约‹lat|20℃›时");
    CHECK(shown("用C++写") == "用‹lat-l|C›++写");
    CHECK(shown("与COVID-19 vaccine有关") == "与‹lat|COVID-19 vaccine›有关");
    CHECK(shown("长3.5米") == "长‹lat|3.5›米");
    CHECK(shown("喝café好") == "喝‹lat|café›好");
    CHECK(shown("第α组") == "第‹lat|α›组");
    CHECK(shown("䶮2𬭎") == "䶮‹lat|2›𬭎");
    CHECK(shown("A & B甲") == "‹lat-r|A &amp; B›甲");
    CHECK(shown("１２甲") == "１２甲");  // full-width ones are set like hanzi
    CHECK(shown("plain words") == "plain words");
    CHECK(shown("5", U'共', U'人') == "‹lat|5›");
    CHECK(shown("5", U'，', U'人') == "‹lat-r|5›");
    CHECK(shown("5", block_edge, block_edge) == "5");
}

TEST_CASE("of two full-width marks side by side one gives up its empty half") {
    CHECK(shown("》，") == "‹half|》›，");
    CHECK(shown("”，") == "‹half-q|”›，");
    CHECK(shown("。”") == "‹half|。›”");
    CHECK(shown("：“") == "‹half|：›“");
    CHECK(shown("，《") == "‹half|，›《");
    CHECK(shown("）（") == "‹half|）›（");
    CHECK(shown("”“") == "‹half-q|”›“");
    CHECK(shown("“《") == "“‹half-l|《›");
    CHECK(shown("《“") == "《‹half-lq|“›");
    CHECK(shown("（〔") == "（‹half-l|〔›");
    CHECK(shown("》》") == "‹half|》›》");
    CHECK(shown("。”）") == "‹half|。›‹half-q|”›）");
    CHECK(shown("’”") == "‹half-q|’›”");
    CHECK(shown("？”，") == "‹half|？›‹half-q|”›，");
    // Nothing to take between these.
    for (const char* alone : {"？！", "……”", "——“", "甲，乙", "“”", "（）", "、甲", "·〔", "，。"})
        CHECK(shown(alone) == alone);
    CHECK(shown("”", 0, U'，') == "‹half-q|”›");
    CHECK(shown("《", U'（') == "‹half-l|《›");
    CHECK(shown("《甲", block_edge) == "‹half-l|《›甲");
    CHECK(shown("甲》", 0, block_edge) == "甲》");
}

TEST_CASE("a paragraph's last two characters stay together") {
    const std::string twelve = "一二三四五六七八九十甲乙";
    const auto tail = [&](std::string_view end) {
        std::string html = typeset(twelve + std::string(end));
        CHECK(html.starts_with(twelve));
        return replace_all(replace_all(html.substr(twelve.size()), "<span class=tail>", "‹"), "</span>", "›");
    };
    CHECK(tail("终于好了。") == "终于‹好了。›");
    CHECK(tail("终于好了") == "终于‹好了›");
    CHECK(tail("终于好了！”") == "终于‹好了<span class=half>！›”›");
    CHECK(tail("终于好，了。") == "终于‹好，了。›");
    CHECK(tail("共有12人。") == "共有‹<span class=lat>12›人。›");
    CHECK(tail("终于好了……") == "终于好了……");
    CHECK(tail("见 see also") == "见 see also");
    CHECK(tail("看see also。") == "看<span class=lat-l>see also›。");  // no tail inside a word
    CHECK(typeset("一二三四五六七八九十甲乙丙。") == "一二三四五六七八九十甲乙丙。");  // one line anywhere
    CHECK(typeset("") == "");
}

TEST_CASE("a name breaks behind its dot and nowhere else") {
    std::string html;
    append_unbroken_name(html, "王样例");
    append_unbroken_name(html, "阿卜·杜拉");
    append_unbroken_name(html, "");
    CHECK(html ==
          "<span class=unbroken>王样例</span><span class=unbroken>阿卜·</span><wbr><span "
          "class=unbroken>杜拉</span>");
}

TEST_CASE("without its tags the html is the text") {
    const std::u32string letters =
        U"甲乙䶮𬭎aB29 ,.%·—…“”‘’（）《》〔〕，。、；：！？<&>\"'\n　";
    std::mt19937 random(1);
    for (int round = 0; round < 20000; ++round) {
        std::u32string text;
        for (std::size_t i = random() % 40; i > 0; --i) text += letters[random() % letters.size()];
        const std::string plain = to_utf8(text);
        std::string html;
        append_typeset(
            html, plain,
            {letters[random() % letters.size()], letters[random() % letters.size()], random() % 2 == 0});
        CAPTURE(plain);
        CAPTURE(html);
        REQUIRE(html_to_text(html) == plain);
        // Spans open and close.
        std::size_t open = 0;
        for (std::size_t at = html.find("span"); at != std::string::npos; at = html.find("span", at + 4)) {
            open += html[at - 1] == '<' ? 1 : 0;
            if (html[at - 1] == '/') {
                REQUIRE(open > 0);
                --open;
            }
        }
        REQUIRE(open == 0);
    }
}
