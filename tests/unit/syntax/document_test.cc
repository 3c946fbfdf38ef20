#include "syntax/document.h"

#include <doctest/doctest.h>

using namespace qunying;

namespace {

struct Parsed {
    Sources sources;
    Diagnostics found;
    Document document;

    explicit Parsed(std::string text) {
        const SourceId id = sources.add("a.md", std::move(text));
        document = parse_document(sources[id], found);
        found.settle(sources);
    }
    std::string_view text() const { return sources[SourceId{0}].text; }
    std::string body() const {
        return std::string(text().substr(document.body_begin, document.body_end - document.body_begin));
    }
    LineColumn place() const { return line_column(text(), found.items()[0].where.begin); }
    bool only(DiagnosticKind kind) const {
        return found.items().size() == 1 && found.items()[0].kind == kind;
    }
};

}  // namespace

TEST_CASE("front matter and story are told apart") {
    const Parsed parsed("---\n姓名: 王样例\nid: wang\n---\n\n正文\n\n---\n\n分隔线以后\n");
    CHECK(parsed.found.empty());
    CHECK(parsed.document.front_valid);
    CHECK(parsed.document.front.find("姓名")->value.text == "王样例");
    CHECK(parsed.document.declared_id.empty());
    CHECK(parsed.body() == "\n正文\n\n---\n\n分隔线以后\n");
}

TEST_CASE("a byte-order mark, Windows line ends and blank lines in front are fine") {
    const Parsed parsed("\xEF\xBB\xBF\r\n---  \r\n姓名: 王\r\n---\r\n正文\r\n");
    CHECK(parsed.found.empty());
    CHECK(parsed.document.front_valid);
    CHECK(parsed.body() == "正文\r\n");
    const Parsed no_body("---\na: 1\n---");
    CHECK(no_body.found.empty());
    CHECK(no_body.body().empty());
}

TEST_CASE("missing, empty and misshapen front matter are reported once") {
    const Parsed none("只有正文\n");
    CHECK(none.only(DiagnosticKind::front_matter_missing));
    CHECK(none.body() == "只有正文\n");
    CHECK_FALSE(none.document.front_valid);
    CHECK(none.document.front.type == YamlType::null);

    for (const char* text : {"", "\n \n", "\xEF\xBB\xBF"})
        CHECK(Parsed(text).only(DiagnosticKind::document_empty));
    const Parsed empty("---\n---\n正文\n");
    CHECK(empty.only(DiagnosticKind::front_matter_empty));
    CHECK(empty.body() == "正文\n");
    const Parsed list("---\n- 甲\n- 乙\n---\n正文\n");
    CHECK(list.only(DiagnosticKind::front_matter_not_mapping));
    CHECK(list.place() == LineColumn{2, 1});
    CHECK(list.document.front.type == YamlType::null);
    CHECK(Parsed("---\n一句话\n---\n").only(DiagnosticKind::front_matter_not_mapping));
}

TEST_CASE("front matter that is never closed is reported at its first line") {
    const Parsed parsed("---\n姓名: 王样例\nid: wang\n荣誉: [a, b]\n\n王样例，女，退休干部。\n");
    CHECK(parsed.only(DiagnosticKind::front_matter_unclosed));
    CHECK(parsed.place() == LineColumn{1, 1});
    CHECK_FALSE(parsed.document.front_valid);
    CHECK(parsed.document.declared_id == "wang");
    CHECK(parsed.document.front.find("姓名")->value.text == "王样例");
    CHECK(parsed.body() == "王样例，女，退休干部。\n");
}

TEST_CASE("a closing line with the wrong dashes is shown") {
    for (const char* dashes : {"----", "--", "———", "－－－", "..."}) {
        CAPTURE(dashes);
        const Parsed parsed(std::string("---\nid: wang\n") + dashes + "\n正文\n");
        REQUIRE(parsed.only(DiagnosticKind::front_matter_unclosed));
        REQUIRE(parsed.found.items()[0].related);
        CHECK(line_column(parsed.text(), parsed.found.items()[0].related->begin).line == 3);
        CHECK(parsed.body() == "正文\n");
        CHECK(parsed.document.declared_id == "wang");
    }
}

TEST_CASE("a second record in the same file is refused") {
    const Parsed adjoining("---\n姓名: 甲\n---\n姓名: 乙\n性别: 女\n---\n正文\n");
    CHECK(adjoining.only(DiagnosticKind::yaml_second_document));
    CHECK(adjoining.place() == LineColumn{3, 1});
    const Parsed apart("---\n姓名: 甲\n---\n\n---\n姓名: 乙\n---\n正文\n");
    CHECK(apart.only(DiagnosticKind::yaml_second_document));
    CHECK(apart.place() == LineColumn{5, 1});
    CHECK(Parsed("---\n姓名: 甲\n---\n\n时间过得真快: 一晃七十年\n\n正文\n\n---\n").found.empty());
    CHECK(Parsed("---\n姓名: 甲\n...\n姓名: 乙\n---\n").only(DiagnosticKind::yaml_second_document));
}

TEST_CASE("a broken front matter still declares its id") {
    const auto id_of = [](const std::string& line) {
        return Parsed("---\nname: [王\n" + line + "\nx: }\n---\n").document.declared_id;
    };
    CHECK(id_of("id: wang-yangli") == "wang-yangli");
    CHECK(id_of("id: \"wang\"  # note") == "wang");
    CHECK(id_of("编号: 王一") == "王一");
    CHECK(id_of("编号：wang") == "wang");
    CHECK(id_of("id:wang") == "wang");
    CHECK(id_of("idea: wang").empty());
    CHECK(id_of("  id: inner").empty());
    CHECK(id_of("id: [x").empty());
    const Parsed tab("---\nid: wang\nconsent:\n\tbasis: 本人授权\n---\n正文\n");
    CHECK(tab.only(DiagnosticKind::yaml_tab));
    CHECK_FALSE(tab.document.front_valid);
    CHECK(tab.document.declared_id == "wang");
    CHECK(tab.document.front.find("consent")->value.find("basis")->value.text == "本人授权");
}

TEST_CASE("a duplicate key or an alias leaves the front matter usable") {
    CHECK(Parsed("---\na: 1\na: 2\n---\n").document.front_valid);
    CHECK(Parsed("---\na: &x 1\nb: *x\n---\n").document.front_valid);
}

TEST_CASE("bytes that are not UTF-8 are reported once, wherever they are") {
    const Parsed front("---\nid: wang\n姓名: \xCD\xF5\n---\n正文\n");
    CHECK(front.only(DiagnosticKind::bad_utf8));
    CHECK(front.place() == LineColumn{3, 5});
    CHECK(front.document.declared_id == "wang");
    CHECK_FALSE(front.document.front_valid);
    const Parsed body("---\nid: wang\n---\n王\xFF\n");
    CHECK(body.only(DiagnosticKind::bad_utf8));
    CHECK(body.place() == LineColumn{4, 2});
    CHECK(body.document.front_valid);
    CHECK(Parsed("---\nid: wang\n姓: \xFF\n").found.items().size() == 2);
    CHECK_FALSE(Parsed("\xFF\xFE-\0-\0").found.empty());
}
