#pragma once
// First look at every content file: its kind, its id and what it is called. Nothing is resolved yet, so that
// afterwards any record can be named from any other.
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "load/parsed_record.h"
#include "model/site.h"

namespace qunying {

struct Declaration {
    KindId kind{};
    std::string slug;
    std::string title;  // as far as the file itself states it; a batch gets its title later
    Span title_span;
    Span id_span;        // of the written id, else the first bytes of the file
    std::string folder;  // where its pictures lie
    SourceId source = no_source;
    SourceId review = no_source;  // x.review.yaml beside it
    bool front_valid = true;
    std::size_t parsed = 0;  // index of its file among the parsed ones
};

// Declarations of all files, by kind and slug; of two with one id the later one (by path) is reported and
// left out.
std::vector<Declaration> declare(const Sources& sources, const std::vector<ParsedRecord>& parsed,
                                 const Kinds& kinds, Diagnostics& diagnostics, unsigned threads = 1);

// content/people/x.md and content/people/x/index.md, but no review and nothing directly below content/.
bool is_record_path(std::string_view path);

}  // namespace qunying
