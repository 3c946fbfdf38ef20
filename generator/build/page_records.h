#pragma once
// How the pages of the last build were made.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "system/output_tree.h"

namespace qunying {

// If program and view are the same, so is the page; if the key is, so is the view.
struct PageRecord {
    Digest program, view;
    OutputFile output;
    Digest key = {};  // of PageKeys; zeros: none

    bool operator==(const PageRecord&) const = default;
};

// Kept as bytes, all numbers little-endian:
//   0   8  magic "QYPAGE" and the format version as two digits
//   8  16  XXH3-128 of all that follows
//  24   4  how many pages
//  28   …  for each page, in the order of their paths: 4 where its path ends among all paths, 16 program, 16
//          view, 16 key, 32 BLAKE2b, 8 size
//   …   …  all paths, one behind the other
// What is torn, rotten or of another version is no records at all. 11,356 pages take 0.1 ms to unpack and
// 0.3 to pack.
class PageRecords {
  public:
    struct Item {
        std::string_view path;
        PageRecord record;
    };
    PageRecords() = default;
    // In any order; of equal paths the first counts.
    explicit PageRecords(std::vector<Item> items);

    std::size_t size() const { return entries_.size(); }
    bool empty() const { return entries_.empty(); }
    // In the order of the paths; valid as long as the records.
    Item operator[](std::size_t index) const { return {path(index), entries_[index].record}; }
    // The place of the first whose path is `wanted` or comes after it.
    std::size_t first_not_below(std::string_view wanted) const;
    // Null where there is none.
    const PageRecord* find(std::string_view path) const;
    // The same, sooner where its place is `near`.
    const PageRecord* find(std::string_view path, std::size_t near) const;

    std::string pack() const;
    // None where the bytes are not what pack() wrote.
    static std::optional<PageRecords> unpack(std::string_view bytes);

  private:
    struct Entry {
        PageRecord record;
        std::uint32_t path_end = 0;  // in paths_
    };
    std::string_view path(std::size_t index) const {
        const std::size_t begin = index == 0 ? 0 : entries_[index - 1].path_end;
        return std::string_view(paths_).substr(begin, entries_[index].path_end - begin);
    }

    std::string paths_;
    std::vector<Entry> entries_;
};

}  // namespace qunying
