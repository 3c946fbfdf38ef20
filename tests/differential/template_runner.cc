// Renders the template cases of a JSON file with our engine and writes what came out as JSON, for
// compare_templates.py to hold against Python's jinja2.
//
// In:  [{"name", "templates": {name: text}, "main", "data": {…}}…]
// Out: [{"name", "text", "errors": [id…], "warnings": [id…]}…]
#include <fstream>
#include <iostream>
#include <iterator>

#include "base/json.h"
#include "template/program.h"

namespace {

using namespace qunying;

// {"__html__": "<b>"} stands for markup that is safe as it is.
Value to_value(const JsonValue& json) {
    switch (json.type) {
        case JsonValue::Type::null:
            return Value();
        case JsonValue::Type::boolean:
            return Value::boolean(json.boolean);
        case JsonValue::Type::integer:
            return Value::integer(json.integer);
        case JsonValue::Type::real:
            return Value::real(json.real);
        case JsonValue::Type::text:
            return Value::text(json.text);
        case JsonValue::Type::array: {
            std::vector<Value> items;
            for (const JsonValue& item : json.items) items.push_back(to_value(item));
            return Value::list(std::move(items));
        }
        case JsonValue::Type::object: {
            if (const JsonValue* html = json.find("__html__")) return Value::html(SafeHtml{html->text});
            std::vector<std::pair<std::string, Value>> entries;
            for (const auto& [key, value] : json.members) entries.emplace_back(key, to_value(value));
            return Value::map(std::move(entries));
        }
    }
    return Value();
}

void write_kinds(JsonWriter& out, const Diagnostics& found, Severity severity) {
    out.key(severity == Severity::error ? "errors" : "warnings").begin_array();
    for (const Diagnostic& each : found.items()) {
        if (each.severity == severity) out.text(entry_of(each.kind).id);
    }
    out.end_array();
}

void run_case(const JsonValue& test, JsonWriter& out) {
    Sources sources;
    Diagnostics found;
    std::vector<TemplateFile> files;
    for (const auto& [name, text] : test.find("templates")->members)
        files.push_back({name, &sources[sources.add(name, text.text)]});
    const ProgramSet programs = compile_templates(files, found);
    const auto program = programs.find(test.find("main")->text);
    const JsonValue* data = test.find("data");
    std::string text;
    if (program && !found.has_errors())
        text = render(programs, *program, to_value(data ? *data : JsonValue()), found);
    out.begin_object().key("name").text(test.find("name")->text).key("text").text(text);
    write_kinds(out, found, Severity::error);
    write_kinds(out, found, Severity::warning);
    out.end_object();
}

}  // namespace

int main(int argc, char** argv) {
    std::ifstream file(argc > 1 ? argv[1] : "");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto cases = read_json(text);
    if (!cases || cases->type != JsonValue::Type::array) {
        std::cerr << "usage: template_runner CASES.json\n";
        return 2;
    }
    JsonWriter out;
    out.begin_array();
    for (const JsonValue& test : cases->items) run_case(test, out);
    out.end_array();
    std::cout << out.finish();
    return 0;
}
