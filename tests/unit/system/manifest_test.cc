#include "system/manifest.h"

#include <doctest/doctest.h>

namespace qunying {
namespace {

Manifest some_manifest() {
    OutputTree files;
    files.append("404.html", {blake2b_of("0"), 0});
    files.append("index.html", {blake2b_of("1"), 10});
    files.append("people/a.html", {blake2b_of("2"), 123456789012});
    return {{{"generator", "qunying 1"}, {"inputs", ""}}, files};
}

// What the quick reader says must be what the reader of JSON says, of whatever text.
void check_alike(const std::string& text) {
    CAPTURE(text);
    CHECK((parse_manifest(text) == parse_manifest_as_json(text)));
}

TEST_CASE("a manifest comes back as it was written, however it is spelled") {
    const Manifest manifest = some_manifest();
    const std::string text = write_manifest(manifest);
    CHECK((parse_manifest(text) == manifest));
    CHECK((parse_manifest_as_json(text) == manifest));
    CHECK((parse_manifest(" " + text) == manifest));
    const Manifest empty{{}, {}};
    CHECK((parse_manifest(write_manifest(empty)) == empty));
    const Manifest chinese{{{"generator", "群英\"\\\n<1>"}}, manifest.files};
    CHECK((parse_manifest(write_manifest(chinese)) == chinese));
}

TEST_CASE("a manifest that is cut off, or differs by one byte, is read alike by both readers") {
    const std::string text = write_manifest(some_manifest());
    for (std::size_t at = 0; at < text.size(); ++at) {
        check_alike(text.substr(0, at));
        check_alike(text.substr(0, at) + text.substr(at + 1));
        for (const char byte : std::string_view("\0\n\t \"\\{}[]:,.-/0129aefzAZ_~\x7f\x80\xe4", 30)) {
            std::string changed = text;
            changed[at] = byte;
            check_alike(changed);
            check_alike(std::string(text).insert(at, 1, byte));
        }
    }
}

TEST_CASE("a manifest with lines turned, doubled or left out is read alike by both readers") {
    const std::string text = write_manifest(some_manifest());
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = text.find('\n', begin) + 1;
        lines.push_back(text.substr(begin, end - begin));
        begin = end;
    }
    for (std::size_t one = 0; one < lines.size(); ++one) {
        for (std::size_t other = 0; other < lines.size(); ++other) {
            std::vector<std::string> turned = lines, doubled = lines;
            std::swap(turned[one], turned[other]);
            doubled.insert(doubled.begin() + static_cast<std::ptrdiff_t>(other), lines[one]);
            std::string turned_text, doubled_text;
            for (const std::string& line : turned) turned_text += line;
            for (const std::string& line : doubled) doubled_text += line;
            check_alike(turned_text);
            check_alike(doubled_text);
        }
    }
}

TEST_CASE("sizes at the edge of what fits are read alike by both readers") {
    const std::string text = write_manifest(some_manifest());
    const std::string size = "123456789012";
    for (const char* other : {"", "0", "00", "01", "-1", "1.5", "1e3", "999999999999999999",
                              "9223372036854775807", "9223372036854775808", "18446744073709551616"}) {
        check_alike(std::string(text).replace(text.find(size), size.size(), other));
    }
}

TEST_CASE("a manifest that names a path no release may hold is refused") {
    const std::string text = write_manifest(some_manifest());
    for (const char* other :
         {"people/../a.html", "/people/a.html", "people//a.html", "people/.a.html", "Z.html"}) {
        const std::string broken = std::string(text).replace(text.find("people/a.html"), 13, other);
        CHECK_FALSE(parse_manifest(broken).has_value());
    }
}

}  // namespace
}  // namespace qunying
