#include "commands/opened_site.h"

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <thread>

#include "base/failure.h"
#include "system/program_build.h"

namespace qunying {
namespace {

PartialDate today() {
    const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
    if (epoch && *epoch) {
        const long long seconds = std::strtoll(epoch, nullptr, 10);
        const std::time_t time = static_cast<std::time_t>(seconds);
        std::tm parts{};
        gmtime_r(&time, &parts);  // the same day everywhere
        return {parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday};
    }
    return local_date(std::time(nullptr));
}

// Beside the program in a build tree; in a folder of its own, which people do not see, once installed.
std::string worker_program(const char* name) {
    std::error_code error;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
    const std::filesystem::path beside = program.parent_path() / name;
    if (std::filesystem::exists(beside, error)) return beside.string();
    return (program.parent_path() / QUNYING_WORKER_FOLDER / name).lexically_normal().string();
}

}  // namespace

OpenedSite open_site(const std::string& folder) {
    OpenedSite opened;
    opened.disk = real_disk(folder);
    opened.lock = lock_state(*opened.disk);
    opened.memo = std::make_unique<Memo>(*opened.disk);
    return opened;
}

BuildOptions options_of(const SiteArguments& arguments, ProgressBar& bar) {
    BuildOptions options;
    options.as_of = arguments.as_of.value_or(today());
    options.threads =
        arguments.threads ? arguments.threads : std::max(1U, std::thread::hardware_concurrency());
    options.strict = arguments.strict;
    options.generator = "qunying " + std::string(program_version()) + ", " + program_build();
    options.worker = {{worker_program("qunying-pictures")}};
    options.font_worker = {{worker_program("qunying-fonts")}};
    options.tools = find_media_tools();
    options.progress = Progress([&bar](const ProgressNews& news) { bar.show(news); });
    return options;
}

std::string shipped_folder() {
    const std::filesystem::path program = std::filesystem::canonical("/proc/self/exe");
    for (const char* way : {"../share/qunying", "..", "../.."}) {
        const std::filesystem::path folder = (program.parent_path() / way).lexically_normal();
        if (std::filesystem::exists(folder / "themes/hall/theme.yaml")) return folder.string();
    }
    throw Failure("find the themes that came with the program", program.parent_path().string(),
                  std::make_error_code(std::errc::no_such_file_or_directory));
}

}  // namespace qunying
