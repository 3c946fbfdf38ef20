#include "base/json.h"

#include <doctest/doctest.h>

using namespace qunying;

TEST_CASE("what is written can be read back") {
    JsonWriter json;
    json.begin_object()
        .key("a")
        .begin_array()
        .number(1)
        .text("“引号”\n</script>")
        .boolean(true)
        .null()
        .real(0.5)
        .end_array();
    json.key("empty").begin_object().end_object().end_object();
    const std::string text = json.finish();
    CHECK(text.find('<') == std::string::npos);
    const auto back = read_json(text);
    REQUIRE(back);
    CHECK(back->find("a")->items[1].text == "“引号”\n</script>");
    CHECK(back->find("a")->items[4].real == 0.5);
    CHECK(back->find("none") == nullptr);
}

TEST_CASE("compact layout has no white space") {
    JsonWriter json(JsonWriter::Layout::compact);
    json.begin_object().key("a").number(1).end_object();
    CHECK(json.finish() == "{\"a\":1}\n");
}

TEST_CASE("many members are read, in their order") {
    JsonWriter writer;
    writer.begin_object();
    for (int i = 0; i < 50000; ++i) writer.key("m" + std::to_string(i)).number(i);
    const auto value = read_json(writer.end_object().finish());
    REQUIRE(value);
    CHECK(value->members.size() == 50000);
    CHECK(value->members[49999].name == "m49999");
}

TEST_CASE("every type is read, nested, and nesting has its limit") {
    const auto value = read_json(R"({"a":[1,-2,2.5,true,null,"t",{"b":[]}],"c":18446744073709551615})");
    REQUIRE(value);
    const auto& items = value->find("a")->items;
    REQUIRE(items.size() == 7);
    CHECK(items[1].integer == -2);
    CHECK(items[2].real == 2.5);
    CHECK(items[3].boolean);
    CHECK(items[4].type == JsonValue::Type::null);
    CHECK(items[5].text == "t");
    CHECK(items[6].find("b")->type == JsonValue::Type::array);
    CHECK(value->find("c")->type == JsonValue::Type::real);
    CHECK(read_json(std::string(150, '[') + std::string(150, ']')));
    CHECK_FALSE(read_json(std::string(100000, '[') + std::string(100000, ']')));
}

TEST_CASE("broken JSON is nothing") { CHECK_FALSE(read_json("{\"a\":")); }
