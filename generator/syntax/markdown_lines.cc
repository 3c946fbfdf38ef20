#include "syntax/markdown_lines.h"

#include <algorithm>

#include "base/text.h"

namespace qunying {
namespace {

constexpr auto npos = std::string_view::npos;

bool is_word(std::string_view text) {
    return !text.empty() && count_code_points(text) <= 12 && text.find_first_of(" \t./") == npos;
}

// `#标题`, but not `#话题#`.
std::optional<LineFinding> heading_habit(std::string_view line) {
    const std::size_t marks = std::min(line.find_first_not_of('#'), line.size());
    if (marks == 0 || marks > 6 || marks == line.size() || line[marks] == ' ' || line[marks] == '\t')
        return std::nullopt;
    if (line.find('#', marks) != npos) return std::nullopt;
    return LineFinding{DiagnosticKind::heading_without_space, {std::string(marks, '#')}};
}

std::optional<LineFinding> bullet_habit(std::string_view line) {
    if (line.size() < 2 || (line[0] != '-' && line[0] != '+')) return std::nullopt;
    if (!is_hanzi(decode_first(line.substr(1)).value)) return std::nullopt;
    return LineFinding{DiagnosticKind::list_without_space, {std::string(1, line[0])}};
}

// Finds the literal's bytes one by one in the text, past escapes and entities; npos where they part.
std::size_t step(std::string_view text, std::size_t at, std::string_view literal, std::size_t in_literal) {
    if (at < text.size() && text[at] == literal[in_literal]) return at + 1;
    if (at + 1 < text.size() && text[at] == '\\' && text[at + 1] == literal[in_literal]) return at + 2;
    return npos;
}

bool is_escaped(std::string_view text, std::size_t at) {
    std::size_t slashes = 0;
    while (slashes < at && text[at - 1 - slashes] == '\\') ++slashes;
    return slashes % 2 == 1;
}

std::size_t run_length(std::string_view text, std::size_t at) {
    return std::min(text.find_first_not_of(text[at], at), text.size()) - at;
}

}  // namespace

StoryReference read_reference(const ReferenceToken& token) {
    std::string_view inside = token.written;
    inside = inside.substr(2, inside.size() - 4);
    StoryReference reference;
    reference.span = token.span;
    if (const std::size_t bar = inside.find('|'); bar != npos) {
        reference.text = trim(inside.substr(bar + 1));
        // Inside tables people escape the bar.
        inside = inside.substr(0, bar > 0 && inside[bar - 1] == '\\' ? bar - 1 : bar);
    }
    const std::size_t narrow = inside.find(':'), wide = inside.find("：");
    const std::size_t colon = std::min(narrow, wide),
                      width = narrow < wide ? 1 : std::string_view("：").size();
    if (colon != npos && is_word(trim(inside.substr(0, colon)))) {
        reference.kind = trim(inside.substr(0, colon));
        inside.remove_prefix(colon + width);
    }
    reference.target = trim(inside);
    return reference;
}

std::optional<LineFinding> ListHabit::look_at(std::string_view line) {
    if (auto heading = heading_habit(line)) return heading;
    if (auto bullet = bullet_habit(line)) return bullet;
    const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
    if (digits == 0 || digits > 2 || digits == line.size()) return std::nullopt;
    const CodePoint mark = decode_first(line.substr(digits));
    const std::string_view rest = line.substr(digits + mark.bytes);
    const bool dot = mark.value == U'.' && !rest.empty() && is_hanzi(decode_first(rest).value);
    if (!dot && mark.value != U'、' && mark.value != U'．') return std::nullopt;
    const int number = std::stoi(std::string(line.substr(0, digits)));
    const DiagnosticKind kind = dot ? DiagnosticKind::list_without_space : DiagnosticKind::list_without_dot;
    const bool goes_on = last_number_ > 0 && number == last_number_ + 1 && kind == last_kind_;
    last_number_ = number;
    last_kind_ = kind;
    if (goes_on) return std::nullopt;
    return LineFinding{kind,
                       {std::string(line.substr(0, digits + mark.bytes)), std::to_string(number) + ". "}};
}

std::vector<Leftover> leftovers(std::string_view text, std::size_t hint, std::string_view literal,
                                std::size_t begin, std::size_t end) {
    std::vector<Leftover> found;
    std::size_t at = hint;
    bool aligned = hint >= begin && hint < end;
    for (std::size_t i = 0; i < literal.size();) {
        const bool run = literal.substr(i).starts_with("**") || literal.substr(i).starts_with("[[");
        const std::size_t in_literal = run ? run_length(literal, i) : 0;
        if (run && !aligned) {
            // The hint was wrong: the next run of that kind in the block it is.
            const std::size_t next = text.substr(0, end).find(
                literal.substr(i, in_literal),
                std::max(begin, found.empty() ? begin : found.back().begin + found.back().size));
            if (next == npos) return found;
            at = next;
            aligned = true;
        }
        if (run && text.substr(at).starts_with(literal.substr(i, 2)) && !is_escaped(text, at)) {
            found.push_back({at, run_length(text, at)});
            at += run_length(text, at);
            i += in_literal;
            continue;
        }
        if (aligned) {
            at = step(text, at, literal, i);
            aligned = at != npos;
        }
        ++i;
    }
    return found;
}

}  // namespace qunying
