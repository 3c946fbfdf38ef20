#pragma once
// Personal data in files that are no records: what photographs, PDFs and Office documents carry where nobody
// sees it, the words of subtitles, the names of all of them (rule 10).
#include "base/diagnostic.h"
#include "build/memo.h"
#include "model/site.h"
#include "system/source_tree.h"

namespace qunying {

struct PrivateFilesOptions {
    std::string_view generator;  // part of the key of what is remembered
    unsigned threads = 1;
    bool pictures = true;  // false: photographs are left out
};

// Looks at everything in assets/ and content/ but at what belongs to drafts alone and at what only private
// fields name; `site` is the whole one. Every file is read once per content ever; all digests of the tree's
// texts must be known. Throws Failure.
void check_private_files(const SourceTree& tree, const Site& site, Memo& memo,
                         const PrivateFilesOptions& options, Diagnostics& diagnostics);

}  // namespace qunying
