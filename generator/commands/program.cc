#include <cstdio>
#include <cstdlib>

#include "base/failure.h"
#include "base/private_data.h"
#include "commands/commands.h"
#include "release/bundle.h"
#include "serve/server.h"
#include "system/release_stage.h"
#include "system/worker_pool.h"

namespace qunying {
namespace {

std::string environment_language() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (value && *value) return value;
    }
    return {};
}

struct Runner {
    Language language;
    Leftovers& leftovers;

    int operator()(const PrintArguments& arguments) const {
        std::fputs(arguments.text.c_str(), arguments.exit_code == 0 ? stdout : stderr);
        return arguments.exit_code;
    }
    int operator()(const CheckArguments& arguments) const {
        return run_check(arguments, language, leftovers);
    }
    int operator()(const BuildArguments& arguments) const {
        return run_build(arguments, language, leftovers);
    }
    int operator()(const ServeArguments& arguments) const { return run_serve(arguments, language); }
    int operator()(const ReportArguments& arguments) const { return run_report(arguments, language); }
    int operator()(const InitArguments& arguments) const { return run_init(arguments, language); }
    int operator()(const KeygenArguments& arguments) const { return run_keygen(arguments, language); }
    int operator()(const BundleArguments& arguments) const { return run_bundle(arguments, language); }
    int operator()(const InstallArguments& arguments) const { return run_install(arguments, language); }
    int operator()(const NewArguments& arguments) const { return run_new(arguments, language); }
    int operator()(const PublishArguments& arguments) const { return run_publish(arguments, language); }
    int operator()(const WithdrawArguments& arguments) const { return run_withdraw(arguments, language); }
    int operator()(const KioskSetupArguments& arguments) const {
        return run_kiosk_setup(arguments, language);
    }
};

// What the world did, in the reader's words.
std::string failure_text(const Failure& failure, Language language) {
    if (language == Language::english) return std::string("qunying: ") + failure.what() + "\n";
    if (failure.operation() == another_build_is_running) return "另一个生成正在进行，请等它结束后再运行。\n";
    if (failure.operation() == listen_on_port)
        return failure.path() + " 已被别的程序占用。请换一个端口：qunying serve --port 8500\n";
    if (failure.operation() == not_our_folder)
        return "输出文件夹“" + failure.path() + "”里有别的文件，没有改动。请换一个空文件夹。\n";
    if (failure.operation() == not_our_pack)
        return "文件夹“" + failure.path() +
               "”里有别的东西，或者是另一个网站、另一个场馆的更新包，没有改动。请换一个文件夹，或者先把它移走"
               "。\n";
    if (failure.operation() == start_a_worker)
        return "处理照片的程序无法启动：" + failure.path() + "：" + failure.code().message() +
               "\n已发布的网站没有改动。请重新安装 Qunying，并确认装有 libvips。\n";
    return "没有做成：" + failure.path() + "：" + failure.code().message() + "（" + failure.operation() +
           "）\n已发布的网站没有改动。请检查磁盘空间和权限后再运行一次。\n";
}

}  // namespace

int run_program(const std::vector<std::string>& arguments, Leftovers& leftovers) {
    const CommandLine line = parse_command_line(arguments, environment_language());
    try {
        return std::visit(Runner{line.language, leftovers}, line.command);
    } catch (const Failure& failure) {
        std::fputs(mask_private_data(failure_text(failure, line.language)).c_str(), stderr);
        return 3;
    }
}

}  // namespace qunying
