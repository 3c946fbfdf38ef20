#include "serve/finding.h"

#include <doctest/doctest.h>

using namespace qunying;

namespace {

Diagnostics reported(std::size_t times, Span where) {
    Diagnostics diagnostics;
    for (std::size_t i = 0; i < times; ++i)
        diagnostics.report(DiagnosticKind::symbolic_link, where, {std::to_string(i)});
    return diagnostics;
}

}  // namespace

TEST_CASE("a finding knows place, line and cure") {
    Sources sources;
    const SourceId id = sources.add("content/people/a.md", "---\n姓名: 甲\n集体: 乙队\n---\n");
    const auto at = static_cast<std::uint32_t>(sources[id].text.find("乙队"));
    const Findings findings = findings_of(reported(1, {id, at, at + 6}), sources, Language::chinese);
    REQUIRE(findings.first.size() == 1);
    const Finding& finding = findings.first.front();
    CHECK(finding.place == "content/people/a.md:3:5");
    CHECK(finding.before == "集体: ");
    CHECK(finding.marked == "乙队");
    CHECK(finding.after.empty());
    CHECK_FALSE(finding.message.empty());
    CHECK_FALSE(finding.cure.empty());
}

TEST_CASE("a long line is shown around the place") {
    std::string text;
    for (int i = 0; i < 200; ++i) text += "字";
    Sources sources;
    const SourceId id = sources.add("content/a.md", text);
    const Finding finding =
        findings_of(reported(1, {id, 300, 303}), sources, Language::chinese).first.front();
    CHECK(finding.before.starts_with("…字"));
    CHECK(finding.before.size() == 3 * 41);
    CHECK(finding.marked == "字");
    CHECK(finding.after.size() == 3 * 41);
    CHECK(finding.after.ends_with("字…"));
}

TEST_CASE("a place may be a file, or nowhere") {
    Sources sources;
    const SourceId id = sources.add_unread("content/a.jpg");
    CHECK(findings_of(reported(1, {id, 0, 0}), sources, Language::chinese).first.front().place ==
          "content/a.jpg");
    CHECK(findings_of(reported(1, {}), sources, Language::chinese).first.front().place.empty());
}

TEST_CASE("all are counted, and only so many worked out") {
    const Findings findings = findings_of(reported(Findings::most + 7, {}), Sources(), Language::english);
    CHECK(findings.errors + findings.warnings == Findings::most + 7);
    CHECK(findings.first.size() == Findings::most);
}

TEST_CASE("bytes that are no UTF-8 are shown as such") {
    Sources sources;
    const SourceId id = sources.add("content/a.md", "a\xFFz");
    const Finding finding = findings_of(reported(1, {id, 1, 2}), sources, Language::chinese).first.front();
    CHECK(finding.marked == "\uFFFD");
}

TEST_CASE("what the world did is a finding too") {
    const Failure failure("read", "content/a.md", std::make_error_code(std::errc::permission_denied));
    const Findings findings = findings_of(failure, Language::chinese);
    CHECK(findings.errors == 1);
    REQUIRE(findings.first.size() == 1);
    CHECK(findings.first.front().place == "content/a.md");
    CHECK(findings.first.front().message.find("没有做成") == 0);
    CHECK_FALSE(findings.first.front().cure.empty());
}
