#pragma once
// First look at every content file: its kind, its id and what it is called. Nothing is resolved yet, so that
// afterwards any record can be named from any other.
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/digest.h"
#include "base/source.h"
#include "load/content_file.h"
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
    bool silent = true;                // neither parsing nor declaring it had anything to say
    std::size_t file = 0;              // index of its file among the content files
    std::string_view remembered = {};  // what became of the rest of the file, where a memory knows
};

// The content files of a site and who remembers them.
struct ContentFiles {
    std::vector<ContentFile>& files;  // those that must are parsed
    RecordMemory& memory;
    Digest settings;  // what was remembered with other ones will not do
};

// Declarations of all files, by kind and slug; of two with one id the later one (by path) is reported and
// left out.
std::vector<Declaration> declare(const Sources& sources, const ContentFiles& content, const Kinds& kinds,
                                 Diagnostics& diagnostics, unsigned threads = 1);

// content/people/x.md and content/people/x/index.md, but no review and nothing directly below content/.
bool is_record_path(std::string_view path);

}  // namespace qunying
