// argv → command. Started as `--picture-worker FD` it is a worker of its own pool instead.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include "commands/commands.h"
#include "images/derive.h"
#include "system/process.h"
#include "system/worker_loop.h"

namespace {

bool is_worker(int argc, char** argv) { return argc == 3 && std::string(argv[1]) == "--picture-worker"; }

int report_unexpected(const char* what) {
    std::fprintf(stderr, "程序内部出错，已停止，网站没有改动：%s\n", what);
    return 3;
}

}  // namespace

int main(int argc, char** argv) {
    qunying::protect_process();
    if (is_worker(argc, argv)) {
        // Threads of the libraries may still be asleep: end without waiting for them.
        std::_Exit(qunying::serve_jobs(std::atoi(argv[2]),
                                       {qunying::start_picture_engine, qunying::answer_picture_job}));
    }
    try {
        return qunying::run_program(std::vector<std::string>(argv + 1, argv + argc));
    } catch (const std::exception& error) {
        return report_unexpected(error.what());
    }
}
