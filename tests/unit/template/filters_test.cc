// Every filter and every test, once; tests/differential holds them against Jinja in depth.
#include "template/filters.h"

#include <doctest/doctest.h>
#include <set>

#include "unit/template/try_template.h"

using namespace qunying;

namespace {

struct Example {
    std::string name, expression, text;
};

const std::vector<Example> filter_examples = {
    {"abs", "-3|abs", "3"},
    {"batch", "[1,2,3]|batch(2, 'x')|map('join')|join('/')", "12/3x"},
    {"capitalize", "'aBC'|capitalize", "Abc"},
    {"count", "[1,2]|count", "2"},
    {"d", "nothing|d('x')", "x"},
    {"default", "''|default('x', true)", "x"},
    {"dictsort", "{'b':1,'A':2}|dictsort|map('first')|join", "Ab"},
    {"e", "'<'|e|e", "&lt;"},
    {"escape", "'&'|escape", "&amp;"},
    {"first", "[7,8]|first", "7"},
    {"float", "'1.5'|float", "1.5"},
    {"groupby", "[{'k':2},{'k':1},{'k':2}]|groupby('k')|map(attribute='grouper')|join", "12"},
    {"int", "'42.9'|int", "42"},
    {"items", "{'a':1}|items|map('join', '=')|join", "a=1"},
    {"join", "['<', 1]|join(', ')", "&lt;, 1"},
    {"last", "'王样例'|last", "例"},
    {"length", "'王样例'|length", "3"},
    {"list", "'ab'|list|join('-')", "a-b"},
    {"lower", "'ÀB'|lower", "àb"},
    {"map", "[{'a':1},{}]|map(attribute='a', default='-')|join", "1-"},
    {"max", "['b','A','c']|max", "c"},
    {"min", "[3,1,2]|min", "1"},
    {"reject", "[1,2,3]|reject('odd')|join", "2"},
    {"rejectattr", "[{'a':1},{'a':0}]|rejectattr('a')|length", "1"},
    {"replace", "'aaa'|replace('a', 'b', 2)", "bba"},
    {"reverse", "'荣誉'|reverse", "誉荣"},
    {"round", "2.675|round(2)", "2.67"},
    {"select", "[0,1,2]|select|join", "12"},
    {"selectattr", "[{'a':1},{'a':5}]|selectattr('a', '>', 2)|length", "1"},
    {"slice", "[1,2,3]|slice(2)|map('join')|join('/')", "12/3"},
    {"sort", "[{'n':2,'k':'a'},{'n':1,'k':'b'}]|sort(attribute='n')|map(attribute='k')|join", "ba"},
    {"striptags", "'<p>a</p>  <b>&amp;'|striptags", "a &amp;"},
    {"sum", "[{'n':2},{'n':0.5}]|sum(attribute='n')", "2.5"},
    {"title", "'ab cd-ef'|title", "Ab Cd-Ef"},
    {"tojson", "{'b':'<','a':[none]}|tojson", "{\"a\": [null], \"b\": \"\\u003c\"}"},
    {"trim", "('[' ~ '　a '|trim ~ ']')", "[a]"},
    {"truncate", "'一二三四五六七八'|truncate(4, true, '…', 0)", "一二三…"},
    {"typeset", "'共3人<'|typeset", "共<span class=lat>3</span>人&lt;"},
    {"unbroken", "'阿·乙'|unbroken", "<span class=unbroken>阿·</span><wbr><span class=unbroken>乙</span>"},
    {"unique", "['a','A','b']|unique|join", "ab"},
    {"upper", "'aé'|upper", "AÉ"},
    {"urlencode", "'a b/荣'|urlencode", "a%20b/%E8%8D%A3"},
};

const std::vector<Example> test_examples = {
    {"!=", "[1,2]|select('!=', 1)|join", "2"},
    {"<", "[1,2]|select('<', 2)|join", "1"},
    {"<=", "[1,2,3]|select('<=', 2)|join", "12"},
    {"==", "[1,2]|select('==', 2)|join", "2"},
    {">", "[1,2]|select('>', 1)|join", "2"},
    {">=", "[1,2,3]|select('>=', 2)|join", "23"},
    {"boolean", "true is boolean ~ (1 is boolean)", "TrueFalse"},
    {"defined", "nothing is defined", "False"},
    {"divisibleby", "9 is divisibleby 3", "True"},
    {"eq", "1 is eq 1", "True"},
    {"equalto", "1 is equalto 2", "False"},
    {"escaped", "('a'|e) is escaped", "True"},
    {"even", "2 is even", "True"},
    {"false", "false is false", "True"},
    {"filter", "'upper' is filter", "True"},
    {"float", "1.0 is float", "True"},
    {"ge", "2 is ge 2", "True"},
    {"greaterthan", "2 is greaterthan 2", "False"},
    {"gt", "3 is gt 2", "True"},
    {"in", "1 is in [1]", "True"},
    {"integer", "true is integer", "False"},
    {"iterable", "{} is iterable", "True"},
    {"le", "2 is le 2", "True"},
    {"lessthan", "1 is lessthan 2", "True"},
    {"lower", "'ab' is lower", "True"},
    {"lt", "2 is lt 2", "False"},
    {"mapping", "{} is mapping", "True"},
    {"ne", "1 is ne 1", "False"},
    {"none", "none is none", "True"},
    {"number", "1.5 is number", "True"},
    {"odd", "2 is odd", "False"},
    {"sequence", "[] is sequence", "True"},
    {"string", "'' is string", "True"},
    {"test", "'odd' is test", "True"},
    {"true", "1 is true", "False"},
    {"undefined", "nothing is undefined", "True"},
    {"upper", "'Ab' is upper", "False"},
};

void check_examples(const std::vector<Example>& examples, const std::vector<std::string>& names) {
    std::set<std::string> shown;
    for (const Example& example : examples) {
        CAPTURE(example.expression);
        const std::string parts =
            example.name == "boolean" ? "(" + example.expression + ")" : example.expression;
        CHECK(rendered("{{ " + parts + " }}") == example.text);
        shown.insert(example.name);
    }
    for (const std::string& name : names) {
        CAPTURE(name);
        CHECK(shown.count(name) == 1);
    }
}

}  // namespace

TEST_CASE("every filter does what it says") { check_examples(filter_examples, filter_names()); }
TEST_CASE("every test does what it says") { check_examples(test_examples, test_names()); }

TEST_CASE("names are found and unknown ones are not") {
    CHECK(find_filter("upper")->name == "upper");
    CHECK(find_filter("safe") == nullptr);
    CHECK(find_test("callable") == nullptr);
    CHECK(find_test("sameas") == nullptr);
}

TEST_CASE("signatures list parameters in order") {
    const auto parameters = parameters_of("batch(linecount, fill_with=none)");
    REQUIRE(parameters.size() == 2);
    CHECK(parameters[0].name == "linecount");
    CHECK(!parameters[0].optional);
    CHECK(parameters[1].optional);
    CHECK(parameters_of("abs()").empty());
}

TEST_CASE("filters report what they cannot use, at their place, once") {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"'a'|abs", "template-wrong-type “abs”"},
        {"[1]|upper", "template-wrong-type “upper”"},
        {"[1]|dictsort", "template-wrong-type “dictsort”"},
        {"5|length", "template-wrong-type “length”"},
        {"'a'|round", "template-wrong-type “round”"},
        {"[1]|escape", "template-wrong-type “escape”"},
        {"[1]|striptags", "template-wrong-type “striptags”"},
        {"[[1,2,3]]|urlencode", "template-wrong-type “urlencode”"},
        {"[range]|tojson", "template-wrong-type “tojson”"},
        {"5|list", "template-not-iterable “list”"},
        {"5|join", "template-not-iterable “join”"},
        {"5|sort", "template-not-iterable “sort”"},
        {"[1,'a']|sort", "template-not-comparable “sort”"},
        {"[1,none]|max", "template-not-comparable “max”"},
        {"[1,'a']|sum", "template-wrong-type “sum”"},
        {"[[1],[2]]|join", "template-prints-structure “join”"},
        {"['a']|batch(0)", "template-bad-arguments “batch(0)”"},
        {"['a']|slice(-1)", "template-bad-arguments “slice(-1)”"},
        {"'abcdefghijk'|truncate(1)", "template-bad-arguments “truncate(1)”"},
        {"{}|dictsort(by='x')", "template-bad-arguments “dictsort(by='x')”"},
        {"1|round(0, 'up')", "template-bad-arguments “round(0, 'up')”"},
        {"['a']|batch('x')", "template-wrong-type “batch('x')”"},
        {"[{'nam': 1}]|map(attribute='name')|join", "template-undefined “map(attribute='name')” → nam"},
        {"[{'nam': 1}]|selectattr('name')|list", "template-undefined “selectattr('name')” → nam"},
        {"[]|first", "template-undefined “first”"},
        {"[]|max", "template-undefined “max”"},
        {"'a' is even", "template-wrong-type “even”"},
        {"'a' is lt 1", "template-not-comparable “lt 1”"},
    };
    for (const auto& each : cases) {
        CAPTURE(each.first);
        const Findings found = try_template("{{ " + each.first + " }}").findings();
        REQUIRE(!found.empty());
        CHECK(found.front() == each.second);
    }
}

TEST_CASE("no filter turns an author's text into markup") {
    const Value view =
        Value::map({{"x", Value::text("<b>")}, {"safe", Value::html(SafeHtml{"<i>&lt;b&gt;</i>"})}});
    for (const std::string& name : filter_names()) {
        for (const std::string input : {"x", "safe"}) {
            const FilterEntry& filter = *find_filter(name);
            std::string call = name;
            if (name == "replace") call = "replace('q', '<b>')";
            if (name == "groupby" || name == "selectattr" || name == "rejectattr" || name == "batch" ||
                name == "slice")
                continue;
            if (filter.applies != Applies::nothing) continue;
            CAPTURE(call);
            const Tried tried = try_template("{{ " + input + "|" + call + " }}", view);
            CHECK(tried.text.find("<b>") == std::string::npos);
        }
    }
}

TEST_CASE("sorting is stable, up and down") {
    CHECK(rendered("{{ ['b1','a','B2','c','b3']|sort|join(' ') }}") == "a b1 B2 b3 c");
    CHECK(rendered("{% for x in [['x',1],['y',0],['z',1],['w',0]]|sort(attribute=1, reverse=true) %}{{ x[0] "
                   "}}{% endfor %}") == "xzyw");
}
