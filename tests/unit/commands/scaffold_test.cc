#include "commands/scaffold.h"

#include <doctest/doctest.h>

#include "base/text.h"
#include "load/load.h"

using namespace qunying;

namespace {

constexpr const char* settings = "title: 样例群英谱\nregions: [样例区]\n";

std::string findings_in(const std::string& path, const std::string& text) {
    Sources sources;
    sources.add("content/site.yaml", settings);
    sources.add(path, text);
    Diagnostics diagnostics;
    const FileSet no_files;
    std::vector<SourceId> texts;
    for (const SourceFile& file : sources.files()) texts.push_back(file.id);
    std::vector<ParsedRecord> parsed;
    for (const SourceId id : record_files(sources, texts))
        parsed.push_back(parse_record(sources[id], diagnostics));
    load_site({sources, texts, no_files}, std::move(parsed), diagnostics);
    diagnostics.settle(sources);
    std::string said;
    for (const Diagnostic& item : diagnostics.items()) said += as_text(item, sources, Language::chinese);
    return said;
}

// Every commented line of the front matter in use, as an author would begin.
std::string uncommented(const std::string& text) {
    std::string made;
    for (const std::string_view line : split(text, '\n'))
        made += std::string(line.starts_with("# ") ? line.substr(2) : line) + "\n";
    made.pop_back();
    return made;
}

}  // namespace

TEST_CASE("the scaffold of every kind is a draft without a finding, even with every line in use") {
    const Kinds kinds = built_in_kinds();
    for (const Kind& kind : kinds.all()) {
        if (kind.folder.empty()) continue;
        CAPTURE(kind.key);
        const std::string path = "content/" + kind.folder + "/x/index.md";
        CHECK(findings_in(path, scaffold(kind, "王样例")) == "");
        CHECK(scaffold(kind, "王样例").find(": 王样例\n") != std::string::npos);
    }
}

TEST_CASE("lines put to use are keys of the table") {
    const Kinds kinds = built_in_kinds();
    for (const Kind& kind : kinds.all()) {
        if (kind.folder.empty()) continue;
        CAPTURE(kind.key);
        const std::string said =
            findings_in("content/" + kind.folder + "/x/index.md", uncommented(scaffold(kind, "王样例")));
        CHECK(said.find("[unknown-key]") == std::string::npos);
        CHECK(said.find("[field-twice]") == std::string::npos);
        CHECK(said.find("[yaml-") == std::string::npos);
        CHECK(said.find("[wrong-shape]") == std::string::npos);
    }
}

TEST_CASE("names that YAML would read otherwise are quoted") {
    const Kinds kinds = built_in_kinds();
    const Kind& person = kinds[kinds.must("person")];
    for (const char* name :
         {"王: 样例", "# 王", "it's", "“王”", "- 王", "[王]", "true", "王 #样例", "'王'"}) {
        CAPTURE(name);
        CHECK(findings_in("content/people/x/index.md", scaffold(person, name)) == "");
    }
}
