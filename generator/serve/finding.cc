#include "serve/finding.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/private_data.h"
#include "base/text.h"

namespace qunying {
namespace {

// So much of a long line is shown on either side of the place.
constexpr std::size_t context = 40;  // code points

std::string place_of(Span where, const Sources& sources) {
    if (!where.known()) return {};
    const SourceFile& file = sources[where.source];
    const std::string path = mask_private_data(file.path);
    if (file.text.empty()) return path;
    const LineColumn at = line_column(file.text, where.begin);
    return fmt::format("{}:{}:{}", path, at.line, at.column);
}

std::string last_code_points(std::string_view text, std::size_t count) {
    const std::size_t length = count_code_points(text);
    if (length <= count) return std::string(text);
    return "…" + std::string(text.substr(first_code_points(text, length - count).size()));
}

std::string some_code_points(std::string_view text, std::size_t count) {
    if (count_code_points(text) <= count) return std::string(text);
    return std::string(first_code_points(text, count)) + "…";
}

// Broken bytes are shown as U+FFFD, so that the page stays UTF-8.
std::string shown(std::string_view bytes) { return to_utf8(to_utf32(bytes)); }

void add_line(Finding& finding, Span where, const Sources& sources) {
    if (!where.known() || sources[where.source].text.empty()) return;
    const Line line = line_at(sources[where.source].text, where.begin);
    const std::size_t begin =
        std::min<std::size_t>(where.begin > line.begin ? where.begin - line.begin : 0, line.text.size());
    const std::size_t end =
        std::clamp<std::size_t>(where.end > line.begin ? where.end - line.begin : 0, begin, line.text.size());
    const std::string masked = mask_private_data(line.text);  // as long as the line
    const std::string_view text = masked;
    finding.before = last_code_points(shown(text.substr(0, begin)), context);
    finding.marked = some_code_points(shown(text.substr(begin, end - begin)), context);
    finding.after = some_code_points(shown(text.substr(end)), context);
}

Finding finding_of(const Diagnostic& item, const Sources& sources, Language language) {
    Finding finding;
    finding.severity = item.severity;
    finding.id = entry_of(item.kind).id;
    finding.place = shown(place_of(item.where, sources));
    finding.message = shown(message_of(item, language));
    finding.cure = shown(cure_of(item, language));
    if (item.related) finding.other_place = shown(place_of(*item.related, sources));
    add_line(finding, item.where, sources);
    return finding;
}

}  // namespace

Findings findings_of(const Diagnostics& diagnostics, const Sources& sources, Language language) {
    Findings findings;
    findings.errors = diagnostics.count(Severity::error);
    findings.warnings = diagnostics.count(Severity::warning);
    for (const Severity severity : {Severity::error, Severity::warning}) {
        for (const Diagnostic& item : diagnostics.items()) {
            if (item.severity != severity || findings.first.size() == Findings::most) continue;
            findings.first.push_back(finding_of(item, sources, language));
        }
    }
    return findings;
}

Findings findings_of(const Failure& failure, Language language) {
    const bool chinese = language == Language::chinese;
    Finding finding;
    finding.place = shown(mask_private_data(failure.path()));
    finding.message = chinese ? "没有做成：" + failure.code().message() + "（" + failure.operation() + "）"
                              : failure.operation() + ": " + failure.code().message();
    finding.cure = chinese
                       ? "请检查这个文件的权限和磁盘空间；预览会自己再试。"
                       : "Look at the file's permissions and the space on the disk; the preview tries again.";
    return {1, 0, {finding}};
}

}  // namespace qunying
