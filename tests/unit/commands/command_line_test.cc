#include "commands/command_line.h"

#include <doctest/doctest.h>

using namespace qunying;

namespace {

CommandLine parse(const std::vector<std::string>& arguments, const std::string& language = "zh_CN.UTF-8") {
    return parse_command_line(arguments, language);
}

PrintArguments printed(const std::vector<std::string>& arguments, const std::string& language = "") {
    const CommandLine line = parse(arguments, language);
    REQUIRE(std::holds_alternative<PrintArguments>(line.command));
    return std::get<PrintArguments>(line.command);
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("messages are Chinese unless the reader asks for English") {
    for (const char* language : {"", "C", "POSIX", "C.UTF-8", "zh_CN.UTF-8", "de_DE.UTF-8", "english"}) {
        CAPTURE(language);
        CHECK(parse({"check"}, language).language == Language::chinese);
    }
    CHECK(parse({"check"}, "en_GB.UTF-8").language == Language::english);
    CHECK(parse({"check", "--lang", "en"}).language == Language::english);
    CHECK(parse({"--lang=en", "check"}).language == Language::english);
    CHECK(parse({"check", "--lang", "zh"}, "en_US").language == Language::chinese);
}

TEST_CASE("help names every command, in both languages, and is no error") {
    const PrintArguments chinese = printed({"--help"}), english = printed({"--help"}, "en_US.UTF-8");
    CHECK(chinese.exit_code == 0);
    CHECK(english.exit_code == 0);
    for (const char* command : {"check", "build", "init", "new"}) {
        CAPTURE(command);
        CHECK(has(chinese.text, command));
        CHECK(has(english.text, command));
        CHECK(printed({command, "--help"}).exit_code == 0);
    }
    CHECK(has(chinese.text, "用法"));
    CHECK(has(english.text, "Usage"));
    CHECK(has(printed({"build", "--help"}).text, "--audience"));
    CHECK(printed({"--version"}).text == "qunying " + std::string(program_version()) + "\n");
}

TEST_CASE("a wrong call is code 2 and says how to get help") {
    const std::vector<std::vector<std::string>> wrong = {{},
                                                         {"bake"},
                                                         {"build", "--nothing"},
                                                         {"build", "a", "b"},
                                                         {"build", "--audience", "moon"},
                                                         {"build", "-j", "many"},
                                                         {"build", "-o"},
                                                         {"check", "--format", "xml"},
                                                         {"check", "--as-of", "2026-07"},
                                                         {"check", "--as-of", "7月1日"},
                                                         {"check", "--as-of", "gestern"},
                                                         {"--lang", "fr", "check"},
                                                         {"build", "--base-url", "example.org"},
                                                         {"init"},
                                                         {"new", "person"}};
    for (const auto& arguments : wrong) {
        CAPTURE(arguments.empty() ? "nothing" : arguments.back());
        const PrintArguments chinese = printed(arguments);
        CHECK(chinese.exit_code == 2);
        CHECK_FALSE(chinese.text.empty());
        CHECK(printed(arguments, "en_US").exit_code == 2);
    }
    CHECK(has(printed({"bake"}).text, "qunying --help"));
}

TEST_CASE("build takes what the handbook says") {
    const CommandLine line = parse({"build", "site", "-o", "/tmp/out", "--audience", "venue", "--as-of",
                                    "2026-07-01", "--base-url", "https://example.org/", "-j", "3",
                                    "--preview", "--strict", "--explain", "--report", "r.json"});
    REQUIRE(std::holds_alternative<BuildArguments>(line.command));
    const auto& build = std::get<BuildArguments>(line.command);
    CHECK(build.common.site == "site");
    CHECK(build.output == "/tmp/out");
    CHECK(build.audience == Audience::venue);
    CHECK(build.common.as_of == PartialDate{2026, 7, 1});
    CHECK(build.base_url == "https://example.org/");
    CHECK(build.common.threads == 3);
    CHECK(build.preview);
    CHECK(build.common.strict);
    CHECK(build.explain);
    CHECK(build.report == "r.json");
}

TEST_CASE("serve takes what the handbook says") {
    const CommandLine line =
        parse({"serve", "site", "--port", "8500", "--open", "--audience", "venue", "--as-of", "2026-07-01"});
    REQUIRE(std::holds_alternative<ServeArguments>(line.command));
    const auto& serve = std::get<ServeArguments>(line.command);
    CHECK(serve.common.site == "site");
    CHECK(serve.port == 8500);
    CHECK(serve.open);
    CHECK(serve.audience == Audience::venue);
    CHECK(serve.common.as_of == PartialDate{2026, 7, 1});
    CHECK_FALSE(std::get<ServeArguments>(parse({"serve"}).command).port);
    for (const char* port : {"0", "65536", "-1", "http"}) {
        CAPTURE(port);
        CHECK(printed({"serve", "--port", port}).exit_code == 2);
    }
}

TEST_CASE("check and new take what the handbook says") {
    const CommandLine checked = parse({"check", "--format", "json", "--no-pictures", "--strict"});
    const auto& check = std::get<CheckArguments>(checked.command);
    CHECK(check.common.site == ".");
    CHECK(check.format == FindingsFormat::json);
    CHECK_FALSE(check.pictures);
    CHECK(check.common.strict);
    const CommandLine made = parse({"new", "人物", "王样例", "--site", "x"});
    CHECK(std::get<NewArguments>(made.command).kind == "人物");
    CHECK(std::get<NewArguments>(made.command).name == "王样例");
    CHECK(std::get<NewArguments>(made.command).site == "x");
}
