#include "model/site.h"

#include <algorithm>

namespace qunying {

std::vector<RecordId> Site::of_kind(KindId kind) const {
    std::vector<RecordId> found;
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (records[i].kind == kind && records[i].live && records[i].readable)
            found.push_back(static_cast<RecordId>(i));
    }
    return found;
}

std::vector<RecordId> Site::of_kind(std::string_view kind_key) const {
    const auto kind = kinds.find(kind_key);
    return kind ? of_kind(*kind) : std::vector<RecordId>{};
}

std::optional<RecordId> Site::find(KindId kind, std::string_view slug) const {
    const auto before = [](const Record& record, const std::pair<KindId, std::string_view>& wanted) {
        return record.kind != wanted.first ? record.kind < wanted.first : record.slug < wanted.second;
    };
    const auto at = std::lower_bound(records.begin(), records.end(), std::pair(kind, slug), before);
    if (at == records.end() || at->kind != kind || at->slug != slug) return std::nullopt;
    return static_cast<RecordId>(at - records.begin());
}

}  // namespace qunying
