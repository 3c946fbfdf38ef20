#include "syntax/document.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace qunying {
namespace {

constexpr auto npos = std::string_view::npos;

struct LineView {
    std::size_t begin = 0, end = 0;  // without the line's end
    std::size_t next = 0;            // begin of the next line, or npos
    std::string_view text;
};

LineView line_from(std::string_view text, std::size_t begin) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view words = text.substr(begin, end - begin);
    if (words.ends_with('\r')) words.remove_suffix(1);
    return {begin, begin + words.size(), end < text.size() ? end + 1 : npos, words};
}

bool is_fence(std::string_view line) { return line.starts_with("---") && trim(line) == "---"; }

// What a hand that meant `---` may have typed: more or fewer hyphens, dashes, full-width hyphens.
bool is_almost_fence(std::string_view line) {
    const std::string_view words = trim(line);
    if (words.size() < 2 || is_fence(line)) return false;
    for (std::string_view rest = words; !rest.empty();) {
        const CodePoint first = decode_first(rest);
        if (std::u32string_view(U"-‐‑‒–—―−－─").find(first.value) == std::u32string_view::npos) return false;
        rest.remove_prefix(first.bytes);
    }
    return true;
}

// Whether a line has the shape of YAML: an entry, a list item, a continuation, a comment.
bool looks_like_yaml(std::string_view line) {
    if (trim(line).empty() || line[0] == ' ' || line[0] == '\t') return true;
    if (line.starts_with("- ") || (line[0] == '#' && !line.starts_with("##"))) return true;
    const std::size_t colon = std::min(line.find(':'), line.find("："));
    return colon != npos && colon > 0 && count_code_points(line.substr(0, colon)) <= 24;
}

bool is_entry(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == npos || colon == 0 || line[0] == ' ' || line[0] == '#') return false;
    const bool key = line.substr(0, colon).find_first_of(" \"'[](){}<>*`|") == npos;
    return key && (colon + 1 == line.size() || line[colon + 1] == ' ');
}

// The value of `id:` or `编号:` at the margin, whatever the rest looks like.
std::string salvaged_id(std::string_view text) {
    for (std::size_t at = 0; at != npos && at < text.size();) {
        const LineView line = line_from(text, at);
        at = line.next;
        for (const std::string_view key : {"id", "编号"}) {
            if (!line.text.starts_with(key)) continue;
            std::string_view rest = trim(line.text.substr(key.size()));
            if (rest.starts_with(':')) {
                rest.remove_prefix(1);
            } else if (rest.starts_with("：")) {
                rest.remove_prefix(std::string_view("：").size());
            } else {
                continue;
            }
            rest = trim(rest.substr(0, rest.find(" #")));
            if (!rest.empty() && (rest.front() == '"' || rest.front() == '\'')) rest.remove_prefix(1);
            if (!rest.empty() && (rest.back() == '"' || rest.back() == '\'')) rest.remove_suffix(1);
            if (!rest.empty() && rest.find_first_of("\"'[]{}") == npos && !find_invalid_utf8(rest))
                return std::string(rest);
        }
    }
    return {};
}

// Where the parts of a file are.
struct Layout {
    bool has_front = false;
    Span opening, closing;                       // the lines `---`; closing is unknown where there is none
    std::size_t front_begin = 0, front_end = 0;  // between them
    std::size_t body_begin = 0;
    std::optional<Span> almost;  // a line that was probably meant to close it
};

Span span_of(SourceId source, const LineView& line) {
    return {source, static_cast<std::uint32_t>(line.begin), static_cast<std::uint32_t>(line.end)};
}

// Without a closing line the front matter reaches as far as lines have the shape of YAML.
void lay_out_unclosed(Layout& layout, SourceId source, std::string_view text) {
    layout.front_end = layout.body_begin = text.size();
    for (std::size_t at = layout.front_begin; at != npos && at < text.size();) {
        const LineView line = line_from(text, at);
        if (is_almost_fence(line.text) || line.text == "...") {
            layout.almost = span_of(source, line);
            layout.front_end = line.begin;
            layout.body_begin = line.next == npos ? text.size() : line.next;
            return;
        }
        if (!looks_like_yaml(line.text)) {
            layout.front_end = layout.body_begin = line.begin;
            return;
        }
        at = line.next;
    }
}

Layout lay_out(const SourceFile& source) {
    const std::string_view text = source.text;
    Layout layout;
    std::size_t at = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    layout.body_begin = at;
    LineView first = line_from(text, at);
    while (trim(first.text).empty() && first.next != npos) first = line_from(text, first.next);
    layout.opening = span_of(source.id, first);
    if (!is_fence(first.text)) return layout;
    layout.has_front = true;
    layout.front_begin = first.next == npos ? text.size() : first.next;
    for (at = first.next; at != npos && at < text.size();) {
        const LineView line = line_from(text, at);
        if (is_fence(line.text)) {
            layout.closing = span_of(source.id, line);
            layout.front_end = line.begin;
            layout.body_begin = line.next == npos ? text.size() : line.next;
            return layout;
        }
        at = line.next;
    }
    lay_out_unclosed(layout, source.id, text);
    return layout;
}

// A second profile in the same file: again entries closed by `---`. Reported at its opening line, or at the
// closing one of the first where the two share it.
std::optional<Span> second_front(const Layout& layout, SourceId source, std::string_view text) {
    Span opening = layout.closing;
    bool entries = false;
    for (std::size_t at = layout.body_begin; at != npos && at < text.size();) {
        const LineView line = line_from(text, at);
        at = line.next;
        if (is_fence(line.text)) {
            if (entries) return opening;
            opening = span_of(source, line);
        } else if (is_entry(line.text)) {
            entries = true;
        } else if (!trim(line.text).empty() && !(entries && looks_like_yaml(line.text))) {
            return std::nullopt;
        }
    }
    return std::nullopt;
}

void report_bad_body(const SourceFile& source, std::size_t begin, Diagnostics& diagnostics) {
    const auto bad = find_invalid_utf8(std::string_view(source.text).substr(begin));
    if (!bad) return;
    const auto at = static_cast<std::uint32_t>(begin + *bad);
    diagnostics.report(DiagnosticKind::bad_utf8, {source.id, at, at + 1});
}

void report_no_front(const SourceFile& source, const Layout& layout, Diagnostics& diagnostics) {
    if (trim(source.text.substr(layout.body_begin)).empty()) {
        diagnostics.report(DiagnosticKind::document_empty, {source.id, 0, 0});
        return;
    }
    diagnostics.report(DiagnosticKind::front_matter_missing, layout.opening);
}

// True where the front matter is a mapping.
bool check_front(const YamlNode& front, const Layout& layout, Diagnostics& diagnostics) {
    if (front.type == YamlType::mapping) return true;
    if (front.failed) return false;
    const bool empty = front.type == YamlType::null;
    diagnostics.report(empty ? DiagnosticKind::front_matter_empty : DiagnosticKind::front_matter_not_mapping,
                       empty ? layout.opening : front.span);
    return false;
}

void read_unclosed(const SourceFile& source, const Layout& layout, Document& document,
                   Diagnostics& diagnostics) {
    DiagnosticExtras extras;
    extras.related = layout.almost;
    diagnostics.report(DiagnosticKind::front_matter_unclosed, layout.opening, {}, extras);
    Diagnostics guesses;  // about text that may not be front matter at all
    const auto begin = static_cast<std::uint32_t>(layout.front_begin),
               end = static_cast<std::uint32_t>(layout.front_end);
    document.front = parse_yaml(source, begin, end, guesses);
    const std::string_view text = source.text;
    if (const auto bad = find_invalid_utf8(text.substr(begin, end - begin)))
        report_bad_body(source, begin, diagnostics);
}

void read_closed(const SourceFile& source, const Layout& layout, Document& document,
                 Diagnostics& diagnostics) {
    const auto begin = static_cast<std::uint32_t>(layout.front_begin),
               end = static_cast<std::uint32_t>(layout.front_end);
    YamlReading reading = read_yaml(source, begin, end, diagnostics);
    const bool is_mapping = reading.intact ? check_front(reading.root, layout, diagnostics)
                                           : reading.root.type == YamlType::mapping;
    document.front = std::move(reading.root);
    document.front_valid = reading.intact && is_mapping;
    if (const auto second = second_front(layout, source.id, source.text)) {
        diagnostics.report(DiagnosticKind::yaml_second_document, *second);
    }
}

}  // namespace

Document parse_document(const SourceFile& source, Diagnostics& diagnostics) {
    const Layout layout = lay_out(source);
    Document document;
    document.source = source.id;
    document.body_begin = static_cast<std::uint32_t>(layout.body_begin);
    document.body_end = static_cast<std::uint32_t>(source.text.size());
    document.front.span = layout.opening;
    if (!layout.has_front) {
        report_no_front(source, layout, diagnostics);
    } else if (layout.closing.known()) {
        read_closed(source, layout, document, diagnostics);
    } else {
        read_unclosed(source, layout, document, diagnostics);
    }
    report_bad_body(source, layout.body_begin, diagnostics);
    if (document.front.type != YamlType::mapping) {
        const Span where = document.front.span;
        document.front = {};
        document.front.span = where;
    }
    const std::string_view front =
        std::string_view(source.text).substr(layout.front_begin, layout.front_end - layout.front_begin);
    if (!document.front_valid && layout.has_front) document.declared_id = salvaged_id(front);
    return document;
}

}  // namespace qunying
