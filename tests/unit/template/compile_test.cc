// What is found when templates are compiled: each kind of mistake, at its place, once.
#include <doctest/doctest.h>

#include "base/parallel.h"
#include "unit/template/try_template.h"

using namespace qunying;

namespace {

Findings found_in(const std::string& text) { return try_template(text).findings(); }
Findings found_in(const Templates& templates) { return try_templates(templates).findings(); }

}  // namespace

TEST_CASE("what is not closed is named where it opens") {
    CHECK(found_in("a {{ 1") == Findings{"template-unclosed “{{”"});
    CHECK(found_in("a {# b") == Findings{"template-unclosed “{#”"});
    CHECK(found_in("{% raw %}a") == Findings{"template-unclosed “{% raw %}”"});
    CHECK(found_in("{{ 'a }}b") == Findings{"template-unclosed “'”"});
    CHECK(found_in("{% set a = \"b %}\n{{ 1 }}") == Findings{"template-unclosed “\"”"});
    CHECK(found_in("{% if 1 %}a") == Findings{"template-missing-end “{% if”"});
    CHECK(found_in("{% for a in [1] %}{% if a %}{% endfor %}") == Findings{"template-missing-end “{% if”"});
}

TEST_CASE("what stands in the wrong place is named with what should be there") {
    CHECK(found_in("{{ 1 2 }}") == Findings{"template-expected “2”"});
    CHECK(found_in("{% if 1 2 %}{% endif %}") == Findings{"template-expected “2”"});
    CHECK(found_in("{% for a of [1] %}{% endfor %}") == Findings{"template-expected “of”"});
    CHECK(found_in("{{ (1 }}") == Findings{"template-expected “}}”"});
    CHECK(found_in("{{ }}") == Findings{"template-expression-expected “}}”"});
    CHECK(found_in("{{ 1 + * 2 }}") == Findings{"template-expression-expected “*”"});
    CHECK(found_in("{% set true = 1 %}") == Findings{"template-name-expected “true”"});
    CHECK(found_in("{{ a.'b' }}") == Findings{"template-name-expected “'b'”"});
    CHECK(found_in("{{ 1 ; }}") == Findings{"template-bad-character “;”"});
    CHECK(found_in("{{ 99999999999999999999 }}") ==
          Findings{"template-number-too-big “99999999999999999999”"});
    CHECK(found_in("{{ 1 is odd is even }}") == Findings{"template-expected “is”"});
}

TEST_CASE("one run lists the mistakes of all tags") {
    CHECK(found_in("{% if 1 1 %}{{ 2 2 }}{% endif %}{% nope %}{{ a|nope }}{{ 'x' }}").size() == 4);
}

TEST_CASE("unknown words come with what was probably meant") {
    CHECK(found_in("{% inclde 'a' %}") == Findings{"template-unknown-tag “inclde” → include"});
    CHECK(found_in("{{ 1|uper }}") == Findings{"template-unknown-filter “uper” → upper"});
    CHECK(found_in("{{ 1|map('uper') }}") == Findings{"template-unknown-filter “'uper'” → upper"});
    CHECK(found_in("{{ 1 is defind }}") == Findings{"template-unknown-test “defind” → defined"});
    CHECK(found_in("{% endfi %}") == Findings{"template-stray-end “endfi”"});
    CHECK(found_in("{% else %}") == Findings{"template-stray-end “else”"});
}

TEST_CASE("there is no way to call an author's text safe") {
    CHECK(found_in("{{ '<b>'|safe }}") == Findings{"template-safe-filter “safe”"});
    CHECK(found_in("{{ ['<b>']|map('safe')|join }}") == Findings{"template-safe-filter “'safe'”"});
}

TEST_CASE("arguments are checked before anything is rendered") {
    CHECK(found_in("{{ 'a'|upper(1) }}") == Findings{"template-bad-arguments “upper(1)”"});
    CHECK(found_in("{{ 'a'|replace('b') }}") == Findings{"template-bad-arguments “replace('b')”"});
    CHECK(found_in("{{ [1]|join(sep=',') }}") == Findings{"template-bad-arguments “join(sep=',')”"});
    CHECK(found_in("{{ [1]|join(',', d=',') }}") == Findings{"template-bad-arguments “join(',', d=',')”"});
    CHECK(found_in("{{ 1 is divisibleby }}") == Findings{"template-bad-arguments “divisibleby”"});
    CHECK(found_in("{{ [1]|select('divisibleby')|list }}") ==
          Findings{"template-bad-arguments “select('divisibleby')”"});
    CHECK(found_in("{{ [1]|map(x)|list }}").front() == "template-name-not-literal “x”");
}

TEST_CASE("templates must exist, be named literally, and not lead back to themselves") {
    CHECK(found_in(Templates{{"main", "{% include 'crad.html' %}"}, {"card.html", ""}}) ==
          Findings{"template-missing-template “'crad.html'” → card.html"});
    CHECK(found_in("{% extends 'base' %}") == Findings{"template-missing-template “'base'”"});
    CHECK(found_in("{% import 'lib' as l %}") == Findings{"template-missing-template “'lib'”"});
    CHECK(found_in("{% include x %}") == Findings{"template-name-not-literal “x”"});
    CHECK(found_in("{% extends x %}") == Findings{"template-name-not-literal “x”"});
    CHECK(found_in(Templates{{"main", "{% include 'b' %}"},
                             {"b", "{% extends 'c' %}"},
                             {"c", "{% import 'main' as m %}"}}) == Findings{"template-cycle “'main'”"});
    CHECK(found_in("{% extends 'main' %}") == Findings{"template-cycle “'main'”"});
    CHECK(found_in(Templates{{"main", "{% from 'lib' import buton %}"},
                             {"lib", "{% macro button() %}{% endmacro %}"}}) ==
          Findings{"template-undefined “buton” → button"});
}

TEST_CASE("extends stands first and once") {
    const Templates two = {{"main", "a{% extends 'base' %}"}, {"base", ""}};
    CHECK(found_in(two) == Findings{"template-extends-place “{% extends”"});
    CHECK(found_in(Templates{{"main", "{% if 1 %}{% extends 'base' %}{% endif %}"}, {"base", ""}}) ==
          Findings{"template-extends-place “{% extends”"});
    CHECK(found_in(Templates{{"main", "{# why #}\n{% extends 'base' %}"}, {"base", ""}}).empty());
    CHECK(found_in(Templates{{"main", "{% extends 'base' %}{% extends 'base' %}"}, {"base", ""}}) ==
          Findings{"template-extends-place “{% extends”"});
}

TEST_CASE("blocks have one place each and a counterpart in a parent") {
    const Templates base = {{"base", "{% block body %}{% endblock %}"}};
    CHECK(found_in("{% block a %}{% endblock %}{% block a %}{% endblock %}") ==
          Findings{"template-duplicate-block “a”"});
    const Tried odd =
        try_templates({{"main", "{% extends 'base' %}{% block bodi %}x{% endblock %}"}, base[0]});
    CHECK(odd.findings() == Findings{"template-unknown-block “bodi” → body"});
    CHECK(!odd.found.has_errors());
    const Tried lost = try_templates({{"main", "{% extends 'base' %}\n 迷路 \n{{ 1 }}"}, base[0]});
    CHECK(lost.findings() == Findings{"template-outside-block “迷路”", "template-outside-block “{{ 1 }}”"});
    CHECK(!lost.found.has_errors());
    CHECK(found_in("{% block a %}{{ super() }}{% endblock %}") ==
          Findings{"template-no-parent-block “super()”"});
    CHECK(found_in("{{ super() }}") == Findings{"template-no-parent-block “super()”"});
}

TEST_CASE("nothing is printed where no escaping would help") {
    const auto refusal = [](const std::string& html) {
        const Findings found = found_in(html);
        return found.size() == 1 ? found[0] : std::to_string(found.size()) + " findings";
    };
    CHECK(refusal("<a class={{ 1 }}>") == "template-unquoted-attribute “1”");
    CHECK(refusal("<a class=x{{ 1 }}>") == "template-unquoted-attribute “1”");
    CHECK(refusal("<script>{{ 1 }}</script>") == "template-in-script “1”");
    CHECK(refusal("<a onclick='{{ 1 }}'>") == "template-in-script “1”");
    CHECK(refusal("<iframe srcdoc='{{ 1 }}'></iframe>") == "template-in-script “1”");
    CHECK(refusal("<a href='javascript:{{ 1 }}'>") == "template-in-script “1”");
    CHECK(refusal("<style>{{ 1 }}</style>") == "template-in-style “1”");
    CHECK(refusal("<a style='{{ 1 }}'>") == "template-in-style “1”");
    CHECK(refusal("<{{ 1 }}>") == "template-in-tag “1”");
    CHECK(refusal("<a {{ 1 }}>") == "template-in-tag “1”");
    CHECK(refusal("<a b{{ 1 }}='c'>") == "template-in-tag “1”");
    CHECK(refusal("<a {% if 1 %}b{% endif %}{{ 1 }}>") == "template-in-tag “1”");
    CHECK(refusal("<script>{% filter upper %}a{% endfilter %}</script>") == "template-in-script “{% filter”");
    CHECK(refusal("{% macro m() %}{% endmacro %}<script>{% call m() %}{% endcall %}</script>") ==
          "template-in-script “{% call”");
    CHECK(refusal("<a {% block b %}{{ 1 }}{% endblock %}>") == "template-in-tag “1”");
}

TEST_CASE("a child's block is judged by where the parent puts it") {
    const Templates in_script = {{"main", "{% extends 'base' %}{% block b %}{{ 1 }}{% endblock %}"},
                                 {"base", "<script>{% block b %}{% endblock %}</script>"}};
    CHECK(found_in(in_script) == Findings{"template-in-script “1”"});
    const Templates attribute = {
        {"main", "{% extends 'base' %}{% block b %} title=\"{{ '<' }}\"{% endblock %}"},
        {"base", "<p{% block b %}{% endblock %} id=\"x\">"}};
    CHECK(try_templates(attribute).text == "<p title=\"&lt;\" id=\"x\">");
    CHECK(found_in(attribute).empty());
    const Templates open = {{"main", "{% extends 'base' %}{% block b %}<p title=\"{% endblock %}"},
                            {"base", "{% block b %}{% endblock %}"}};
    CHECK(found_in(open) == Findings{"template-fragment-open “b”"});
}

TEST_CASE("branches end alike, fragments end where they began") {
    CHECK(found_in("<a {% if 1 %}class=\"{% endif %}b\">") == Findings{"template-branches-differ “{% if”"});
    CHECK(found_in("{% for a in [1] %}<p {% endfor %}") == Findings{"template-branches-differ “{% for”"});
    CHECK(found_in("<li{% if 1 %} a=\"b\"{% endif %}c>") == Findings{"template-branches-differ “c>”"});
    CHECK(found_in("{% macro m() %}<p {% endmacro %}") == Findings{"template-fragment-open “m”"});
    CHECK(found_in("{% set a %}<p {% endset %}") == Findings{"template-fragment-open “{% set”"});
    CHECK(found_in("{% if 1 %}<p>{% else %}<b>{% endif %}").empty());
    CHECK(found_in("<a class=\"{% include 'main2' %}\">") == Findings{"template-needs-text “{% include”"});
    CHECK(found_in("<a class=\"{% json_ld 1 %}\">") == Findings{"template-needs-text “{% json_ld”"});
    CHECK(found_in("<p ") == Findings{"template-fragment-open “<p ”"});
}

TEST_CASE("depth is bounded") {
    std::string ifs, brackets, minus = "{{ ", sum = "{{ 1", text;
    for (int i = 0; i < 5000; ++i)
        ifs += "{% if 1 %}", brackets += "(", minus += "-", sum += " + 1", text += "{% set a %}";
    CHECK(found_in(ifs) == Findings{"template-too-deep “{% if”"});
    CHECK(found_in("{{ " + brackets).front() == "template-unclosed “{{”");
    CHECK(found_in("{{ " + brackets + " }}").front() == "template-too-deep “(”");
    CHECK(found_in(minus + "1 }}").front() == "template-too-deep “-”");
    CHECK(found_in(sum + " }}").front().starts_with("template-too-deep"));
    CHECK(found_in("{{ " + std::string(5000, '[') + " }}").front() == "template-too-deep “[”");
    CHECK(found_in("{% for " + brackets + "a in [] %}{% endfor %}").size() == 1);
}

TEST_CASE("messages are filled in both languages") {
    const Tried tried = try_template("{{ 1|uper }}{% if 1 2 %}{% endif %}<a {{ 1 }}>");
    for (const Diagnostic& each : tried.found.items()) {
        for (const Language language : {Language::chinese, Language::english}) {
            CHECK(message_of(each, language).find("{0}") == std::string::npos);
            CHECK(!cure_of(each, language).empty());
        }
    }
    CHECK(message_of(tried.found.items()[0], Language::english) == "found “2” where “%}” was expected");
}

TEST_CASE("the digest of a program covers all that it is made of") {
    const auto digest = [](const std::string& base, const std::string& part, const std::string& other) {
        const Tried tried =
            try_templates({{"main", "{% extends 'base' %}{% block b %}{% include 'part' %}{% endblock %}"},
                           {"base", base + "{% block b %}{% endblock %}"},
                           {"part", part},
                           {"other", other}});
        return program_digest(tried.programs, *find(tried.programs, "main"));
    };
    const Digest first = digest("a", "b", "c");
    CHECK(first == digest("a", "b", "c"));
    CHECK(first != digest("x", "b", "c"));
    CHECK(first != digest("a", "x", "c"));
    CHECK(first == digest("a", "b", "x"));
}

TEST_CASE("names count from the templates folder") {
    Sources sources;
    Diagnostics found;
    const SourceFile* file = &sources[sources.add("themes/hall/templates/kinds/person.html", "x")];
    const ProgramSet programs = compile_templates(std::span(&file, 1), found);
    CHECK(programs.names() == std::vector<std::string>{"kinds/person.html"});
    CHECK(programs.find("kinds/person.html"));
    CHECK(!programs.find("person.html"));
    CHECK(!ProgramSet().find("x"));
}
