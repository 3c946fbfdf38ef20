#include <cstdio>

#include "commands/commands.h"
#include "commands/opened_site.h"

namespace qunying {

int run_check(const CheckArguments& arguments, Language language) {
    ProgressBar bar(language);
    const OpenedSite opened = open_site(arguments.common.site);
    BuildOptions options = options_of(arguments.common, bar);
    options.pictures = arguments.pictures;
    const BuildResult result = check_site(*opened.disk, *opened.memo, options);
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
    return result.diagnostics.has_errors() ? 1 : 0;
}

}  // namespace qunying
