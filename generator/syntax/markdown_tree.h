#pragma once
// A parsed story as nodes of our own; cmark-gfm is known to markdown_tree.cc alone. Inside syntax/ only.
#include <cstdint>
#include <memory>
#include <string_view>

#include "syntax/story_memory.h"

namespace qunying {

enum class NodeType : std::uint8_t {
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

// The texts are views into the tree's own memory.
struct MarkdownNode {
    NodeType type = NodeType::other;
    Alignment alignment = Alignment::none;  // a cell
    bool ordered = false;                   // a list
    bool tight = false;                     // a list
    bool checked = false;                   // a task
    int number = 0;  // a heading's level; an ordered list's start; a cell's column from 0
    // Lines and columns from 1, columns in bytes, as hints (see markdown_place.h); 0 where unknown.
    int line = 0, column = 0, last_line = 0, last_column = 0;
    std::string_view literal;  // of text, code and HTML; of a footnote reference its number
    std::string_view url;      // of links and pictures
    std::string_view title;    // of links and pictures; also the info string of a code block

    MarkdownNode* parent = nullptr;
    MarkdownNode* previous = nullptr;
    MarkdownNode* next = nullptr;
    MarkdownNode* first_child = nullptr;
    MarkdownNode* last_child = nullptr;
};

// The nodes of one story; the first is the document. Addresses stay valid while the tree lives, wherever it
// is moved.
class MarkdownTree {
  public:
    const MarkdownNode& root() const { return *root_; }
    MarkdownNode& add_child(MarkdownNode* parent, NodeType type);
    MarkdownNode& add_behind(MarkdownNode& node, NodeType type);
    // Of everything in the tree.
    StoryMemory& memory() { return *memory_; }

  private:
    MarkdownNode& add(MarkdownNode* parent, NodeType type);

    std::unique_ptr<StoryMemory> memory_ = std::make_unique<StoryMemory>();
    MarkdownNode* root_ = nullptr;
};

// Parses prepared text (markdown_text.h). Safe to call on several threads at once.
MarkdownTree parse_tree(std::string_view text);

}  // namespace qunying
