// A template of a theme, compiled and rendered; also what did not compile.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "template/program.h"

using namespace qunying;

namespace {

Value view() {
    const auto row = [](const char* name) { return Value::map({{"title", Value::text(name)}}); };
    return Value::map({{"record", Value::map({{"title", Value::text("样例<")}, {"summary", Value()}})},
                       {"page", Value::map({{"heading_html", Value::html(SafeHtml{"<b>样例</b>"})}})},
                       {"list", Value::list({row("一"), row("二")})},
                       {"count", Value::integer(3)}});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Value data_of_page = view();
    RenderLimits limits;
    limits.steps = 20'000;
    limits.output_bytes = 100'000;
    Sources sources;
    Diagnostics found;
    const std::string text(reinterpret_cast<const char*>(data), size);
    const SourceFile& main = sources[sources.add("main", text)];
    const SourceFile& base = sources[sources.add("layout.html", "<b>{% block main %}{% endblock %}</b>")];
    const SourceFile& part = sources[sources.add("macros.html", "{% macro name(x) %}{{ x }}{% endmacro %}")];
    const std::vector<TemplateFile> files = {{"main", &main}, {"layout.html", &base}, {"macros.html", &part}};
    const ProgramSet programs = compile_templates(files, found);
    const std::string page = render(programs, *programs.find("main"), data_of_page, found, limits);
    if (page.size() > limits.output_bytes + size) std::abort();
    return 0;
}
