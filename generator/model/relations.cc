#include "model/relations.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace qunying {
namespace {

struct Gatherer {
    std::vector<std::vector<BackLink>>& to_record;
    RecordId from;
    std::string_view field;

    void visit(const FieldValue& value) const {
        if (const auto* target = std::get_if<RecordId>(&value.content)) {
            add(*target);
        } else if (const auto* group = std::get_if<GroupValue>(&value.content)) {
            for (const FieldValue& part : group->fields) visit(part);
        } else if (const auto* list = std::get_if<ListValue>(&value.content)) {
            for (const FieldValue& item : list->items) visit(item);
        }
    }
    void add(RecordId target) const {
        if (target == no_record) return;
        auto& links = to_record[static_cast<std::size_t>(target)];
        if (links.empty() || links.back().from != from || links.back().field != field)
            links.push_back({from, field});
    }
};

void gather(const Site& site, RecordId from, Relations& relations) {
    const Record& record = site[from];
    const Kind& kind = site.kinds[record.kind];
    record.fields.each([&](std::size_t i, const FieldValue& value) {
        Gatherer{relations.to_record, from, kind.fields[i].key}.visit(value);
    });
    for (const StoryPart& part : record.story.parts) {
        if (const auto* link = std::get_if<StoryLink>(&part))
            Gatherer{relations.to_record, from, "story"}.add(link->target);
    }
}

// What conferrals are sorted by before their place in the document.
using Seniority = std::pair<int, int>;

Seniority seniority_of(const Site& site, const Conferral& conferral) {
    return {level_rank(level_of(site, conferral)), -year_of(site, conferral)};
}

// By index of the conferral. Batches are few, and one says the same of all its conferrals.
std::vector<Seniority> seniorities(const Site& site, const Relations& relations) {
    std::vector<Seniority> all(site.conferrals.size());
    for (const std::vector<std::size_t>& list : relations.in_batch) {
        if (list.empty()) continue;
        const Seniority shared = seniority_of(site, site.conferrals[list.front()]);
        for (const std::size_t index : list) all[index] = shared;
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (site.conferrals[i].batch == no_record) all[i] = seniority_of(site, site.conferrals[i]);
    }
    return all;
}

void sort_received(const Site& site, Relations& relations) {
    const std::vector<Seniority> seniority = seniorities(site, relations);
    const auto key = [&](std::size_t index) { return std::tuple(seniority[index], index); };
    for (std::vector<std::size_t>& received : relations.received)
        std::sort(received.begin(), received.end(),
                  [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
}

}  // namespace

Relations relate(const Site& site) {
    Relations relations;
    relations.to_record.resize(site.records.size());
    relations.received.resize(site.records.size());
    relations.in_batch.resize(site.records.size());
    for (std::size_t i = 0; i < site.records.size(); ++i) {
        if (site.records[i].live && site.records[i].readable)
            gather(site, static_cast<RecordId>(i), relations);
    }
    for (std::size_t i = 0; i < site.conferrals.size(); ++i) {
        const Conferral& c = site.conferrals[i];
        if (c.recipient != no_record) relations.received[static_cast<std::size_t>(c.recipient)].push_back(i);
        if (c.batch != no_record) relations.in_batch[static_cast<std::size_t>(c.batch)].push_back(i);
    }
    sort_received(site, relations);
    return relations;
}

std::vector<RecordId> Relations::pointing_to(const Site& site, RecordId target, std::string_view kind_key,
                                             std::string_view field) const {
    const auto kind = site.kinds.find(kind_key);
    std::vector<RecordId> found;
    for (const BackLink& link : to_record[static_cast<std::size_t>(target)]) {
        if (!kind || site[link.from].kind != *kind || (!field.empty() && link.field != field)) continue;
        // Links were gathered record by record, so those of one record stand together.
        if (found.empty() || found.back() != link.from) found.push_back(link.from);
    }
    return found;
}

std::string_view level_of(const Site& site, const Conferral& conferral) {
    if (conferral.batch == no_record) return conferral.claim_level;
    const RecordId award = reference_of(site, conferral.batch, "award");
    return award == no_record ? std::string_view() : choice_of(site, award, "level");
}

int level_rank(std::string_view level_key) {
    constexpr std::array<std::string_view, 5> order = {"national", "provincial", "municipal", "county",
                                                       "unit"};
    return static_cast<int>(std::find(order.begin(), order.end(), level_key) - order.begin());
}

int year_of(const Site& site, const Conferral& conferral) {
    return conferral.batch == no_record ? 0 : date_of(site, conferral.batch, "year").year;
}

}  // namespace qunying
