#pragma once
// What both programs do with packs on a screen's machine: `qunying-install` by itself, and `qunying install`.
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/diagnostic.h"
#include "release/install.h"

namespace qunying {

enum class InstallAction { install, verify, choose, confirm, status };

struct InstallCall {
    InstallAction action = InstallAction::install;
    std::string pack;    // a place, for install and verify
    std::string folder;  // --to
    std::string trust;   // --trust
    std::string venue;   // --venue
    std::uint64_t largest = usual_size_limit;
    int retries = usual_retries;
};

// A call, or what to print and the exit code.
struct InstallPrint {
    std::string text;
    int exit_code = 0;
};
using InstallCommand = std::variant<InstallCall, InstallPrint>;

// [install|verify|choose|confirm|status] [PACK] --to DIR --trust KEY … as people type it; without a word for
// what to do it is install. `program` is what the usage calls it.
InstallCommand parse_install_call(const std::vector<std::string>& words, const std::string& program,
                                  Language language);

std::string install_usage(const std::string& program, Language language);

// Prints what it did to standard output (of choose: the folder alone) and what went wrong to standard error;
// yields the exit code.
int run_install_call(const InstallCall& call, Language language);

}  // namespace qunying
