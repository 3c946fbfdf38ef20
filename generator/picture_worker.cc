// The picture worker, a program of its own: libvips and the sixty libraries it needs take as long to load as
// a small build, so the program that builds does without them. Started by system/worker_pool with the number
// of its descriptor.
#include <cstdio>
#include <cstdlib>

#include "images/derive.h"
#include "images/faces.h"
#include "system/process.h"
#include "system/worker_loop.h"

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("qunying-pictures 由 qunying 自动启动，不用单独运行。\n", stderr);
        return 2;
    }
    qunying::protect_process();
    // What it knows of faces lies where the sandbox, once closed, lets nobody read.
    qunying::load_face_finder();
    // Threads of the libraries may still be asleep: end without waiting for them.
    std::_Exit(qunying::serve_jobs(std::atoi(argv[1]),
                                   {qunying::start_picture_engine, qunying::answer_picture_job}));
}
