#include "load/names.h"

#include <algorithm>

#include "base/text.h"
#include "hanzi/names.h"

namespace qunying {

void NameIndex::add(RecordId id, const Record& record) {
    by_slug_.emplace(record.slug, Known{id, record.kind});
    if (!record.title.empty()) by_title_.emplace(normal_name(record.title), Known{id, record.kind});
    const auto at = static_cast<std::size_t>(id);
    if (records_.size() <= at) records_.resize(at + 1);
    records_[at] = &record;
}

bool NameIndex::among(KindId kind, const std::vector<std::string>& targets) const {
    return targets.empty() || std::find(targets.begin(), targets.end(), kinds_[kind].key) != targets.end();
}

std::vector<NameIndex::Known> NameIndex::named(std::string_view name,
                                               const std::vector<std::string>& targets) const {
    std::vector<Known> found;
    const auto gather = [&](const auto& index, const std::string& key) {
        const auto [first, last] = index.equal_range(key);
        for (auto at = first; at != last; ++at) {
            if (among(at->second.kind, targets)) found.push_back(at->second);
        }
    };
    gather(by_slug_, std::string(name));
    if (found.empty()) gather(by_title_, normal_name(name));
    std::sort(found.begin(), found.end(), [](const Known& a, const Known& b) { return a.id < b.id; });
    return found;
}

std::string NameIndex::labels(const std::vector<std::string>& targets) const {
    std::vector<std::string> names;
    for (const std::string& key : targets) {
        if (const auto kind = kinds_.find(key)) names.push_back(kinds_[*kind].label);
    }
    if (names.empty()) return "资料";
    const std::string last = std::move(names.back());
    names.pop_back();
    return names.empty() ? last : join(names, "、") + "或" + last;
}

DiagnosticExtras NameIndex::suggest(const std::string& text, const std::string& wanted) const {
    std::vector<std::string> targets;
    for (const std::string_view target : split(wanted, ' ')) {
        if (!target.empty()) targets.emplace_back(target);
    }
    std::vector<std::string> candidates;
    std::vector<const Record*> owners;
    for (const Record* record : records_) {
        if (!record || !among(record->kind, targets)) continue;
        for (const std::string& name : {record->slug, record->title}) {
            if (!name.empty()) candidates.push_back(name), owners.push_back(record);
        }
    }
    const auto meant = nearest(text, candidates);
    if (!meant) return {};
    const auto at = std::find(candidates.begin(), candidates.end(), *meant) - candidates.begin();
    return {.meant = *meant,
            .meant_place = sources_[owners[static_cast<std::size_t>(at)]->where.source].path};
}

RecordId NameIndex::resolve(std::string_view text, const std::vector<std::string>& targets, Span where,
                            Diagnostics& diagnostics) const {
    std::string_view name = trim(text);
    std::vector<std::string> wanted = targets;
    const std::size_t colon = name.find(':');
    if (colon != std::string_view::npos) {
        const std::string_view prefix = trim(name.substr(0, colon));
        const auto kind = kinds_.find(prefix) ? kinds_.find(prefix) : kinds_.of_folder(prefix);
        if (kind) {
            name = trim(name.substr(colon + 1));
            if (!among(*kind, targets)) {
                diagnostics.report(DiagnosticKind::wrong_reference_kind, where,
                                   {kinds_[*kind].label, std::string(name), labels(targets)});
                return no_record;
            }
            wanted = {kinds_[*kind].key};
        }
    }
    const std::vector<Known> found = named(name, wanted);
    if (found.size() == 1) return found[0].id;
    if (found.empty()) {
        // A record of another kind: the author knows it by name, but it has no place here.
        const std::vector<Known> elsewhere = wanted == targets ? named(name, {}) : std::vector<Known>{};
        if (elsewhere.empty()) {
            diagnostics.report(DiagnosticKind::unknown_reference, where, {std::string(name), labels(wanted)},
                               {.meant_place = " " + join(wanted, " ")});
            return no_record;
        }
        diagnostics.report(DiagnosticKind::wrong_reference_kind, where,
                           {kinds_[elsewhere[0].kind].label, std::string(name), labels(targets)});
        return no_record;
    }
    std::vector<std::string> choices;
    for (const Known& known : found)
        choices.push_back(kinds_[known.kind].key + ":" + records_[static_cast<std::size_t>(known.id)]->slug);
    diagnostics.report(DiagnosticKind::ambiguous_reference, where,
                       {std::string(name), std::to_string(found.size()), join(choices, "、")});
    return no_record;
}

}  // namespace qunying
