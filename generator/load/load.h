#pragma once
// Sources → Site: every name is declared first, then every body is read, so that no reference is ever half
// resolved.
#include <span>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "load/content_file.h"
#include "load/field_reader.h"
#include "model/site.h"

namespace qunying {

struct LoadInput {
    // The texts of settings and reviews must be there; of a content file only where its front matter is
    // broken.
    const Sources& sources;
    std::span<const SourceId> texts;  // those of `sources` that are files of the site, by path
    const FileSet& files;             // every file of the site, pictures and the like too
    unsigned threads = 1;
};

// Those of `texts` that are content files, in their order.
std::vector<SourceId> record_files(const Sources& sources, std::span<const SourceId> texts);

// The whole site, drafts and private fields included. `files` holds the record_files in their order; the site
// takes over their stories. What `memory` knows need not be read again: whatever it remembers, the site and
// the findings are the same. Mistakes are reported; the site holds what could be read.
Site load_site(const LoadInput& input, std::vector<ContentFile> files, RecordMemory& memory,
               Diagnostics& diagnostics);
// The same without a memory.
Site load_site(const LoadInput& input, std::vector<ParsedRecord> parsed, Diagnostics& diagnostics);

}  // namespace qunying
