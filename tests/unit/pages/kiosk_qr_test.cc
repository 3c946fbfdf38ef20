// Codes as bytes; tests/browser/kiosk.mjs has them read by another program.
#include <doctest/doctest.h>

#include "pages/qr_code.h"

using namespace qunying;

namespace {

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

}  // namespace

TEST_CASE("a code has a quiet zone of four modules and nothing but two paths") {
    // Up to 14 bytes fit version 1 at level M: 21 modules.
    const std::string svg = qr_svg("https://a.cn/");
    CHECK(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 29 29\" "));
    CHECK(svg.find("<path fill=\"#fff\" d=\"M0 0h29v29H0z\"/>") != std::string::npos);
    // The upper edge of the two upper finders: seven modules from the fifth on, and seven to the last but
    // four.
    CHECK(svg.find("d=\"M4 4.5h7m") != std::string::npos);
    CHECK(count_of(svg, "M4 ") >= 14);  // each row of the left finders begins with a black module
    CHECK(svg.find("style") == std::string::npos);
    CHECK(svg.find("script") == std::string::npos);
    CHECK(svg.ends_with("</svg>\n"));
}

TEST_CASE("the same text is the same code, another another") {
    CHECK(qr_svg("https://example.org/people/a.html") == qr_svg("https://example.org/people/a.html"));
    CHECK(qr_svg("https://example.org/people/a.html") != qr_svg("https://example.org/people/b.html"));
    CHECK(qr_svg("https://例子.cn/人物.html").size() > 500);
}

TEST_CASE("what no code holds has none") {
    CHECK(qr_svg("").empty());
    CHECK(qr_svg(std::string(longest_qr_text + 1, 'x')).empty());
    CHECK_FALSE(qr_svg(std::string(longest_qr_text, 'x')).empty());
}

TEST_CASE("names of codes are what the page's script works out") {
    CHECK(qr_name("") == "811c9dc5050c5d1f");
    CHECK(qr_name("a") != qr_name("b"));
    CHECK(qr_name("https://example.org/").size() == 16);
}
