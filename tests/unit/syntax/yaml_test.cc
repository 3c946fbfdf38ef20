#include "syntax/yaml.h"

#include <doctest/doctest.h>

#include "base/text.h"

using namespace qunying;

namespace {

struct Read {
    Sources sources;
    Diagnostics found;
    YamlNode root;

    explicit Read(std::string text) {
        const SourceId id = sources.add("a.yaml", std::move(text));
        root = parse_yaml(sources[id], found);
        found.settle(sources);
    }
    std::string_view text() const { return sources[SourceId{0}].text; }
    std::string at(Span span) const { return std::string(text().substr(span.begin, span.end - span.begin)); }
    const YamlNode& value(std::string_view key) const {
        const YamlEntry* entry = root.find(key);
        REQUIRE_MESSAGE(entry, key);
        return entry->value;
    }
    LineColumn place(std::size_t index) const {
        return line_column(text(), found.items()[index].where.begin);
    }
};

// One mistake: exactly one finding of that kind at that place, and what is said when it is printed.
void check_one(const std::string& text, DiagnosticKind kind, LineColumn place) {
    CAPTURE(text.substr(0, 80));
    const Read read(text);
    REQUIRE(read.found.items().size() == 1);
    const Diagnostic& found = read.found.items()[0];
    CHECK(entry_of(found.kind).id == entry_of(kind).id);
    CHECK(read.place(0) == place);
    CHECK(found.where.begin < found.where.end);
    CHECK(message_of(found, Language::chinese).find("{0}") == std::string::npos);
}

}  // namespace

TEST_CASE("a front matter becomes a tree of text with a place on every key and value") {
    const Read read(
        "姓名: 王样例   # 说明\n出生: 0123\nyes: Yes\n空:\n荣誉: [{batch: b-1, grade: '十''佳'}, x]\n"
        "语录: \"说\\n“好”\"\n全文: |\n  甲\n  乙\n尾: z\n");
    CHECK(read.found.empty());
    REQUIRE(read.root.type == YamlType::mapping);
    CHECK(read.root.entries.size() == 8);
    CHECK(read.root.entries[0].key == "姓名");
    CHECK(read.at(read.root.entries[0].key_span) == "姓名");
    CHECK(read.value("姓名").text == "王样例");
    CHECK(read.at(read.value("姓名").span) == "王样例");
    CHECK(read.value("出生").text == "0123");
    CHECK(read.value("yes").text == "Yes");
    CHECK(read.value("空").type == YamlType::null);
    CHECK(read.at(read.value("空").span) == "空");
    const YamlNode& honours = read.value("荣誉");
    REQUIRE(honours.items.size() == 2);
    CHECK(read.at(honours.span) == "[{batch: b-1, grade: '十''佳'}, x]");
    CHECK(read.at(honours.items[0].span) == "{batch: b-1, grade: '十''佳'}");
    CHECK(honours.items[0].find("grade")->value.text == "十'佳");
    CHECK(honours.items[0].find("grade")->value.quoted);
    CHECK(read.at(honours.items[0].find("grade")->value.span) == "'十''佳'");
    CHECK(read.value("语录").text == "说\n“好”");
    CHECK(read.value("全文").text == "甲\n乙\n");
    CHECK(read.value("全文").quoted);
    CHECK(read.at(read.value("全文").span) == "|\n  甲\n  乙");
    CHECK(read.value("尾").text == "z");
}

TEST_CASE("block lists and nested mappings carry places too") {
    const Read read(
        "conferrals:\n  - {to: person:wang, no: 1}\n  - to: team:y\n    no: 2\nplain: one\n  two\n  "
        "three\nlast: ok\n");
    CHECK(read.found.empty());
    const YamlNode& list = read.value("conferrals");
    REQUIRE(list.items.size() == 2);
    CHECK(list.items[0].find("to")->value.text == "person:wang");
    CHECK(list.items[1].find("no")->value.text == "2");
    CHECK(read.at(list.items[1].find("to")->key_span) == "to");
    CHECK(read.value("plain").text == "one two three");
    CHECK(read.at(read.value("plain").span) == "one\n  two\n  three");
}

TEST_CASE("a byte-order mark, Windows line ends and smart quotes are no trouble") {
    const Read read("\xEF\xBB\xBF姓名: 王\r\n语录: “好”\r\nlist:\r\n  - 甲\r\n  - \"乙\"\r\n");
    CHECK(read.found.empty());
    CHECK(read.at(read.root.entries[0].key_span) == "姓名");
    CHECK(read.value("姓名").text == "王");
    CHECK(read.value("语录").text == "“好”");
    CHECK_FALSE(read.value("语录").quoted);
    CHECK(read.at(read.value("list").items[1].span) == "\"乙\"");
}

TEST_CASE("nothing is a null") {
    for (const char* text : {"", "\n\n", "# only a note\n", "\xEF\xBB\xBF"}) {
        const Read read(text);
        CHECK(read.found.empty());
        CHECK(read.root.type == YamlType::null);
        CHECK(read.root.find("a") == nullptr);
    }
}

TEST_CASE("each mistake of form is one finding at its place") {
    using K = DiagnosticKind;
    SUBCASE("colons") {
        check_one("性别: 女\n姓名：王\n学历: x\n", K::yaml_full_width_colon, {2, 3});
        check_one("姓名：王\n性别: 女\n", K::yaml_full_width_colon, {1, 3});
        check_one("性别: 女\n姓名：王\n", K::yaml_full_width_colon, {2, 3});
        check_one("姓名：王\n", K::yaml_full_width_colon, {1, 3});
        check_one("consent:\n  basis：本人授权\n  text: yes\n", K::yaml_full_width_colon, {2, 8});
        check_one("a: {姓名：王}\n", K::yaml_full_width_colon, {1, 7});
        check_one("list:\n  - to：x\n    no: 1\n", K::yaml_full_width_colon, {2, 7});
        check_one("性别: 女\n姓名:王\n学历: x\n", K::yaml_missing_space, {2, 3});
        check_one("姓名:王\n", K::yaml_missing_space, {1, 3});
        check_one("a: {b:c, d: 1}\n", K::yaml_missing_space, {1, 6});
        check_one("a: 1\n姓名\nc: 2\n", K::yaml_missing_colon, {2, 1});
        check_one("a: 1\n姓名\n", K::yaml_missing_colon, {2, 1});
        check_one("题: 一: 二\nd: e\n", K::yaml_colon_in_value, {1, 5});
    }
    SUBCASE("white space") {
        check_one("a:\n\tb: c\n\td: e\n", K::yaml_tab, {2, 1});
        check_one("a: 1\n\tb: c\n", K::yaml_tab, {2, 1});
        check_one("a:\n  - x\n\t- y\nb: 1\n", K::yaml_tab, {3, 1});
        check_one("a: 1\n b: 2\nc: d\n", K::yaml_indentation, {2, 2});
        check_one("a:\n  b: 1\n c: 2\nd: 2\n", K::yaml_indentation, {3, 2});
        check_one("a: 1\n- b\nc: 1\n", K::yaml_indentation, {2, 1});
        check_one("- a\nb: 1\n", K::yaml_indentation, {2, 1});
        check_one("a: - x\nb: 1\n", K::yaml_list_on_key_line, {1, 4});
    }
    SUBCASE("quotes and brackets") {
        check_one("姓名: \"王\n性别: 女\n学历: x\n", K::yaml_unclosed_quote, {1, 5});
        check_one("a: \"王\nb: \"c\"\nd: e\n", K::yaml_unclosed_quote, {1, 4});
        check_one("x: 1\na: '王\nb: 'c'\n", K::yaml_unclosed_quote, {2, 4});
        check_one("x: 1\na: \"王", K::yaml_unclosed_quote, {2, 4});
        check_one("t: {a: \"x, b: 1}\nu: 1\n", K::yaml_unclosed_quote, {1, 8});
        check_one("语录: \"能帮\"一把\nc: d\n", K::yaml_text_after_quote, {1, 9});
        check_one("a: [1, 2\nb: c\n", K::yaml_unclosed_bracket, {1, 4});
        check_one("a: [1, 2\n", K::yaml_unclosed_bracket, {1, 4});
        check_one("a: {x: 1, y\nb: c\n", K::yaml_unclosed_bracket, {1, 4});
        check_one("a: [1, {x: 2]\nb: c\n", K::yaml_unclosed_bracket, {1, 4});
        check_one("a: }\nb: 1\n", K::yaml_unreadable, {1, 4});
        check_one("a: \"x\\q\"\nb: 1\n", K::yaml_bad_escape, {1, 6});
        check_one("a: \"\\ud800\"\n", K::yaml_bad_escape, {1, 5});
    }
    SUBCASE("what YAML has and we do not") {
        check_one("a: &x 1\nb: *x\n", K::yaml_anchor, {2, 4});
        check_one("a: &x 1\n", K::yaml_anchor, {1, 4});
        check_one("a: *x\nb: 1\n", K::yaml_anchor, {1, 4});
        check_one("a: !!str 1\n", K::yaml_tag, {1, 4});
        check_one("<<: {a: 1}\nb: 2\n", K::yaml_merge_key, {1, 1});
        check_one("[a]: 1\nb: 2\n", K::yaml_complex_key, {1, 1});
        check_one("a: 1\n: 2\n", K::yaml_complex_key, {2, 1});
        check_one("a: 1\n---\nb: 2\n", K::yaml_second_document, {2, 1});
        check_one("a: 1\n...\nb: 2\n", K::yaml_second_document, {2, 1});
        check_one("电话: @x\nb: 1\n", K::yaml_reserved_character, {1, 5});
        check_one("a: %x\nb: 1\n", K::yaml_reserved_character, {1, 4});
    }
    SUBCASE("keys and bytes") {
        check_one("姓名: 1\n性别: 2\n姓名: 3\n", K::yaml_duplicate_key, {3, 1});
        check_one("a: {b: 1, b: 2}\n", K::yaml_duplicate_key, {1, 11});
        check_one("a: 1\nb: 王\xFF\nc: 1\n", K::bad_utf8, {2, 5});
        check_one("a: 1\nb: 王\x04\nc: 1\n", K::yaml_control_character, {2, 5});
    }
}

TEST_CASE("both places of a duplicate key and of an alias are shown") {
    const Read duplicate("姓名: 1\n姓名: 3\n");
    REQUIRE(duplicate.found.items()[0].related);
    CHECK(duplicate.at(*duplicate.found.items()[0].related) == "姓名");
    CHECK(duplicate.found.items()[0].related->begin == 0);
    CHECK(duplicate.value("姓名").text == "1");
    const Read alias("a: &x 1\nb: *x\n");
    REQUIRE(alias.found.items()[0].related);
    CHECK(alias.at(*alias.found.items()[0].related) == "&x");
    CHECK(alias.value("b").failed);
    CHECK(alias.value("a").text == "1");
}

TEST_CASE("what is mended is read as it was meant, the rest is there and marked") {
    CHECK(Read("性别: 女\n姓名：王\n学历: x\n").value("姓名").text == "王");
    CHECK(Read("姓名:王\nb: c\n").value("姓名").text == "王");
    CHECK(Read("题: 一: 二\nd: e\n").value("题").text == "一: 二");
    CHECK(Read("a: \"王\nb: c\n").value("a").text == "王");
    CHECK(Read("a: \"王\nb: c\n").value("b").text == "c");
    CHECK(Read("a: [1, 2\nb: c\n").value("a").items.size() == 2);
    CHECK(Read("a: [1, 2\nb: c\n").value("a").failed);
    CHECK(Read("a: @x\nb: 1\n").value("a").failed);
    CHECK(Read("a: }\nb: 1\n").value("a").failed);
    CHECK(Read("a: }\nb: 1\n").value("b").text == "1");
    CHECK(Read("a: 1\n b: 2\nc: d\n").value("a").failed);
    CHECK_FALSE(Read("a: }\nb: 1\n").value("b").failed);
    CHECK(Read("a: 1\nb: \xFF\nc: 1\n").value("a").text == "1");
}

TEST_CASE("places stay right behind mended places") {
    const Read read("姓名:王\n甲：乙\n题: 一: 二\nq: \"x\nk: 末\n");
    CHECK(read.found.items().size() == 4);
    CHECK(read.at(read.value("姓名").span) == "王");
    CHECK(read.at(read.value("甲").span) == "乙");
    CHECK(read.at(read.value("题").span) == "一: 二");
    CHECK(read.at(read.value("k").span) == "末");
    CHECK(read.at(read.root.entries[4].key_span) == "k");
}

TEST_CASE("several mistakes are found in one run") {
    const Read read("姓名:王\n性别：女\n学: \"x\nk: [1\nk: 2\nm: @x\nl: 2\n");
    CHECK(read.found.items().size() == 6);
    CHECK(read.value("l").text == "2");
}

TEST_CASE("reading tells whether the text was whole") {
    Sources sources;
    Diagnostics found;
    const SourceId good = sources.add("a", "a: 1\na: 2\n"), bad = sources.add("b", "a：1\n");
    CHECK(read_yaml(sources[good], 0, 10, found).intact);
    CHECK_FALSE(read_yaml(sources[bad], 0, 6, found).intact);
}

TEST_CASE("only the given bytes are read") {
    Sources sources;
    Diagnostics found;
    const SourceId id = sources.add("a", "---\n姓名: 王\n---\n正文: }\n");
    const YamlNode root = parse_yaml(sources[id], 4, 16, found);
    CHECK(found.empty());
    REQUIRE(root.find("姓名"));
    CHECK(root.find("姓名")->value.span == Span{id, 12, 15});
}

TEST_CASE("depth and length are capped") {
    using K = DiagnosticKind;
    std::string deep = "a: ";
    for (int i = 0; i < 200; ++i) deep += '[';
    deep += "1";
    for (int i = 0; i < 200; ++i) deep += ']';
    check_one(deep + "\nb: 1\n", K::yaml_too_deep, {1, 35});
    CHECK(Read(deep + "\nb: 1\n").value("b").text == "1");
    const Read allowed("a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n");
    CHECK(allowed.found.empty());
    check_one("a: 1\n" + std::string(yaml_byte_limit, '#') + "\n", K::yaml_too_long, {1, 1});
}

TEST_CASE("hostile files end in findings, never in an exception or a hang") {
    std::string many;
    for (int i = 0; i < 3000; ++i) many += "k" + std::to_string(i) + ": }\n";
    const std::string texts[] = {
        many,
        std::string(2000, '['),
        std::string(2000, '{'),
        std::string(2000, '-') + "\n",
        replace_all(std::string(500, 'x'), "x", "- "),
        replace_all(std::string(500, 'x'), "x", "? "),
        replace_all(std::string(500, 'x'), "x", "a: "),
        replace_all(std::string(500, 'x'), "x", "\"\n"),
        "a: &a [*a]\n",
        "%YAML 9.9\n---\na: 1\n",
        "%TAG ! x\n---\na: !x 1\n",
        "a: |9\n  x\n",
        "a: |0\n",
        "a: \"\\x\"\n",
        "a: '\n---\n",
        "a: \"x\\",
        std::string("a\0b: 1\n", 7),
        "\t\t\t\n\ta\t:\t1\n",
        "?",
        ":",
        "-",
        "&",
        "*",
        "!",
        "a: !<\n",
        "a:\n- b\n-c\n- d\n",
        "：\n：：\n a：\n",
    };
    for (const std::string& text : texts) {
        CAPTURE(text.substr(0, 60));
        const Read read(text);
        for (const Diagnostic& each : read.found.items()) {
            CHECK(each.where.begin <= each.where.end);
            CHECK(each.where.end <= read.text().size() + 1);
            CHECK_FALSE(as_text(each, read.sources, Language::english).empty());
        }
    }
}
