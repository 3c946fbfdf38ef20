#include "search/prefix_table.h"

#include <algorithm>
#include <limits>

#include "search/dense_code.h"
#include "search/script_text.h"

namespace qunying {

struct PrefixTable::Cut {
    std::string_view family;
    std::size_t limit;
};

void PrefixTable::add(std::string text, std::string letters, std::uint32_t rank, std::uint32_t number) {
    entries_.push_back({std::move(letters), std::move(text), rank, number});
}

std::string PrefixTable::write_range(std::size_t begin, std::size_t end) const {
    std::string data;
    std::string_view before;
    constexpr std::uint32_t no_rank = std::numeric_limits<std::uint32_t>::max();
    std::uint32_t rank = no_rank, next = 0;
    for (std::size_t i = begin; i < end; ++i) {
        const Entry& entry = entries_[i];
        if (i == begin || entry.text != before) {
            const auto differs =
                std::mismatch(entry.text.begin(), entry.text.end(), before.begin(), before.end()).first;
            const auto shared = std::min<std::size_t>(static_cast<std::size_t>(differs - entry.text.begin()),
                                                      dense_enders - 1);
            if (i > begin) data += '~';
            data += dense_symbols[shared];
            data += std::string_view(entry.text).substr(shared);
            before = entry.text;
            rank = no_rank;
        }
        if (entry.rank != rank) {
            data += '|';
            data += dense_symbols[entry.rank];
            rank = entry.rank;
            next = 0;
        }
        append_dense(data, entry.number - next);
        next = entry.number + 1;
    }
    return data;
}

// Ranges are in the order of their letters, so each prefix is a run.
void PrefixTable::write_cut(const Cut& cut, std::size_t begin, std::size_t end, std::size_t depth,
                            const TakeShard& take) const {
    for (std::size_t first = begin; first < end;) {
        const std::string prefix = entries_[first].letters.substr(0, depth);
        std::size_t last = first;
        while (last < end && entries_[last].letters.substr(0, depth) == prefix) ++last;
        const std::string data = write_range(first, last);
        const bool deeper = entries_[last - 1].letters.size() > depth;
        if (data.size() > cut.limit && deeper) {
            write_cut(cut, first, last, depth + 1, take);
        } else {
            const std::string name = std::string(cut.family) + "/" + prefix;
            take({name, shard_script(name, script_text(data))});
        }
        first = last;
    }
}

void PrefixTable::write(std::string_view family, std::size_t depth, std::size_t limit,
                        const TakeShard& take) {
    std::sort(entries_.begin(), entries_.end());
    entries_.erase(std::unique(entries_.begin(), entries_.end()), entries_.end());
    write_cut({family, limit}, 0, entries_.size(), depth, take);
}

}  // namespace qunying
