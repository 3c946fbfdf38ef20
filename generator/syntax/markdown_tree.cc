#include "syntax/markdown_tree.h"

#include <algorithm>
#include <array>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <cstring>
#include <mutex>
#include <new>
#include <shared_mutex>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/failure.h"
#include "syntax/markdown_url.h"

namespace qunying {
namespace {

// Never CMARK_OPT_UNSAFE. Source positions change what the parser counts, so they are asked for.
constexpr int options = CMARK_OPT_SOURCEPOS | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE;

// cmark-gfm asks for memory without saying for what story: each thread parses one at a time.
thread_local StoryMemory* memory_of_thread = nullptr;

void* take_zeroed(std::size_t count, std::size_t size) {
    return std::memset(memory_of_thread->take(count * size), 0, count * size);
}
void* resize(void* piece, std::size_t bytes) { return memory_of_thread->resize(piece, bytes); }
void give_back(void* piece) { memory_of_thread->give_back(piece); }

cmark_mem story_memory{take_zeroed, resize, give_back};

class MemoryInUse {
  public:
    explicit MemoryInUse(StoryMemory& memory) { memory_of_thread = &memory; }
    ~MemoryInUse() { memory_of_thread = nullptr; }
    MemoryInUse(const MemoryInUse&) = delete;
    MemoryInUse& operator=(const MemoryInUse&) = delete;
};

struct Extensions {
    cmark_syntax_extension *table, *strikethrough, *autolink, *tasklist;
};

cmark_syntax_extension* extension_of(const char* name) {
    cmark_syntax_extension* extension = cmark_find_syntax_extension(name);
    QY_CHECK(extension != nullptr);
    return extension;
}

const Extensions& extensions() {
    static const Extensions all = [] {
        cmark_gfm_core_extensions_ensure_registered();
        return Extensions{extension_of("table"), extension_of("strikethrough"), extension_of("autolink"),
                          extension_of("tasklist")};
    }();
    return all;
}

// While a parser with bare links or strikethrough finishes, cmark-gfm switches the entries of their
// characters in a table of special characters that the whole process shares; at its end it switches them off
// for everybody. Without a lock, stories parsed at the same time come out wrong. Tables and task lists switch
// nothing. So a story is given those two extensions only where a character of it could set them off: few
// stories hold any, all others share the lock and do not wait for each other. Reading lines into blocks,
// the larger half, needs no lock at all.
std::shared_mutex& cmark_mutex() {
    static std::shared_mutex mutex;
    return mutex;
}

// What cmark-gfm need not look for in a story that cannot hold it.
struct Needs {
    explicit Needs(std::string_view text) {
        const auto has = [&](auto what) { return text.find(what) != std::string_view::npos; };
        // An entity may spell any character of the words, but none that makes a block.
        const bool entity = has('&');
        // Single ~ are no strikethrough, but count where emphasis is told from plain marks.
        strikethrough = has('~');
        // A scheme, www. or an address of mail.
        autolink = entity || has('@') || has("://") || has("www.");
        footnotes = entity || has('^');
        tasks = has("[ ]") || has("[x]") || has("[X]");
    }

    bool strikethrough, autolink, footnotes, tasks;
};

cmark_node* finish(cmark_parser* parser, bool switches) {
    if (!switches) {
        const std::shared_lock lock(cmark_mutex());
        return cmark_parser_finish(parser);
    }
    const std::scoped_lock lock(cmark_mutex());
    return cmark_parser_finish(parser);
}

// Neither parser nor nodes are freed: their memory goes all at once.
cmark_node* parse(std::string_view text) {
    const Needs needs(text);
    cmark_parser* parser =
        cmark_parser_new_with_mem(needs.footnotes ? options | CMARK_OPT_FOOTNOTES : options, &story_memory);
    const auto attach = [&](bool needed, cmark_syntax_extension* extension) {
        if (needed) cmark_parser_attach_syntax_extension(parser, extension);
    };
    attach(true, extensions().table);  // one of one column needs no |
    attach(needs.strikethrough, extensions().strikethrough);
    attach(needs.autolink, extensions().autolink);
    attach(needs.tasks, extensions().tasklist);
    cmark_parser_feed(parser, text.data(), text.size());
    cmark_node* root = finish(parser, needs.strikethrough || needs.autolink);
    // The parser joins neighbouring texts, then bare links part them again.
    if (needs.autolink) cmark_consolidate_text_nodes(root);
    return root;
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

std::string_view text_of(const char* text) { return text ? text : ""; }

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
MarkdownNode* part_bare_link(MarkdownTree& tree, MarkdownNode& link) {
    MarkdownNode* child = link.first_child;
    const std::string_view words =
        child && child->type == NodeType::text ? child->literal : std::string_view();
    const std::size_t end = bare_link_end(words);
    if (end >= words.size() || !link.url.ends_with(words)) return nullptr;
    link.url.remove_suffix(words.size() - end);
    child->literal = words.substr(0, end);
    const std::size_t next =
        std::min({words.find("http://", end), words.find("https://", end), words.size()});
    MarkdownNode& rest = tree.add_behind(link, NodeType::text);
    rest.literal = words.substr(end, next - end);
    if (next == words.size()) return nullptr;
    MarkdownNode& further = tree.add_behind(rest, NodeType::link);
    further.url = words.substr(next);
    tree.add_child(&further, NodeType::text).literal = words.substr(next);
    return &further;
}

// The node behind `node` and all it holds; walks up to what is still open.
cmark_node* next_behind(cmark_node* node, MarkdownNode*& parent) {
    while (parent && !cmark_node_next(node)) {
        node = cmark_node_parent(node);
        parent = parent->parent;
    }
    return parent ? cmark_node_next(node) : nullptr;
}

void copy_all(MarkdownTree& tree, cmark_node* root) {
    MarkdownNode* parent = nullptr;
    std::vector<MarkdownNode*> bare_links;  // they have no place of their own
    for (cmark_node* node = root; node;) {
        MarkdownNode& fresh = tree.add_child(parent, type_of(node));
        copy(fresh, node);
        if (fresh.type == NodeType::link && fresh.line == 0) bare_links.push_back(&fresh);
        if (cmark_node* child = cmark_node_first_child(node)) {
            node = child;
            parent = &fresh;
        } else {
            node = next_behind(node, parent);
        }
    }
    for (MarkdownNode* link : bare_links) {
        while (link) link = part_bare_link(tree, *link);
    }
}

}  // namespace

MarkdownNode& MarkdownTree::add(MarkdownNode* parent, NodeType type) {
    static_assert(std::is_trivially_destructible_v<MarkdownNode>);
    auto* node = new (memory_->take(sizeof(MarkdownNode))) MarkdownNode;
    node->type = type;
    node->parent = parent;
    if (!root_) root_ = node;
    return *node;
}

MarkdownNode& MarkdownTree::add_child(MarkdownNode* parent, NodeType type) {
    MarkdownNode& node = add(parent, type);
    if (!parent) return node;
    node.previous = parent->last_child;
    (parent->last_child ? parent->last_child->next : parent->first_child) = &node;
    parent->last_child = &node;
    return node;
}

MarkdownNode& MarkdownTree::add_behind(MarkdownNode& node, NodeType type) {
    MarkdownNode& fresh = add(node.parent, type);
    fresh.previous = &node;
    fresh.next = std::exchange(node.next, &fresh);
    (fresh.next ? fresh.next->previous : fresh.parent->last_child) = &fresh;
    return fresh;
}

MarkdownTree parse_tree(std::string_view text) {
    MarkdownTree tree;
    const MemoryInUse scope(tree.memory());
    copy_all(tree, parse(text));
    return tree;
}

}  // namespace qunying
