#pragma once
// Content files, parsed once per content ever.
#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "build/memo.h"
#include "load/parsed_record.h"
#include "pages/page_plan.h"
#include "system/source_tree.h"

namespace qunying {

struct ParseOptions {
    std::string_view generator;  // name, version and build of the program: part of the key
    unsigned threads = 1;
    ParseTimes times = {};
};

// The record_files of the tree in their order. A file whose bytes were parsed before is not even read. The
// text of a file stays in the tree only where somebody needs it again: it has findings, or concerns_wording
// of rules/. Completes the tree's digests.
std::vector<ParsedRecord> parse_records(SourceTree& tree, Memo& memo, const ParseOptions& options,
                                        Diagnostics& diagnostics);

// A file of the tree as it was parsed, its story whole, while a memory of it is kept and nothing in it
// concerns_wording; its digest must be known.
std::optional<ParsedRecord> recall_record(const SourceTree& tree, SourceId source, const Memo& memo,
                                          std::string_view generator);

// The html of stories that are put by, from where they were packed; made again where that is lost.
class PackedStories final : public StoryTexts {
  public:
    PackedStories(const SourceTree& tree, Memo& memo, std::string generator)
        : tree_(tree), memo_(memo), generator_(std::move(generator)) {}
    std::vector<std::string> html_runs(Span place) const override;

  private:
    const SourceTree& tree_;
    Memo& memo_;
    std::string generator_;
    mutable std::atomic<unsigned> asked_{0};
};

// Completes the digests without keeping a text, to learn whether anything changed at all.
void complete_digests(SourceTree& tree, Disk& site, unsigned threads);

}  // namespace qunying
