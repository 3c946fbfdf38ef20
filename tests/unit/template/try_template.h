#pragma once
// Compiles and renders little templates for the tests.
#include <doctest/doctest.h>
#include <string>
#include <utility>
#include <vector>

#include "template/program.h"

namespace qunying {

using Templates = std::vector<std::pair<std::string, std::string>>;

struct Tried {
    Sources sources;
    Diagnostics found;
    ProgramSet programs;
    std::string text;

    // Each finding as id “the text it points at”, with → what was probably meant.
    std::vector<std::string> findings() const {
        std::vector<std::string> all;
        for (const Diagnostic& each : found.items()) {
            const Span where = each.where;
            const std::string excerpt =
                where.known() ? sources[where.source].text.substr(where.begin, where.end - where.begin) : "?";
            all.push_back(std::string(entry_of(each.kind).id) + " “" + excerpt + "”" +
                          (each.meant.empty() ? "" : " → " + each.meant));
        }
        return all;
    }
};

// Compiles `templates` and, when nothing was wrong, renders the first of them.
inline Tried try_templates(const Templates& templates, const Value& view = Value::map({}),
                           RenderLimits limits = {}) {
    Tried tried;
    std::vector<TemplateFile> files;
    for (const auto& [name, text] : templates)
        files.push_back({name, &tried.sources[tried.sources.add(name, text)]});
    tried.programs = compile_templates(files, tried.found);
    if (!tried.found.has_errors())
        tried.text =
            render(tried.programs, *tried.programs.find(templates.front().first), view, tried.found, limits);
    return tried;
}

inline Tried try_template(const std::string& text, const Value& view = Value::map({}),
                          RenderLimits limits = {}) {
    return try_templates({{"main", text}}, view, limits);
}

// The text, or what was found when anything was.
inline std::string rendered(const std::string& text, const Value& view = Value::map({})) {
    const Tried tried = try_template(text, view);
    return tried.found.empty() ? tried.text : tried.findings().front();
}

using Findings = std::vector<std::string>;

}  // namespace qunying

template <>
struct doctest::StringMaker<qunying::Findings> {
    static doctest::String convert(const qunying::Findings& findings) {
        std::string text;
        for (const std::string& each : findings) text += "[" + each + "]";
        return text.c_str();
    }
};
