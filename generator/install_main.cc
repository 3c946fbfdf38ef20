// The program of a screen: argv → install, verify, choose, confirm. Linked statically, so that a kiosk needs
// nothing but this file.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include "release/install_program.h"
#include "system/process.h"

namespace {

qunying::Language language_of(const std::vector<std::string>& words) {
    std::string language;
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (language.empty() && value) language = value;
    }
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (words[i] == "--lang") language = words[i + 1] == "en" ? "en_" : "zh";
    }
    return language.starts_with("en_") ? qunying::Language::english : qunying::Language::chinese;
}

bool asks(const std::vector<std::string>& words, const char* what) {
    return words.size() == 1 && words[0] == what;
}

int run(const std::vector<std::string>& words) {
    const qunying::Language language = language_of(words);
    if (asks(words, "--version")) return std::puts("qunying-install " QUNYING_VERSION), 0;
    if (words.empty() || asks(words, "--help") || asks(words, "-h")) {
        std::fputs(qunying::install_usage("qunying-install", language).c_str(), stdout);
        return words.empty() ? 2 : 0;
    }
    const qunying::InstallCommand command = qunying::parse_install_call(words, "qunying-install", language);
    if (const auto* call = std::get_if<qunying::InstallCall>(&command))
        return run_install_call(*call, language);
    const auto& print = std::get<qunying::InstallPrint>(command);
    std::fputs(print.text.c_str(), stderr);
    return print.exit_code;
}

}  // namespace

int main(int count, char** arguments) {
    qunying::protect_process();
    try {
        return run(std::vector<std::string>(arguments + 1, arguments + count));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "程序内部出错，已停止，屏幕上仍是原来的内容：%s\n", error.what());
        return 3;
    }
}
