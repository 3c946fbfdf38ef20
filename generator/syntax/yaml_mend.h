#pragma once
// Mends YAML that yaml-cpp cannot read, so that one run finds all mistakes: a fault is named, the text is
// changed to what the author most likely meant (or the entry is emptied), and reading starts again. Inside
// syntax/ only.
#include <cstddef>
#include <vector>

#include "base/diagnostic.h"
#include "syntax/yaml_text.h"

namespace qunying {

// Why reading stopped, as far as the reader can tell.
enum class YamlStop {
    map_value,     // a “: ” where none may stand
    end_of_block,  // a mapping or a list goes on with something that is neither
    end_of_flow,   // [ or { is not closed where it should be
    tab,
    alias,
    unknown_character,
    escape,
    block_entry,  // “- ” behind a key
    no_colon,     // a key without its colon
    unclosed_quote,
    too_deep,
    other,
};

struct YamlFault {
    YamlStop stop = YamlStop::other;
    std::size_t at = 0;
    // What was read last: where it starts and ends, and whether in quotes.
    std::size_t last_begin = 0, last_end = 0;
    bool last_quoted = false;
    // Where each open [ or { stands, outermost first.
    std::vector<std::size_t> open_brackets;
};

// Reports the fault in the author's terms and changes the text so that reading gets further.
void mend(MendedText& text, const YamlFault& fault, Diagnostics& diagnostics);

}  // namespace qunying
