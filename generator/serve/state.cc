#include "serve/state.h"

#include <fmt/format.h>

#include "base/json.h"
#include "base/text.h"
#include "serve/picture_pages.h"

namespace qunying {
namespace {

// Shown over a page; the rest is at /_qunying/.
constexpr std::size_t shown_on_page = 3;

std::string counts_text(const Findings& findings, Language language) {
    const bool chinese = language == Language::chinese;
    if (chinese && findings.errors && findings.warnings)
        return fmt::format("{} 处错误，{} 处警告", findings.errors, findings.warnings);
    if (chinese) {
        return findings.errors ? fmt::format("{} 处错误", findings.errors)
                               : fmt::format("{} 处警告", findings.warnings);
    }
    if (findings.errors && findings.warnings)
        return fmt::format("errors: {}, warnings: {}", findings.errors, findings.warnings);
    return findings.errors ? fmt::format("errors: {}", findings.errors)
                           : fmt::format("warnings: {}", findings.warnings);
}

struct Words {
    const char *title, *building, *good, *bad, *stale, *none_yet, *more, *lost, *left, *other, *error,
        *warning, *home, *pictures;
};

constexpr Words chinese_words = {"问题清单",
                                 "正在生成，请稍候……",
                                 "没有问题。",
                                 "改正并保存，这里会自己更新。",
                                 "页面还是上次正确时的样子",
                                 "改正后就能看到网站",
                                 "查看全部",
                                 "预览没有回应，可能已经停止。",
                                 "还有 {} 处没有列出，请先改前面的。",
                                 "另一处：",
                                 "错误",
                                 "警告",
                                 "回到首页",
                                 "看照片的裁切"};
constexpr Words english_words = {"Findings",
                                 "Building…",
                                 "Nothing to mend.",
                                 "Mend and save; this page follows.",
                                 "the page is as it was when all was well",
                                 "once mended, the site is shown",
                                 "See all",
                                 "The preview does not answer; it may have been stopped.",
                                 "{} more are not listed; mend the first ones first.",
                                 "other place: ",
                                 "error",
                                 "warning",
                                 "Home",
                                 "See how photographs are cut"};

const Words& words_of(Language language) {
    return language == Language::chinese ? chinese_words : english_words;
}

std::string summary_text(const Snapshot& snapshot, Language language) {
    const Words& words = words_of(language);
    if (snapshot.version == 0) return words.building;
    const Findings& findings = snapshot.findings;
    return findings.errors + findings.warnings == 0 ? words.good : counts_text(findings, language);
}

std::string line_html(const Finding& finding) {
    if (finding.before.empty() && finding.marked.empty() && finding.after.empty()) return {};
    return "<pre>" + escape_html(finding.before) + "<mark>" + escape_html(finding.marked) + "</mark>" +
           escape_html(finding.after) + "</pre>";
}

std::string finding_html(const Finding& finding, const Words& words) {
    const bool error = finding.severity == Severity::error;
    std::string out = fmt::format("<li class=\"{}\"><p class=\"place\"><b>{}</b>",
                                  error ? "error" : "warning", error ? words.error : words.warning);
    if (!finding.place.empty()) out += " <code>" + escape_html(finding.place) + "</code>";
    out += "</p><p class=\"message\">" + escape_html(finding.message) + "</p>" + line_html(finding);
    out += "<p class=\"cure\">" + escape_html(finding.cure) + "</p>";
    if (!finding.other_place.empty())
        out += "<p class=\"other\">" + std::string(words.other) + "<code>" +
               escape_html(finding.other_place) + "</code></p>";
    return out + "</li>\n";
}

}  // namespace

std::string mark_of(const Snapshot& snapshot, std::string_view page) {
    if (page == findings_page_path || page == pictures_path || !snapshot.tree)
        return fmt::format("findings-{}", snapshot.version);
    if (page.starts_with(focus_path)) return focus_mark(snapshot, page);
    return page_mark(*snapshot.tree, page);
}

std::string state_json(const Snapshot& snapshot, std::string_view page, Language language) {
    const Words& words = words_of(language);
    const Findings& findings = snapshot.findings;
    JsonWriter json(JsonWriter::Layout::compact);
    json.begin_object();
    json.key("version").number(static_cast<std::int64_t>(snapshot.version));
    json.key("mark").text(mark_of(snapshot, page));
    json.key("errors").number(static_cast<std::int64_t>(findings.errors));
    json.key("warnings").number(static_cast<std::int64_t>(findings.warnings));
    json.key("title").text(summary_text(snapshot, language));
    json.key("stale").text(snapshot.tree ? words.stale : words.none_yet);
    json.key("more").text(words.more);
    json.key("lost").text(words.lost);
    json.key("findings").begin_array();
    for (const Finding& finding : findings.first) {
        if (finding.severity != Severity::error || findings.errors == 0) break;
        if (&finding - findings.first.data() >= static_cast<std::ptrdiff_t>(shown_on_page)) break;
        json.begin_object();
        json.key("place").text(finding.place);
        json.key("message").text(finding.message);
        json.key("cure").text(finding.cure);
        json.end_object();
    }
    json.end_array().end_object();
    std::string line = json.finish();
    while (!line.empty() && line.back() == '\n') line.pop_back();
    return line;
}

std::string findings_page(const Snapshot& snapshot, const LivePage& page, Language language) {
    const Words& words = words_of(language);
    const bool chinese = language == Language::chinese;
    const Findings& findings = snapshot.findings;
    const std::size_t all = findings.errors + findings.warnings;
    std::string out = fmt::format(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n"
        "<link rel=\"stylesheet\" href=\"/_qunying/live.css\">\n</head>\n<body "
        "class=\"findings-page\">\n<main>\n"
        "<h1>{}</h1>\n<p class=\"sum {}\">{}</p>\n",
        chinese ? "zh-CN" : "en", words.title, words.title, findings.errors ? "bad" : "good",
        escape_html(summary_text(snapshot, language)));
    if (all > 0) out += fmt::format("<p class=\"hint\">{}</p>\n<ol>\n", words.bad);
    for (const Finding& finding : findings.first) out += finding_html(finding, words);
    if (all > 0) out += "</ol>\n";
    if (all > findings.first.size())
        out += "<p class=\"hint\">" + fmt::format(fmt::runtime(words.left), all - findings.first.size()) +
               "</p>\n";
    if (snapshot.tree)
        out += fmt::format("<p class=\"home\"><a href=\"/\">{}</a> <a href=\"{}\">{}</a></p>\n", words.home,
                           pictures_path, words.pictures);
    return out + "</main>\n" + live_element(page) + "\n</body>\n</html>\n";
}

}  // namespace qunying
