#pragma once
// The twin of the index: looks at every document and every token, so slowly that it is obviously right. Tests
// hold what search.js finds in the index against it.
#include <string_view>
#include <vector>

#include "search/search_index.h"

namespace qunying {

// What a query is asked for: all parts must be found, each in the name, the titles or the texts.
struct QueryItem {
    char32_t character = 0;  // 0: letters
    std::string word;        // as titles and texts are compared
    std::string spoken;      // as names are spelt: ü as v, no tones
};
using QueryPart = std::vector<QueryItem>;
std::vector<QueryPart> parts_of_query(const Folding& folding, std::string_view query);

struct TwinHit {
    std::size_t document = 0;
    int stage = 0;       // 0: all parts are in the name; 1: in name or titles; 2: in name, titles or texts
    bool exact = false;  // each part stands in one piece somewhere
    int quality =
        -1;  // of a single part in the name: 0–2 hanzi (whole, beginning, inside), 3–5 spelt, 6–8 initials

    bool operator==(const TwinHit&) const = default;
};

// By document.
std::vector<TwinHit> search_slowly(const SearchSource& source, const Folding& folding, std::size_t documents,
                                   std::string_view query);

// The best quality of a part in a name, or -1.
int name_quality(const Folding& folding, const SearchName& name, const QueryPart& part);

}  // namespace qunying
