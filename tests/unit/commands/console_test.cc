#include "commands/console.h"

#include <doctest/doctest.h>

#include "base/text.h"

using namespace qunying;

namespace {

const std::string file = "content/people/王样例/退休那年在小院里的照片-portrait.jpg";
const ProgressNews halfway{Step::pictures, 6, 24, 25, 100, file};

}  // namespace

TEST_CASE("the bar tells count, time left by the work that is left, and the file in hand") {
    CHECK(progress_line(halfway, 30, 200, Language::chinese) ==
          "处理照片 [######..................] 6/24，约剩 2 分钟，" + file);
    CHECK(progress_line(halfway, 10, 200, Language::english) ==
          "pictures [######..................] 6/24, about 30 s left, " + file);
    CHECK(progress_line(halfway, 0.5, 200, Language::chinese).find("约剩") == std::string::npos);
    CHECK(progress_line({Step::pictures, 24, 24, 100, 100, {}}, 30, 200, Language::chinese) ==
          "处理照片 [########################] 24/24");
    CHECK(progress_line({Step::read}, 0, 80, Language::chinese) == "读取文件……");
    CHECK(progress_line({Step::render, 0, 10}, 0, 80, Language::english) ==
          "rendering [........................] 0/10");
}

TEST_CASE("no line is wider than the terminal, whatever stands in it") {
    for (int columns = 10; columns < 160; ++columns) {
        for (const Language language : {Language::chinese, Language::english}) {
            for (const double seconds : {0.0, 5.0, 600.0}) {
                CHECK(display_width(progress_line(halfway, seconds, columns, language)) <= columns);
                CHECK(display_width(progress_line({Step::load}, seconds, columns, language)) <= columns);
            }
        }
    }
    // Of a long name its end is the telling part.
    CHECK(progress_line(halfway, 0, 60, Language::chinese).ends_with("portrait.jpg"));
}
