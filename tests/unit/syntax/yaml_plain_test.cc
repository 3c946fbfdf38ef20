#include "syntax/yaml_plain.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "base/text.h"
#include "syntax/yaml_tree.h"

using namespace qunying;

namespace {

// Not 0, so that an offset that is left out shows.
constexpr std::uint32_t offset = 1000;

bool same(const YamlNode& left, const YamlNode& right);

bool same(const YamlEntry& left, const YamlEntry& right) {
    return left.key == right.key && left.key_span == right.key_span && same(left.value, right.value);
}

bool same(const YamlNode& left, const YamlNode& right) {
    const auto agree = [](const auto& one, const auto& other) { return same(one, other); };
    return left.type == right.type && left.text == right.text && left.quoted == right.quoted &&
           left.failed == right.failed && left.span == right.span &&
           std::equal(left.items.begin(), left.items.end(), right.items.begin(), right.items.end(), agree) &&
           std::equal(left.entries.begin(), left.entries.end(), right.entries.begin(), right.entries.end(),
                      agree);
}

// What the whole reader does with a text before yaml-cpp sees it, and with what comes back, is no matter
// here: a text that the plain reader takes must be read by yaml-cpp at once, without a fault and without a
// finding.
bool agrees_with_yaml_cpp(const std::string& text, const YamlNode& plain) {
    const YamlAttempt attempt = read_once(MendedText(text, SourceId{3}, offset));
    return !attempt.fault && !attempt.second_document && attempt.found.empty() && same(plain, attempt.root);
}

enum class Verdict { declined, agrees, differs };

Verdict judge(const std::string& text) {
    if (find_invalid_utf8(text)) return Verdict::declined;
    const auto plain = read_plain_yaml(text, SourceId{3}, offset);
    if (!plain) return Verdict::declined;
    return agrees_with_yaml_cpp(text, *plain) ? Verdict::agrees : Verdict::differs;
}

bool takes(const std::string& text) { return judge(text) == Verdict::agrees; }
bool declines(const std::string& text) { return judge(text) == Verdict::declined; }

// How far a test goes where time is no matter: QUNYING_YAML_ROUNDS=1000000, QUNYING_YAML_LENGTH=8.
std::size_t from_environment(const char* name, std::size_t usual) {
    const char* value = std::getenv(name);
    return value ? std::strtoul(value, nullptr, 10) : usual;
}

std::string contents(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// The front matters of the sample site.
std::vector<std::string> front_matters() {
    std::vector<std::string> found;
    for (const auto& each : std::filesystem::recursive_directory_iterator("content")) {
        if (each.path().extension() != ".md") continue;
        const std::string text = contents(each.path());
        const std::size_t end = text.find("\n---", 3);
        if (text.starts_with("---\n") && end != std::string::npos) found.push_back(text.substr(4, end - 3));
    }
    std::sort(found.begin(), found.end());
    return found;
}

const std::string profile =
    "name: 韦海山\nsex: 女\nbirth: '1946-08'\nretire_kind: 退休\nformer_post: 金沙区文化馆主任医师\n"
    "none:\nepithet: 先锋、勤廉、坚守  # 说明\nhonors:\n  - {batch: provincial-2016, grade: 个人}\n"
    "  - {batch: b, to: person:wang, no: 1}\nteams: [t00084, \"t 2\", [], {}]\n\n# 同意\nconsent:\n"
    "  basis: 本人授权\n  text: 是\n  date: '2025-03-01'\n  scope: [互联网, 场馆]\n  until: \"2030-12-31\"\n"
    "career:\n- from: 1960\n  to: 1970\n  post: 工人\n- from: 1971\n\n  post: 厂长 http://a.b/c?d=1#e\n"
    "deeper:\n  still:\n    more:\n      - a\n      - b: 1\n        c: 2\n    less: x\n  back: y\n"
    "summary: 后来的统计显示，差错率下降了19%，“同时”群众满意度达到93.1%。\n";

const std::array<std::string_view, 60> snippets = {":",          ": ",
                                                   " ",          "  ",
                                                   "\n",         "\n\n",
                                                   "- ",         "-",
                                                   "\n- ",       "\n  - ",
                                                   "[",          "]",
                                                   "{",          "}",
                                                   ",",          ", ",
                                                   "'",          "''",
                                                   "\"",         "\\",
                                                   "#",          " #",
                                                   " # c\n",     "\n# c\n",
                                                   "\n   # c\n", "&a ",
                                                   "*a",         "! ",
                                                   "|",          "|\n  a\n",
                                                   ">",          "%",
                                                   "@",          "`",
                                                   "?",          "? ",
                                                   "~",          "null",
                                                   "<<: ",       "---",
                                                   "\n---\n",    "...",
                                                   "\n...\n",    "\t",
                                                   "\r",         "\r\n",
                                                   "：",         "姓",
                                                   "：王",       "\xEF\xBB\xBF",
                                                   "\xC2\x85",   "\xE2\x80\xA8",
                                                   "\x01",       "\x7F",
                                                   "\xFF",       "\xE5",
                                                   "12:30",      "http://a",
                                                   "a: b: c",    "\na: 1\n"};

std::string mutated(std::string text, std::mt19937& random) {
    const auto below = [&](std::size_t limit) { return limit == 0 ? 0 : random() % limit; };
    for (std::size_t changes = 1 + below(4); changes > 0; --changes) {
        const std::size_t at = below(text.size() + 1);
        switch (below(5)) {
            case 0:
                text.erase(at, 1 + below(6));
                break;
            case 1:
                text.insert(at, text.substr(below(text.size()), below(24)));
                break;
            case 2: {
                const std::size_t line = text.find('\n', at);
                if (line != std::string::npos) text.insert(line + 1, std::string(below(4), ' '));
                break;
            }
            default:
                text.insert(at, snippets[below(snippets.size())]);
        }
    }
    return text;
}

// Calls `see` with every text of `length` signs behind `text`.
template <class See>
void each_text(std::string& text, std::size_t length, const See& see) {
    constexpr std::array<std::string_view, 15> alphabet = {"a", ":",  "-", ",",  "[", "]",  "{", "}",
                                                           "'", "\"", "#", "\n", " ", "姓", "："};
    if (length == 0) return see(text);
    for (const std::string_view sign : alphabet) {
        text += sign;
        each_text(text, length - 1, see);
        text.resize(text.size() - sign.size());
    }
}

}  // namespace

TEST_CASE("plain front matter is read without yaml-cpp, to the same tree") {
    CHECK(takes(profile));
    CHECK(takes(replace_all(profile, "\n", "\r\n")));
    CHECK(takes("a: 1"));
    CHECK(takes("a:"));
    CHECK(takes("a:\nb: 1"));
    CHECK(takes("a:   # c\n  b: 1\n# c\n  d: 2\n"));
    CHECK(takes("a: ''\nb: \"\"\nc: 'a # b: c'  \n"));
    CHECK(takes("a: -5\nb: 12:30\nc: http://a.b/?q=1#x\nd: it's \"so\"\ne: 甲#乙\n"));
    CHECK(takes("a: [ b , 'c' , \"d\" , { e: f } ]  # g\n"));
    CHECK(takes("a:\n- b\n- c\nd: 1\n"));
    CHECK(takes("a:\n  - b: 1\n    c:\n    - d\n  - e\nf:\n"));
}

TEST_CASE("every front matter of the sample site is plain, but for texts of several lines") {
    const std::vector<std::string> all = front_matters();
    CHECK(all.size() >= 20);
    for (const std::string& text : all) {
        CAPTURE(text);
        const bool lines = text.find(": |\n") != std::string::npos || text.find(": >\n") != std::string::npos;
        CHECK(judge(text) == (lines ? Verdict::declined : Verdict::agrees));
    }
}

TEST_CASE("whatever might mean something else is left to yaml-cpp") {
    for (const std::string_view text : {"",
                                        "# c\n",
                                        "- a\n",
                                        " a: 1\n",
                                        "a\n",
                                        "a:b\n",
                                        "a：b\n",
                                        "a: b: c\n",
                                        "a: b:\n",
                                        "a: 1\na: 2\n",
                                        "a: {b: 1, b: 2}\n",
                                        "a: b\n c\n",
                                        "a: b\n  # c\n",
                                        "a:\tb\n",
                                        "a: b\t\n",
                                        "a: 'b''c'\n",
                                        "a: \"b\\n\"\n",
                                        "a: 'b\n",
                                        "a: 'b' c\n",
                                        "a: 'b'#c\n",
                                        "a: [b\n",
                                        "a: [b,\n c]\n",
                                        "a: [b,]\n",
                                        "a: [,]\n",
                                        "a: {b}\n",
                                        "a: {b: }\n",
                                        "a: {b:1}\n",
                                        "a: [b: 1]\n",
                                        "a: [b] c\n",
                                        "a: [b?]\n",
                                        "a: ?b\n",
                                        "a: ? b\n",
                                        "a: - b\n",
                                        "a: :b\n",
                                        "a: &b c\n",
                                        "a: *b\n",
                                        "a: !b c\n",
                                        "a: |\n  b\n",
                                        "a: >\n  b\n",
                                        "a: %b\n",
                                        "a: @b\n",
                                        "a: `b\n",
                                        "a: ~\n",
                                        "a: null\n",
                                        "null: 1\n",
                                        "<<: {a: 1}\n",
                                        "'a': 1\n",
                                        "a b: 1\n",
                                        "a : 1\n",
                                        "a: 1\n---\n",
                                        "---\na: 1\n",
                                        "a: 1\n...\n",
                                        "a: 1\n--- \nb: 2\n",
                                        "a:\n- - b\n",
                                        "a:\n-\n",
                                        "a:\n- \n- b\n",
                                        "a:\n  - b\n - c\n",
                                        "a: 1\n- b\n",
                                        "a:\n  b: 1\n c: 2\n",
                                        "a: b\rc\n",
                                        "a: 1\r",
                                        "a: 'b\rc'\n",
                                        "a: 1 # \r c\n",
                                        "a: \x01\n",
                                        "a: \x7F\n",
                                        "a: 1 # \x01\n",
                                        "a: 'b\tc'\n",
                                        "a: \x7F",
                                        "? a\n: b\n",
                                        "{a: 1}\n",
                                        "a: {? b: 1}\n",
                                        "\xEF\xBB\xBF"
                                        "a: 1\n"}) {
        CAPTURE(text);
        CHECK(declines(std::string(text)));
    }
    CHECK(declines(std::string(256, 'a') + ": 1\n"));
    CHECK(takes(std::string(255, 'a') + ": 1\n"));
    CHECK(declines("a: " + std::string(40, '[') + std::string(40, ']')));
    std::string many;
    for (int i = 0; i < 600; ++i) many += "k" + std::to_string(i) + ": 1\n";
    CHECK(declines(many));
}

TEST_CASE("every short text is read as yaml-cpp reads it, or not at all") {
    const std::size_t length = from_environment("QUNYING_YAML_LENGTH", 5);
    std::size_t taken = 0;
    for (const std::string_view head :
         {"", "a: ", "a:\n", "a:\n ", "a:\n  - ", "a: [", "a: {", "a: {a: ", "a: '"}) {
        for (std::size_t signs = 0; signs <= (head.empty() ? length + 1 : length); ++signs) {
            std::string text(head);
            each_text(text, signs, [&](const std::string& each) {
                const Verdict verdict = judge(each);
                if (verdict == Verdict::agrees) ++taken;
                if (verdict == Verdict::differs) FAIL_CHECK("differs: " << each);
            });
        }
    }
    CHECK(taken > 10'000);
}

TEST_CASE("front matter with any few changes is read as yaml-cpp reads it, or not at all") {
    std::vector<std::string> seeds = front_matters();
    seeds.push_back(profile);
    seeds.push_back(replace_all(profile, "\n", "\r\n"));
    std::mt19937 random(19491001);
    const std::size_t rounds = from_environment("QUNYING_YAML_ROUNDS", 20'000);
    std::size_t taken = 0;
    for (std::size_t round = 0; round < rounds; ++round) {
        const std::string text = mutated(seeds[random() % seeds.size()], random);
        const Verdict verdict = judge(text);
        if (verdict == Verdict::agrees) ++taken;
        if (verdict == Verdict::differs) FAIL_CHECK("differs:\n" << text);
    }
    CHECK(taken > rounds / 20);
    CHECK(taken < rounds);
}
