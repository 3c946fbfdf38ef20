#pragma once
// Where a heading may break: between words, never inside one. A line of large type that ends in 样 and goes
// on with 例市 is read twice.
#include <string>
#include <string_view>
#include <vector>

namespace qunying {

// `text` in pieces that join to it again; each but the last ends where a line may. Words are those of ICU's
// dictionary (UAX 29, 4.1); a single character (市, 局, 的) stays with the word in front of it, marks with
// what they belong to. Safe to call from several threads.
std::vector<std::string_view> phrases_of(std::string_view text);

// The heading as HTML, set as typeset() does, with <wbr> between its phrases; for a sheet that says
// `word-break: keep-all`. One of less than six hanzi is left whole.
std::string typeset_heading(std::string_view heading);

}  // namespace qunying
