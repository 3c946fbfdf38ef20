// Templates broken at random, from a fixed seed: whatever comes out, nothing crashes and every run ends.
#include <doctest/doctest.h>

#include "unit/template/try_template.h"

using namespace qunying;

namespace {

// xorshift64*: the same everywhere.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::size_t below(std::size_t limit) {
        state_ ^= state_ >> 12, state_ ^= state_ << 25, state_ ^= state_ >> 27;
        return static_cast<std::size_t>((state_ * 0x2545F4914F6CDD1DULL) >> 33) % limit;
    }

  private:
    std::uint64_t state_;
};

const std::vector<std::string> seeds = {
    "{% extends 'base' %}{% block a %}{{ super() }}{% for k, v in m.items() if v %}{{ loop.index }}{{ "
    "k|upper }}{% else %}x{% endfor %}{% endblock %}",
    "{% macro m(a, b=a ~ 1) %}<p title=\"{{ a }}\">{{ caller(b) }}</p>{% endmacro %}{% call(x) m('<') %}{{ x "
    "}}{% endcall %}",
    "{% set q = [1, 2.5, 'x', none, {'k': (1, 2)}] %}{{ q[1:3]|map('float')|sum }}{{ q|length // 2 ** 2 % 3 "
    "}}{{ 'a' if q else 'b' }}",
    "<a href=\"{{ u }}\"{% if q is defined %} class='{{ c }}'{% endif %}>{% include 'part' %}{% import 'lib' "
    "as l %}{{ l.f(1) }}</a>",
    "{% set a %}{% filter replace('a', 'b') %}aaa{% endfilter %}{% endset %}{{ a|truncate(3)|trim|e }}{% "
    "with x = 1 %}{{ x }}{% endwith %}",
    "{% raw %}{{ }}{% endraw %}{# c #}{%- if 1 < 2 <= 3 and not 4 in [5] -%} y {%- elif 'a' is string -%} z "
    "{%- endif -%}{% json_ld {'a': 1} %}",
    "{{ l|groupby('y')|map(attribute='list')|map('join')|join(',') }}{{ l|sort(attribute='y', "
    "reverse=true)|batch(2)|list|length }}",
};
const std::vector<std::string> pieces = {"{{",
                                         "}}",
                                         "{%",
                                         "%}",
                                         "{#",
                                         "#}",
                                         "-",
                                         "(",
                                         ")",
                                         "[",
                                         "]",
                                         "|",
                                         "'",
                                         "\"",
                                         "<",
                                         ">",
                                         "=",
                                         " if ",
                                         " for ",
                                         " in ",
                                         "endfor",
                                         "endif",
                                         "else",
                                         "block",
                                         "set",
                                         "~",
                                         ":",
                                         ",",
                                         ".",
                                         "\\",
                                         "\xE7",
                                         "<script>",
                                         "</script>",
                                         "<a ",
                                         "\n",
                                         "1e400",
                                         "99999999999999999999",
                                         "loop",
                                         "super()",
                                         "self.a()"};

std::string mutated(std::string text, Dice& dice) {
    for (std::size_t i = 0; i <= dice.below(4); ++i) {
        const std::size_t at = dice.below(text.size() + 1);
        switch (dice.below(4)) {
            case 0:
                text.erase(at, dice.below(8));
                break;
            case 1:
                text.insert(at, pieces[dice.below(pieces.size())]);
                break;
            case 2:
                text.insert(at, text.substr(dice.below(text.size() + 1), dice.below(30)));
                break;
            default:
                if (at < text.size()) text[at] = static_cast<char>(dice.below(256));
        }
    }
    return text;
}

Value view() {
    const auto row = [](const char* y) { return Value::map({{"y", Value::text(y)}}); };
    return Value::map({{"m", Value::map({{"a", Value::integer(1)}})},
                       {"u", Value::text("javascript:x")},
                       {"c", Value::html(SafeHtml{"<b>"})},
                       {"l", Value::list({row("b"), row("a"), row("b")})}});
}

}  // namespace

TEST_CASE("broken templates never crash, and rendering them ends") {
    Dice dice(20261121);
    RenderLimits limits;
    limits.steps = 20'000;
    limits.output_bytes = 100'000;
    const Value data = view();
    std::size_t clean = 0;
    for (int round = 0; round < 4000; ++round) {
        const std::string text = mutated(seeds[dice.below(seeds.size())], dice);
        Sources sources;
        Diagnostics found;
        const std::vector<std::pair<std::string, std::string>> texts = {
            {"main", text},
            {"base", "<b>{% block a %}A{% endblock %}</b>"},
            {"part", "{{ q|default(1) }}"},
            {"lib", "{% macro f(x) %}{{ x }}{% endmacro %}"}};
        std::vector<TemplateFile> files;
        for (const auto& [name, body] : texts) files.push_back({name, &sources[sources.add(name, body)]});
        const ProgramSet programs = compile_templates(files, found);
        // Also what did not compile must not crash when it is run.
        const std::string page = render(programs, *programs.find("main"), data, found, limits);
        CHECK(page.size() <= limits.output_bytes + text.size());
        clean += found.empty() ? 1 : 0;
        for (const Diagnostic& each : found.items()) {
            const bool inside = each.where.known() && each.where.begin <= each.where.end &&
                                each.where.end <= sources[each.where.source].text.size();
            if (!inside) CAPTURE(text);
            CHECK(inside);
        }
    }
    CHECK(clean > 50);
}

TEST_CASE("the same template gives the same page and the same findings every time") {
    Dice dice(7);
    for (int round = 0; round < 100; ++round) {
        const std::string text = mutated(seeds[dice.below(seeds.size())], dice);
        const Templates templates = {
            {"main", text}, {"base", "{% block a %}{% endblock %}"}, {"part", ""}, {"lib", ""}};
        const Tried first = try_templates(templates, view()), second = try_templates(templates, view());
        CHECK(first.text == second.text);
        CHECK(first.findings() == second.findings());
    }
}

TEST_CASE("what was refused since its branches differ does not crash when it is run") {
    for (const char* text :
         {"{% if m.b %}<a href=\"{% endif %}x\">y</a>", "<a href=\"x{% set q %}\"{% endset %}>",
          "<a href=\"{% set q %}x\">{% endset %}"}) {
        Sources sources;
        Diagnostics found;
        const std::vector<TemplateFile> files = {{"main", &sources[sources.add("main", text)]}};
        const ProgramSet programs = compile_templates(files, found);
        CHECK(found.has_errors());
        render(programs, *programs.find("main"), view(), found, {});
    }
}
