#pragma once
// What a build remembers from the one before. Only build/ asks it; the stages know nothing of it. Whatever it
// holds can be made again, so a miss costs time and nothing else.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/digest.h"
#include "build/page_records.h"
#include "system/blob_cache.h"
#include "system/disk.h"
#include "system/file_index.h"
#include "system/manifest.h"
#include "system/packed_cache.h"
#include "system/source_tree.h"

namespace qunying {

class Memo {
  public:
    // State lives in .qunying/ of the site's disk.
    explicit Memo(Disk& site);

    // What is known of the site's files from earlier runs. Status and time of change only save reading a file
    // again.
    const FileIndex& files() const { return files_; }
    // Remembers the digests that `tree` knows; its files were found after `since` (reading_time).
    void note_files(const SourceTree& tree, std::int64_t since);

    // The digest of a file's bytes.
    Digest file_digest(const MediaFile& file);

    // A digest of all that the site is made of: the same wherever and whenever its files were written. All
    // digests of the tree's texts must be known.
    Digest content_digest(const SourceTree& tree);

    // What a run with these inputs found, settled. Nothing where it is not known.
    std::optional<std::vector<Diagnostic>> load_findings(const Digest& inputs) const;
    void store_findings(const Digest& inputs, const std::vector<Diagnostic>& findings);

    // What a release says of that file when it is published as it is.
    OutputFile output_file(const MediaFile& file);

    // The pages of the last build, and those of this one. Each edition (a site for the web, one for a venue)
    // has pages of its own; "" is the one for the web.
    PageRecords load_pages(std::string_view edition = {});
    void store_pages(const PageRecords& pages, std::string_view edition = {});

    BlobCache& cache() { return cache_; }
    // Parsed content files, by digest_for_parsing of their bytes.
    PackedCache& parsed() { return parsed_; }
    const PackedCache& parsed() const { return parsed_; }
    // What became of them, by path and bytes; opened when it is first asked for.
    PackedCache& loaded();
    Disk& site() { return site_; }

    // Keeps for the next run what belongs together. A run that ends before only has to do more again.
    void save();

  private:
    Disk& site_;
    BlobCache cache_;
    PackedCache parsed_;
    std::optional<PackedCache> loaded_;
    FileIndex files_;
    std::int64_t since_ = 0;
    std::optional<Digest> stored_pages_;  // of the packed records that the cache holds
};

}  // namespace qunying
