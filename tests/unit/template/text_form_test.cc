#include "template/text_form.h"

#include <doctest/doctest.h>
#include <limits>

using namespace qunying;

TEST_CASE("reals look as Python writes them") {
    CHECK(real_text(1) == "1.0");
    CHECK(real_text(0.1) == "0.1");
    CHECK(real_text(-0.0) == "-0.0");
    CHECK(real_text(1e15) == "1000000000000000.0");
    CHECK(real_text(1e16) == "1e+16");
    CHECK(real_text(1.5e-5) == "1.5e-05");
    CHECK(real_text(0.0001) == "0.0001");
    CHECK(real_text(5e-324) == "5e-324");
    CHECK(real_text(123456.789) == "123456.789");
    CHECK(real_text(std::numeric_limits<double>::infinity()) == "inf");
    CHECK(real_text(std::numeric_limits<double>::quiet_NaN()) == "nan");
}

TEST_CASE("values without a text are refused") {
    std::string out = "x";
    CHECK(append_plain(out, Value()));
    CHECK(out == "x");
    CHECK(!append_plain(out, Value::list({})));
    CHECK(!append_plain(out, Value::map({})));
    CHECK(!append_markup(out, Value::undefined("a")));
    CHECK(append_markup(out, Value::text("<&>\"'")));
    CHECK(append_markup(out, Value::html(SafeHtml{"<b>"})));
    CHECK(out == "x&lt;&amp;&gt;&#34;&#39;<b>");
}

TEST_CASE("case mapping covers the scripts that names are written in") {
    CHECK(upper_case("abcéßžżя荣ａ") == "ABCÉßŽŻЯ荣Ａ");
    CHECK(lower_case("ABCÉŽŻЯѐＡ") == "abcéžżяѐａ");
    CHECK(lower_case(upper_case("αβγδё")) == "αβγδё");
}

TEST_CASE("JSON for scripts escapes what could end one") {
    std::string out;
    const Value value = Value::map(
        {{"b", Value::text("</script>&'\u2028荣")}, {"a", Value::list({Value::real(1), Value()})}});
    CHECK(append_json(out, value, JsonStyle::compact_utf8));
    CHECK(out == "{\"b\":\"\\u003c/script\\u003e\\u0026\\u0027\\u2028荣\",\"a\":[1.0,null]}");
    out.clear();
    CHECK(append_json(out, value, JsonStyle::python));
    CHECK(out == "{\"a\": [1.0, null], \"b\": \"\\u003c/script\\u003e\\u0026\\u0027\\u2028\\u8363\"}");
    CHECK(!append_json(out, Value::undefined("x"), JsonStyle::python));
    CHECK(!append_json(out, Value::real(std::numeric_limits<double>::infinity()), JsonStyle::python));
}
