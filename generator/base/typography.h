#pragma once
// How Chinese text is set where the font alone does not do it. Browsers learnt it late (text-autospace in
// Chromium 140, text-spacing-trim in 123) and the floor is 64, so it is done here, as classes that a theme's
// style sheet gives a meaning; without one they do nothing. Not a character is added, taken away or moved:
// without its tags the html is the text. The figures are those of clreq (W3C, Requirements for Chinese Text
// Layout, 3.1 and 3.2).
//
//   lat, lat-l, lat-r   Latin letters or digits with hanzi on both sides, in front, behind: the sheet puts a
//                       gap of a quarter em there, with generated content that collapses at a line's edge
//   half, half-q        a mark whose empty right half is taken away; q: a quotation mark, which only some
//                       fonts set full-width
//   half-l, half-lq     the same of the left half
//   tail                the end of a paragraph, which stays on one line: 孤字不成行
#include <cstddef>
#include <string>
#include <string_view>

namespace qunying {

// Stands for a neighbour where a block begins or ends.
inline constexpr char32_t block_edge = U'\n';

// What surrounds a stretch of text: the characters in front and behind it, 0 where they do not matter.
struct TextPlace {
    char32_t before = 0, after = 0;
    // Keep its last two characters together: where it ends a paragraph of at least shortest_with_tail.
    bool keep_tail = false;
};

// Bytes of a paragraph that needs two lines somewhere: fifteen hanzi.
inline constexpr std::size_t shortest_with_tail = 45;

// Appends `text` as HTML: escaped, and set as above.
void append_typeset(std::string& html, std::string_view text, TextPlace place);

// A whole paragraph or heading.
std::string typeset(std::string_view text);

// A person's name, which no line breaks, but behind the · of a long one. In running text.
void append_unbroken_name(std::string& html, std::string_view name);

}  // namespace qunying
