#include <algorithm>
#include <cstdio>
#include <fmt/format.h>

#include "base/failure.h"
#include "build/survey.h"
#include "commands/commands.h"
#include "commands/gap_table.h"
#include "commands/opened_site.h"
#include "commands/portrait_sheet.h"

namespace qunying {
namespace {

bool is_site(const std::string& folder) {
    const auto status = real_disk(folder)->status("content");
    return status && status->kind == FileKind::folder;
}

int complain(const char* chinese, const char* english, const std::string& folder, Language language) {
    std::fprintf(stderr, language == Language::chinese ? chinese : english, folder.c_str());
    return 2;
}

std::string list_of_gaps(const ReportArguments& arguments, Language language) {
    ProgressBar bar(language);
    BuildOptions options = options_of(arguments.common, bar);
    options.audience = arguments.audience;
    const OpenedSite opened = open_site(arguments.common.site);
    const Survey survey = survey_site(*opened.disk, *opened.memo, options);
    GapOptions asked;
    asked.as_of = options.as_of;
    asked.days = arguments.days;
    asked.has_file = [&](std::string_view path) {
        return survey.tree.find_media(path) || survey.tree.find_text(path);
    };
    const auto gaps = find_gaps(survey.site, survey.publication, asked);
    bar.clear();
    const std::string sums = gap_sums(gaps, language);
    std::fprintf(stderr, language == Language::chinese ? "共 %zu 项%s%s。\n" : "%zu gaps%s%s.\n", gaps.size(),
                 sums.empty()                    ? ""
                 : language == Language::chinese ? "："
                                                 : ": ",
                 sums.c_str());
    return gap_csv(survey.site, survey.tree.sources, gaps, language);
}

void write_list(const std::string& output, const std::string& csv, Language language) {
    const bool file = output.ends_with(".csv") || output.ends_with(".CSV");
    const RootedPath at = rooted_path(file ? output : output + "/report.csv");
    const auto disk = real_disk(at.root);
    if (disk->status(at.name)) disk->remove_file(at.name);
    disk->write_new_file(at.name, csv);
    std::fprintf(stderr,
                 language == Language::chinese ? "已写入 %s，可以用 Excel 或 WPS 打开。\n" : "Wrote %s.\n",
                 (at.root + "/" + at.name).c_str());
}

int report_gaps(const ReportArguments& arguments, Language language) {
    const std::string csv = list_of_gaps(arguments, language);
    if (arguments.output.empty())
        std::fwrite(csv.data(), 1, csv.size(), stdout);
    else
        write_list(arguments.output, csv, language);
    return 0;
}

}  // namespace

int run_report(const ReportArguments& arguments, Language language) {
    const std::string& folder = arguments.common.site;
    const bool site = is_site(folder);
    if (arguments.pictures) return report_pictures(arguments, site, language);
    if (!site) {
        return complain("“%s”里没有 content 文件夹，不是一个网站。只查照片请加上 --pictures。\n",
                        "There is no folder content in “%s”. For photographs alone add --pictures.\n", folder,
                        language);
    }
    return report_gaps(arguments, language);
}

}  // namespace qunying
