#pragma once
// Content files, parsed once per content ever.
#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "build/memo.h"
#include "load/content_file.h"
#include "pages/page_plan.h"
#include "system/source_tree.h"

namespace qunying {

struct ParseOptions {
    std::string_view generator;  // name, version and build of the program: part of the key
    unsigned threads = 1;
    ParseTimes times = {};
};

// Content files on their way into the site. A file whose bytes are known is not even read: where it is known
// what became of it at its path, that is handed on, else how it was parsed. The text of a file stays in the
// tree only where somebody needs it again: it has findings, or concerns_wording of rules/.
class ContentParser final : public RecordMemory {
  public:
    // All must outlive it.
    ContentParser(SourceTree& tree, Memo& memo, const ParseOptions& options);

    // The record_files of the tree in their order, once. Completes the tree's digests.
    std::vector<ContentFile> files(Diagnostics& diagnostics);

    ParsedRecord parse(std::size_t file) override;
    void remember(std::size_t file, std::string_view bytes) override;
    // Keeps what was to be remembered, once the site is loaded.
    void finish();

  private:
    struct Known;
    Known look_up(std::size_t file, Diagnostics& diagnostics) const;
    Known look_up(std::size_t file, const Digest& digest, std::optional<std::string> text,
                  Diagnostics& diagnostics) const;
    Digest loaded_key(std::size_t file, const Digest& text) const;

    SourceTree& tree_;
    Memo& memo_;
    const ParseOptions& options_;
    std::vector<SourceId> sources_;
    std::vector<char> concern_rules_;  // by file
};

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
