#pragma once
// A *.case file: one behaviour of the whole program, as the files that go in and what must come out.
//
//   # what it shows
//   === file content/people/a.md            the text up to the next line that begins with ===
//   === file content/people/a.jpg base64    bytes
//   === options as_of=2026-07-01 audience=venue base_url=https://… preview strict
//   === findings                            what check says, in Chinese
//   === contains people/a.html              each line stands somewhere in that output file
//   === order data/people.json              the lines stand in that output file in this order
//   === lacks                               no line stands in any output file
//   === absent                              no such output files
#include <string>
#include <utility>
#include <vector>

namespace qunying {

struct CaseSection {
    std::string kind;                    // file, options, findings…
    std::vector<std::string> arguments;  // the other words of its line
    std::string text;
};

struct CaseFile {
    std::string path;
    std::string comment;  // all before the first section
    std::vector<CaseSection> sections;

    // The text of the first section of that kind, empty where there is none.
    std::string text_of(const std::string& kind) const;
    bool has(const std::string& kind) const;
    bool option(const std::string& name) const;
    // The value of name=value among the options, or empty.
    std::string option_value(const std::string& name) const;
};

CaseFile read_case(const std::string& path);
// Replaces the text of the first section of that kind in the file.
void rewrite_case(const CaseFile& file, const std::string& kind, const std::string& text);
// Paths of the *.case files in a folder, sorted.
std::vector<std::string> case_paths(const std::string& folder);

std::string decode_base64(const std::string& text);
std::vector<std::string> lines_of(const std::string& text);

}  // namespace qunying
