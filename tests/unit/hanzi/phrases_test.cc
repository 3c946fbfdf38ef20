#include "hanzi/phrases.h"

#include <doctest/doctest.h>

using namespace qunying;

namespace {

std::string joined(std::string_view text) {
    std::string line;
    for (const std::string_view phrase : phrases_of(text)) (line += line.empty() ? "" : "|") += phrase;
    return line;
}

}  // namespace

TEST_CASE("a heading breaks between words") {
    CHECK(joined("重阳节集中发布样例市最美老干部") == "重阳节|集中|发布样例市|最美|老干部");
    CHECK(joined("欧阳示例口述：十二个名字") == "欧阳|示例|口述：|十二个|名字");
    CHECK(joined("") == "");
    CHECK(joined("王") == "王");
    CHECK(joined("的的的") == "的的的");
}

TEST_CASE("marks and single characters stay with their word") {
    CHECK(joined("“银发生辉”新时代文明实践基地集群") == "“银发生辉”|新时代|文明|实践|基地|集群");
    CHECK(joined("2024年样例省离退休干部") == "2024年样例省|离退休|干部");
}

TEST_CASE("a long heading has its places to break, a short one none") {
    CHECK(typeset_heading("样例队") == "样例队");
    CHECK(typeset_heading("欧阳示例口述：十二个名字") == "欧阳<wbr>示例<wbr>口述：<wbr>十二个<wbr>名字");
    CHECK(typeset_heading("（样例）重阳节集中发布<活动>").find("<活动>") == std::string::npos);
}
