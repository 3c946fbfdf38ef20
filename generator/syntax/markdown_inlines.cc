#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "base/text.h"
#include "syntax/markdown_emitter.h"
#include "syntax/markdown_url.h"

namespace qunying {
namespace {

constexpr auto npos = std::string_view::npos;

// The node behind `node` in the order of the text, below `top`; nullptr at its end.
const MarkdownNode* next_inside(const MarkdownNode& node, const MarkdownNode& top) {
    if (node.first_child) return node.first_child;
    const MarkdownNode* at = &node;
    while (at != &top && !at->next) at = at->parent;
    return at == &top ? nullptr : at->next;
}

}  // namespace

// <br> is what everybody writes for a line break in a table, and is one.
void Emitter::html_inline(const MarkdownNode& node) {
    const std::string_view literal = node.literal;
    const std::size_t at = find(node, literal.substr(0, literal.find('\n')));
    places_.move_to(at + 1);
    if (is_line_break_tag(literal)) {
        writer_.markup("<br>\n");
        return writer_.space();
    }
    dropped_html(at, literal);
}

// The number of a note that several places cite gets an anchor for each.
void Emitter::footnote_reference(const MarkdownNode& node) {
    const std::string number(node.literal);
    const int use = ++footnote_uses_[number];
    const std::string suffix = use > 1 ? fmt::format("-{}", use) : std::string();
    writer_.markup(fmt::format("<sup class=\"footnote-ref\" id=\"fnref-{}{}\">", number, suffix));
    if (links_ == 0) writer_.markup(fmt::format("<a href=\"#fn-{0}\" aria-label=\"注释 {0}\">", number));
    writer_.label(number);
    writer_.markup(links_ == 0 ? "</a></sup>" : "</sup>");
}

void Emitter::enter_link(const MarkdownNode& node) {
    const std::string url = text_.restored(node.url);
    refused_link_ = !is_allowed_url(url);
    if (refused_link_) {
        const bool shown = text_.text()
                               .substr(places_.block_begin(), places_.block_end() - places_.block_begin())
                               .find(url) != npos;
        const std::size_t at = shown ? places_.find_next(url) : find(node, "[");
        report(DiagnosticKind::markdown_refused_url, at, shown ? url.size() : 1,
               {std::string(first_code_points(url, 60))});
        return;
    }
    ++links_;
    writer_.markup("<a");
    writer_.attribute("href", link_url(url));
    const std::string title = text_.restored(node.title);
    if (!title.empty()) writer_.attribute("title", title);
    writer_.markup(">");
}

std::string Emitter::plain_text_of(const MarkdownNode& node) {
    std::string out;
    for (const MarkdownNode* each = node.first_child; each; each = next_inside(*each, node)) {
        ++steps_;
        if (is_type(each, NodeType::text) || is_type(each, NodeType::code))
            out += text_.restored(each->literal);
        if (is_break(each)) out += ' ';
    }
    return out;
}

// The file of the site that a picture's address means.
std::optional<std::string> Emitter::site_file(std::string_view url) const {
    const std::string written = text_.restored(url);
    if (!is_allowed_url(written) || is_remote_url(written)) return std::nullopt;
    auto path = decoded_path(written);
    return path && !path->empty() ? path : std::nullopt;
}

void Emitter::picture(const MarkdownNode& node) {
    const std::string url = text_.restored(node.url);
    const std::string alt = plain_text_of(node);
    const std::size_t begin = find(node, "![");
    const std::size_t stop = places_.from_hint(node.last_line, node.last_column);
    const std::string_view text = text_.text();
    std::size_t end =
        stop < text.size() && (text[stop] == ')' || text[stop] == ']') && stop > begin ? stop + 1 : npos;
    if (end == npos) end = std::min(text.find_first_of(")\n", begin), text.size() - 1) + 1;
    places_.move_to(begin + 2);
    if (const auto path = site_file(url)) {
        return writer_.picture(
            {*path, alt, text_.restored(node.title), text_.span(begin, end), picture_paragraph_});
    }
    const bool remote = is_allowed_url(url) && is_remote_url(url);
    report(remote ? DiagnosticKind::markdown_remote_picture : DiagnosticKind::markdown_refused_url, begin,
           end - begin, {std::string(first_code_points(url, 60))});
    writer_.words(alt);
}

void Emitter::text(const MarkdownNode& node) {
    if (dropped_paragraph_) return;
    const std::string_view literal = node.literal;
    check_leftovers(node);
    if (!node.previous || is_break(node.previous)) check_line_start(node, literal);
    std::size_t begin = 0;
    for (std::size_t at = literal.find('\xF4'); at != npos; at = literal.find('\xF4', begin)) {
        const CodePoint character = decode_first(literal.substr(at));
        const std::size_t number = character.value - first_token;
        const bool token = is_reserved(character.value) && number < text_.tokens().size();
        text_run(literal.substr(begin, at - begin), {writer_.last_character(), token ? U'字' : U'\0'});
        begin = at + character.bytes;
        if (token) reference(text_.tokens()[number]);
    }
    // A link keeps its gaps to itself, for they would be underlined.
    if (links_ > 0) return text_run(literal.substr(begin), {});
    const char32_t behind = neighbour_behind(node);
    const bool ends_paragraph = behind == block_edge && is_type(node.parent, NodeType::paragraph);
    const std::string_view run = literal.substr(begin);
    const bool has_tail = ends_paragraph && (run.size() >= shortest_with_tail ||
                                             writer_.line_has(shortest_with_tail - run.size()));
    text_run(run, {writer_.last_character(), behind, has_tail});
}

void Emitter::text_run(std::string_view run, TextPlace place) {
    if (!run.empty()) writer_.typeset_words(run, place);
}

// What stands behind a text on its line, as far as typography cares.
char32_t Emitter::neighbour_behind(const MarkdownNode& node) {
    const MarkdownNode* at = &node;
    const auto is_mark = [](const MarkdownNode* each) {
        return is_type(each, NodeType::emphasis) || is_type(each, NodeType::strong) ||
               is_type(each, NodeType::strikethrough);
    };
    while (!at->next && is_mark(at->parent)) at = at->parent;
    if (!at->next || is_type(at->next, NodeType::line_break)) return block_edge;
    if (!is_type(at->next, NodeType::soft_break)) return first_character_behind(*at);
    // Between Chinese characters the break vanishes; elsewhere it is a gap of its own.
    const char32_t behind = first_character_behind(*at->next);
    return is_cjk_punctuation(behind) ? behind : U'\0';
}

// [䶮|yǎn]: the reading above its characters, one by one where there is a syllable for each.
void Emitter::ruby(const ReferenceToken& token) {
    const std::string_view inside = std::string_view(token.written).substr(1, token.written.size() - 2);
    const std::size_t bar = inside.find('|');
    std::string_view base = inside.substr(0, bar);
    std::vector<std::string_view> syllables = split(trim(inside.substr(bar + 1)), ' ');
    std::erase(syllables, std::string_view());
    const bool one_by_one = syllables.size() == count_code_points(base);
    writer_.markup("<ruby>");
    for (const std::string_view syllable :
         one_by_one ? syllables : std::vector{trim(inside.substr(bar + 1))}) {
        const std::size_t bytes = one_by_one ? decode_first(base).bytes : base.size();
        writer_.words(base.substr(0, bytes));
        base.remove_prefix(bytes);
        writer_.markup("<rp>（</rp><rt>");
        writer_.label(syllable);
        writer_.markup("</rt><rp>）</rp>");
    }
    writer_.markup("</ruby>");
}

void Emitter::reference(const ReferenceToken& token) {
    if (!token.written.starts_with("[[")) return ruby(token);
    StoryReference reference = read_reference(token);
    const std::string& shown = reference.text.empty() ? reference.target : reference.text;
    if (reference.target.empty() || links_ > 0) {
        diagnostics_.report(DiagnosticKind::bad_reference, token.span, {token.written});
        return writer_.words(reference.target.empty() ? token.written : shown);
    }
    writer_.reference(std::move(reference));
}

// The first character of the words behind a break.
char32_t Emitter::first_character_behind(const MarkdownNode& node) {
    const MarkdownNode* next = node.next;
    while (next && next->first_child && !is_type(next, NodeType::picture)) next = next->first_child;
    if (!is_type(next, NodeType::text)) return 0;
    for (std::string_view rest = next->literal; !rest.empty();) {
        const CodePoint character = decode_first(rest);
        if (!is_reserved(character.value)) return character.value;
        if (character.value != emphasis_sentinel) return U'字';
        rest.remove_prefix(character.bytes);
    }
    return 0;
}

// Between Chinese characters a line's end is no gap.
void Emitter::soft_break(const MarkdownNode& node) {
    if (picture_paragraph_ || dropped_paragraph_) return;
    const auto is_chinese = [](char32_t c) { return is_hanzi(c) || is_cjk_punctuation(c); };
    if (is_chinese(writer_.last_character()) && is_chinese(first_character_behind(node))) return;
    writer_.markup("\n");
    writer_.space();
}

// Marks that found no partner are still there as text.
void Emitter::check_leftovers(const MarkdownNode& node) {
    const std::string_view literal = node.literal;
    if (literal.find("**") == npos && literal.find("[[") == npos) return;
    const std::size_t hint = places_.from_hint(node.line, node.column);
    for (const Leftover& each :
         leftovers(text_.text(), hint, literal, places_.block_begin(), places_.block_end())) {
        if (text_.text()[each.begin] == '*') {
            leftovers_.push_back({each, places_.block_begin()});
        } else {
            report(DiagnosticKind::bad_reference, each.begin, each.size, {"[["});
        }
    }
}

// Two runs in different blocks, of which the first may open and the second may close, are one mistake:
// emphasis that goes over paragraphs.
void Emitter::report_leftovers() {
    const std::string_view text = text_.text();
    const auto is_blank = [&](std::size_t at) {
        return at >= text.size() || std::string_view(" \t\n").find(text[at]) != npos;
    };
    for (std::size_t i = 0; i < leftovers_.size(); ++i) {
        const auto [run, block] = leftovers_[i];
        const std::string marks(text.substr(run.begin, run.size));
        DiagnosticExtras extras;
        if (i + 1 < leftovers_.size() && leftovers_[i + 1].block != block &&
            !is_blank(run.begin + run.size)) {
            const Leftover next = leftovers_[i + 1].run;
            if (next.size == run.size && next.begin > 0 && !is_blank(next.begin - 1)) {
                extras.related = text_.span(next.begin, next.begin + next.size);
                ++i;
            }
        }
        diagnostics_.report(DiagnosticKind::unclosed_emphasis, text_.span(run.begin, run.begin + run.size),
                            {marks, replace_all(marks, "*", "\\*")}, extras);
    }
}

void Emitter::check_line_start(const MarkdownNode& node, std::string_view literal) {
    if (!is_type(node.parent, NodeType::paragraph) || !ListHabit::concerns(literal)) return;
    const auto found = list_habit_.look_at(text_.restored(literal));
    if (!found) return;
    const std::size_t at = find(node, found->words[0]);
    if (at > 0 && text_.text()[at - 1] == '\\') return;
    report(found->kind, at, found->words[0].size(), found->words);
}

void Emitter::line_break() {
    if (picture_paragraph_) return;
    writer_.markup("<br>\n");
    writer_.end_line();
}

void Emitter::code(const MarkdownNode& node) {
    writer_.markup("<code>");
    writer_.words(text_.restored(node.literal));
    writer_.markup("</code>");
}

void Emitter::leave_link() {
    if (std::exchange(refused_link_, false)) return;
    --links_;
    writer_.markup("</a>");
}

}  // namespace qunying
