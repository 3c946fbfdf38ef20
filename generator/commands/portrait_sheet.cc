#include "commands/portrait_sheet.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fmt/format.h>

#include "base/failure.h"
#include "base/text.h"
#include "build/survey.h"
#include "commands/opened_site.h"
#include "pages/contact_sheet.h"
#include "system/release_stage.h"
#include "system/source_tree.h"

namespace qunying {
namespace {

constexpr const char* usual_output = "contact-sheet";
constexpr int fair_on_sheet = 480;  // pixels

// The largest JPEG that is not wasted on the sheet, else the smallest.
const PictureOutput* for_sheet(const std::vector<PictureOutput>& outputs) {
    const PictureOutput* best = nullptr;
    for (const PictureOutput& output : outputs) {
        if (output.format != PictureFormat::jpeg) continue;
        if (!best || output.width <= fair_on_sheet) best = &output;
    }
    return best;
}

// What report_picture says of it, in one line.
std::string problem_of(const CutPortrait& portrait, Language language) {
    Diagnostics said;
    report_picture(said, {}, portrait.picture.file, portrait.crops, portrait.recipes);
    if (said.empty()) return {};
    return message_of(said.items().front(), language) + " " + cure_of(said.items().front(), language);
}

// Puts a sheet together, picture by picture.
class SheetMaker {
  public:
    SheetMaker(OutputStage& stage, Language language) : stage_(stage), language_(language) {}

    void add(const CutPortrait& portrait) {
        SheetEntry entry;
        entry.picture = portrait.picture;
        const PictureResult& result = portrait.crops;
        if (result.decoded && portrait.whole.decoded) {
            entry.size = {result.source_width, result.source_height};
            entry.head = result.head;
            entry.whole = put("whole", portrait.whole.outputs.front().front());
            for (std::size_t i = 0; i < portrait.recipes.size(); ++i) add_crop(entry, portrait, i);
        } else {
            entry.problem = problem_of(portrait, language_);
        }
        entries_.push_back(std::move(entry));
    }

    std::size_t size() const { return entries_.size(); }
    const std::vector<SheetEntry>& entries() const { return entries_; }

  private:
    void add_crop(SheetEntry& entry, const CutPortrait& portrait, std::size_t i) {
        const Recipe& recipe = portrait.recipes[i];
        const PictureOutput* shown = for_sheet(portrait.crops.outputs.at(i));
        if (shown)
            entry.crops.push_back(
                {recipe, crop_box(entry.size, recipe, entry.head), put(recipe.name, *shown)});
    }
    std::string put(const std::string& name, const PictureOutput& output) {
        std::string path = fmt::format("pictures/{:04}-{}.jpg", entries_.size() + 1, name);
        stage_.add(path, output.bytes);
        return path;
    }

    OutputStage& stage_;
    const Language language_;
    std::vector<SheetEntry> entries_;
};

bool is_photograph(const FolderEntry& entry) {
    static constexpr std::string_view endings[] = {".jpg",  ".jpeg", ".jpe", ".png", ".webp", ".avif",
                                                   ".heic", ".heif", ".gif", ".tif", ".tiff", ".mpo"};
    const std::string name = ascii_lower(entry.name);
    return entry.status.kind == FileKind::file && !is_clutter(entry.name) &&
           std::any_of(std::begin(endings), std::end(endings),
                       [&](std::string_view ending) { return name.ends_with(ending); });
}

std::vector<std::string> photographs_in(Disk& disk) {
    std::vector<std::string> files;
    for (const FolderEntry& entry : disk.list_folder("")) {
        if (is_photograph(entry)) files.push_back(entry.name);
    }
    std::sort(files.begin(), files.end());
    return files;
}

ThemeConfig shipped_theme() {
    const auto disk = real_disk(shipped_folder());
    const std::string path = "themes/hall/theme.yaml";
    Sources sources;
    Diagnostics unsaid;
    return read_theme(sources[sources.add(path, disk->read_file(path))], unsaid);
}

// Never over anything but a sheet of before: a site that is published there would be gone.
void must_be_a_sheet(const OutputStage& stage, const std::string& folder) {
    const Release* before = stage.previous();
    if (before && before->manifest.fact("report") != "contact-sheet")
        throw Failure(not_our_folder, folder, std::make_error_code(std::errc::file_exists));
}

int say_no_photographs(const std::string& folder, Language language) {
    std::fprintf(stderr,
                 language == Language::chinese
                     ? "“%s”里没有照片。请指定网站的文件夹，或直接放着照片的文件夹。\n"
                     : "There are no photographs in “%s”.\n",
                 folder.c_str());
    return 2;
}

std::string name_of_folder(const std::string& folder) {
    const std::filesystem::path path = std::filesystem::weakly_canonical(folder);
    return path.filename().string();
}

int finish(SheetMaker& sheet, OutputStage& stage, const BuildOptions& options,
           const ReportArguments& arguments, const std::string& output, Language language) {
    const std::string title = name_of_folder(arguments.common.site);
    for (const SheetFile& file : contact_sheet(sheet.entries(), title, options.as_of, language))
        stage.add(file.path, file.text);
    stage.commit({{"report", "contact-sheet"}, {"as_of", iso_date(options.as_of)}});
    std::printf(language == Language::chinese
                    ? "肖像 %zu 张。双击 %s/index.html 查看；数字在 pictures.csv。\n"
                    : "%zu portraits. Open %s/index.html; figures are in pictures.csv.\n",
                sheet.size(), output.c_str());
    return 0;
}

}  // namespace

int report_pictures(const ReportArguments& arguments, bool site, Language language) {
    const std::string& folder = arguments.common.site;
    const std::string output = arguments.output.empty() ? usual_output : arguments.output;
    ProgressBar bar(language);
    BuildOptions options = options_of(arguments.common, bar);
    options.audience = arguments.audience;
    const auto photographs = real_disk(folder);
    const std::vector<std::string> files = site ? std::vector<std::string>() : photographs_in(*photographs);
    if (!site && files.empty()) return say_no_photographs(folder, language);
    const RootedPath at = rooted_path(output);
    const auto disk = real_disk(at.root);
    ReleaseStage stage(*disk, at.name);
    stage.open();
    must_be_a_sheet(stage, output);
    SheetMaker sheet(stage, language);
    const auto add = [&](const CutPortrait& portrait) { sheet.add(portrait); };
    if (site) {
        const OpenedSite opened = open_site(folder);
        if (!cut_portraits(*opened.disk, *opened.memo, options, add)) {
            bar.clear();
            std::fputs(language == Language::chinese ? "主题读不出来，请先运行 qunying check。\n"
                                                     : "The theme cannot be read: run qunying check first.\n",
                       stderr);
            return 1;
        }
    } else {
        cut_photographs(*photographs, files, shipped_theme(), options, add);
    }
    bar.clear();
    return finish(sheet, stage, options, arguments, output, language);
}

}  // namespace qunying
