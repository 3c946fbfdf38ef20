#include <algorithm>
#include <cstdio>
#include <memory>

#include "commands/commands.h"
#include "commands/opened_site.h"
#include "system/output_place.h"
#include "system/release_stage.h"

namespace qunying {
namespace {

const char* reason_text(Reason reason, Language language) {
    const bool chinese = language == Language::chinese;
    switch (reason) {
        case Reason::new_page:
            return chinese ? "新页面" : "new page";
        case Reason::template_changed:
            return chinese ? "模板有改动" : "the template changed";
        case Reason::content_changed:
            return chinese ? "内容有改动" : "the content changed";
        case Reason::lost:
            return chinese ? "上次的文件不在了" : "the earlier file is gone";
    }
    return "";
}

void print_explanations(const BuildResult& result, Language language) {
    for (const Explanation& each : result.explanations)
        std::printf("%s: %s\n", each.path.c_str(), reason_text(each.reason, language));
}

// Then the command was wrong, not the content.
bool names_no_venue(const BuildResult& result) {
    const auto& found = result.diagnostics.items();
    return std::any_of(found.begin(), found.end(),
                       [](const Diagnostic& each) { return each.kind == DiagnosticKind::venue_unknown; });
}

void print_failure_to_publish(Language language) {
    std::fputs(language == Language::chinese ? "有错误，网站没有改动。请改正后再运行一次。\n"
                                             : "There are errors; the site is as it was.\n",
               stdout);
}

// A build, and what it stands on.
struct BuildWork {
    BuildWork(const std::string& site, const std::string& output)
        : opened(open_site(site)), place(output_place(output.empty() ? site + "/public" : output, site)) {}

    OpenedSite opened;
    OutputPlace place;
    ReleaseStage stage{*place.disk, place.out, place.spare};
    KeptBuild build{*opened.disk, *opened.memo};
};

void write_report(const BuildArguments& arguments, const BuildResult& result, double seconds) {
    if (arguments.report.empty()) return;
    const RootedPath at = rooted_path(arguments.report);
    const auto disk = real_disk(at.root);
    if (disk->status(at.name)) disk->remove_file(at.name);
    disk->write_new_file(at.name, summary_json(result, seconds));
}

}  // namespace

int run_build(const BuildArguments& arguments, Language language, Leftovers& leftovers) {
    const Stopwatch watch;
    ProgressBar bar(language);
    BuildOptions options = options_of(arguments.common, bar);
    options.audience = arguments.audience;
    options.venue = arguments.venue;
    options.base_url = arguments.base_url;
    options.preview = arguments.preview;
    options.precompress = arguments.precompress;
    options.measure = !arguments.report.empty();
    auto work = std::make_unique<BuildWork>(arguments.common.site, arguments.output);
    const BuildResult& result = work->build.build(work->stage, options);
    bar.clear();
    std::fputs(findings_text(result, language).c_str(), stdout);
    if (arguments.explain) print_explanations(result, language);
    write_report(arguments, result, watch.seconds());
    if (!result.published) return print_failure_to_publish(language), names_no_venue(result) ? 2 : 1;
    leftovers.keep(std::move(work));  // a stage that has published has nothing to undo
    if (result.summary.records == 0 && result.summary.commit.way == CommitWay::unchanged) {
        std::fputs(unchanged_text(result, watch.seconds(), language).c_str(), stdout);
        return 0;
    }
    std::fputs(summary_text(result, watch.seconds(), language).c_str(), stdout);
    return 0;
}

}  // namespace qunying
