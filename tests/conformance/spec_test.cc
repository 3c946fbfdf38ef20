// Every example of CommonMark 0.29 and our own cases for the extensions of GFM.
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>

#include "base/text.h"
#include "spec_cases.h"

using namespace qunying;

namespace {

std::string contents(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

const std::string folder = QUNYING_CONFORMANCE;

bool agrees(const SpecCase& example) {
    return comparable(our_html(example.markdown)) == comparable(with_our_headings(example.html));
}

}  // namespace

TEST_CASE("CommonMark: every example agrees or is a listed difference") {
    const std::vector<SpecCase> cases = read_spec_cases(contents(QUNYING_SPECIFICATION));
    const auto differences = read_differences(contents(folder + "/differences.txt"));
    REQUIRE_MESSAGE(cases.size() == 649, "the specification is missing: run fetch_spec.sh");
    for (const SpecCase& example : cases) {
        CAPTURE(example.number);
        CAPTURE(example.section);
        CAPTURE(example.markdown);
        CAPTURE(our_html(example.markdown));
        CAPTURE(example.html);
        const bool listed = differences.contains(example.number);
        if (listed) CHECK_MESSAGE(!agrees(example), "listed in differences.txt, yet there is no difference");
        if (!listed) CHECK_MESSAGE(agrees(example), "differs and is not listed in differences.txt");
    }
    for (const auto& [number, reason] : differences) {
        CHECK(number <= static_cast<int>(cases.size()));
        CHECK_FALSE(reason.empty());
    }
}

TEST_CASE("GFM and our own syntax: every case gives exactly this HTML") {
    const std::vector<SpecCase> cases = read_spec_cases(contents(folder + "/gfm_cases.txt"));
    CHECK(cases.size() >= 50);
    for (const SpecCase& example : cases) {
        CAPTURE(example.number);
        CAPTURE(example.section);
        CAPTURE(example.markdown);
        CHECK(our_html(example.markdown) == example.html);
    }
}

TEST_CASE("the comparison itself sees differences") {
    CHECK_FALSE(agrees({1, "", "*a*\n", "<p>a</p>\n"}));
    CHECK_FALSE(agrees({1, "", "# a\n", "<h2>a</h2>\n"}));
    CHECK(agrees({1, "", "# a\n", "<h1>a</h1>\n"}));
    CHECK_FALSE(agrees({1, "", "- a\n", "<ul><li>b</li></ul>\n"}));
    CHECK(read_differences("# note\n3-5 raw HTML\n7 x\n").size() == 4);
}
