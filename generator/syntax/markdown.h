#pragma once
// Stories: CommonMark with tables, task lists, ~~deletion~~, footnotes, bare links, [[references]] and
// pictures, as HTML that is safe by construction. docs/markdown.md lists what is supported and every
// deliberate difference.
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"

namespace qunying {

// A run of HTML. Only parse_markdown makes it: no raw HTML of the author, no script, no handler, no style
// attribute, links to http, https, mailto, tel and relative places only. A run may hold unbalanced tags; all
// pieces of a story together balance.
struct StoryHtml {
    std::string html;
};

// [[王样例]], [[wang-yangli]], [[team:yangli-team|样例队]]: stands where the resolved link (or plain text)
// belongs.
struct StoryReference {
    std::string kind;    // “team” of team:…, or empty
    std::string target;  // id or name, trimmed, not empty
    std::string text;    // what is shown, or empty: the record's own name
    Span span;           // the whole [[…]]
};

// ![alt](file "caption"). Only files of the site: a picture elsewhere is reported and its alt text stays.
struct StoryPicture {
    std::string file;     // as a path, URL escapes decoded
    std::string alt;      // plain text
    std::string caption;  // plain text, or empty
    Span span;            // the whole ![…](…)
    bool block = false;   // alone in its paragraph: becomes a <figure>; no <p> surrounds it
};

using StoryPiece = std::variant<StoryHtml, StoryReference, StoryPicture>;

struct StoryHeading {
    int level = 2;     // as on the page: 2 to 6
    std::string text;  // plain
    std::string id;    // unique in the story: s-1, s-2…
};

struct MarkdownStory {
    std::vector<StoryPiece> pieces;
    std::vector<StoryHeading> headings;
    // The words without any markup, one line a block: for search, excerpts and checks.
    std::string plain_text;
    // uncommon_characters of all html (base/characters.h).
    std::string uncommon;
};

// cmark-gfm has quadratic corners; within these caps every known one is harmless. Beyond any of them the
// story is shown as escaped plain text and reported. Steps stand in for a deadline: a clock would make the
// output depend on the machine.
struct MarkdownLimits {
    std::uint32_t bytes = 64 * 1024;
    std::uint32_t nesting = 32;  // block quotes and lists, and emphasis or links in one another
    std::uint32_t table_columns = 128;
    std::uint32_t table_cells = 100'000;
    std::uint32_t reference_bytes = 1 << 20;  // Σ length of a link definition × its uses
    std::uint32_t output_factor = 20;         // output ≤ factor × input + base
    std::uint32_t output_base = 1 << 20;
    std::uint32_t steps = 2'000'000;  // nodes the emitter may visit
};

// Reads the bytes [begin, end) of the source. Never throws. Bytes that are not UTF-8, which parse_document
// has reported, become U+FFFD. Safe to call on several threads at once.
MarkdownStory parse_markdown(const SourceFile& source, std::uint32_t begin, std::uint32_t end,
                             Diagnostics& diagnostics, const MarkdownLimits& limits = {});

}  // namespace qunying
