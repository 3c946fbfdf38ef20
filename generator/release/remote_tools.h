#pragma once
// What the remotes that stand on other people's programs share. Inside release/ only.
#include <string>
#include <string_view>
#include <vector>

#include "release/remote_failure.h"
#include "system/outside_program.h"

namespace qunying {

// Runs `program`; throws RemoteFailure where it is not installed. `where` is the target's place.
OutsideRun run_tool(const std::string& program, const std::vector<std::string>& arguments,
                    const std::string& where, std::string_view input = {}, const ComplaintSink& sink = {});

// The same, and throws RemoteFailure, with what it said, where it did not end well.
OutsideRun need_tool(const std::string& program, const std::vector<std::string>& arguments,
                     const std::string& where, std::string_view input = {}, const ComplaintSink& sink = {});

// Why `run` did not end well.
RemoteFailure failure_of(const OutsideRun& run, const std::string& where);

// One path behind the other, each ended by `end`.
std::string list_of(const std::vector<std::string>& paths, char end);

}  // namespace qunying
