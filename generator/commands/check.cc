#include <cstdio>
#include <memory>

#include "commands/commands.h"
#include "commands/opened_site.h"

namespace qunying {
namespace {

// A check, and what it stands on.
struct CheckWork {
    explicit CheckWork(const std::string& site) : opened(open_site(site)) {}

    OpenedSite opened;
    KeptBuild build{*opened.disk, *opened.memo};
};

}  // namespace

int run_check(const CheckArguments& arguments, Language language, Leftovers& leftovers) {
    ProgressBar bar(language);
    BuildOptions options = options_of(arguments.common, bar);
    options.pictures = arguments.pictures;
    auto work = std::make_unique<CheckWork>(arguments.common.site);
    const BuildResult& result = work->build.check(options);
    bar.clear();
    switch (arguments.format) {
        case FindingsFormat::json:
            std::fputs(as_json(result.diagnostics, result.tree.sources, language).c_str(), stdout);
            break;
        case FindingsFormat::sarif:
            std::fputs(as_sarif(result.diagnostics, result.tree.sources, language).c_str(), stdout);
            break;
        case FindingsFormat::text: {
            const bool clean = result.diagnostics.empty();
            std::fputs(findings_text(result, language).c_str(), stdout);
            if (clean)
                std::fputs(language == Language::chinese ? "检查完毕，没有发现问题。\n"
                                                         : "checked: nothing to mend.\n",
                           stdout);
        }
    }
    const int code = result.diagnostics.has_errors() ? 1 : 0;
    leftovers.keep(std::move(work));
    return code;
}

}  // namespace qunying
