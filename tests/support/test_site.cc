#include "support/test_site.h"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace qunying {

void put_theme(MemoryDisk& disk, const std::string& name) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator("themes/" + name)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        std::ostringstream bytes;
        bytes << in.rdbuf();
        disk.put(entry.path().generic_string(), bytes.str());
    }
}

BuildOptions test_options() {
    BuildOptions options;
    options.as_of = {2026, 7, 1};
    options.generator = "qunying test, 1";
    options.worker = {{QUNYING_PICTURE_WORKER}};
    options.font_worker = {{QUNYING_FONT_WORKER}};
    return options;
}

std::string findings_of(const BuildResult& result) {
    std::string text;
    for (const Diagnostic& item : result.diagnostics.items())
        text += as_text(item, result.tree.sources, Language::chinese);
    return text;
}

}  // namespace qunying
