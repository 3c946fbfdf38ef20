#include "build/search_files.h"

#include <algorithm>

namespace qunying {
namespace {

constexpr std::string_view head_part = "search/head";
constexpr std::string_view head_name = "index";

// Hands on the files that name all others; `put` says how each was published.
template <class Put>
void for_each_of_head(const SiteSearch& search, const SearchFiles::Shards& shards, Put put) {
    std::vector<NamedShard> all;
    for (const auto& [part, files] : shards) {
        for (const PublishedShard& file : files) all.push_back({file.name, shard_mark(file.record.view)});
    }
    for (SearchShard& directory : write_directories(all)) {
        const PublishedShard published = put(std::move(directory));
        all.push_back({published.name, shard_mark(published.record.view)});
    }
    put({std::string(head_name), write_head(search.shape(), all, search.about())});
}

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

void SearchFiles::finish(const SiteSearch& search) {
    const SearchPart head{std::string(head_part), {}, {}};
    std::vector<PublishedShard>& shards = shards_.at(head.name);
    for_each_of_head(search, shards_, [&](SearchShard&& shard) {
        shards.push_back(put(head, std::move(shard), {}));
        return shards.back();
    });
}

void ShardPress::add(const std::string& part, SearchShard&& shard) {
    PublishedShard published{std::move(shard.name), {{}, digest_of(shard.bytes), {}, {}}};
    const std::string path = path_of(published);
    published.record.output = stage_.add(path, shard.bytes);
    fresh_.insert(path);
    shards_[part].push_back(std::move(published));
}

void ShardPress::remake(const SearchPart& part) {
    shards_[part.name].clear();
    part.make([&](SearchShard&& shard) { add(part.name, std::move(shard)); });
}

void ShardPress::rewrite_head(const SiteSearch& search) {
    const std::string head(head_part);
    shards_[head].clear();
    for_each_of_head(search, shards_, [&](SearchShard&& shard) {
        add(head, std::move(shard));
        return shards_[head].back();
    });
}

std::set<std::string> shard_paths(const SearchFiles::Shards& shards) {
    std::set<std::string> paths;
    for (const auto& [part, files] : shards) {
        for (const PublishedShard& file : files) paths.insert(path_of(file));
    }
    return paths;
}

}  // namespace qunying
