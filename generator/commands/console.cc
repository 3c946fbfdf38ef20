#include "commands/console.h"

#include <fmt/format.h>
#include <unistd.h>

#include "base/json.h"
#include "base/text.h"

namespace qunying {
namespace {

std::string_view step_name(Step step, Language language) {
    const bool chinese = language == Language::chinese;
    switch (step) {
        case Step::read:
            return chinese ? "读取文件" : "reading";
        case Step::load:
            return chinese ? "读懂资料" : "loading";
        case Step::check:
            return chinese ? "检查" : "checking";
        case Step::pictures:
            return chinese ? "处理照片" : "pictures";
        case Step::plan:
            return chinese ? "安排页面" : "planning";
        case Step::render:
            return chinese ? "生成页面" : "rendering";
        case Step::write:
            return chinese ? "写入" : "writing";
    }
    return {};
}

std::string bar(std::size_t done, std::size_t total) {
    constexpr std::size_t width = 24;
    const std::size_t filled = total == 0 ? 0 : done * width / total;
    return "[" + std::string(filled, '#') + std::string(width - filled, '.') + "]";
}

// Reasons for not publishing that were met, with their numbers.
std::string left_out(const BuildSummary& summary, Language language) {
    constexpr std::array<std::pair<Standing, std::array<const char*, 2>>, 9> words = {{
        {Standing::draft, {"未终审", "drafts"}},
        {Standing::internal, {"限内部", "internal"}},
        {Standing::other_audience, {"不在此公开", "for another audience"}},
        {Standing::too_early, {"未到发布日期", "not yet"}},
        {Standing::too_late, {"已过截止日期", "no longer"}},
        {Standing::withheld, {"授权到期或撤回", "consent ended"}},
        {Standing::withdrawn, {"已撤下", "withdrawn"}},
        {Standing::with_person, {"随人物暂缓", "held with a person"}},
        {Standing::broken, {"无法识读", "unreadable"}},
    }};
    std::vector<std::string> parts;
    for (const auto& [standing, names] : words) {
        const std::size_t count = summary.standings[static_cast<std::size_t>(standing)];
        if (count == 0) continue;
        parts.push_back(language == Language::chinese ? fmt::format("{} {} 份", names[0], count)
                                                      : fmt::format("{} {}", count, names[1]));
    }
    return join(parts, language == Language::chinese ? "、" : ", ");
}

std::string way_text(const CommitReport& commit, Language language) {
    const bool chinese = language == Language::chinese;
    switch (commit.way) {
        case CommitWay::unchanged:
            return chinese ? "没有变化，什么也没有写" : "nothing changed, nothing written";
        case CommitWay::switched:
            return chinese ? "已整体切换" : "switched in one step";
        case CommitWay::copied_in_place:
            return chinese ? "此处不能整体切换，已逐个文件更新（途中断电可能不完整）"
                           : "updated file by file: this place allows no switch";
    }
    return {};
}

}  // namespace

ProgressBar::ProgressBar(Language language) : language_(language), terminal_(isatty(STDERR_FILENO) == 1) {}
ProgressBar::~ProgressBar() { clear(); }

void ProgressBar::show(Step step, std::size_t done, std::size_t total) {
    if (!terminal_) {
        if (step != last_ && total > 0)
            std::fprintf(stderr, "%s %zu\n", std::string(step_name(step, language_)).c_str(), total);
        last_ = step;
        return;
    }
    const std::string line =
        total > 0 ? fmt::format("{} {} {}/{}", step_name(step, language_), bar(done, total), done, total)
                  : fmt::format("{}……", step_name(step, language_));
    std::fprintf(stderr, "\r\033[K%s", line.c_str());
    std::fflush(stderr);
    drawn_ = true;
}

void ProgressBar::clear() {
    if (drawn_) std::fputs("\r\033[K", stderr);
    drawn_ = false;
}

std::string findings_text(const BuildResult& result, Language language) {
    std::string out;
    for (const Diagnostic& item : result.diagnostics.items())
        out += as_text(item, result.tree.sources, language) + "\n";
    const std::size_t errors = result.diagnostics.count(Severity::error),
                      warnings = result.diagnostics.count(Severity::warning);
    if (errors + warnings == 0) return out;
    return out + (language == Language::chinese ? fmt::format("共 {} 个错误，{} 个警告。\n", errors, warnings)
                                                : fmt::format("{} errors, {} warnings.\n", errors, warnings));
}

std::string size_text(std::uint64_t bytes) {
    if (bytes < 1000) return fmt::format("{} B", bytes);
    const double kilo = static_cast<double>(bytes) / 1000;
    return kilo < 1000 ? fmt::format("{:.1f} kB", kilo) : fmt::format("{:.1f} MB", kilo / 1000);
}

std::string summary_text(const BuildResult& result, double seconds, Language language) {
    const BuildSummary& s = result.summary;
    const CommitReport& c = s.commit;
    const std::size_t shown = s.standings[static_cast<std::size_t>(Standing::published)];
    const std::string rest = left_out(s, language);
    if (language == Language::english) {
        return fmt::format(
            "{} records, {} published{}\n{} pages, {} rendered; pictures: {} made, {} reused\n"
            "{} files written ({}), {} unchanged, {} removed; {}; {:.2f} s\n",
            s.records, shown, rest.empty() ? "" : " (" + rest + ")", s.pages, s.pages_rendered,
            s.pictures_made, s.pictures_reused, c.written, size_text(c.bytes), c.unchanged, c.removed,
            way_text(c, language), seconds);
    }
    return fmt::format(
        "资料 {} 份，发布 {} 份{}\n页面 {} 个，重新生成 {} 个；照片新处理 {} 张，沿用 {} 张\n"
        "写入 {} 个文件（{}），不变 {} 个，移除 {} 个；{}；用时 {:.2f} 秒\n",
        s.records, shown, rest.empty() ? "" : "（" + rest + "）", s.pages, s.pages_rendered, s.pictures_made,
        s.pictures_reused, c.written, size_text(c.bytes), c.unchanged, c.removed, way_text(c, language),
        seconds);
}

std::string unchanged_text(const BuildResult& result, double seconds, Language language) {
    const std::size_t files = result.summary.commit.unchanged;
    if (language == Language::english)
        return fmt::format("nothing changed: {} files as before; {:.2f} s\n", files, seconds);
    return fmt::format("内容没有变化，{} 个文件原样保留，什么也没有写；用时 {:.2f} 秒\n", files, seconds);
}

std::string summary_json(const BuildResult& result, double seconds) {
    const BuildSummary& s = result.summary;
    JsonWriter json;
    const auto number = [&](const char* key, std::size_t value) {
        json.key(key).number(static_cast<std::int64_t>(value));
    };
    json.begin_object();
    number("records", s.records);
    number("published", s.standings[static_cast<std::size_t>(Standing::published)]);
    number("pages", s.pages);
    number("pages_rendered", s.pages_rendered);
    number("pictures_made", s.pictures_made);
    number("pictures_reused", s.pictures_reused);
    number("files_written", s.commit.written);
    number("files_unchanged", s.commit.unchanged);
    number("files_removed", s.commit.removed);
    number("bytes_written", s.commit.bytes);
    number("errors", result.diagnostics.count(Severity::error));
    number("warnings", result.diagnostics.count(Severity::warning));
    json.key("fonts").begin_array();
    for (const FontFacts& font : s.fonts) {
        json.begin_object().key("face").text(font.face).key("path").text(font.path);
        json.key("characters").number(static_cast<std::int64_t>(font.characters));
        json.key("bytes").number(static_cast<std::int64_t>(font.bytes)).end_object();
    }
    json.end_array();
    json.key("seconds").real(seconds);
    json.key("stages").begin_array();
    for (const StageTime& stage : result.stages) {
        json.begin_object().key("name").text(stage.name).key("wall").real(stage.wall_seconds);
        json.key("cpu").real(stage.cpu_seconds);
        json.key("resident_bytes").number(static_cast<std::int64_t>(stage.resident_bytes)).end_object();
    }
    json.end_array().end_object();
    return json.finish();
}

}  // namespace qunying
