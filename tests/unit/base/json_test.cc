#include "base/json.h"

#include <doctest/doctest.h>

using namespace qunying;

TEST_CASE("what is written can be read back") {
    JsonWriter json;
    json.begin_object().key("a").begin_array().number(1).text("“引号”\n</script>").boolean(true).null().real(0.5).end_array();
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

TEST_CASE("broken JSON is nothing") { CHECK_FALSE(read_json("{\"a\":")); }
