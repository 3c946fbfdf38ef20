#include "base/diagnostic.h"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>

#include "base/json.h"
#include "base/private_data.h"
#include "base/text.h"

namespace qunying {
namespace {

const std::vector<KindEntry> registry = [] {
    constexpr Severity error = Severity::error, warning = Severity::warning;
    static_cast<void>(warning);
    return std::vector<KindEntry>{
#define QY_DIAGNOSTIC(name, id, severity, chinese, chinese_cure, english, english_cure) \
    {DiagnosticKind::name, id, severity, chinese, chinese_cure, english, english_cure},
#include "base/diagnostic_kinds.def"
#undef QY_DIAGNOSTIC
    };
}();

// Replaces {0}, {1}… by words; a word that is missing leaves nothing.
std::string fill(std::string_view pattern, const std::vector<std::string>& words) {
    std::string out;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const bool slot = pattern[at] == '{' && at + 2 < pattern.size() && pattern[at + 2] == '}';
        if (!slot) {
            out += pattern[at];
            continue;
        }
        const auto index = static_cast<std::size_t>(pattern[at + 1] - '0');
        if (index < words.size()) out += words[index];
        at += 2;
    }
    return out;
}

std::string_view severity_word(Severity severity, Language language) {
    if (language == Language::english) return severity == Severity::error ? "error" : "warning";
    return severity == Severity::error ? "错误" : "警告";
}

std::string place(Span span, const Sources& sources) {
    if (!span.known()) return {};
    const SourceFile& file = sources[span.source];
    const std::string path = mask_private_data(file.path);
    if (file.text.empty()) return path;
    const LineColumn at = line_column(file.text, span.begin);
    return fmt::format("{}:{}:{}", path, at.line, at.column);
}

// Tabs are shown as one space and counted as one, so that carets stand where they should on any terminal.
// Broken bytes become U+FFFD.
std::string printable(std::string_view text) {
    std::string out = to_utf8(to_utf32(text));
    std::replace_if(
        out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return out;
}

// At most this many columns of a long line are shown, with the place inside.
constexpr int excerpt_width = 100;

struct Excerpt {
    std::string line;
    int before = 0;  // display columns in front of the place
    int width = 1;   // display columns of the place
};

Excerpt excerpt_of(Span span, std::string_view text) {
    const Line line = line_at(text, span.begin);
    const std::size_t begin =
        std::min<std::size_t>(span.begin > line.begin ? span.begin - line.begin : 0, line.text.size());
    const std::size_t end =
        std::clamp<std::size_t>(span.end > line.begin ? span.end - line.begin : 0, begin, line.text.size());
    // Whatever is wrong with a line, nobody's number on it belongs into a log. The masks are as long.
    const std::string shown = mask_private_data(line.text);
    std::string before = printable(std::string_view(shown).substr(0, begin));
    std::string marked = printable(std::string_view(shown).substr(begin, end - begin));
    std::string after = printable(std::string_view(shown).substr(end));
    const auto shorten_front = [](std::string& part, int width) {
        if (display_width(part) <= width) return;
        while (display_width(part) > width - 2) part.erase(0, decode_first(part).bytes);
        part.insert(0, "…");
    };
    const auto shorten_back = [](std::string& part, int width) {
        if (display_width(part) <= width) return;
        part =
            std::string(first_code_points(part, static_cast<std::size_t>(std::max(width / 2 - 1, 1)))) + "…";
    };
    shorten_front(before, excerpt_width / 2);
    shorten_back(marked, excerpt_width / 2);
    shorten_back(after, excerpt_width - display_width(before) - display_width(marked));
    return {before + marked + after, display_width(before), std::max(display_width(marked), 1)};
}

std::string excerpt_text(Span span, const Sources& sources) {
    if (!span.known() || sources[span.source].text.empty()) return {};
    const std::string& text = sources[span.source].text;
    const std::string number = fmt::format("{:>4}", line_column(text, span.begin).line);
    const Excerpt excerpt = excerpt_of(span, text);
    return fmt::format("{} | {}\n{:{}} | {:{}}{:^>{}}\n", number, excerpt.line, "", number.size(), "",
                       excerpt.before, "", excerpt.width);
}

std::string_view path_of(Span span, const Sources& sources) {
    return span.known() ? std::string_view(sources[span.source].path) : std::string_view();
}

std::string shown_path(Span span, const Sources& sources) {
    return mask_private_data(path_of(span, sources));
}

// Line and column of both ends, for the machine-readable formats.
struct Ends {
    LineColumn begin, end;
};

Ends ends_of(Span span, const Sources& sources) {
    if (!span.known()) return {};
    const std::string& text = sources[span.source].text;
    return {line_column(text, span.begin), line_column(text, std::max(span.begin, span.end))};
}

void write_json_item(JsonWriter& json, const Diagnostic& item, const Sources& sources, Language language) {
    const Ends ends = ends_of(item.where, sources);
    json.begin_object();
    json.key("path").text(shown_path(item.where, sources));
    json.key("line").number(ends.begin.line);
    json.key("column").number(ends.begin.column);
    json.key("end_line").number(ends.end.line);
    json.key("end_column").number(ends.end.column);
    json.key("severity").text(item.severity == Severity::error ? "error" : "warning");
    json.key("id").text(entry_of(item.kind).id);
    json.key("message").text(message_of(item, language));
    json.key("cure").text(cure_of(item, language));
    json.end_object();
}

void write_sarif_item(JsonWriter& json, const Diagnostic& item, const Sources& sources, Language language) {
    const Ends ends = ends_of(item.where, sources);
    json.begin_object();
    json.key("ruleId").text(entry_of(item.kind).id);
    json.key("level").text(item.severity == Severity::error ? "error" : "warning");
    json.key("message").begin_object().key("text").text(message_of(item, language) + " " +
                                                        cure_of(item, language));
    json.end_object();
    json.key("locations").begin_array().begin_object().key("physicalLocation").begin_object();
    json.key("artifactLocation").begin_object().key("uri").text(escape_url(shown_path(item.where, sources)));
    json.end_object();
    json.key("region").begin_object();
    json.key("startLine").number(ends.begin.line).key("startColumn").number(ends.begin.column);
    json.key("endLine").number(ends.end.line).key("endColumn").number(ends.end.column);
    json.end_object().end_object().end_object().end_array();
    json.end_object();
}

}  // namespace

const KindEntry& entry_of(DiagnosticKind kind) { return registry[static_cast<std::size_t>(kind)]; }
const std::vector<KindEntry>& all_kinds() { return registry; }

void Diagnostics::report(DiagnosticKind kind, Span where, std::vector<std::string> words,
                         DiagnosticExtras extras) {
    items_.push_back({kind, where, std::move(words), std::move(extras.meant), extras.related,
                      std::move(extras.meant_place), entry_of(kind).severity});
}

void Diagnostics::merge(Diagnostics&& other) {
    items_.insert(items_.end(), std::make_move_iterator(other.items_.begin()),
                  std::make_move_iterator(other.items_.end()));
    other.items_.clear();
}

void Diagnostics::add(std::vector<Diagnostic> items) {
    for (Diagnostic& item : items) items_.push_back(std::move(item));
}

void Diagnostics::promote_warnings() {
    for (Diagnostic& item : items_) item.severity = Severity::error;
}

void Diagnostics::settle(const Sources& sources) {
    const auto order = [&](const Diagnostic& d) {
        return std::tuple(path_of(d.where, sources), d.where.begin, d.kind, std::cref(d.words));
    };
    std::stable_sort(items_.begin(), items_.end(), [&](const Diagnostic& a, const Diagnostic& b) {
        const auto [path_a, begin_a, kind_a, words_a] = order(a);
        const auto [path_b, begin_b, kind_b, words_b] = order(b);
        return std::tie(path_a, begin_a, kind_a, words_a.get()) <
               std::tie(path_b, begin_b, kind_b, words_b.get());
    });
    items_.erase(std::unique(items_.begin(), items_.end()), items_.end());
}

std::size_t Diagnostics::count(Severity severity) const {
    return static_cast<std::size_t>(std::count_if(
        items_.begin(), items_.end(), [severity](const Diagnostic& d) { return d.severity == severity; }));
}

std::string message_of(const Diagnostic& diagnostic, Language language) {
    const KindEntry& entry = entry_of(diagnostic.kind);
    return mask_private_data(
        fill(language == Language::chinese ? entry.chinese : entry.english, diagnostic.words));
}

std::string cure_of(const Diagnostic& diagnostic, Language language) {
    if (!diagnostic.meant.empty()) {
        const bool chinese = language == Language::chinese;
        const std::string& at = diagnostic.meant_place;
        const std::string note = at.empty() ? "" : (chinese ? "（" + at + "）" : " (" + at + ")");
        return mask_private_data(chinese ? "是不是“" + diagnostic.meant + "”" + note + "？"
                                         : "Did you mean “" + diagnostic.meant + "”" + note + "?");
    }
    const KindEntry& entry = entry_of(diagnostic.kind);
    return mask_private_data(
        fill(language == Language::chinese ? entry.chinese_cure : entry.english_cure, diagnostic.words));
}

std::string as_text(const Diagnostic& diagnostic, const Sources& sources, Language language) {
    const bool chinese = language == Language::chinese;
    const std::string at = place(diagnostic.where, sources);
    std::string out = fmt::format("{}{}{}{}{} [{}]\n", at, at.empty() ? "" : ": ",
                                  severity_word(diagnostic.severity, language), chinese ? "：" : ": ",
                                  message_of(diagnostic, language), entry_of(diagnostic.kind).id);
    // The line of a secret would show it.
    if (diagnostic.kind != DiagnosticKind::publish_secret) out += excerpt_text(diagnostic.where, sources);
    if (diagnostic.related) {
        out += fmt::format("{}{}\n",
                           chinese ? "  另一处：" : "  other place: ", place(*diagnostic.related, sources));
        out += excerpt_text(*diagnostic.related, sources);
    }
    out += fmt::format("{}{}\n", chinese ? "  建议：" : "  help: ", cure_of(diagnostic, language));
    return out;
}

std::string as_json(const Diagnostics& diagnostics, const Sources& sources, Language language) {
    JsonWriter json;
    json.begin_object().key("diagnostics").begin_array();
    for (const Diagnostic& item : diagnostics.items()) write_json_item(json, item, sources, language);
    json.end_array().end_object();
    return json.finish();
}

std::string as_sarif(const Diagnostics& diagnostics, const Sources& sources, Language language) {
    JsonWriter json;
    json.begin_object();
    json.key("$schema").text("https://json.schemastore.org/sarif-2.1.0.json");
    json.key("version").text("2.1.0");
    json.key("runs").begin_array().begin_object();
    json.key("tool")
        .begin_object()
        .key("driver")
        .begin_object()
        .key("name")
        .text("qunying")
        .end_object()
        .end_object();
    json.key("columnKind").text("unicodeCodePoints");
    json.key("results").begin_array();
    for (const Diagnostic& item : diagnostics.items()) write_sarif_item(json, item, sources, language);
    json.end_array().end_object().end_array().end_object();
    return json.finish();
}

}  // namespace qunying
