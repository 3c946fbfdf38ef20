// What a rendering writes and what it reports. Agreement with Jinja is the matter of tests/differential.
#include <doctest/doctest.h>

#include "base/parallel.h"
#include "unit/template/try_template.h"

using namespace qunying;

namespace {

Value person() {
    Value::Map map;
    map.set("name", "王样例").set("url", "people/wang.html").set("story", SafeHtml{"<p>a &amp; \"b\"</p>"});
    map.set("bad", "JavaScript:alert(1)").set("quote", "\"<&>'");
    Value::Map view;
    view.set("person", std::move(map))
        .set("years", std::vector<Value>{Value::integer(2019), Value::integer(2020)});
    return std::move(view).build();
}

}  // namespace

TEST_CASE("a value that is not there is reported at its place, and the page goes on") {
    const Tried tried = try_template("a{{ person.nam }}b{{ person.name }}{{ persn }}c", person());
    CHECK(tried.text == "ab王样例c");
    CHECK(tried.findings() ==
          Findings{"template-undefined “person.nam” → name", "template-undefined “persn” → person"});
}

TEST_CASE("one mistake is one diagnostic") {
    CHECK(try_template("{% for i in range(9) %}{{ x.y.z }}{% endfor %}", person()).findings() ==
          Findings{"template-undefined “x”"});
    CHECK(try_template("{% set a = x + 1 %}{{ a }}{{ a * 2 }}{% if a %}{% endif %}", person()).findings() ==
          Findings{"template-undefined “x”"});
    CHECK(try_template("{% set a = person.nam %}{{ a }}", person()).findings() ==
          Findings{"template-undefined “a” → name"});
}

TEST_CASE("using what cannot be used is reported with its kind") {
    CHECK(rendered("{{ [1] }}") == "template-prints-structure “[1]”");
    CHECK(rendered("{{ {'a': 1} ~ 'b' }}") == "template-prints-structure “{'a': 1}”");
    CHECK(rendered("{% macro m() %}{% endmacro %}{{ m }}") == "template-prints-structure “m”");
    CHECK(rendered("{{ 'a' + 1 }}") == "template-wrong-type “'a' + 1”");
    CHECK(rendered("{{ -'a' }}") == "template-wrong-type “-'a'”");
    CHECK(rendered("{{ 1 in 2 }}") == "template-wrong-type “1 in 2”");
    CHECK(rendered("{{ [1][1.5:] }}") == "template-wrong-type “1.5”");
    CHECK(rendered("{{ {'a': 1}[1] }}") == "template-wrong-type “1”");
    CHECK(rendered("{{ {1: 2} }}").starts_with("template-wrong-type"));
    CHECK(rendered("{% for a in 5 %}{% endfor %}") == "template-not-iterable “5”");
    CHECK(rendered("{% set a, b = 5 %}") == "template-not-iterable “a, b”");
    CHECK(rendered("{{ 'a' < 1 }}") == "template-not-comparable “'a' < 1”");
    CHECK(rendered("{{ 5() }}") == "template-not-callable “5”");
    CHECK(rendered("{{ 'a'.nothing() }}") == "template-not-callable “'a'.nothing”");
    CHECK(rendered("{{ 1 / 0 }}") == "template-arithmetic “1 / 0”");
    CHECK(rendered("{{ 9223372036854775807 * 2 }}") == "template-arithmetic “9223372036854775807 * 2”");
    CHECK(rendered("{{ 10 ** 30 }}") == "template-arithmetic “10 ** 30”");
    CHECK(rendered("{{ (-9223372036854775807 - 1) // -1 }}").starts_with("template-arithmetic"));
    CHECK(rendered("{{ (-9223372036854775807 - 1)|abs }}").starts_with("template-arithmetic"));
    CHECK(rendered("{% for a, b in [[1, 2, 3]] %}{% endfor %}") == "template-unpack “a, b”");
    CHECK(rendered("{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}") == "template-bad-arguments “m(1, 2)”");
    CHECK(rendered("{{ range(1, 2, 0)|list }}") == "template-bad-arguments “range(1, 2, 0)”");
    CHECK(rendered("{{ self.nope() }}") == "template-undefined “self.nope()”");
}

TEST_CASE("values are escaped for where they stand") {
    const auto with = [](const std::string& text) { return rendered(text, person()); };
    CHECK(with("{{ person.quote }}") == "&#34;&lt;&amp;&gt;&#39;");
    CHECK(with("{{ person.story }}") == "<p>a &amp; \"b\"</p>");
    CHECK(with("<p title=\"{{ person.story }}\">") == "<p title=\"a &amp; &#34;b&#34;\">");
    CHECK(with("<title>{{ person.story }}</title>") == "<title>a &amp; &#34;b&#34;</title>");
    CHECK(with("<!-- {{ person.story }} -->") == "<!-- a &amp; &#34;b&#34; -->");
    CHECK(with("<a href='{{ person.url }}#{{ person.name }}'>") == "<a href='people/wang.html#王样例'>");
    CHECK(with("{{ person.quote|e|e }}") == "&#34;&lt;&amp;&gt;&#39;");
    CHECK(with("{% set a %}<b>{{ person.quote }}</b>{% endset %}{{ a }}|<p title='{{ a }}'>") ==
          "<b>&#34;&lt;&amp;&gt;&#39;</b>|<p title='&#34;&lt;&amp;&gt;&#39;'>");
}

TEST_CASE("unsafe addresses become #") {
    const auto address = [](const std::string& url) {
        const Tried tried = try_template("<a href=\"{{ u }}\">", Value::map({{"u", Value::text(url)}}));
        return tried.found.empty() ? tried.text : tried.text + " " + tried.findings()[0];
    };
    const std::string refused = "<a href=\"#\"> template-bad-url “\">”";
    for (const char* url : {"javascript:alert(1)", "JAVASCRIPT:x", " java\nscript:x", "\x01javascript:x",
                            "data:text/html,x", "vbscript:x", "file:///etc/passwd", "blob:x"})
        CHECK(address(url) == refused);
    for (const char* url :
         {"http://a", "https://a", "mailto:a@b", "tel:+86", "a/b:c", "?a:b", "#a:b", "图:1", "", "//host/a"})
        CHECK(try_template("<a href=\"{{ u }}\">", Value::map({{"u", Value::text(url)}})).found.empty());
}

TEST_CASE("an address is judged as a whole, however it is put together") {
    const auto found = [](const std::string& text) {
        const Value view = Value::map(
            {{"a", Value::text("java")}, {"b", Value::text("script:x")}, {"yes", Value::boolean(true)}});
        return try_template(text, view);
    };
    CHECK(found("<a href='{{ a }}{{ b }}'>").text == "<a href='#'>");
    CHECK(found("<a href='{% if yes %}{{ a }}{% endif %}script:x'>").text == "<a href='#'>");
    CHECK(found("<a href='/{{ a }}{{ b }}'>").text == "<a href='/javascript:x'>");
    CHECK(found("<img srcset='a.jpg 1x, {{ a }}{{ b }} 2x'>").text == "<img srcset='#'>");
    CHECK(found("<img srcset='a.jpg 1x, {{ a }} 2x'>").text == "<img srcset='a.jpg 1x, java 2x'>");
    CHECK(found("{% macro m() %}<a href='{{ a }}{{ b }}'>x</a>{% endmacro %}<i>{{ m() }}</i>").text ==
          "<i><a href='#'>x</a></i>");
    CHECK(found("<a href='{% for i in [1, 2] %}{{ a }}{% endfor %}'>").text == "<a href='javajava'>");
}

TEST_CASE("structured data is the one script that values go into") {
    const Tried tried = try_template("{% json_ld {'a': x, 'n': [1, none]} %}",
                                     Value::map({{"x", Value::text("</script>&\u2028荣")}}));
    CHECK(tried.text ==
          "<script "
          "type=\"application/ld+json\">{\"a\":\"\\u003c/script\\u003e\\u0026\\u2028荣\",\"n\":[1,null]}</"
          "script>");
    CHECK(tried.found.empty());
    CHECK(rendered("{% macro m() %}{% endmacro %}{% json_ld [m] %}") == "template-wrong-type “[m]”");
}

TEST_CASE("super() writes what the parent's block wrote, in its own context") {
    const Templates templates = {
        {"main",
         "{% extends 'base' %}{% block c %}{{ super() }} y{% endblock %}"
         "{% block t %}<p title=\"{{ super() }}\">{{ super() }}</p>{% endblock %}"},
        {"base",
         "<body class=\"{% block c %}{{ q }}{% endblock %}\">{% block t %}<b>{{ q }}</b>{% endblock %}"}};
    CHECK(try_templates(templates, Value::map({{"q", Value::text("\"<")}})).text ==
          "<body class=\"&#34;&lt; y\"><p title=\"&#34;&lt;\"><b>&#34;&lt;</b></p>");
}

TEST_CASE("a page stops at its budgets, with one diagnostic") {
    RenderLimits steps;
    steps.steps = 10'000;
    const auto stopped = [](const std::string& text, const RenderLimits& limits) {
        const Tried tried = try_template(text, Value::map({}), limits);
        return tried.found.items().size() == 1 ? std::string(entry_of(tried.found.items()[0].kind).id) : "no";
    };
    CHECK(stopped("{% for i in range(200) %}{% for j in range(200) %}x{% endfor %}{% endfor %}", steps) ==
          "template-step-limit");
    CHECK(stopped("{{ range(1000000000)|list|length }}", {}) == "template-step-limit");
    CHECK(stopped("{{ ('a' * 100000)|list|length }}", steps) == "template-step-limit");
    CHECK(stopped("{% for i in [1]|batch(1000000000, 'x') %}{% endfor %}", {}) == "template-step-limit");
    CHECK(stopped("{{ [1]|slice(1000000000)|list|length }}", {}) == "template-step-limit");
    CHECK(stopped("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", {}) == "template-depth-limit");
    CHECK(stopped("{% macro m(a) %}{{ ((((((((((((m(a ~ 'x')))))))))))))|upper }}{% endmacro %}{{ m('') }}",
                  {}) == "template-depth-limit");
    CHECK(stopped("{% block a %}{{ self.a() }}{% endblock %}", {}) == "template-depth-limit");
    RenderLimits output;
    output.output_bytes = 1000;
    CHECK(stopped("{% for i in range(2000) %}x{% endfor %}", output) == "template-output-limit");
    CHECK(stopped("{{ 'x' * 1000000000000 }}", {}) == "template-output-limit");
    CHECK(stopped("{{ [1, 2] * 1000000000000 }}", {}) == "template-output-limit");
    std::string doubling = "{% set x = 'aaaaaaaaaaaaaaaa' %}";
    for (int i = 0; i < 60; ++i) doubling += "{% set x = x ~ x %}";
    CHECK(stopped(doubling, {}) == "template-output-limit");
}

TEST_CASE("expressions in macros in expressions do not use up the stack") {
    std::string open, close;
    for (int i = 0; i < 40; ++i) open += "[", close += "][0]";
    const Tried tried =
        try_template("{% macro m(n) %}{{ " + open + "m(n)" + close + " }}{% endmacro %}{{ m(1) }}");
    CHECK(tried.found.count(Severity::error) == 1);
    CHECK(entry_of(tried.found.items()[0].kind).id == "template-depth-limit");
}

TEST_CASE("many threads may render one program with one view") {
    const Tried tried = try_templates({{"main",
                                        "{% extends 'base' %}{% import 'lib' as l %}{% block b %}{% for y in "
                                        "years %}{{ l.m(y) }}{% include 'part' %}"
                                        "{% endfor %}{{ person.name }}{% endblock %}"},
                                       {"base", "({% block b %}{% endblock %})"},
                                       {"lib", "{% macro m(a) %}[{{ a }}]{% endmacro %}"},
                                       {"part", "{{ y }}{{ person.url }} "}},
                                      person());
    CHECK(tried.text.find("[2020]2020people/wang.html") != std::string::npos);
    const Value view = person();
    const auto pages = parallel_map(8, 200, [&](std::size_t) {
        Diagnostics found;
        return render(tried.programs, *tried.programs.find("main"), view, found);
    });
    for (const std::string& page : pages) CHECK(page == tried.text);
}

TEST_CASE("white space control keeps lines as authors expect") {
    CHECK(rendered("<ul>\n  {% for x in [1, 2] %}\n  <li>{{ x }}</li>\n  {% endfor %}\n</ul>\n") ==
          "<ul>\n  <li>1</li>\n  <li>2</li>\n</ul>");
    CHECK(rendered("\xEF\xBB\xBF{{ 1 }}\r\n{% if 1 %}\r\nx\r\n{% endif %}") == "1\nx\n");
}

TEST_CASE("a macro that is printed where it stands says and costs what a captured one does") {
    const std::string macro =
        "{% macro m(a, b='B', c=b) %}[{{ a }}{{ b }}{{ c }}{% if a == 'x' %}{{ m('y', c=a) }}{% endif %}]"
        "{% endmacro %}";
    for (const char* arguments : {"'x'", "'x', '<'", "c='<', a='x'", "'x', b='2', c='3'", "b='2'"}) {
        const std::string call = "m(" + std::string(arguments) + ")";
        const Tried printed = try_template(macro + "{{ " + call + " }}");
        const Tried captured = try_template(macro + "{% set s = " + call + " %}{{ s }}");
        CAPTURE(arguments);
        CHECK(printed.text == captured.text);
        CHECK(printed.found.items().size() == captured.found.items().size());
    }
    // Too many, unknown and doubled arguments are refused as before.
    for (const char* arguments : {"1, 2, 3, 4", "d=1", "1, a=2"}) {
        const Tried wrong = try_template(macro + "{{ m(" + arguments + ") }}");
        REQUIRE(wrong.found.items().size() == 1);
        CHECK(wrong.found.items()[0].kind == DiagnosticKind::template_bad_arguments);
    }
    const Tried endless = try_template("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}");
    REQUIRE(endless.found.items().size() == 1);
    CHECK(endless.found.items()[0].kind == DiagnosticKind::template_depth_limit);
    // What a macro writes counts twice against the limit: where it is written and where it is printed.
    RenderLimits limits;
    limits.output_bytes = 150;
    const std::string hundred(100, 'x');
    const Tried much =
        try_template("{% macro m() %}" + hundred + "{% endmacro %}{{ m() }}", Value::map({}), limits);
    REQUIRE(much.found.items().size() == 1);
    CHECK(much.found.items()[0].kind == DiagnosticKind::template_output_limit);
}
