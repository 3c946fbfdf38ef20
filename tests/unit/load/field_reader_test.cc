// Values as people write them.
#include "load/field_reader.h"

#include <doctest/doctest.h>

#include "load/suggestions.h"

using namespace qunying;

namespace {

struct Reading {
    Sources sources;
    Kinds kinds = built_in_kinds();
    NameIndex names{kinds, sources};
    FileSet files = {"content/people/wang/portrait.jpg", "content/people/group.jpg", "assets/song.mp3"};
    Diagnostics diagnostics;

    // The value of one field of a person, of `yaml`.
    FieldValue person(const std::string& yaml, std::string_view key) {
        const SourceFile& file = sources[sources.add("x.md", yaml)];
        const YamlNode tree = parse_yaml(file, diagnostics);
        const Kind& kind = kinds[kinds.must("person")];
        const auto fields = read_fields(tree, {kind.fields, kind.spellings}, kind.label, {file.id, 0, 0},
                                        Completeness::salvaged, context());
        return fields[*kind.find(key)];
    }
    ReadContext context() { return {kinds, names, files, "content/people/wang", diagnostics}; }
};

}  // namespace

TEST_CASE("dates in every common form") {
    const std::pair<const char*, PartialDate> forms[] = {
        {"1949", {1949, 0, 0}},       {"1949.09", {1949, 9, 0}},      {"1949-09", {1949, 9, 0}},
        {"1949/9", {1949, 9, 0}},     {"1949年", {1949, 0, 0}},       {"1949年9月", {1949, 9, 0}},
        {"1949-09-01", {1949, 9, 1}}, {"1949年9月1日", {1949, 9, 1}}, {"'1949-09'", {1949, 9, 0}},
    };
    for (const auto& form : forms) {
        const auto& text = form.first;
        const auto& date = form.second;
        CAPTURE(text);
        Reading reading;
        CHECK(date_in(reading.person(std::string("出生: ") + text + "\n", "birth")) == date);
        CHECK(reading.diagnostics.empty());
    }
}

TEST_CASE("yes and no in every common form") {
    for (const char* yes : {"是", "yes", "Yes", "YES", "true", "有"}) {
        CAPTURE(yes);
        Reading reading;
        CHECK(flag_in(reading.person(std::string("置顶: ") + yes + "\n", "featured")));
        CHECK(reading.diagnostics.empty());
    }
    for (const char* no : {"否", "no", "No", "false", "无"}) {
        CAPTURE(no);
        Reading reading;
        const FieldValue value = reading.person(std::string("置顶: ") + no + "\n", "featured");
        CHECK(value.present());
        CHECK_FALSE(flag_in(value));
    }
}

TEST_CASE("a single value may stand where a list is wanted, and an empty one is absent") {
    Reading reading;
    CHECK(items_in(reading.person("曾用编号: old\n", "aliases")).size() == 1);
    CHECK(items_in(reading.person("曾用编号: [a, b]\n", "aliases")).size() == 2);
    CHECK_FALSE(reading.person("曾用编号: []\n", "aliases").present());
    CHECK_FALSE(reading.person("曾用编号:\n", "aliases").present());
    CHECK_FALSE(reading.person("称号: ''\n", "epithet").present());
    CHECK(reading.diagnostics.empty());
}

TEST_CASE("a picture may be a bare file name") {
    Reading reading;
    const FieldValue value = reading.person("照片: portrait.jpg\n", "portrait");
    const GroupValue* group = group_in(value);
    REQUIRE(group != nullptr);
    CHECK(file_in(group->fields[0]) == "content/people/wang/portrait.jpg");
    CHECK(reading.diagnostics.empty());
}

TEST_CASE("file names count from the record, never leave its kind, and assets from the root") {
    const std::pair<const char*, const char*> inside[] = {
        {"portrait.jpg", "content/people/wang/portrait.jpg"},
        {"./portrait.jpg", "content/people/wang/portrait.jpg"},
        {"../group.jpg", "content/people/group.jpg"},
        {"/assets/song.mp3", "assets/song.mp3"},
        {"assets/song.mp3", "assets/song.mp3"},
    };
    for (const auto& each : inside) {
        const auto& name = each.first;
        const auto& path = each.second;
        CAPTURE(name);
        Reading reading;
        const auto file = read_file_name(name, {}, reading.context());
        REQUIRE(file.has_value());
        CHECK(file->path == path);
        CHECK(reading.diagnostics.empty());
    }
    for (const char* name :
         {"../../teams/a.jpg", "../../../etc/passwd", "assets/../content/site.yaml/../../x"}) {
        CAPTURE(name);
        Reading reading;
        const auto file = read_file_name(name, {}, reading.context());
        const bool escaped = file && file->path.find("..") != std::string::npos;
        CHECK_FALSE(escaped);
        CHECK_FALSE(reading.diagnostics.empty());
    }
}

TEST_CASE("a missing file is told by the name that is there") {
    Reading reading;
    const auto file = read_file_name("Portrait.JPG", {}, reading.context());
    REQUIRE(file.has_value());
    REQUIRE(reading.diagnostics.items().size() == 1);
    CHECK(reading.diagnostics.items()[0].kind == DiagnosticKind::missing_file);
    add_suggestions(reading.names, reading.files, reading.diagnostics);
    CHECK(reading.diagnostics.items()[0].meant == "portrait.jpg");
}

TEST_CASE("a misspelt key is one finding, not a missing field as well") {
    Reading reading;
    const SourceFile& file = reading.sources[reading.sources.add("y.md", "nam: 王样例\n")];
    const YamlNode tree = parse_yaml(file, reading.diagnostics);
    const Kind& kind = reading.kinds[reading.kinds.must("base")];
    const std::vector<FieldSpec> name = {kind.fields[*kind.find("name")]};
    read_fields(tree, {name, {}}, "基地", {file.id, 0, 0}, Completeness::whole, reading.context());
    REQUIRE(reading.diagnostics.items().size() == 1);
    CHECK(reading.diagnostics.items()[0].kind == DiagnosticKind::unknown_key);
}

TEST_CASE("only so many wrong names are compared with all others, and one name once") {
    Reading reading;
    for (std::size_t i = 0; i < 2 * suggestion_limit; ++i) {
        const auto unknown = "potrait" + std::to_string(i % (suggestion_limit + 1)) + ".jpg";
        read_file_name(i == 0 ? "Portrait.JPG" : unknown, {}, reading.context());
    }
    read_file_name("portait.jpg", {}, reading.context());
    read_file_name("Portrait.JPG", {}, reading.context());
    add_suggestions(reading.names, reading.files, reading.diagnostics, 2);
    const auto& items = reading.diagnostics.items();
    CHECK(items.front().meant == "portrait.jpg");
    CHECK(items[items.size() - 2].meant.empty());  // beyond the limit
    CHECK(items.back().meant == "portrait.jpg");   // asked before
    for (const Diagnostic& item : items) CHECK(item.meant_place.empty());
}
