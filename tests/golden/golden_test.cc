// Runs every tests/golden/*.case through check and build. UPDATE_GOLDEN=1 rewrites the findings.
#define DOCTEST_CONFIG_IMPLEMENT
#include <cstdlib>
#include <doctest/doctest.h>
#include <memory>

#include "support/case_file.h"
#include "support/test_site.h"
#include "system/release_stage.h"

using namespace qunying;

namespace {

struct Built {
    BuildResult check, build;
    FileSnapshot output;
    std::vector<std::string> touched;  // what the build wrote outside .qunying
};

void put_files(MemoryDisk& disk, const CaseFile& file) {
    for (const CaseSection& section : file.sections) {
        if (section.kind != "file") continue;
        const bool base64 = section.arguments.size() > 1 && section.arguments[1] == "base64";
        disk.put(section.arguments[0], base64 ? decode_base64(section.text) : section.text);
    }
}

BuildOptions options_for(const CaseFile& file) {
    BuildOptions options = test_options();
    if (!file.option_value("as_of").empty()) options.as_of = *read_date(file.option_value("as_of")).date;
    if (file.option_value("audience") == "venue") options.audience = Audience::venue;
    options.base_url = file.option_value("base_url");
    options.preview = file.option("preview");
    options.strict = file.option("strict");
    return options;
}

Built run(const CaseFile& file) {
    MemoryDisk disk;
    put_theme(disk);
    put_files(disk, file);
    const BuildOptions options = options_for(file);
    Memo memo(disk);
    Built built;
    built.check = check_site(disk, memo, options);
    disk.clear_notes();
    ReleaseStage stage(disk, "public");
    built.build = build_site(disk, memo, stage, options);
    for (const DiskNote& note : disk.writes()) {
        if (!note.path.starts_with(".qunying")) built.touched.push_back(note.path);
    }
    if (disk.status("public")) built.output = disk.snapshot("public");
    return built;
}

bool updating() { return std::getenv("UPDATE_GOLDEN") != nullptr; }

void check_section(const CaseSection& section, const FileSnapshot& output) {
    const std::string target = section.arguments.empty() ? "" : section.arguments[0];
    const auto file = output.find(target);
    if (section.kind == "contains" || section.kind == "order") {
        INFO(target);
        CHECK(file != output.end());
        if (file == output.end()) return;  // so that the other cases are looked at too
        std::size_t from = 0;
        for (const std::string& line : lines_of(section.text)) {
            INFO(line);
            const std::size_t at = file->second.find(line, section.kind == "order" ? from : 0);
            CHECK(at != std::string::npos);
            if (at != std::string::npos) from = at + line.size();
        }
    }
    if (section.kind == "lacks") {
        for (const std::string& line : lines_of(section.text)) {
            for (const auto& published : output) {
                const std::string& path = published.first;
                const std::string& bytes = published.second;
                INFO(line << " in " << path);
                CHECK((line.empty() ||
                       (bytes.find(line) == std::string::npos && path.find(line) == std::string::npos)));
            }
        }
    }
    if (section.kind == "absent") {
        for (const std::string& line : lines_of(section.text))
            CHECK_MESSAGE((line.empty() || !output.contains(line)), line);
    }
}

}  // namespace

TEST_CASE("golden cases") {
    const auto paths = case_paths("tests/golden");
    REQUIRE_FALSE(paths.empty());
    for (const std::string& path : paths) {
        CAPTURE(path);
        const CaseFile file = read_case(path);
        const Built built = run(file);
        const std::string findings = findings_of(built.check);
        if (updating() && findings != file.text_of("findings")) rewrite_case(file, "findings", findings);
        CHECK(findings == file.text_of("findings"));
        // check and build say the same, and a site with errors is left alone.
        CHECK(findings_of(built.build) == findings);
        CHECK(built.build.published == !built.check.diagnostics.has_errors());
        if (!built.build.published) CHECK(built.output.empty());
        for (const CaseSection& section : file.sections) check_section(section, built.output);
    }
}

int main(int argc, char** argv) {
    doctest::Context context(argc, argv);
    return context.run();
}
