#pragma once
// Spoken names in the order of their letters, cut into files by first letters: "TianJianGang" lies in p/tia.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "search/search_index.h"

namespace qunying {

class PrefixTable {
  public:
    // `text` is what is written; files are cut by `letters`, its first ones, never deeper than it is long.
    void add(std::string text, std::string letters, std::uint32_t rank, std::uint32_t number);

    // Files of one family, each of at most `limit` bytes as far as letters part them, at least `depth`
    // letters. An entry is SHARED REST |rGAPS…: SHARED says, as a dense symbol, how many bytes of the entry
    // before begin this one.
    void write(std::string_view family, std::size_t depth, std::size_t limit, const TakeShard& take);

  private:
    struct Entry {
        std::string letters, text;
        std::uint32_t rank = 0, number = 0;

        auto operator<=>(const Entry&) const = default;
    };
    struct Cut;
    std::string write_range(std::size_t begin, std::size_t end) const;
    void write_cut(const Cut& cut, std::size_t begin, std::size_t end, std::size_t depth,
                   const TakeShard& take) const;

    std::vector<Entry> entries_;
};

}  // namespace qunying
