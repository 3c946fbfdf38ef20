#pragma once
// The index of search on its way to the stage: parts whose key is as it was are kept, and of a part that is
// made again only those files are new whose bytes are.
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "build/page_records.h"
#include "pages/search_files.h"
#include "system/output_stage.h"

namespace qunying {

// One file of the index as it was published.
struct PublishedShard {
    std::string name;  // n/3
    PageRecord record;
};

class SearchFiles {
  public:
    // By name of the part; the file names follow from the records.
    using Shards = std::map<std::string, std::vector<PublishedShard>>;
    struct Record {
        std::string path;  // search/names:n/3
        PageRecord record;
    };

    // All must outlive it.
    SearchFiles(std::vector<SearchPart> parts, const PageRecords& before, OutputStage& stage);

    std::size_t size() const { return parts_.size(); }
    // Each part once, on any thread.
    void make(std::size_t part);
    // After all parts: what names the files.
    void finish(const SiteSearch& search);
    Shards take() { return std::move(shards_); }

  private:
    bool keep(const SearchPart& part, std::vector<PublishedShard>& kept);
    PublishedShard put(const SearchPart& part, SearchShard&& shard, const std::vector<PublishedShard>& kept);

    std::vector<SearchPart> parts_;
    const PageRecords& before_;
    OutputStage& stage_;
    Shards shards_;
};

// For a preview: makes single parts anew among the shards of the index that stands, and puts the paths of
// what it adds to `fresh`.
class ShardPress {
  public:
    ShardPress(OutputStage& stage, SearchFiles::Shards& shards, std::set<std::string>& fresh)
        : stage_(stage), shards_(shards), fresh_(fresh) {}
    void remake(const SearchPart& part);
    void rewrite_head(const SiteSearch& search);

  private:
    void add(const std::string& part, SearchShard&& shard);

    OutputStage& stage_;
    SearchFiles::Shards& shards_;
    std::set<std::string>& fresh_;
};

std::set<std::string> shard_paths(const SearchFiles::Shards& shards);

// One line of what is remembered of an index.
std::vector<SearchFiles::Record> records_of(const SearchFiles::Shards& shards);

// Where a shard lies: search/n-3-ab12cd.js, search/index.js.
std::string path_of(const PublishedShard& shard);
// What a PageRecords calls it.
std::string record_name(std::string_view part, std::string_view shard);

}  // namespace qunying
