#pragma once
// Writes a parsed story: HTML, references, pictures, headings, plain text and what is to be said to the
// author. Inside syntax/ only.
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/markdown.h"
#include "syntax/markdown_lines.h"
#include "syntax/markdown_place.h"
#include "syntax/markdown_text.h"
#include "syntax/markdown_tree.h"
#include "syntax/story_writer.h"

namespace qunying {

class Emitter {
  public:
    Emitter(const PreparedText& text, const MarkdownLimits& limits, std::size_t budget,
            Diagnostics& diagnostics)
        : text_(text), limits_(limits), diagnostics_(diagnostics), writer_(budget), places_(text.text()) {}

    // Nothing where a budget was exceeded; that has been reported.
    std::optional<MarkdownStory> emit(const MarkdownTree& tree);

  private:
    // The walk (markdown_emitter.cc).
    void enter(const MarkdownNode& node);
    void leave(const MarkdownNode& node);
    std::optional<DiagnosticKind> walk(const MarkdownNode& root);
    std::optional<DiagnosticKind> exceeded() const;

    // Blocks (markdown_blocks.cc).
    void enter_place(const MarkdownNode& node);
    void enter_paragraph(const MarkdownNode& node);
    void leave_paragraph(const MarkdownNode& node);
    void enter_heading(const MarkdownNode& node);
    void leave_heading();
    void enter_list(const MarkdownNode& node);
    void enter_task(const MarkdownNode& node);
    void enter_row(const MarkdownNode& node);
    void enter_cell(const MarkdownNode& node);
    void leave_cell(const MarkdownNode& node);
    void code_block(const MarkdownNode& node);
    void html_block(const MarkdownNode& node);
    void dropped_html(std::size_t at, std::string_view literal);
    void enter_footnote();
    void footnote_back_links();
    void end_footnotes();
    bool is_picture_paragraph(const MarkdownNode& node);
    bool is_dropped_paragraph(const MarkdownNode& node);

    // Inlines (markdown_inlines.cc).
    void text(const MarkdownNode& node);
    void text_run(std::string_view run, TextPlace place);
    void reference(const ReferenceToken& token);
    void ruby(const ReferenceToken& token);
    void soft_break(const MarkdownNode& node);
    void line_break();
    void code(const MarkdownNode& node);
    void html_inline(const MarkdownNode& node);
    void enter_link(const MarkdownNode& node);
    void leave_link();
    void picture(const MarkdownNode& node);
    void footnote_reference(const MarkdownNode& node);
    void check_leftovers(const MarkdownNode& node);
    void report_leftovers();
    void check_line_start(const MarkdownNode& node, std::string_view literal);
    std::string plain_text_of(const MarkdownNode& node);
    std::optional<std::string> site_file(std::string_view url) const;
    char32_t first_character_behind(const MarkdownNode& node);
    char32_t neighbour_behind(const MarkdownNode& node);

    std::size_t find(const MarkdownNode& node, std::string_view literal) {
        return places_.find(literal, node.line, node.column);
    }
    void report(DiagnosticKind kind, std::size_t begin, std::size_t size, std::vector<std::string> words) {
        diagnostics_.report(kind, text_.span(begin, begin + size), std::move(words));
    }

    const PreparedText& text_;
    const MarkdownLimits& limits_;
    Diagnostics& diagnostics_;
    StoryWriter writer_;
    PlaceFinder places_;
    ListHabit list_habit_;
    struct LeftoverMarks {
        Leftover run;
        std::size_t block = 0;  // where its block begins
    };
    std::vector<LeftoverMarks> leftovers_;
    std::vector<StoryHeading> headings_;
    std::size_t steps_ = 0, depth_ = 0;
    int links_ = 0;              // open <a>
    bool refused_link_ = false;  // the open link shows its text only
    bool picture_paragraph_ = false;
    bool dropped_paragraph_ = false;
    bool bare_paragraph_ = false;  // the open paragraph has no <p>
    bool table_body_ = false;
    int footnotes_ = 0;  // definitions written so far
    bool back_links_due_ = false;
    std::map<std::string, int, std::less<>> footnote_uses_;  // by number
    std::map<std::string, int, std::less<>> open_tags_;      // dropped HTML
};

inline bool is_type(const MarkdownNode* node, NodeType type) { return node && node->type == type; }
inline bool is_break(const MarkdownNode* node) {
    return is_type(node, NodeType::soft_break) || is_type(node, NodeType::line_break);
}
// <br> in any spelling.
bool is_line_break_tag(std::string_view html);

}  // namespace qunying
