#include "syntax/yaml_mend.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace qunying {
namespace {

constexpr std::string_view full_width_colon = "：";
constexpr auto npos = std::string_view::npos;

// One line of the text, seen as an entry.
struct EntryLine {
    std::size_t begin = 0;  // of the line
    std::size_t body = 0;   // behind the indent and any “- ”
    std::size_t end = 0;
};

EntryLine entry_line(std::string_view text, std::size_t at) {
    EntryLine line{line_begin(text, at), 0, line_end(text, at)};
    line.body = line.begin;
    const auto is = [&](std::string_view what) { return text.substr(line.body).starts_with(what); };
    while (line.body < line.end && (text[line.body] == ' ' || text[line.body] == '\t' || is("- ")))
        ++line.body;
    return line;
}

bool is_blank_or_comment(std::string_view text, const EntryLine& line) {
    return line.body >= line.end || text[line.body] == '#';
}

// Where the colon of `key: value` stands in [begin, end), or npos.
std::size_t entry_colon(std::string_view text, std::size_t begin, std::size_t end) {
    for (std::size_t at = begin; at < end; ++at) {
        if (text[at] != ':') continue;
        if (at + 1 == end || text[at + 1] == ' ' || text[at + 1] == '\t') return at;
    }
    return npos;
}

bool could_be_key(std::string_view key) {
    return !trim(key).empty() && count_code_points(key) <= 24 &&
           key.find_first_of("\"'[]{},#&*!|>%@`") == npos;
}

// A line that is meant as an entry but has the wrong colon, or none.
struct WrongColon {
    DiagnosticKind kind = DiagnosticKind::yaml_missing_colon;
    std::size_t begin = 0, end = 0;  // of the colon, or of the line's words
    std::string key;
};

std::optional<WrongColon> wrong_colon(std::string_view text, std::size_t begin, std::size_t end) {
    if (entry_colon(text, begin, end) != npos) return std::nullopt;
    const std::string_view words = text.substr(begin, end - begin);
    const std::size_t wide = words.find(full_width_colon), narrow = words.find(':');
    if (wide != npos && (narrow == npos || wide < narrow) && could_be_key(words.substr(0, wide))) {
        return WrongColon{DiagnosticKind::yaml_full_width_colon, begin + wide,
                          begin + wide + full_width_colon.size(), std::string(trim(words.substr(0, wide)))};
    }
    const bool is_url = narrow != npos && words.substr(narrow).starts_with("://");
    if (narrow != npos && !is_url && could_be_key(words.substr(0, narrow))) {
        return WrongColon{DiagnosticKind::yaml_missing_space, begin + narrow, begin + narrow + 1,
                          std::string(trim(words.substr(0, narrow)))};
    }
    return std::nullopt;
}

// Empties the top-level entry that holds `at`, from its colon to the next line that starts at the margin.
void empty_entry(MendedText& mended, std::size_t at) {
    const std::string_view text = mended.text();
    std::size_t begin = line_begin(text, std::min(at, text.size()));
    while (begin > 0 && std::string_view(" \t-#\r\n").find(text[begin]) != npos)
        begin = line_begin(text, begin - 1);
    std::size_t end = line_end(text, at);
    for (std::size_t next = end; next < text.size(); next = line_end(text, next + 1)) {
        const char first = next + 1 < text.size() ? text[next + 1] : '\n';
        if (first != ' ' && first != '\t' && first != '\n' && first != '\r' && first != '-') break;
        end = line_end(text, next + 1);
    }
    const std::size_t colon = entry_colon(text, begin, line_end(text, begin));
    const std::size_t from = colon == npos || colon >= at ? begin : colon + 1;
    mended.mark_failed(from, end);
    mended.blank(from, end);
}

void report(const MendedText& text, DiagnosticKind kind, std::size_t begin, std::size_t end,
            std::vector<std::string> words, Diagnostics& diagnostics) {
    diagnostics.report(kind, text.span(begin, std::min(end, text.text().size())), std::move(words));
}

// The first tab in the indent of a line of [begin, end], or npos.
std::size_t indent_tab(std::string_view text, std::size_t begin, std::size_t end) {
    for (std::size_t line = line_begin(text, begin); line <= end && line < text.size();
         line = line_end(text, line) + 1) {
        const std::size_t first = std::min(text.find_first_not_of(" \t", line), text.size());
        const std::size_t tab = std::min(text.find('\t', line), text.size());
        if (tab < first && first < line_end(text, line)) return tab;
    }
    return npos;
}

void mend_entry(MendedText& mended, DiagnosticKind kind, std::size_t at, Diagnostics& diagnostics) {
    const std::string_view text = mended.text();
    const std::size_t last = text.find_last_not_of(" \t\r\n", std::min(at, text.size() - 1));
    const std::size_t shown = at < text.size() ? at : (last == npos ? 0 : last);
    report(mended, kind, shown, std::max(line_end(text, shown), shown + 1), {}, diagnostics);
    empty_entry(mended, shown);
}

// A habit, not a slip: said once, mended in every line.
void mend_tabs(MendedText& mended, std::size_t tab, Diagnostics& diagnostics) {
    report(mended, DiagnosticKind::yaml_tab, tab, tab + 1, {}, diagnostics);
    for (std::size_t at = 0; at < mended.text().size(); ++at) {
        if (mended.text()[at] != '\t') continue;
        const std::size_t begin = line_begin(mended.text(), at);
        if (mended.text().find_first_not_of(" \t", begin) < at) continue;
        mended.mark_failed(at, at + 1);
        mended.blank(at, at + 1);
        mended.insert(at, " ");
    }
}

bool mend_wrong_colon(MendedText& mended, std::size_t begin, std::size_t end, Diagnostics& diagnostics) {
    const auto found = wrong_colon(mended.text(), begin, end);
    if (!found) return false;
    report(mended, found->kind, found->begin, found->end, {found->key}, diagnostics);
    if (found->kind == DiagnosticKind::yaml_full_width_colon) {
        mended.overwrite(found->begin, ":  ");
    } else {
        mended.insert(found->end, " ");
    }
    return true;
}

// Lines from the last thing that was understood to where reading stopped: one of them has the wrong colon.
bool mend_colon_nearby(MendedText& mended, const YamlFault& fault, Diagnostics& diagnostics) {
    const std::string_view text = mended.text();
    for (std::size_t at = line_begin(text, fault.last_end); at <= fault.at && at < text.size();
         at = line_end(text, at) + 1) {
        const EntryLine line = entry_line(text, at);
        if (is_blank_or_comment(text, line)) continue;
        if (mend_wrong_colon(mended, line.body, line.end, diagnostics)) return true;
    }
    return false;
}

// A line of words without any colon between the last thing understood and the stop.
bool mend_line_without_colon(MendedText& mended, const YamlFault& fault, Diagnostics& diagnostics) {
    const std::string_view text = mended.text();
    for (std::size_t at = line_begin(text, fault.last_end); at < fault.at; at = line_end(text, at) + 1) {
        const EntryLine line = entry_line(text, at);
        if (is_blank_or_comment(text, line) || line.body < fault.last_end) continue;
        if (entry_colon(text, line.body, line.end) != npos) continue;
        report(mended, DiagnosticKind::yaml_missing_colon, line.body, line.end,
               {std::string(text.substr(line.body, line.end - line.body))}, diagnostics);
        mended.mark_failed(line.body, line.end);
        mended.blank(line.begin, line.end);
        return true;
    }
    return false;
}

// `title: 一: 二`: the second colon makes a second key of the value. Quotes are put around it.
bool mend_colon_in_value(MendedText& mended, const YamlFault& fault, Diagnostics& diagnostics) {
    const std::string_view text = mended.text();
    const EntryLine line = entry_line(text, fault.at);
    const std::size_t first = entry_colon(text, line.body, line.end);
    if (first == npos || first >= fault.at || text[std::min(fault.at, text.size() - 1)] != ':') return false;
    report(mended, DiagnosticKind::yaml_colon_in_value, fault.at, fault.at + 1, {}, diagnostics);
    const std::size_t value = text.find_first_not_of(" \t", first + 1);
    if (text.substr(value, line.end - value).find('\'') != npos) {
        empty_entry(mended, fault.at);
        return true;
    }
    mended.insert(line.end, "'");
    mended.insert(value, "'");
    return true;
}

void mend_unclosed_quote(MendedText& mended, std::size_t at, Diagnostics& diagnostics) {
    const std::string_view text = mended.text();
    const std::string quote(1, text[at]);
    std::size_t end = line_end(text, at);
    report(mended, DiagnosticKind::yaml_unclosed_quote, at, at + 1, {quote}, diagnostics);
    // Brackets that close behind the quote belong to the line, not to the text.
    const std::size_t bracket = text.find_last_not_of("]} \t", end - 1);
    const bool in_flow =
        text.substr(line_begin(text, at), at - line_begin(text, at)).find_first_of("[{") != npos;
    if (in_flow && bracket != npos && bracket >= at) end = bracket + 1;
    mended.insert(end, quote);
}

// Where yaml-cpp itself misses the end of a quote it tells only where the text ends.
void mend_open_quote(MendedText& mended, const YamlFault& fault, Diagnostics& diagnostics) {
    const std::string_view text = mended.text();
    const auto is_quote = [&](std::size_t at) {
        return at < text.size() && (text[at] == '"' || text[at] == '\'');
    };
    const std::size_t at = is_quote(fault.at) ? fault.at : text.find_first_of("\"'", fault.last_end);
    if (!is_quote(at)) return mend_entry(mended, DiagnosticKind::yaml_unreadable, fault.at, diagnostics);
    mend_unclosed_quote(mended, at, diagnostics);
}

// Behind a scalar in quotes: either its end quote is that of another value, or words follow it.
bool mend_around_quote(MendedText& mended, const YamlFault& fault, Diagnostics& diagnostics) {
    const std::string_view text = mended.text();
    if (!fault.last_quoted || fault.at < fault.last_end) return false;
    if (text.substr(fault.last_end, fault.at - fault.last_end).find('\n') != npos) return false;
    if (text.substr(fault.last_begin, fault.last_end - fault.last_begin).find('\n') != npos) {
        mend_unclosed_quote(mended, fault.last_begin, diagnostics);
        return true;
    }
    report(mended, DiagnosticKind::yaml_text_after_quote, fault.at, line_end(text, fault.at), {},
           diagnostics);
    mended.mark_failed(fault.last_begin, line_end(text, fault.at));
    mended.blank(fault.last_end, line_end(text, fault.at));
    return true;
}

// The closing brackets go where the indent says that the value is over. Where that was of no avail, the
// brackets do not match and the entry is emptied.
void mend_unclosed_bracket(MendedText& mended, const YamlFault& fault, Diagnostics& diagnostics) {
    const std::string_view text = mended.text();
    const std::size_t open = fault.open_brackets.back();
    if (mended.is_failed(mended.span(open, open + 1))) return empty_entry(mended, open);
    report(mended, DiagnosticKind::yaml_unclosed_bracket, open, open + 1, {std::string(1, text[open])},
           diagnostics);
    const std::size_t indent = indent_at(text, fault.open_brackets.front());
    std::size_t end = line_end(text, open);
    while (end < text.size() && line_end(text, end + 1) > end + 1 && indent_at(text, end + 1) > indent)
        end = line_end(text, end + 1);
    std::string closers;
    for (auto each = fault.open_brackets.rbegin(); each != fault.open_brackets.rend(); ++each)
        closers += text[*each] == '[' ? ']' : '}';
    mended.mark_failed(open, open + 1);
    mended.insert(end, closers);
}

void mend_escape(MendedText& mended, const YamlFault& fault, Diagnostics& diagnostics) {
    const std::string_view text = mended.text();
    const std::size_t slash = text.rfind('\\', std::min(fault.at, text.size() - 1));
    if (slash == npos) {
        report(mended, DiagnosticKind::yaml_unreadable, fault.at, fault.at + 1, {}, diagnostics);
        return empty_entry(mended, fault.at);
    }
    report(mended, DiagnosticKind::yaml_bad_escape, slash, std::min(slash + 2, line_end(text, slash)), {},
           diagnostics);
    mended.mark_failed(slash, slash + 1);
    mended.overwrite(slash, "_");
}

// One character that must not start a value; its place is taken by one that may.
void mend_character(MendedText& mended, DiagnosticKind kind, std::size_t at, Diagnostics& diagnostics) {
    const std::string_view text = mended.text();
    if (at >= text.size()) return mend_entry(mended, DiagnosticKind::yaml_unreadable, at, diagnostics);
    const bool whole_word = kind == DiagnosticKind::yaml_anchor;
    const std::size_t word = std::min(text.find_first_of(" \t\r\n,]}", at), text.size()) - at;
    const std::size_t bytes =
        whole_word ? std::max<std::size_t>(word, 1) : decode_first(text.substr(at)).bytes;
    report(mended, kind, at, at + bytes, {std::string(text.substr(at, bytes))}, diagnostics);
    mended.mark_failed(at, at + bytes);
    mended.overwrite(at, std::string(bytes, '_'));
}

void mend_end_of_flow(MendedText& mended, const YamlFault& fault, Diagnostics& diagnostics) {
    if (mend_around_quote(mended, fault, diagnostics)) return;
    if (fault.open_brackets.empty())
        return mend_entry(mended, DiagnosticKind::yaml_unreadable, fault.at, diagnostics);
    mend_unclosed_bracket(mended, fault, diagnostics);
}

void mend_key_without_colon(MendedText& mended, const YamlFault& fault, Diagnostics& diagnostics) {
    if (mend_wrong_colon(mended, fault.at, fault.last_end, diagnostics)) return;
    const std::string words(mended.text().substr(fault.at, fault.last_end - fault.at));
    report(mended, DiagnosticKind::yaml_missing_colon, fault.at, fault.last_end, {words}, diagnostics);
    mended.mark_failed(fault.at, fault.last_end);
    mended.blank(fault.at, fault.last_end);
}

// An indent made of tabs has been reported as such.
void mend_indentation(MendedText& mended, std::size_t at, Diagnostics& diagnostics) {
    const std::size_t begin = line_begin(mended.text(), at), indent = indent_at(mended.text(), at);
    if (mended.is_failed(mended.span(begin, begin + indent))) return empty_entry(mended, at);
    mend_entry(mended, DiagnosticKind::yaml_indentation, begin + indent, diagnostics);
}

void mend_block(MendedText& mended, const YamlFault& fault, Diagnostics& diagnostics) {
    if (mend_around_quote(mended, fault, diagnostics)) return;
    if (mend_colon_nearby(mended, fault, diagnostics)) return;
    if (fault.stop == YamlStop::map_value && mend_colon_in_value(mended, fault, diagnostics)) return;
    if (mend_line_without_colon(mended, fault, diagnostics)) return;
    mend_indentation(mended, fault.at, diagnostics);
}

}  // namespace

void mend(MendedText& text, const YamlFault& fault, Diagnostics& diagnostics) {
    const std::size_t tab = indent_tab(text.text(), fault.last_end, fault.at);
    if (tab != npos) return mend_tabs(text, tab, diagnostics);
    switch (fault.stop) {
        case YamlStop::map_value:
        case YamlStop::end_of_block:
            return mend_block(text, fault, diagnostics);
        case YamlStop::end_of_flow:
            return mend_end_of_flow(text, fault, diagnostics);
        case YamlStop::alias:
            return mend_character(text, DiagnosticKind::yaml_anchor, fault.at, diagnostics);
        case YamlStop::unknown_character:
            return mend_character(text, DiagnosticKind::yaml_reserved_character, fault.at, diagnostics);
        case YamlStop::escape:
            return mend_escape(text, fault, diagnostics);
        case YamlStop::block_entry:
            return mend_entry(text, DiagnosticKind::yaml_list_on_key_line, fault.at, diagnostics);
        case YamlStop::no_colon:
            return mend_key_without_colon(text, fault, diagnostics);
        case YamlStop::unclosed_quote:
            return mend_open_quote(text, fault, diagnostics);
        case YamlStop::too_deep:
            return mend_entry(text, DiagnosticKind::yaml_too_deep, fault.at, diagnostics);
        case YamlStop::tab:
        case YamlStop::other:
            return mend_entry(text, DiagnosticKind::yaml_unreadable, fault.at, diagnostics);
    }
}

}  // namespace qunying
