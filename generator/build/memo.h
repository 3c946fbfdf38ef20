#pragma once
// What a build remembers from the one before. Only build/ asks it; the stages know nothing of it. Whatever it
// holds can be made again, so a miss costs time and nothing else.
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "system/blob_cache.h"
#include "system/disk.h"
#include "system/manifest.h"
#include "system/source_tree.h"

namespace qunying {

// How a page was made: if program and view are the same, so is the page.
struct PageRecord {
    Digest program, view;
    OutputFile output;
};
using PageRecords = std::map<std::string, PageRecord, std::less<>>;

class Memo {
  public:
    // State lives in .qunying/ of the site's disk.
    explicit Memo(Disk& site) : site_(site), cache_(site) {}

    // The digest of a file's bytes. Size and time of change only save reading it again.
    Digest file_digest(const MediaFile& file);

    // A digest of all that the site is made of: the same wherever and whenever its files were written.
    Digest content_digest(const SourceTree& tree);

    // What a release says of that file when it is published as it is.
    OutputFile output_file(const MediaFile& file);

    // The pages of the last build, and those of this one.
    PageRecords load_pages() const;
    void store_pages(const PageRecords& pages);

    BlobCache& cache() { return cache_; }
    Disk& site() { return site_; }

  private:
    Disk& site_;
    BlobCache cache_;
};

}  // namespace qunying
