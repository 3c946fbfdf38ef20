#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "base/text.h"
#include "syntax/markdown_emitter.h"

namespace qunying {
namespace {

bool in_tight_list(const MarkdownNode& paragraph) {
    const MarkdownNode* list = paragraph.parent ? paragraph.parent->parent : nullptr;
    return is_type(list, NodeType::list) && list->tight;
}

}  // namespace

bool is_line_break_tag(std::string_view html) {
    const std::string tag = ascii_lower(html);
    return tag == "<br>" || tag == "<br/>" || tag == "<br />";
}

void Emitter::enter_place(const MarkdownNode& node) {
    places_.enter_block({node.line, node.column, node.last_line});
}

void Emitter::enter_cell(const MarkdownNode& node) {
    enter_place(node);
    writer_.markup(is_type(node.parent, NodeType::header_row) ? "<th scope=\"col\"" : "<td");
    switch (node.alignment) {
        case Alignment::left:
            writer_.markup(" class=\"align-left\">");
            break;
        case Alignment::center:
            writer_.markup(" class=\"align-center\">");
            break;
        case Alignment::right:
            writer_.markup(" class=\"align-right\">");
            break;
        case Alignment::none:
            writer_.markup(">");
            break;
    }
}

void Emitter::leave_cell(const MarkdownNode& node) {
    writer_.markup(is_type(node.parent, NodeType::header_row) ? "</th>\n" : "</td>\n");
    writer_.space();
}

void Emitter::enter_row(const MarkdownNode&) {
    if (!std::exchange(table_body_, true)) writer_.markup("<tbody>\n");
    writer_.markup("<tr>\n");
}

void Emitter::enter_task(const MarkdownNode& node) {
    writer_.markup(
        node.checked ? "<li class=\"task\"><input type=\"checkbox\" checked disabled aria-label=\"已完成\"> "
                     : "<li class=\"task\"><input type=\"checkbox\" disabled aria-label=\"未完成\"> ");
}

void Emitter::enter_list(const MarkdownNode& node) {
    if (!node.ordered) return writer_.markup("<ul>\n");
    const int start = node.number;
    writer_.markup(start == 1 ? "<ol>\n" : fmt::format("<ol start=\"{}\">\n", start));
}

bool Emitter::is_picture_paragraph(const MarkdownNode& node) {
    bool any = false;
    for (const MarkdownNode* child = node.first_child; child; child = child->next) {
        const bool picture = is_type(child, NodeType::picture) && site_file(child->url);
        if (!picture && !is_break(child)) return false;
        any = any || picture;
    }
    return any;
}

// A paragraph of nothing but raw HTML leaves nothing.
bool Emitter::is_dropped_paragraph(const MarkdownNode& node) {
    for (const MarkdownNode* child = node.first_child; child; child = child->next) {
        const bool dropped = is_type(child, NodeType::html) && !is_line_break_tag(child->literal);
        const bool blank = is_type(child, NodeType::text) && trim(child->literal).empty();
        if (!dropped && !blank && !is_type(child, NodeType::soft_break)) return false;
    }
    return true;
}

void Emitter::enter_paragraph(const MarkdownNode& node) {
    enter_place(node);
    picture_paragraph_ = is_picture_paragraph(node);
    dropped_paragraph_ = is_dropped_paragraph(node);
    bare_paragraph_ = picture_paragraph_ || in_tight_list(node) || dropped_paragraph_;
    if (!bare_paragraph_) writer_.markup("<p>");
}

void Emitter::leave_paragraph(const MarkdownNode& node) {
    const bool last_of_footnote = is_type(node.parent, NodeType::footnote) && !node.next;
    if (last_of_footnote && !picture_paragraph_) footnote_back_links();
    if (!bare_paragraph_) writer_.markup("</p>\n");
    picture_paragraph_ = bare_paragraph_ = dropped_paragraph_ = false;
    writer_.end_line();
}

void Emitter::enter_heading(const MarkdownNode& node) {
    enter_place(node);
    const int level = std::min(node.number + 1, 6);
    headings_.push_back({level, {}, fmt::format("s-{}", headings_.size() + 1)});
    writer_.begin_heading();
    writer_.markup(fmt::format("<h{}", level));
    writer_.attribute("id", headings_.back().id);
    writer_.markup(">");
}

void Emitter::leave_heading() {
    headings_.back().text = writer_.heading_text();
    writer_.markup(fmt::format("</h{}>\n", headings_.back().level));
    writer_.end_line();
}

void Emitter::code_block(const MarkdownNode& node) {
    const std::string info = text_.restored(node.title);
    const std::string language = info.substr(0, info.find_first_of(" \t\n"));
    writer_.markup("<pre><code");
    if (!language.empty()) writer_.attribute("class", fmt::format("language-{}", language));
    writer_.markup(">");
    writer_.words(text_.restored(node.literal));
    writer_.markup("</code></pre>\n");
    writer_.end_line();
}

// Comments are notes of the author's to himself; a closing tag was told of with its opening one.
void Emitter::dropped_html(std::size_t at, std::string_view literal) {
    const std::string shown = text_.restored(trim(literal.substr(0, literal.find('\n'))));
    if (shown.starts_with("<!--")) return;
    const bool closes = shown.starts_with("</");
    const std::string name = ascii_lower(
        shown.substr(closes ? 2 : 1, shown.find_first_of(" />\t", closes ? 2 : 1) - (closes ? 2 : 1)));
    if (closes && open_tags_[name] > 0) {
        --open_tags_[name];
        return;
    }
    if (!closes) ++open_tags_[name];
    const std::string_view head = first_code_points(shown, 40);
    const std::size_t bytes = std::min(literal.find('\n'), literal.size());
    report(DiagnosticKind::markdown_raw_html, at, trim(literal.substr(0, bytes)).size(), {std::string(head)});
}

void Emitter::html_block(const MarkdownNode& node) {
    enter_place(node);
    const std::string_view literal = node.literal;
    const std::string_view head = trim(literal.substr(0, literal.find('\n')));
    dropped_html(find(node, head), head);
}

void Emitter::enter_footnote() {
    if (footnotes_++ == 0) {
        writer_.markup("<section class=\"footnotes\" aria-label=\"注释\">\n<ol>\n");
    } else {
        footnote_back_links();
        writer_.markup("</li>\n");
    }
    writer_.markup(fmt::format("<li id=\"fn-{}\">", footnotes_));
    back_links_due_ = true;
}

// One a use, at the end of the note's last paragraph, or behind whatever else it ends with.
void Emitter::footnote_back_links() {
    if (!std::exchange(back_links_due_, false)) return;
    const auto uses = footnote_uses_.find(std::to_string(footnotes_));
    for (int use = 1; uses != footnote_uses_.end() && use <= uses->second; ++use) {
        const std::string suffix = use > 1 ? fmt::format("-{}", use) : std::string();
        const std::string which = use > 1 ? fmt::format("（{}）", use) : std::string();
        writer_.markup(
            fmt::format(" <a class=\"footnote-back\" href=\"#fnref-{}{}\" aria-label=\"返回正文{}\">↩</a>",
                        footnotes_, suffix, which));
    }
}

void Emitter::end_footnotes() {
    if (footnotes_ == 0) return;
    footnote_back_links();
    writer_.markup("</li>\n</ol>\n</section>\n");
}

}  // namespace qunying
