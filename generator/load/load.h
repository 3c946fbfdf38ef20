#pragma once
// Sources → Site: every name is declared first, then every body is read, so that no reference is ever half
// resolved.
#include <span>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "load/field_reader.h"
#include "model/site.h"
#include "syntax/document.h"

namespace qunying {

struct LoadInput {
    const Sources& sources;
    std::span<const SourceId> texts;  // those of `sources` that are files of the site, by path
    const FileSet& files;             // every file of the site, pictures and the like too
    unsigned threads = 1;
};

// The whole site, drafts and private fields included. Mistakes are reported; the site holds what could be
// read.
Site load_site(const LoadInput& input, Diagnostics& diagnostics);

}  // namespace qunying
