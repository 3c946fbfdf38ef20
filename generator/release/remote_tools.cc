#include "release/remote_tools.h"

namespace qunying {

OutsideRun run_tool(const std::string& program, const std::vector<std::string>& arguments,
                    const std::string& where, std::string_view input, const ComplaintSink& sink) {
    if (program_in_path(program).empty()) throw RemoteFailure(Trouble::program_missing, program, {});
    OutsideRun run = run_outside(program, arguments, input, sink);
    // What the shell over there says where it does not find rsync.
    if (run.exit_code == 127) throw failure_of(run, where);
    return run;
}

OutsideRun need_tool(const std::string& program, const std::vector<std::string>& arguments,
                     const std::string& where, std::string_view input, const ComplaintSink& sink) {
    OutsideRun run = run_tool(program, arguments, where, input, sink);
    if (run.exit_code != 0) throw failure_of(run, where);
    return run;
}

RemoteFailure failure_of(const OutsideRun& run, const std::string& where) {
    return RemoteFailure(trouble_in(run.complaints, run.exit_code), where, last_words(run.complaints));
}

std::string list_of(const std::vector<std::string>& paths, char end) {
    std::string list;
    for (const std::string& path : paths) list.append(path).push_back(end);
    return list;
}

}  // namespace qunying
