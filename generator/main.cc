// argv → command.
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "commands/commands.h"
#include "system/process.h"

namespace {

int report_unexpected(const char* what) {
    std::fprintf(stderr, "程序内部出错，已停止，网站没有改动：%s\n", what);
    return 3;
}

}  // namespace

int main(int argc, char** argv) {
    qunying::protect_process();
    try {
        return qunying::run_program(std::vector<std::string>(argv + 1, argv + argc));
    } catch (const std::exception& error) {
        return report_unexpected(error.what());
    }
}
