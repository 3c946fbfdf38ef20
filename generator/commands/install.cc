#include <cstdio>

#include "commands/commands.h"
#include "release/install_program.h"

namespace qunying {

// The words are those of qunying-install, which does the same.
int run_install(const InstallArguments& arguments, Language language) {
    const InstallCommand command = parse_install_call(arguments.words, "qunying install", language);
    if (const auto* call = std::get_if<InstallCall>(&command)) return run_install_call(*call, language);
    const auto& print = std::get<InstallPrint>(command);
    std::fputs(print.text.c_str(), stderr);
    return print.exit_code;
}

}  // namespace qunying
