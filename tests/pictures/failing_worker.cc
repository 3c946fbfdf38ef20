// The picture worker, but for photographs with certain words in them: it crashes, hangs, takes memory until
// there is none, or answers nonsense.
#include <csignal>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "images/derive.h"
#include "system/process.h"
#include "system/worker_loop.h"

namespace {

// Works on and on: one that sleeps instead is given three times as long, in case the machine kept it waiting.
void hang() {
    const volatile bool on = true;
    while (on) continue;
}

void eat() {
    std::vector<std::vector<char>> eaten;
    while (true) eaten.emplace_back(std::size_t{16} << 20, 'x');
}

std::string answer(std::string_view job) {
    const auto says = [&](std::string_view word) { return job.find(word) != std::string_view::npos; };
    if (says("CRASH-HERE")) std::raise(SIGSEGV);
    if (says("HANG-HERE")) hang();
    if (says("EAT-HERE")) eat();
    if (says("LIE-HERE")) return "nonsense";
    return qunying::answer_picture_job(job);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    qunying::protect_process();
    std::_Exit(qunying::serve_jobs(std::atoi(argv[1]), {qunying::start_picture_engine, answer}));
}
