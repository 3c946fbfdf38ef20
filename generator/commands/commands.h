#pragma once
// One file a command. Each yields the exit code: 0 done, 1 the content has errors, 2 wrong usage; Failures
// pass through to main.
#include <string>
#include <vector>

#include "commands/command_line.h"
#include "commands/leftovers.h"

namespace qunying {

int run_check(const CheckArguments& arguments, Language language, Leftovers& leftovers);
int run_build(const BuildArguments& arguments, Language language, Leftovers& leftovers);
int run_serve(const ServeArguments& arguments, Language language);
int run_report(const ReportArguments& arguments, Language language);
int run_init(const InitArguments& arguments, Language language);
int run_keygen(const KeygenArguments& arguments, Language language);
int run_bundle(const BundleArguments& arguments, Language language);
int run_install(const InstallArguments& arguments, Language language);
int run_new(const NewArguments& arguments, Language language);
int run_publish(const PublishArguments& arguments, Language language);
int run_withdraw(const WithdrawArguments& arguments, Language language);
int run_kiosk_setup(const KioskSetupArguments& arguments, Language language);

// Parses and runs; prints what went wrong in the world and yields 3 then. What `leftovers` holds after that
// need not be destroyed.
int run_program(const std::vector<std::string>& arguments, Leftovers& leftovers);

}  // namespace qunying
