#include "commands/console.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/json.h"
#include "base/private_data.h"
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
        case Step::posters:
            return chinese ? "制作海报" : "posters";
        case Step::plan:
            return chinese ? "安排页面" : "planning";
        case Step::render:
            return chinese ? "生成页面" : "rendering";
        case Step::write:
            return chinese ? "写入" : "writing";
    }
    return {};
}

std::string bar(const ProgressNews& news) {
    constexpr std::size_t width = 24;
    const bool known = news.work_total > 0;
    const double part = known ? static_cast<double>(news.work_done) / static_cast<double>(news.work_total)
                        : news.total > 0 ? static_cast<double>(news.done) / static_cast<double>(news.total)
                                         : 0;
    const auto filled = static_cast<std::size_t>(std::clamp(part, 0.0, 1.0) * width);
    return "[" + std::string(filled, '#') + std::string(width - filled, '.') + "]";
}

// What is left at the speed so far, in steps that do not jump about; nothing before that can be known.
std::string time_left(const ProgressNews& news, double seconds, Language language) {
    constexpr double soonest = 2;
    if (news.work_done == 0 || news.work_done >= news.work_total || seconds < soonest) return {};
    const double left =
        seconds * static_cast<double>(news.work_total - news.work_done) / static_cast<double>(news.work_done);
    const bool chinese = language == Language::chinese;
    if (left < 55) {
        const int rounded = std::max(5, static_cast<int>(left / 5 + 0.5) * 5);
        return fmt::format(fmt::runtime(chinese ? "，约剩 {} 秒" : ", about {} s left"), rounded);
    }
    const int minutes = std::max(1, static_cast<int>(left / 60 + 0.5));
    return fmt::format(fmt::runtime(chinese ? "，约剩 {} 分钟" : ", about {} min left"), minutes);
}

// The end of a text that has room in so many columns.
std::string last_columns(std::string_view text, int columns) {
    if (display_width(text) <= columns) return std::string(text);
    std::u32string all = to_utf32(text), kept;
    int width = 1;
    for (auto each = all.rbegin(); each != all.rend() && width + display_width(*each) <= columns; ++each) {
        width += display_width(*each);
        kept.insert(kept.begin(), *each);
    }
    return "…" + to_utf8(kept);
}

int terminal_columns() {
    constexpr int usual = 80, least = 20;
    winsize size{};
    const bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return std::max(known ? static_cast<int>(size.ws_col) : usual, least);
}

bool can_redraw() {
    const char* terminal = std::getenv("TERM");
    return isatty(STDERR_FILENO) == 1 && terminal && std::string_view(terminal) != "dumb";
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

std::string progress_line(const ProgressNews& news, double seconds, int columns, Language language) {
    const std::string name(step_name(news.step, language));
    if (news.total == 0) return last_columns(name + "……", columns);
    const std::string count = fmt::format("{}/{}", news.done, news.total),
                      left = time_left(news, seconds, language);
    const std::string_view comma = language == Language::chinese ? "，" : ", ";
    // What has no room is left out, the least important first.
    const std::string whole = fmt::format("{} {} {}{}", name, bar(news), count, left);
    constexpr int least_of_a_name = 12;
    const int room = columns - display_width(whole) - display_width(comma);
    if (!news.in_hand.empty() && room >= least_of_a_name)
        return fmt::format("{}{}{}", whole, comma, last_columns(mask_private_data(news.in_hand), room));
    for (const std::string& line :
         {whole, fmt::format("{} {}{}", name, count, left), fmt::format("{} {}", name, count)}) {
        if (display_width(line) <= columns) return line;
    }
    return last_columns(count, columns);
}

ProgressBar::ProgressBar(Language language) : language_(language), terminal_(can_redraw()) {}
ProgressBar::~ProgressBar() { clear(); }

void ProgressBar::show(const ProgressNews& news) {
    if (step_ != news.step || news.done == 0) {
        step_ = news.step;
        began_ = told_ = Clock::now();
        return terminal_ ? draw(news) : print(news);
    }
    constexpr Clock::duration redrawn = std::chrono::milliseconds(100), said = std::chrono::seconds(30);
    const bool due = Clock::now() - told_ >= (terminal_ ? redrawn : said);
    if (!due && !(terminal_ && news.done == news.total)) return;
    told_ = Clock::now();
    terminal_ ? draw(news) : print(news);
}

// The new line is written over the old one and only then what is left of that is cleared, so that nothing
// flickers. The last column stays free: writing there makes some terminals wrap.
void ProgressBar::draw(const ProgressNews& news) {
    const double seconds = std::chrono::duration<double>(Clock::now() - began_).count();
    std::string line = progress_line(news, seconds, terminal_columns() - 1, language_);
    if (line == drawn_) return;
    std::fprintf(stderr, "\r%s\033[K", line.c_str());
    std::fflush(stderr);
    drawn_ = std::move(line);
}

void ProgressBar::print(const ProgressNews& news) {
    if (news.total == 0) return;
    const double seconds = std::chrono::duration<double>(Clock::now() - began_).count();
    const std::string name(step_name(news.step, language_));
    const std::string line = news.done == 0 ? fmt::format("{} {}", name, news.total)
                                            : fmt::format("{} {}/{}{}", name, news.done, news.total,
                                                          time_left(news, seconds, language_));
    std::fprintf(stderr, "%s\n", line.c_str());
}

void ProgressBar::clear() {
    if (!drawn_.empty()) std::fputs("\r\033[K", stderr);
    drawn_.clear();
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
    number("pictures_decoded", s.pictures_decoded);
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
