// The picture worker as a program of its own: what `qunying --picture-worker FD` does.
#include <cstdlib>
#include <string_view>

#include "images/derive.h"
#include "system/worker_loop.h"

int main(int argc, char** argv) {
    if (argc != 3 || std::string_view(argv[1]) != "--picture-worker") return 2;
    std::_Exit(qunying::serve_jobs(std::atoi(argv[2]),
                                   {qunying::start_picture_engine, qunying::answer_picture_job}));
}
