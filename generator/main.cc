// argv → command.
#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "commands/commands.h"
#include "system/process.h"

namespace {

int report_unexpected(const char* what) {
    std::fprintf(stderr, "程序内部出错，已停止，网站没有改动：%s\n", what);
    return 3;
}

// An optimised program leaves memory to the kernel; the others give it back, so that what looks for leaks and
// for wrong destructors sees the whole of a build.
void leave([[maybe_unused]] std::unique_ptr<qunying::Leftovers> leftovers) {
#ifdef NDEBUG
    static_cast<void>(leftovers.release());
#endif
}

}  // namespace

int main(int argc, char** argv) {
    qunying::protect_process();
    try {
        auto leftovers = std::make_unique<qunying::Leftovers>();
        const int code = qunying::run_program(std::vector<std::string>(argv + 1, argv + argc), *leftovers);
        leave(std::move(leftovers));
        return code;
    } catch (const std::exception& error) {
        return report_unexpected(error.what());
    }
}
