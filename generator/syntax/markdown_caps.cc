#include "syntax/markdown_caps.h"

#include <algorithm>

#include "base/text.h"

namespace qunying {
namespace {

constexpr auto npos = std::string_view::npos;

bool is_thematic_break(std::string_view line) {
    const std::string_view words = trim(line);
    return !words.empty() && std::string_view("-*_").find(words[0]) != npos &&
           words.find_first_not_of(std::string{words[0], ' ', '\t'}) == npos;
}

// Whether a line starts with words, as nearly all lines do: then it opens no container and no table.
bool starts_with_words(std::string_view line) {
    const auto first = static_cast<unsigned char>(line.empty() ? ' ' : line[0]);
    const bool wide_space = first == 0xE3;
    return (first >= 0x80 && !wide_space) || (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
}

// How many bytes the container mark at the front takes (`>`, `-`, `1.`), 0 for none.
std::size_t container_mark(std::string_view rest) {
    if (rest.empty()) return 0;
    if (rest[0] == '>') return 1;
    const auto spaced = [&](std::size_t at) {
        return at == rest.size() || rest[at] == ' ' || rest[at] == '\t';
    };
    if (std::string_view("-+*").find(rest[0]) != npos) return spaced(1) ? 1 : 0;
    const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    if (digits == 0 || digits > 9 || digits >= rest.size()) return 0;
    return (rest[digits] == '.' || rest[digits] == ')') && spaced(digits + 1) ? digits + 1 : 0;
}

std::size_t container_depth(std::string_view line) {
    if (starts_with_words(line) || is_thematic_break(line)) return 0;
    std::size_t depth = 0;
    for (;;) {
        line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
        const std::size_t mark = container_mark(line);
        if (mark == 0) return depth;
        line.remove_prefix(mark);
        ++depth;
    }
}

// The columns of a line like `|---|:-:|`, 0 where it is none.
std::size_t delimiter_columns(std::string_view line) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t>0123456789.)+*"), line.size()));
    if (line.find('-') == npos || line.find_first_not_of("-:| \t\r\v\f") != npos) return 0;
    const auto pipes = static_cast<std::size_t>(std::count(line.begin(), line.end(), '|'));
    return pipes + 1;
}

std::optional<CapExceeded> table_cap(std::string_view text, const MarkdownLimits& limits) {
    const std::vector<std::string> words{std::to_string(limits.table_columns),
                                         std::to_string(limits.table_cells)};
    std::size_t cells = 0, columns = 0, begin = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = text.substr(at, end - at);
        const bool prose = starts_with_words(line);
        const std::size_t found = prose ? 0 : delimiter_columns(line);
        // A blank line ends a table; `|` on both sides adds one column too many to the estimate.
        if (!prose && trim(line).empty()) columns = 0;
        if (found > columns) columns = found, begin = at;
        if (columns > limits.table_columns + 1u)
            return CapExceeded{DiagnosticKind::markdown_table_too_large, begin, end, words};
        cells += columns;
        if (cells > limits.table_cells)
            return CapExceeded{DiagnosticKind::markdown_table_too_large, begin, end, words};
        at = end + 1;
    }
    return std::nullopt;
}

// Every `[` may be a use of the longest definition.
std::optional<CapExceeded> reference_cap(std::string_view text, const MarkdownLimits& limits) {
    std::size_t longest = 0, begin = 0, stop = 0;
    for (std::size_t at = text.find("]:"); at != npos; at = text.find("]:", at + 1)) {
        if (at < stop) continue;
        stop = std::min(text.find("\n\n", at), text.size());
        if (stop - at > longest) longest = stop - at, begin = at;
    }
    if (longest == 0) return std::nullopt;
    const auto uses = static_cast<std::size_t>(std::count(text.begin(), text.end(), '['));
    if (longest * uses <= limits.reference_bytes) return std::nullopt;
    return CapExceeded{DiagnosticKind::markdown_references_too_large, begin, begin + 2, {}};
}

std::optional<CapExceeded> depth_cap(std::string_view text, const MarkdownLimits& limits) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        if (container_depth(text.substr(at, end - at)) > limits.nesting) {
            return CapExceeded{DiagnosticKind::markdown_too_deep, at, end, {std::to_string(limits.nesting)}};
        }
        at = end + 1;
    }
    return std::nullopt;
}

}  // namespace

std::optional<CapExceeded> exceeded_cap(std::string_view text, const MarkdownLimits& limits) {
    if (auto found = depth_cap(text, limits)) return found;
    if (auto found = table_cap(text, limits)) return found;
    return reference_cap(text, limits);
}

}  // namespace qunying
