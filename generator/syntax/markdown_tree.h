#pragma once
// A parsed story as nodes of our own; cmark-gfm is known to markdown_tree.cc alone. Inside syntax/ only.
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace qunying {

enum class NodeType {
    document,
    block_quote,
    list,
    item,
    task,
    paragraph,
    heading,
    thematic_break,
    code_block,
    html_block,
    footnote,
    table,
    header_row,
    row,
    cell,
    text,
    soft_break,
    line_break,
    code,
    html,
    emphasis,
    strong,
    strikethrough,
    link,
    picture,
    footnote_reference,
    other,
};

enum class Alignment : std::uint8_t { none, left, center, right };

struct MarkdownNode {
    NodeType type = NodeType::other;
    std::string literal;     // of text, code and HTML; of a footnote reference its number
    std::string url, title;  // of links and pictures; title: also the info string of a code block
    int number = 0;          // a heading's level; an ordered list's start; a cell's column from 0
    bool ordered = false;    // a list
    bool tight = false;      // a list
    bool checked = false;    // a task
    Alignment alignment = Alignment::none;  // a cell
    // Lines and columns from 1, columns in bytes, as hints (see markdown_place.h); 0 where unknown.
    int line = 0, column = 0, last_line = 0, last_column = 0;

    MarkdownNode* parent = nullptr;
    MarkdownNode* previous = nullptr;
    MarkdownNode* next = nullptr;
    MarkdownNode* first_child = nullptr;
    MarkdownNode* last_child = nullptr;
};

// The nodes of one story; the first is the document. Addresses stay valid while the tree lives.
class MarkdownTree {
  public:
    MarkdownTree() = default;
    MarkdownTree(MarkdownTree&&) = default;
    MarkdownTree(const MarkdownTree&) = delete;
    MarkdownTree& operator=(const MarkdownTree&) = delete;

    MarkdownNode& root() { return nodes_.front(); }
    const MarkdownNode& root() const { return nodes_.front(); }
    MarkdownNode& add_child(MarkdownNode* parent, NodeType type);
    MarkdownNode& add_behind(MarkdownNode& node, NodeType type);
    // In the order of the text, as far as they were added so.
    std::deque<MarkdownNode>& nodes() { return nodes_; }

  private:
    std::deque<MarkdownNode> nodes_;
};

// Parses prepared text (markdown_text.h). Safe to call on several threads at once.
MarkdownTree parse_tree(std::string_view text);

}  // namespace qunying
