#include "syntax/markdown_emitter.h"

#include <algorithm>

namespace qunying {

std::optional<MarkdownStory> Emitter::emit(const MarkdownTree& tree) {
    if (const auto kind = walk(tree.root())) {
        report(*kind, places_.block_begin(), 1, {std::to_string(limits_.nesting)});
        return std::nullopt;
    }
    report_leftovers();
    end_footnotes();
    return writer_.finish(std::move(headings_));
}

// By links, not by calls: a story may nest as deep as it likes before the cap stops it.
std::optional<DiagnosticKind> Emitter::walk(const MarkdownNode& root) {
    for (const MarkdownNode* node = &root;;) {
        enter(*node);
        ++depth_;
        ++steps_;
        if (const auto kind = exceeded()) return kind;
        if (node->first_child && node->type != NodeType::picture) {
            node = node->first_child;
            continue;
        }
        --depth_;
        leave(*node);
        while (node != &root && !node->next) {
            node = node->parent;
            --depth_;
            leave(*node);
        }
        if (node == &root) return std::nullopt;
        node = node->next;
    }
}

std::optional<DiagnosticKind> Emitter::exceeded() const {
    if (steps_ > limits_.steps || writer_.over_budget()) return DiagnosticKind::markdown_too_complex;
    if (depth_ > std::size_t{4} * limits_.nesting) return DiagnosticKind::markdown_too_deep;
    return std::nullopt;
}

void Emitter::enter(const MarkdownNode& node) {
    switch (node.type) {
        case NodeType::block_quote:
            return writer_.markup("<blockquote>\n");
        case NodeType::list:
            return enter_list(node);
        case NodeType::item:
            return writer_.markup("<li>");
        case NodeType::task:
            return enter_task(node);
        case NodeType::paragraph:
            return enter_paragraph(node);
        case NodeType::heading:
            return enter_heading(node);
        case NodeType::thematic_break:
            return writer_.markup("<hr>\n");
        case NodeType::code_block:
            return code_block(node);
        case NodeType::html_block:
            return html_block(node);
        case NodeType::footnote:
            return enter_footnote();
        case NodeType::table:
            table_body_ = false;
            return writer_.markup("<table>\n");
        case NodeType::header_row:
            return writer_.markup("<thead>\n<tr>\n");
        case NodeType::row:
            return enter_row(node);
        case NodeType::cell:
            return enter_cell(node);
        case NodeType::text:
            return text(node);
        case NodeType::soft_break:
            return soft_break(node);
        case NodeType::line_break:
            return line_break();
        case NodeType::code:
            return code(node);
        case NodeType::html:
            return html_inline(node);
        case NodeType::emphasis:
            return writer_.markup("<em>");
        case NodeType::strong:
            return writer_.markup("<strong>");
        case NodeType::strikethrough:
            return writer_.markup("<del>");
        case NodeType::link:
            return enter_link(node);
        case NodeType::picture:
            return picture(node);
        case NodeType::footnote_reference:
            return footnote_reference(node);
        case NodeType::document:
        case NodeType::other:
            return;
    }
}

void Emitter::leave(const MarkdownNode& node) {
    switch (node.type) {
        case NodeType::block_quote:
            return writer_.markup("</blockquote>\n");
        case NodeType::list:
            return writer_.markup(node.ordered ? "</ol>\n" : "</ul>\n");
        case NodeType::item:
        case NodeType::task:
            writer_.markup("</li>\n");
            return writer_.end_line();
        case NodeType::paragraph:
            return leave_paragraph(node);
        case NodeType::heading:
            return leave_heading();
        case NodeType::table:
            return writer_.markup(table_body_ ? "</tbody>\n</table>\n" : "</table>\n");
        case NodeType::header_row:
            writer_.markup("</tr>\n</thead>\n");
            return writer_.end_line();
        case NodeType::row:
            writer_.markup("</tr>\n");
            return writer_.end_line();
        case NodeType::cell:
            return leave_cell(node);
        case NodeType::emphasis:
            return writer_.markup("</em>");
        case NodeType::strong:
            return writer_.markup("</strong>");
        case NodeType::strikethrough:
            return writer_.markup("</del>");
        case NodeType::link:
            return leave_link();
        default:
            return;
    }
}

}  // namespace qunying
