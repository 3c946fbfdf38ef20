#include "base/text.h"

#include <doctest/doctest.h>

using namespace qunying;

TEST_CASE("invalid UTF-8 is found at its first byte") {
    CHECK_FALSE(find_invalid_utf8("张燕 𫖯"));
    CHECK(find_invalid_utf8("张\xFF") == 3);
    CHECK(find_invalid_utf8("a\xC0\x80") == 1);         // overlong
    CHECK(find_invalid_utf8("\xED\xA0\x80") == 0);      // surrogate
    CHECK(find_invalid_utf8("\xE5\xBC") == 0);          // cut short
    CHECK(find_invalid_utf8("\xF4\x90\x80\x80") == 0);  // beyond U+10FFFF
}

TEST_CASE("broken UTF-8 is found wherever it stands, as decoding each character finds it") {
    const auto decoded = [](std::string_view text) -> std::optional<std::size_t> {
        for (std::size_t at = 0; at < text.size();) {
            const CodePoint next = decode_first(text.substr(at));
            if (next.bytes == 1 && static_cast<unsigned char>(text[at]) >= 0x80) return at;
            at += next.bytes;
        }
        return std::nullopt;
    };
    const std::string hanzi = "赵钱孙李周吴郑王冯陈", ascii = "the quick brown fox jumps over it",
                      wide = "𫖯𫖯𫖯𫖯𫖯";
    const std::string mixed = "在2015年，a赵𫖯é钱；孙ߊ李。";
    for (const std::string& good : {hanzi, ascii, wide, mixed, hanzi + ascii + hanzi, ascii + hanzi + wide}) {
        CHECK_FALSE(find_invalid_utf8(good));
        for (std::size_t at = 0; at < good.size(); ++at) {
            for (const char byte :
                 {'\xFF', '\xE0', '\xED', '\xEF', '\x80', '\xBF', '\xA0', '\xC1', '\xF4', 'a'}) {
                std::string bad = good;
                bad[at] = byte;
                CAPTURE(bad);
                CHECK(find_invalid_utf8(bad) == decoded(bad));
            }
            CHECK(find_invalid_utf8(good.substr(at)) == decoded(good.substr(at)));
            CHECK(find_invalid_utf8(good.substr(0, at)) == decoded(good.substr(0, at)));
        }
    }
}

TEST_CASE("UTF-8 and UTF-32 are inverse") {
    const std::string text = "a张𫖯\u0301";
    CHECK(to_utf8(to_utf32(text)) == text);
    CHECK(count_code_points(text) == 4);
    CHECK(first_code_points(text, 2) == "a张");
}

TEST_CASE("display width counts wide characters twice and marks not at all") {
    CHECK(display_width("姓名: 王") == 8);
    CHECK(display_width("e\u0301") == 1);
    CHECK(display_width("𫖯") == 2);
}

TEST_CASE("trim takes full-width blanks too") { CHECK(trim(" \u3000张　燕\u3000\t") == "张　燕"); }

TEST_CASE("edit distance and the nearest candidate") {
    CHECK(edit_distance("kitten", "sitting", 5) == 3);
    CHECK(edit_distance("kitten", "sitting", 2) == 3);
    CHECK(edit_distance("姓名", "姓明", 3) == 1);
    CHECK(edit_distance("naem", "name", 3) == 1);
    CHECK(edit_distance("", "ab", 3) == 2);
    const std::vector<std::string> names = {"yangli-team", "portrait"};
    CHECK(nearest("yangli-taem", names) == "yangli-team");
    CHECK_FALSE(nearest("zzz", names));
}

TEST_CASE("escapes") {
    CHECK(escape_html("<a b='c'>&\"") == "&lt;a b=&#39;c&#39;&gt;&amp;&#34;");
    CHECK(escape_url("a b/张?") == "a%20b/%E5%BC%A0%3F");
    CHECK(html_to_text("<p>a &lt;b&gt; &amp; c</p>") == "a <b> & c");
}

TEST_CASE("split and join") {
    CHECK(split("a,,b", ',') == std::vector<std::string_view>{"a", "", "b"});
    CHECK(join(std::vector<std::string>{"a", "b"}, "、") == "a、b");
    CHECK(replace_all("aXbX", "X", "--") == "a--b--");
}
