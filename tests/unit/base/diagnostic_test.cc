#include "base/diagnostic.h"

#include <doctest/doctest.h>
#include <set>

#include "base/json.h"

using namespace qunying;

TEST_CASE("lines and columns count code points, CRLF and a byte-order mark do not disturb them") {
    const std::string text = "\xEF\xBB\xBF姓名: 王\r\n集体: x\n";
    CHECK(line_column(text, 3) == LineColumn{1, 1});
    CHECK(line_column(text, 3 + 6) == LineColumn{1, 3});
    const auto second = static_cast<std::uint32_t>(text.find("x"));
    CHECK(line_column(text, second) == LineColumn{2, 5});
    CHECK(line_at(text, 5).text == "姓名: 王");
    CHECK(line_column(text, 9999).line == 3);
}

TEST_CASE("carets stand under wide characters") {
    Sources sources;
    const SourceId id = sources.add("content/people/a.md", "姓名: 王\xFF\n");
    const Diagnostic found{DiagnosticKind::bad_utf8, {id, 8, 11}, {}, "", std::nullopt, "", Severity::error};
    CHECK(as_text(found, sources, Language::chinese) ==
          "content/people/a.md:1:5: 错误：文件不是 UTF-8 编码，此处的字节无法识读 [bad-utf8]\n"
          "   1 | 姓名: 王\uFFFD\n"
          "     |       ^^\n"
          "  建议：请用记事本或 WPS 打开，选“另存为”，编码选 UTF-8。\n");
}

TEST_CASE("findings are sorted by place and said once") {
    Sources sources;
    const SourceId b = sources.add("b.md", "1\n2\n"), a = sources.add("a.md", "1\n2\n");
    Diagnostics found;
    found.report(DiagnosticKind::bad_utf8, {b, 0, 1});
    found.report(DiagnosticKind::bad_utf8, {a, 2, 3});
    found.report(DiagnosticKind::bad_utf8, {a, 0, 1});
    found.report(DiagnosticKind::bad_utf8, {a, 0, 1});
    found.settle(sources);
    REQUIRE(found.items().size() == 3);
    CHECK(found.items()[0].where == Span{a, 0, 1});
    CHECK(found.items()[2].where == Span{b, 0, 1});
    CHECK(found.has_errors());
}

TEST_CASE("ids of the registry are unique and every text is there") {
    std::set<std::string_view> ids;
    for (const KindEntry& entry : all_kinds()) {
        CHECK(ids.insert(entry.id).second);
        for (const auto text : {entry.chinese, entry.chinese_cure, entry.english, entry.english_cure})
            CHECK_FALSE(text.empty());
    }
}

TEST_CASE("machine-readable findings are JSON") {
    Sources sources;
    const SourceId id = sources.add("a.md", "x</script>\n");
    Diagnostics found;
    found.report(DiagnosticKind::bad_utf8, {id, 0, 1});
    const auto json = read_json(as_json(found, sources, Language::english));
    REQUIRE(json);
    CHECK(json->find("diagnostics")->items[0].find("id")->text == "bad-utf8");
    CHECK(read_json(as_sarif(found, sources, Language::english)));
}
