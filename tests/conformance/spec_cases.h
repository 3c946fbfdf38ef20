#pragma once
// Examples in the form of the CommonMark specification, and HTML made comparable.
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace qunying {

struct SpecCase {
    int number = 0;  // from 1, as the specification counts
    std::string section, markdown, html;
};

// Examples between fences of 32 backticks; → stands for a tab. Ends at <!-- END TESTS -->.
std::vector<SpecCase> read_spec_cases(std::string_view text);

// Example number → reason, from lines `17 reason…`; `12-15 reason…` is four of them; # begins a note.
std::map<int, std::string> read_differences(std::string_view text);

// Our HTML of a story, pictures as <img>, references as ⟦…⟧, without the spans of typography.
std::string our_html(const std::string& markdown);
// What both sides look like when the differences that docs/markdown.md promises for every page are taken out:
// heading levels one lower, no ids on headings, no “/” in void elements, entities that mean the same.
std::string comparable(std::string html);
// The specification's HTML with heading levels as ours.
std::string with_our_headings(std::string html);

}  // namespace qunying
