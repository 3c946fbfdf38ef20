#include "base/byte_scan.h"

#include <array>
#include <doctest/doctest.h>
#include <string>

#include "base/text.h"

using namespace qunying;

namespace {

// One byte at a time.
std::optional<std::size_t> first_broken_byte(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        const CodePoint next = decode_first(bytes.substr(at));
        if (next.bytes == 1 && static_cast<unsigned char>(bytes[at]) >= 0x80) return at;
        at += next.bytes;
    }
    return std::nullopt;
}

}  // namespace

TEST_CASE("a wanted byte is found wherever it stands, and nothing else") {
    for (std::size_t size = 0; size < 70; ++size) {
        for (std::size_t place = 0; place <= size; ++place) {
            std::string text(size, 'x');
            if (place < size) text[place] = '\xF4';
            if (place + 3 < size) text[place + 3] = '\0';
            for (std::size_t from = 0; from <= place; ++from)
                CHECK(find_byte_of<'\0', '[', '\xF4'>(text, from) == place);
        }
    }
    CHECK(find_byte_of<'a'>("bab", 2) == 3);
}

TEST_CASE("broken UTF-8 is found as by decoding every character") {
    constexpr std::array<unsigned char, 20> bytes = {0x00, 0x61, 0x7F, 0x80, 0x8F, 0x90, 0x9F,
                                                     0xA0, 0xBF, 0xC1, 0xC2, 0xE0, 0xE1, 0xED,
                                                     0xEE, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF};
    for (std::size_t number = 0; number < 20 * 20 * 20 * 20; ++number) {
        std::string text;
        for (std::size_t rest = number, i = 0; i < 4; ++i, rest /= 20)
            text += static_cast<char>(bytes[rest % 20]);
        if (find_invalid_utf8(text) != first_broken_byte(text)) FAIL_CHECK("four bytes, number " << number);
        const std::string inside = "0123456789王" + text + "样例abcdefgh";
        if (find_invalid_utf8(inside) != first_broken_byte(inside)) FAIL_CHECK("inside, number " << number);
    }
}

TEST_CASE("escaping finds each special character in a long text") {
    const std::string words = "一二三四五六七八九十甲乙丙丁 plain words";
    CHECK(escape_html(words) == words);
    CHECK(escape_html("&" + words + "<" + words + ">\"'") ==
          "&amp;" + words + "&lt;" + words + "&gt;&#34;&#39;");
}
