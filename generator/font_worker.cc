// The font worker, a program of its own for the same reason as the picture worker: HarfBuzz, woff2 and
// fontconfig bring two dozen libraries. Started by system/worker_pool with the number of its descriptor.
#include <cstdio>
#include <cstdlib>

#include "fonts/engine.h"
#include "system/process.h"
#include "system/worker_loop.h"

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("qunying-fonts 由 qunying 自动启动，不用单独运行。\n", stderr);
        return 2;
    }
    qunying::protect_process();
    std::_Exit(qunying::serve_jobs(std::atoi(argv[1]), {qunying::start_font_engine, qunying::answer_font_job,
                                                        qunying::WorkerTrust::reads_files}));
}
