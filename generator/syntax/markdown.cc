#include "syntax/markdown.h"

#include <algorithm>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "base/failure.h"
#include "base/text.h"
#include "syntax/markdown_caps.h"
#include "syntax/markdown_lines.h"
#include "syntax/markdown_place.h"
#include "syntax/markdown_text.h"
#include "syntax/markdown_url.h"
#include "syntax/story_writer.h"

namespace qunying {
namespace {

constexpr auto npos = std::string_view::npos;
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
using Tree = std::unique_ptr<cmark_node, FreeNode>;

// The one mutex outside parallel.cc, worker_pool and serve/. cmark-gfm registers extensions in an unlocked
// static, and while a parser with extensions finishes, it switches entries of a table of special characters
// that is shared by the whole process: without the lock, stories parsed at the same time come out wrong. A
// story takes some 150 µs in here; everything else of ours runs outside.
std::mutex& cmark_mutex() {
    static std::mutex mutex;
    return mutex;
}

Tree parse(std::string_view text) {
    const std::scoped_lock lock(cmark_mutex());
    cmark_gfm_core_extensions_ensure_registered();
    const std::unique_ptr<cmark_parser, FreeParser> parser(cmark_parser_new(options));
    for (const char* name : {"table", "strikethrough", "autolink", "tasklist"}) {
        cmark_syntax_extension* extension = cmark_find_syntax_extension(name);
        QY_CHECK(extension != nullptr);
        cmark_parser_attach_syntax_extension(parser.get(), extension);
    }
    cmark_parser_feed(parser.get(), text.data(), text.size());
    Tree tree(cmark_parser_finish(parser.get()));
    cmark_consolidate_text_nodes(tree.get());
    return tree;
}

std::string_view view(const char* text) { return text ? text : ""; }
std::string_view literal_of(cmark_node* node) { return view(cmark_node_get_literal(node)); }

cmark_node* text_node(const std::string& literal) {
    cmark_node* node = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node_set_literal(node, literal.c_str());
    return node;
}

// Node types of extensions are told apart by name.
enum class Extra { none, table, header_row, row, cell, strikethrough, task };

Extra extra_of(cmark_node* node) {
    const std::string_view name = cmark_node_get_type_string(node);
    if (name == "table") return Extra::table;
    if (name == "table_header") return Extra::header_row;
    if (name == "table_row") return Extra::row;
    if (name == "table_cell") return Extra::cell;
    if (name == "strikethrough") return Extra::strikethrough;
    if (name == "tasklist") return Extra::task;
    return Extra::none;
}

bool is_type(cmark_node* node, cmark_node_type type) { return node && cmark_node_get_type(node) == type; }

bool is_break(cmark_node* node) {
    return is_type(node, CMARK_NODE_SOFTBREAK) || is_type(node, CMARK_NODE_LINEBREAK);
}

bool is_line_break_tag(std::string_view html) {
    const std::string tag = ascii_lower(html);
    return tag == "<br>" || tag == "<br/>" || tag == "<br />";
}

// Walks the tree and writes the story.
class Emitter {
  public:
    Emitter(const PreparedText& text, const MarkdownLimits& limits, std::size_t budget,
            Diagnostics& diagnostics)
        : text_(text), limits_(limits), diagnostics_(diagnostics), writer_(budget), places_(text.text()) {}

    // Nothing where a budget was exceeded; that has been reported.
    std::optional<MarkdownStory> emit(cmark_node* document);

  private:
    void enter(cmark_node* node);
    void leave(cmark_node* node);
    void enter_block(cmark_node* node);
    void leave_block(cmark_node* node);
    bool enter_extra(cmark_node* node, Extra extra);
    bool leave_extra(cmark_node* node, Extra extra);
    void enter_inline(cmark_node* node);
    void leave_inline(cmark_node* node);

    void enter_paragraph(cmark_node* node);
    void leave_paragraph(cmark_node* node);
    void enter_heading(cmark_node* node);
    void leave_heading(cmark_node* node);
    void enter_list(cmark_node* node);
    void enter_cell(cmark_node* node);
    void leave_cell(cmark_node* node);
    void leave_table();
    void code_block(cmark_node* node);
    void html_block(cmark_node* node);
    void html_inline(cmark_node* node);
    void enter_footnote(cmark_node* node);
    void footnote_back_links();
    void footnote_reference(cmark_node* node);
    void enter_link(cmark_node* node);
    void cut_bare_link(cmark_node* link);
    void picture(cmark_node* node);
    void text(cmark_node* node);
    void text_run(std::string_view run);
    void reference(const ReferenceToken& token);
    void soft_break(cmark_node* node);
    void check_leftovers(cmark_node* node);
    void check_line_start(cmark_node* node, std::string_view literal);

    std::string plain_text_of(cmark_node* node);
    bool is_picture_paragraph(cmark_node* node);
    bool is_dropped_paragraph(cmark_node* node);
    bool in_tight_list(cmark_node* paragraph) const;
    char32_t first_character_behind(cmark_node* node);
    void enter_place(cmark_node* node);
    std::size_t find(cmark_node* node, std::string_view literal) {
        return places_.find(literal, cmark_node_get_start_line(node), cmark_node_get_start_column(node));
    }
    void report(DiagnosticKind kind, std::size_t begin, std::size_t size, std::vector<std::string> words) {
        diagnostics_.report(kind, text_.span(begin, begin + size), std::move(words));
    }
    void dropped_html(std::size_t at, std::string_view literal);

    const PreparedText& text_;
    const MarkdownLimits& limits_;
    Diagnostics& diagnostics_;
    StoryWriter writer_;
    PlaceFinder places_;
    ListHabit list_habit_;
    std::vector<StoryHeading> headings_;
    std::size_t steps_ = 0, depth_ = 0;
    int links_ = 0;              // open <a>
    bool refused_link_ = false;  // the open link shows its text only
    bool picture_paragraph_ = false;
    bool bare_paragraph_ = false;  // the open paragraph has no <p>
    bool dropped_paragraph_ = false;
    bool table_body_ = false;
    int column_ = 0;
    int footnotes_ = 0;  // definitions written so far
    bool back_links_due_ = false;
    std::map<std::string, int, std::less<>> footnote_uses_;  // by number
    std::map<std::string, int, std::less<>> open_tags_;      // dropped HTML
};

std::optional<MarkdownStory> Emitter::emit(cmark_node* document) {
    const std::unique_ptr<cmark_iter, FreeIterator> iterator(cmark_iter_new(document));
    std::optional<DiagnosticKind> exceeded;
    while (!exceeded) {
        const cmark_event_type event = cmark_iter_next(iterator.get());
        if (event == CMARK_EVENT_DONE) break;
        cmark_node* node = cmark_iter_get_node(iterator.get());
        if (event == CMARK_EVENT_ENTER) {
            enter(node);
            if (is_type(node, CMARK_NODE_IMAGE)) cmark_iter_reset(iterator.get(), node, CMARK_EVENT_EXIT);
        } else {
            leave(node);
        }
        if (++steps_ > limits_.steps || writer_.over_budget())
            exceeded = DiagnosticKind::markdown_too_complex;
        if (depth_ > 4 * limits_.nesting) exceeded = DiagnosticKind::markdown_too_deep;
    }
    if (!exceeded) {
        if (footnotes_ > 0) {
            footnote_back_links();
            writer_.markup("</li>\n</ol>\n</section>\n");
        }
        return writer_.finish(std::move(headings_));
    }
    report(*exceeded, places_.block_begin(), 1, {std::to_string(limits_.nesting)});
    return std::nullopt;
}

bool is_leaf(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
        case CMARK_NODE_HTML_BLOCK:
        case CMARK_NODE_THEMATIC_BREAK:
        case CMARK_NODE_CODE_BLOCK:
        case CMARK_NODE_TEXT:
        case CMARK_NODE_SOFTBREAK:
        case CMARK_NODE_LINEBREAK:
        case CMARK_NODE_CODE:
        case CMARK_NODE_HTML_INLINE:
        case CMARK_NODE_IMAGE:
            return true;
        default:
            return false;
    }
}

void Emitter::enter(cmark_node* node) {
    if (!is_leaf(node)) ++depth_;
    if (const Extra extra = extra_of(node); extra != Extra::none && enter_extra(node, extra)) return;
    if ((cmark_node_get_type(node) & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_INLINE)
        return enter_inline(node);
    enter_block(node);
}

void Emitter::leave(cmark_node* node) {
    if (is_leaf(node)) return;
    --depth_;
    if (const Extra extra = extra_of(node); extra != Extra::none && leave_extra(node, extra)) return;
    if ((cmark_node_get_type(node) & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_INLINE)
        return leave_inline(node);
    leave_block(node);
}

void Emitter::enter_place(cmark_node* node) {
    places_.enter_block(
        {cmark_node_get_start_line(node), cmark_node_get_start_column(node), cmark_node_get_end_line(node)});
}

// ---- blocks

void Emitter::enter_block(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
        case CMARK_NODE_BLOCK_QUOTE:
            return writer_.markup("<blockquote>\n");
        case CMARK_NODE_LIST:
            return enter_list(node);
        case CMARK_NODE_ITEM:
            return writer_.markup("<li>");
        case CMARK_NODE_PARAGRAPH:
            return enter_paragraph(node);
        case CMARK_NODE_HEADING:
            return enter_heading(node);
        case CMARK_NODE_THEMATIC_BREAK:
            return writer_.markup("<hr>\n");
        case CMARK_NODE_CODE_BLOCK:
            return code_block(node);
        case CMARK_NODE_HTML_BLOCK:
            return html_block(node);
        case CMARK_NODE_FOOTNOTE_DEFINITION:
            return enter_footnote(node);
        default:
            return;
    }
}

void Emitter::leave_block(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
        case CMARK_NODE_BLOCK_QUOTE:
            return writer_.markup("</blockquote>\n");
        case CMARK_NODE_LIST:
            return writer_.markup(cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? "</ol>\n"
                                                                                       : "</ul>\n");
        case CMARK_NODE_ITEM:
            writer_.markup("</li>\n");
            return writer_.end_line();
        case CMARK_NODE_PARAGRAPH:
            return leave_paragraph(node);
        case CMARK_NODE_HEADING:
            return leave_heading(node);
        default:
            return;
    }
}

bool Emitter::enter_extra(cmark_node* node, Extra extra) {
    switch (extra) {
        case Extra::table:
            table_body_ = false;
            writer_.markup("<table>\n");
            return true;
        case Extra::header_row:
            column_ = 0;
            writer_.markup("<thead>\n<tr>\n");
            return true;
        case Extra::row:
            column_ = 0;
            if (!std::exchange(table_body_, true)) writer_.markup("<tbody>\n");
            writer_.markup("<tr>\n");
            return true;
        case Extra::cell:
            enter_cell(node);
            return true;
        case Extra::strikethrough:
            writer_.markup("<del>");
            return true;
        case Extra::task: {
            const bool done = cmark_gfm_extensions_get_tasklist_item_checked(node);
            writer_.markup(
                done ? "<li class=\"task\"><input type=\"checkbox\" checked disabled aria-label=\"已完成\"> "
                     : "<li class=\"task\"><input type=\"checkbox\" disabled aria-label=\"未完成\"> ");
            return true;
        }
        case Extra::none:
            return false;
    }
    return false;
}

bool Emitter::leave_extra(cmark_node* node, Extra extra) {
    switch (extra) {
        case Extra::table:
            leave_table();
            return true;
        case Extra::header_row:
            writer_.markup("</tr>\n</thead>\n");
            writer_.end_line();
            return true;
        case Extra::row:
            writer_.markup("</tr>\n");
            writer_.end_line();
            return true;
        case Extra::cell:
            leave_cell(node);
            return true;
        case Extra::strikethrough:
            writer_.markup("</del>");
            return true;
        case Extra::task:
            writer_.markup("</li>\n");
            writer_.end_line();
            return true;
        case Extra::none:
            return false;
    }
    return false;
}

void Emitter::leave_table() { writer_.markup(table_body_ ? "</tbody>\n</table>\n" : "</table>\n"); }

void Emitter::enter_cell(cmark_node* node) {
    enter_place(node);
    cmark_node* row = cmark_node_parent(node);
    const bool header = extra_of(row) == Extra::header_row;
    writer_.markup(header ? "<th scope=\"col\"" : "<td");
    cmark_node* table = cmark_node_parent(row);
    const std::uint8_t* alignments = cmark_gfm_extensions_get_table_alignments(table);
    const bool known = alignments && column_ < cmark_gfm_extensions_get_table_columns(table);
    switch (known ? alignments[column_] : 0) {
        case 'l':
            writer_.markup(" class=\"align-left\"");
            break;
        case 'c':
            writer_.markup(" class=\"align-center\"");
            break;
        case 'r':
            writer_.markup(" class=\"align-right\"");
            break;
        default:
            break;
    }
    ++column_;
    writer_.markup(">");
}

void Emitter::leave_cell(cmark_node* node) {
    writer_.markup(extra_of(cmark_node_parent(node)) == Extra::header_row ? "</th>\n" : "</td>\n");
    writer_.space();
}

void Emitter::enter_list(cmark_node* node) {
    if (cmark_node_get_list_type(node) != CMARK_ORDERED_LIST) return writer_.markup("<ul>\n");
    const int start = cmark_node_get_list_start(node);
    writer_.markup(start == 1 ? "<ol>\n" : fmt::format("<ol start=\"{}\">\n", start));
}

bool Emitter::in_tight_list(cmark_node* paragraph) const {
    cmark_node* item = cmark_node_parent(paragraph);
    cmark_node* list = item ? cmark_node_parent(item) : nullptr;
    return is_type(list, CMARK_NODE_LIST) && cmark_node_get_list_tight(list);
}

bool Emitter::is_picture_paragraph(cmark_node* node) {
    bool any = false;
    for (cmark_node* child = cmark_node_first_child(node); child; child = cmark_node_next(child)) {
        const bool picture = is_type(child, CMARK_NODE_IMAGE) &&
                             is_allowed_url(view(cmark_node_get_url(child))) &&
                             !is_remote_url(view(cmark_node_get_url(child)));
        if (!picture && !is_break(child)) return false;
        any = any || picture;
    }
    return any;
}

// A paragraph of nothing but raw HTML leaves nothing.
bool Emitter::is_dropped_paragraph(cmark_node* node) {
    for (cmark_node* child = cmark_node_first_child(node); child; child = cmark_node_next(child)) {
        const bool dropped = is_type(child, CMARK_NODE_HTML_INLINE) && !is_line_break_tag(literal_of(child));
        const bool blank = is_type(child, CMARK_NODE_TEXT) && trim(literal_of(child)).empty();
        if (!dropped && !blank && !is_type(child, CMARK_NODE_SOFTBREAK)) return false;
    }
    return true;
}

void Emitter::enter_paragraph(cmark_node* node) {
    enter_place(node);
    picture_paragraph_ = is_picture_paragraph(node);
    dropped_paragraph_ = is_dropped_paragraph(node);
    bare_paragraph_ = picture_paragraph_ || in_tight_list(node) || dropped_paragraph_;
    if (!bare_paragraph_) writer_.markup("<p>");
}

void Emitter::leave_paragraph(cmark_node* node) {
    const bool last_of_footnote =
        is_type(cmark_node_parent(node), CMARK_NODE_FOOTNOTE_DEFINITION) && !cmark_node_next(node);
    if (last_of_footnote && !picture_paragraph_) footnote_back_links();
    if (!bare_paragraph_) writer_.markup("</p>\n");
    picture_paragraph_ = bare_paragraph_ = dropped_paragraph_ = false;
    writer_.end_line();
}

void Emitter::enter_heading(cmark_node* node) {
    enter_place(node);
    const int level = std::min(cmark_node_get_heading_level(node) + 1, 6);
    headings_.push_back({level, {}, fmt::format("s-{}", headings_.size() + 1)});
    writer_.begin_heading();
    writer_.markup(fmt::format("<h{}", level));
    writer_.attribute("id", headings_.back().id);
    writer_.markup(">");
}

void Emitter::leave_heading(cmark_node*) {
    headings_.back().text = writer_.heading_text();
    writer_.markup(fmt::format("</h{}>\n", headings_.back().level));
    writer_.end_line();
}

void Emitter::code_block(cmark_node* node) {
    const std::string info = text_.restored(view(cmark_node_get_fence_info(node)));
    const std::string language = info.substr(0, info.find_first_of(" \t\n"));
    writer_.markup("<pre><code");
    if (!language.empty()) writer_.attribute("class", fmt::format("language-{}", language));
    writer_.markup(">");
    writer_.words(text_.restored(literal_of(node)));
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

void Emitter::html_block(cmark_node* node) {
    enter_place(node);
    const std::string_view literal = literal_of(node);
    const std::string_view head = trim(literal.substr(0, literal.find('\n')));
    dropped_html(find(node, head), head);
}

void Emitter::enter_footnote(cmark_node*) {
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

// ---- inlines

void Emitter::enter_inline(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
        case CMARK_NODE_TEXT:
            return text(node);
        case CMARK_NODE_SOFTBREAK:
            return soft_break(node);
        case CMARK_NODE_LINEBREAK:
            if (picture_paragraph_) return;
            writer_.markup("<br>\n");
            return writer_.end_line();
        case CMARK_NODE_CODE:
            writer_.markup("<code>");
            writer_.words(text_.restored(literal_of(node)));
            return writer_.markup("</code>");
        case CMARK_NODE_HTML_INLINE:
            return html_inline(node);
        case CMARK_NODE_EMPH:
            return writer_.markup("<em>");
        case CMARK_NODE_STRONG:
            return writer_.markup("<strong>");
        case CMARK_NODE_LINK:
            return enter_link(node);
        case CMARK_NODE_IMAGE:
            return picture(node);
        case CMARK_NODE_FOOTNOTE_REFERENCE:
            return footnote_reference(node);
        default:
            return;
    }
}

void Emitter::leave_inline(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
        case CMARK_NODE_EMPH:
            return writer_.markup("</em>");
        case CMARK_NODE_STRONG:
            return writer_.markup("</strong>");
        case CMARK_NODE_LINK:
            if (std::exchange(refused_link_, false)) return;
            --links_;
            return writer_.markup("</a>");
        default:
            return;
    }
}

// <br> is what everybody writes for a line break in a table, and is one.
void Emitter::html_inline(cmark_node* node) {
    const std::string_view literal = literal_of(node);
    const std::size_t at = find(node, literal.substr(0, literal.find('\n')));
    places_.move_to(at + 1);
    if (is_line_break_tag(literal)) {
        writer_.markup("<br>\n");
        return writer_.space();
    }
    dropped_html(at, literal);
}

// The number of a note that several places cite gets an anchor for each.
void Emitter::footnote_reference(cmark_node* node) {
    const std::string number(literal_of(node));
    const int use = ++footnote_uses_[number];
    const std::string suffix = use > 1 ? fmt::format("-{}", use) : std::string();
    writer_.markup(fmt::format("<sup class=\"footnote-ref\" id=\"fnref-{}{}\">", number, suffix));
    if (links_ == 0) writer_.markup(fmt::format("<a href=\"#fn-{0}\" aria-label=\"注释 {0}\">", number));
    writer_.label(number);
    writer_.markup(links_ == 0 ? "</a></sup>" : "</sup>");
}

void Emitter::enter_link(cmark_node* node) {
    // Bare links have no place of their own.
    if (cmark_node_get_start_line(node) == 0) cut_bare_link(node);
    const std::string url = text_.restored(view(cmark_node_get_url(node)));
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
    const std::string title = text_.restored(view(cmark_node_get_title(node)));
    if (!title.empty()) writer_.attribute("title", title);
    writer_.markup(">");
}

// A bare link ends where Chinese text goes on: the words behind it move behind the link, and a further address among
// them becomes a link of its own.
void Emitter::cut_bare_link(cmark_node* link) {
    cmark_node* child = cmark_node_first_child(link);
    const std::string url(view(cmark_node_get_url(link))), words(literal_of(child));
    const std::size_t end = bare_link_end(words);
    if (!is_type(child, CMARK_NODE_TEXT) || end >= words.size() || !url.ends_with(words)) return;
    cmark_node_set_url(link, url.substr(0, url.size() - (words.size() - end)).c_str());
    cmark_node_set_literal(child, words.substr(0, end).c_str());
    const std::size_t next = std::min({words.find("http://", end), words.find("https://", end), words.size()});
    cmark_node* rest = text_node(words.substr(end, next - end));
    cmark_node_insert_after(link, rest);
    if (next == words.size()) return;
    cmark_node* further = cmark_node_new(CMARK_NODE_LINK);
    cmark_node_set_url(further, words.substr(next).c_str());
    cmark_node_append_child(further, text_node(words.substr(next)));
    cmark_node_insert_after(rest, further);
}

std::string Emitter::plain_text_of(cmark_node* node) {
    std::string out;
    const std::unique_ptr<cmark_iter, FreeIterator> iterator(cmark_iter_new(node));
    while (cmark_iter_next(iterator.get()) != CMARK_EVENT_DONE) {
        cmark_node* each = cmark_iter_get_node(iterator.get());
        if (cmark_iter_get_event_type(iterator.get()) != CMARK_EVENT_ENTER) continue;
        ++steps_;
        if (is_type(each, CMARK_NODE_TEXT) || is_type(each, CMARK_NODE_CODE))
            out += text_.restored(literal_of(each));
        if (is_break(each)) out += ' ';
    }
    return out;
}

void Emitter::picture(cmark_node* node) {
    const std::string url = text_.restored(view(cmark_node_get_url(node)));
    const std::string alt = plain_text_of(node);
    const std::size_t begin = find(node, "![");
    const std::size_t stop =
        places_.from_hint(cmark_node_get_end_line(node), cmark_node_get_end_column(node));
    const std::string_view text = text_.text();
    std::size_t end =
        stop < text.size() && (text[stop] == ')' || text[stop] == ']') && stop > begin ? stop + 1 : npos;
    if (end == npos) end = std::min(text.find_first_of(")\n", begin), text.size() - 1) + 1;
    places_.move_to(begin + 2);
    const auto path = decoded_path(url);
    if (is_allowed_url(url) && !is_remote_url(url) && path && !path->empty()) {
        return writer_.picture({*path, alt, text_.restored(view(cmark_node_get_title(node))),
                                text_.span(begin, end), picture_paragraph_});
    }
    const bool remote = is_allowed_url(url) && is_remote_url(url);
    report(remote ? DiagnosticKind::markdown_remote_picture : DiagnosticKind::markdown_refused_url, begin,
           end - begin, {std::string(first_code_points(url, 60))});
    writer_.words(alt);
}

void Emitter::text(cmark_node* node) {
    if (dropped_paragraph_) return;
    const std::string_view literal = literal_of(node);
    check_leftovers(node);
    if (!cmark_node_previous(node) || is_break(cmark_node_previous(node))) check_line_start(node, literal);
    std::size_t begin = 0;
    for (std::size_t at = literal.find('\xF4'); at != npos; at = literal.find('\xF4', begin)) {
        const CodePoint character = decode_first(literal.substr(at));
        text_run(literal.substr(begin, at - begin));
        begin = at + character.bytes;
        const std::size_t number = character.value - first_token;
        if (is_reserved(character.value) && number < text_.tokens().size()) reference(text_.tokens()[number]);
    }
    text_run(literal.substr(begin));
}

void Emitter::text_run(std::string_view run) {
    if (!run.empty()) writer_.words(run);
}

void Emitter::reference(const ReferenceToken& token) {
    StoryReference reference = read_reference(token);
    const std::string& shown = reference.text.empty() ? reference.target : reference.text;
    if (reference.target.empty() || links_ > 0) {
        diagnostics_.report(DiagnosticKind::bad_reference, token.span, {token.written});
        return writer_.words(reference.target.empty() ? token.written : shown);
    }
    writer_.reference(std::move(reference));
}

// The first character of the words behind a break.
char32_t Emitter::first_character_behind(cmark_node* node) {
    cmark_node* next = cmark_node_next(node);
    while (next && cmark_node_first_child(next) && !is_type(next, CMARK_NODE_IMAGE))
        next = cmark_node_first_child(next);
    if (!is_type(next, CMARK_NODE_TEXT)) return 0;
    for (std::string_view rest = literal_of(next); !rest.empty();) {
        const CodePoint character = decode_first(rest);
        if (!is_reserved(character.value)) return character.value;
        if (character.value != emphasis_sentinel) return U'字';
        rest.remove_prefix(character.bytes);
    }
    return 0;
}

// Between Chinese characters a line's end is no gap.
void Emitter::soft_break(cmark_node* node) {
    if (picture_paragraph_ || dropped_paragraph_) return;
    const auto is_chinese = [](char32_t c) { return is_hanzi(c) || is_cjk_punctuation(c); };
    if (is_chinese(writer_.last_character()) && is_chinese(first_character_behind(node))) return;
    writer_.markup("\n");
    writer_.space();
}

// Marks that found no partner are still there as text.
void Emitter::check_leftovers(cmark_node* node) {
    const std::string_view literal = literal_of(node);
    if (literal.find("**") == npos && literal.find("[[") == npos) return;
    const std::size_t hint =
        places_.from_hint(cmark_node_get_start_line(node), cmark_node_get_start_column(node));
    for (const Leftover& each :
         leftovers(text_.text(), hint, literal, places_.block_begin(), places_.block_end())) {
        const std::string marks(text_.text().substr(each.begin, each.size));
        if (marks[0] == '[') {
            report(DiagnosticKind::bad_reference, each.begin, each.size, {marks});
        } else {
            report(DiagnosticKind::unclosed_emphasis, each.begin, each.size,
                   {marks, replace_all(marks, "*", "\\*")});
        }
    }
}

void Emitter::check_line_start(cmark_node* node, std::string_view literal) {
    if (!is_type(cmark_node_parent(node), CMARK_NODE_PARAGRAPH)) return;
    const auto found = list_habit_.look_at(text_.restored(literal));
    if (!found) return;
    const std::size_t at = find(node, found->words[0]);
    if (at > 0 && text_.text()[at - 1] == '\\') return;
    report(found->kind, at, found->words[0].size(), found->words);
}

Span first_place(const SourceFile& source, std::uint32_t begin, std::uint32_t end) {
    return {source.id, begin, std::min(end, begin + 1)};
}

}  // namespace

MarkdownStory parse_markdown(const SourceFile& source, std::uint32_t begin, std::uint32_t end,
                             Diagnostics& diagnostics, const MarkdownLimits& limits) {
    const std::string_view body = std::string_view(source.text).substr(begin, end - begin);
    if (body.size() > limits.bytes) {
        diagnostics.report(DiagnosticKind::markdown_too_long, first_place(source, begin, end),
                           {std::to_string(limits.bytes / 1024)});
        return plain_story(body);
    }
    const PreparedText text(body, source.id, begin, diagnostics);
    if (const auto cap = exceeded_cap(text.text(), limits)) {
        diagnostics.report(cap->kind, text.span(cap->begin, cap->end), cap->words);
        return plain_story(text.restored(text.text()));
    }
    const Tree tree = parse(text.text());
    const std::size_t budget = std::size_t{limits.output_factor} * body.size() + limits.output_base;
    Diagnostics found;
    Emitter emitter(text, limits, budget, found);
    std::optional<MarkdownStory> story = emitter.emit(tree.get());
    diagnostics.merge(std::move(found));
    return story ? std::move(*story) : plain_story(text.restored(text.text()));
}

}  // namespace qunying
