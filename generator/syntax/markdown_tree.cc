#include "syntax/markdown_tree.h"

#include <algorithm>
#include <array>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <memory>
#include <mutex>
#include <utility>

#include "base/failure.h"
#include "syntax/markdown_url.h"

namespace qunying {
namespace {

// Never CMARK_OPT_UNSAFE. Source positions change what the parser counts, so they are asked for.
constexpr int options = CMARK_OPT_SOURCEPOS | CMARK_OPT_FOOTNOTES | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE;

struct FreeNode {
    void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct FreeParser {
    void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};
struct FreeIterator {
    void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};
using Parsed = std::unique_ptr<cmark_node, FreeNode>;

// The one mutex outside parallel.cc, worker_pool and serve/. cmark-gfm registers extensions in an unlocked
// static, and while a parser with extensions finishes, it switches entries of a table of special characters
// that is shared by the whole process: without the lock, stories parsed at the same time come out wrong. A
// story takes some 150 µs in here; everything else of ours runs outside.
std::mutex& cmark_mutex() {
    static std::mutex mutex;
    return mutex;
}

Parsed parse(std::string_view text) {
    const std::scoped_lock lock(cmark_mutex());
    cmark_gfm_core_extensions_ensure_registered();
    const std::unique_ptr<cmark_parser, FreeParser> parser(cmark_parser_new(options));
    for (const char* name : {"table", "strikethrough", "autolink", "tasklist"}) {
        cmark_syntax_extension* extension = cmark_find_syntax_extension(name);
        QY_CHECK(extension != nullptr);
        cmark_parser_attach_syntax_extension(parser.get(), extension);
    }
    cmark_parser_feed(parser.get(), text.data(), text.size());
    return Parsed(cmark_parser_finish(parser.get()));
}

// Node types of extensions are told apart by name.
NodeType extension_type(cmark_node* node) {
    constexpr std::array<std::pair<std::string_view, NodeType>, 6> names{
        {{"table", NodeType::table},
         {"table_header", NodeType::header_row},
         {"table_row", NodeType::row},
         {"table_cell", NodeType::cell},
         {"strikethrough", NodeType::strikethrough},
         {"tasklist", NodeType::task}}};
    const std::string_view name = cmark_node_get_type_string(node);
    const auto found =
        std::find_if(names.begin(), names.end(), [&](const auto& each) { return each.first == name; });
    return found == names.end() ? NodeType::other : found->second;
}

NodeType type_of(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
        case CMARK_NODE_DOCUMENT:
            return NodeType::document;
        case CMARK_NODE_BLOCK_QUOTE:
            return NodeType::block_quote;
        case CMARK_NODE_LIST:
            return NodeType::list;
        case CMARK_NODE_ITEM:
            return extension_type(node) == NodeType::task ? NodeType::task : NodeType::item;
        case CMARK_NODE_CODE_BLOCK:
            return NodeType::code_block;
        case CMARK_NODE_HTML_BLOCK:
            return NodeType::html_block;
        case CMARK_NODE_PARAGRAPH:
            return NodeType::paragraph;
        case CMARK_NODE_HEADING:
            return NodeType::heading;
        case CMARK_NODE_THEMATIC_BREAK:
            return NodeType::thematic_break;
        case CMARK_NODE_FOOTNOTE_DEFINITION:
            return NodeType::footnote;
        case CMARK_NODE_TEXT:
            return NodeType::text;
        case CMARK_NODE_SOFTBREAK:
            return NodeType::soft_break;
        case CMARK_NODE_LINEBREAK:
            return NodeType::line_break;
        case CMARK_NODE_CODE:
            return NodeType::code;
        case CMARK_NODE_HTML_INLINE:
            return NodeType::html;
        case CMARK_NODE_EMPH:
            return NodeType::emphasis;
        case CMARK_NODE_STRONG:
            return NodeType::strong;
        case CMARK_NODE_LINK:
            return NodeType::link;
        case CMARK_NODE_IMAGE:
            return NodeType::picture;
        case CMARK_NODE_FOOTNOTE_REFERENCE:
            return NodeType::footnote_reference;
        default:
            return extension_type(node);
    }
}

std::string text_of(const char* text) { return text ? text : ""; }

void copy_place(MarkdownNode& to, cmark_node* from) {
    to.line = cmark_node_get_start_line(from);
    to.column = cmark_node_get_start_column(from);
    to.last_line = cmark_node_get_end_line(from);
    to.last_column = cmark_node_get_end_column(from);
}

void copy_list(MarkdownNode& to, cmark_node* from) {
    to.ordered = cmark_node_get_list_type(from) == CMARK_ORDERED_LIST;
    to.tight = cmark_node_get_list_tight(from) != 0;
    to.number = cmark_node_get_list_start(from);
}

Alignment alignment_of(cmark_node* cell, int column) {
    cmark_node* table = cmark_node_parent(cmark_node_parent(cell));
    const std::uint8_t* alignments = cmark_gfm_extensions_get_table_alignments(table);
    if (!alignments || column >= cmark_gfm_extensions_get_table_columns(table)) return Alignment::none;
    switch (alignments[column]) {
        case 'l':
            return Alignment::left;
        case 'c':
            return Alignment::center;
        case 'r':
            return Alignment::right;
        default:
            return Alignment::none;
    }
}

void copy(MarkdownNode& to, cmark_node* from) {
    copy_place(to, from);
    switch (to.type) {
        case NodeType::text:
        case NodeType::code:
        case NodeType::html:
        case NodeType::html_block:
        case NodeType::footnote_reference:
            to.literal = text_of(cmark_node_get_literal(from));
            break;
        case NodeType::code_block:
            to.literal = text_of(cmark_node_get_literal(from));
            to.title = text_of(cmark_node_get_fence_info(from));
            break;
        case NodeType::link:
        case NodeType::picture:
            to.url = text_of(cmark_node_get_url(from));
            to.title = text_of(cmark_node_get_title(from));
            break;
        case NodeType::heading:
            to.number = cmark_node_get_heading_level(from);
            break;
        case NodeType::list:
            copy_list(to, from);
            break;
        case NodeType::task:
            to.checked = cmark_gfm_extensions_get_tasklist_item_checked(from);
            break;
        case NodeType::cell:
            to.number = to.previous ? to.previous->number + 1 : 0;
            to.alignment = alignment_of(from, to.number);
            break;
        default:
            break;
    }
}

// A bare link ends where Chinese text goes on: the words behind it move behind the link, and a further
// address among them becomes a link of its own, to be looked at in its turn.
void part_bare_link(MarkdownTree& tree, MarkdownNode& link) {
    MarkdownNode* child = link.first_child;
    const std::string words = child && child->type == NodeType::text ? child->literal : std::string();
    const std::size_t end = bare_link_end(words);
    if (end >= words.size() || !link.url.ends_with(words)) return;
    link.url.resize(link.url.size() - (words.size() - end));
    child->literal.resize(end);
    const std::size_t next =
        std::min({words.find("http://", end), words.find("https://", end), words.size()});
    MarkdownNode& rest = tree.add_behind(link, NodeType::text);
    rest.literal = words.substr(end, next - end);
    if (next == words.size()) return;
    MarkdownNode& further = tree.add_behind(rest, NodeType::link);
    further.url = words.substr(next);
    tree.add_child(&further, NodeType::text).literal = words.substr(next);
}

}  // namespace

MarkdownNode& MarkdownTree::add_child(MarkdownNode* parent, NodeType type) {
    MarkdownNode& node = nodes_.emplace_back();
    node.type = type;
    node.parent = parent;
    if (!parent) return node;
    node.previous = parent->last_child;
    (parent->last_child ? parent->last_child->next : parent->first_child) = &node;
    parent->last_child = &node;
    return node;
}

MarkdownNode& MarkdownTree::add_behind(MarkdownNode& node, NodeType type) {
    MarkdownNode& fresh = nodes_.emplace_back();
    fresh.type = type;
    fresh.parent = node.parent;
    fresh.previous = &node;
    fresh.next = std::exchange(node.next, &fresh);
    (fresh.next ? fresh.next->previous : fresh.parent->last_child) = &fresh;
    return fresh;
}

MarkdownTree parse_tree(std::string_view text) {
    const Parsed parsed = parse(text);
    cmark_consolidate_text_nodes(parsed.get());
    const std::unique_ptr<cmark_iter, FreeIterator> iterator(cmark_iter_new(parsed.get()));
    MarkdownTree tree;
    MarkdownNode* parent = nullptr;
    for (cmark_event_type event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(iterator.get())) {
        cmark_node* node = cmark_iter_get_node(iterator.get());
        if (event == CMARK_EVENT_EXIT) {
            parent = parent->parent;
            continue;
        }
        MarkdownNode& fresh = tree.add_child(parent, type_of(node));
        copy(fresh, node);
        // The iterator never leaves what can hold nothing.
        const bool leaf = fresh.type == NodeType::html_block || fresh.type == NodeType::thematic_break ||
                          fresh.type == NodeType::code_block || fresh.type == NodeType::text ||
                          fresh.type == NodeType::soft_break || fresh.type == NodeType::line_break ||
                          fresh.type == NodeType::code || fresh.type == NodeType::html;
        if (!leaf) parent = &fresh;
    }
    // Bare links have no place of their own. The deque grows at its end while it is walked.
    for (std::size_t i = 0; i < tree.nodes().size(); ++i) {
        MarkdownNode& node = tree.nodes()[i];
        if (node.type == NodeType::link && node.line == 0) part_bare_link(tree, node);
    }
    return tree;
}

}  // namespace qunying
