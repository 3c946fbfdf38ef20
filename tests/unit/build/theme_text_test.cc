#include "build/theme_text.h"

#include <doctest/doctest.h>

using namespace qunying;

namespace {

std::string script(std::string_view text) { return without_remarks(text, ThemeLanguage::script); }
std::string sheet(std::string_view text) { return without_remarks(text, ThemeLanguage::stylesheet); }

}  // namespace

TEST_CASE("remarks, indentation and empty lines of a script stay at home") {
    CHECK(script("// what it does\n(() => {\n\n\t'use strict'; // kept\n\t/* one */\n\tgo() /* two "
                 "*/;\r\n})();") == "(() => {\n'use strict'; // kept\ngo() /* two */;\n})();\n");
    CHECK(script("/* over\n   lines\n */\na\n/* again\n*/\nb\n") == "a\nb\n");
    CHECK(script("// the name `x` is code\nx = 1\n") == "x = 1\n");
    CHECK(script("//# sourceMappingURL=a.map\nx\n") == "x\n");
}

TEST_CASE("a stylesheet has remarks of one kind alone") {
    CHECK(sheet("/* ink */\n:root {\n  --ink: #221E1A; /* 15.5 */\n}\n// is no remark here\n") ==
          ":root {\n--ink: #221E1A; /* 15.5 */\n}\n// is no remark here\n");
    CHECK(sheet("a::before{content:\"`\"}\n") == "a::before{content:\"`\"}\n");
}

TEST_CASE("where a line may begin inside something else the text is left as it is") {
    for (const char* text :
         {"x = `\n  // part of it\n`\n", "x = 'a\\\n  b'\n  y\n", "go() /* begins here\n  // ends */\n  y\n",
          "x = '/*'\n  // remark\n", "/* a\n b */ go()\n  y\n", "  x = /[/*]/\n"}) {
        CHECK(script(text) == text);
    }
    CHECK(sheet("a{content:\"x\\\n  y\"}\n") == "a{content:\"x\\\n  y\"}\n");
}

TEST_CASE("a licence stays with what it is for") {
    for (const char* text : {"/*! MIT */\n  go()\n", "/** @license MIT */\n  go()\n"})
        CHECK(script(text) == text);
}

TEST_CASE("what a string holds opens no remark when it closes on its line") {
    CHECK(script("  x = '/*' + '*/'\n  // gone\n  y\n") == "x = '/*' + '*/'\ny\n");
}
