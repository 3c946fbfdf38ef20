#include "release/bundle.h"

#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "base/failure.h"
#include "base/text.h"
#include "commands/commands.h"
#include "commands/opened_site.h"
#include "release/leak_check.h"
#include "system/release_stage.h"

namespace qunying {
namespace {

constexpr const char* stages_folder = ".qunying/venues";

std::string words(Language language, const std::string& chinese, const std::string& english) {
    return language == Language::chinese ? chinese : english;
}

// The clock, or what stands for it where the same bytes are wanted again.
std::uint64_t seconds_now() {
    const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
    const long long seconds = epoch && *epoch ? std::strtoll(epoch, nullptr, 10) : std::time(nullptr);
    return seconds > 0 ? static_cast<std::uint64_t>(seconds) : 0;
}

std::optional<SigningKey> key_at(const std::string& place) {
    const RootedPath at = rooted_path(place);
    return read_signing_key(real_disk(at.root)->read_if_there(at.name, longest_key_file).value_or(""));
}

// Where the release of a venue is built: each has a place of its own in the state folder, so that neither the
// site for the web nor another venue is disturbed, and the next pack costs what changed.
std::string stage_of(const std::string& venue) {
    return join_path(stages_folder, venue.empty() ? "all" : "of-" + venue);
}

BuildResult build_for_venue(OpenedSite& opened, const BundleArguments& arguments, const std::string& stage,
                            Language language) {
    ProgressBar bar(language);
    BuildOptions options = options_of(arguments.common, bar);
    options.audience = Audience::venue;
    options.venue = arguments.venue;
    create_folders(*opened.disk, stages_folder);
    ReleaseStage output(*opened.disk, stage);
    BuildResult result = build_site(*opened.disk, *opened.memo, output, options);
    bar.clear();
    return result;
}

std::string bundled_text(const BundleReport& report, const std::string& output, Language language) {
    const PackManifest& manifest = report.manifest;
    const std::string number = std::to_string(manifest.sequence),
                      files = std::to_string(manifest.files.size());
    const std::string parts = std::to_string(manifest.parts()), folder = output + "/" + pack_folder;
    const std::string zip = output + "/" + report.zip;
    constexpr std::uint64_t longest_on_fat = (std::uint64_t{4} << 30) - 1;
    std::string text =
        words(language,
              "已做好更新包，版本 " + number + "：\n  " + folder + "  共 " + files + " 个文件、" +
                  size_text(manifest.total()) + "，分为 " + parts +
                  " 块；把整个文件夹拷到 U 盘，给大屏安装\n  " + zip + "  " + size_text(report.zip_size) +
                  "；解压后双击 start-windows.cmd 或 index.html，在普通电脑上观看\n",
              "Made release " + number + ":\n  " + folder + "  " + files + " files, " +
                  size_text(manifest.total()) + " in " + parts +
                  " parts: copy the whole folder to a stick, for screens\n  " + zip + "  " +
                  size_text(report.zip_size) +
                  ": for people; unpack it and double-click start-windows.cmd or index.html\n");
    if (report.zip_size > longest_on_fat) {
        text +=
            words(language, "提醒：这个压缩包超过 4 GB，FAT32 格式的 U 盘放不下；更新包不受影响。\n",
                  "Mind: a FAT32 stick takes no file over 4 GB such as this zip; the pack is cut to fit.\n");
    }
    return text;
}

bool names_no_venue(const BuildResult& result) {
    for (const Diagnostic& each : result.diagnostics.items()) {
        if (each.kind == DiagnosticKind::venue_unknown) return true;
    }
    return false;
}

int refuse(const std::string& text) { return std::fputs(text.c_str(), stderr), 2; }

}  // namespace

int run_bundle(const BundleArguments& arguments, Language language) {
    const auto key = key_at(arguments.key);
    if (!key)
        return refuse(
            words(language,
                  "“" + arguments.key + "”不是私钥文件，或者已经损坏。请用 qunying keygen 生成的那一个。\n",
                  arguments.key + " is no secret key file, or a damaged one. qunying keygen makes them.\n"));
    OpenedSite opened = open_site(arguments.common.site);
    const std::string stage = stage_of(arguments.venue);
    if (!is_plain_path(stage) || arguments.venue.find('/') != std::string::npos)
        return refuse(words(language, "--venue 请写 site.yaml 里场馆的编号。\n",
                            "--venue wants a venue of site.yaml.\n"));
    const BuildResult result = build_for_venue(opened, arguments, stage, language);
    std::fputs(findings_text(result, language).c_str(), stdout);
    if (!result.published) {
        std::fputs(words(language, "有错误，没有制作更新包。请改正后再运行一次。\n",
                         "There are errors; no pack was made.\n")
                       .c_str(),
                   stdout);
        return names_no_venue(result) ? 2 : 1;
    }
    const std::vector<Leak> leaks = leaks_in_release(*opened.disk, stage, allowed_in_site(*opened.disk));
    if (!leaks.empty()) return std::fputs(leaks_text(leaks, language).c_str(), stdout), 1;
    const RootedPath at = rooted_path(arguments.output);
    const auto parent = real_disk(at.root);
    create_folders(*parent, at.name);
    const auto out = real_disk(at.root + "/" + at.name);
    const BundleOptions options{*key, usual_part, seconds_now(), arguments.last_sequence};
    const BundleReport report = write_bundle(*opened.disk, stage, *out, options);
    std::fputs(bundled_text(report, arguments.output, language).c_str(), stdout);
    return 0;
}

}  // namespace qunying
