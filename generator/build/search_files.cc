#include "build/search_files.h"

#include <algorithm>

namespace qunying {
namespace {

constexpr std::string_view head_part = "search/head";
constexpr std::string_view head_name = "index";

}  // namespace

std::string record_name(std::string_view part, std::string_view shard) {
    return std::string(part) + ":" + std::string(shard);
}

std::string path_of(const PublishedShard& shard) {
    return shard.name == head_name ? "search/index.js"
                                   : shard_path(shard.name, shard_mark(shard.record.view));
}

SearchFiles::SearchFiles(std::vector<SearchPart> parts, const PageRecords& before, OutputStage& stage)
    : parts_(std::move(parts)), before_(before), stage_(stage) {
    for (const SearchPart& part : parts_) shards_[part.name];
    shards_[std::string(head_part)];
}

// False where one is missing or made of something else; `kept` are those that were there.
bool SearchFiles::keep(const SearchPart& part, std::vector<PublishedShard>& kept) {
    const std::string prefix = record_name(part.name, "");
    for (std::size_t i = before_.first_not_below(prefix);
         i < before_.size() && before_[i].path.starts_with(prefix); ++i) {
        PublishedShard shard{std::string(before_[i].path.substr(prefix.size())), before_[i].record};
        if (shard.record.key != part.key || !stage_.keep(path_of(shard), shard.record.output)) return false;
        kept.push_back(std::move(shard));
    }
    return !kept.empty();
}

// `kept` are in the order of their names.
PublishedShard SearchFiles::put(const SearchPart& part, SearchShard&& shard,
                                const std::vector<PublishedShard>& kept) {
    const auto same =
        std::lower_bound(kept.begin(), kept.end(), shard.name,
                         [](const PublishedShard& a, const std::string& b) { return a.name < b; });
    if (same != kept.end() && same->name == shard.name) return *same;
    PublishedShard published{std::move(shard.name), {{}, digest_of(shard.bytes), {}, part.key}};
    const PageRecord* before = before_.find(record_name(part.name, published.name));
    const std::string path = path_of(published);
    if (before && before->view == published.record.view && stage_.keep(path, before->output)) {
        published.record.output = before->output;
    } else {
        published.record.output = stage_.add(path, shard.bytes);
    }
    return published;
}

void SearchFiles::make(std::size_t number) {
    const SearchPart& part = parts_[number];
    std::vector<PublishedShard>& shards = shards_.at(part.name);
    std::vector<PublishedShard> kept;
    if (keep(part, kept)) {
        shards = std::move(kept);
        return;
    }
    part.make([&](SearchShard&& shard) { shards.push_back(put(part, std::move(shard), kept)); });
}

std::vector<SearchFiles::Record> records_of(const SearchFiles::Shards& shards) {
    std::vector<SearchFiles::Record> records;
    for (const auto& [part, files] : shards) {
        for (const PublishedShard& file : files)
            records.push_back({record_name(part, file.name), file.record});
    }
    return records;
}

std::vector<NamedShard> SearchFiles::named() const {
    std::vector<NamedShard> all;
    for (const auto& [part, shards] : shards_) {
        for (const PublishedShard& shard : shards) all.push_back({shard.name, shard_mark(shard.record.view)});
    }
    return all;
}

void SearchFiles::finish(const SiteSearch& search) {
    const SearchPart head{std::string(head_part), {}, {}};
    std::vector<NamedShard> all = named();
    std::vector<PublishedShard>& shards = shards_.at(head.name);
    for (SearchShard& directory : write_directories(all)) {
        shards.push_back(put(head, std::move(directory), {}));
        all.push_back({shards.back().name, shard_mark(shards.back().record.view)});
    }
    shards.push_back(
        put(head, {std::string(head_name), write_head(search.shape(), all, search.about())}, {}));
}

}  // namespace qunying
