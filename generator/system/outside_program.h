#pragma once
// Other people's programs that talk to the world for us: rsync, rclone. Started directly, with no shell; they
// end when we end, whichever way that is.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace qunying {

// The first file of that name that may be run in a folder of PATH that is named from the root; "" where there
// is none.
std::string program_in_path(const std::string& name);

struct OutsideRun {
    int exit_code = 0;       // 128 and the number of the signal that ended it
    std::string output;      // what it wrote to its standard output
    std::string complaints;  // and to its standard error; of very much the end
};

// Called for each whole line of standard error as it comes, without its end.
using ComplaintSink = std::function<void(std::string_view line)>;

// Runs a program to its end, in our environment but for LC_ALL=C, so that its words can be understood.
// `program` is looked for in PATH. Throws Failure with the operation `start_outside_program` when it is not
// installed or cannot be started.
inline constexpr const char* start_outside_program = "start program";
OutsideRun run_outside(const std::string& program, const std::vector<std::string>& arguments,
                       std::string_view input = {}, const ComplaintSink& sink = {});

}  // namespace qunying
