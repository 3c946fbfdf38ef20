#include "load/conferrals.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace qunying {
namespace {

const FieldSpec& spec_of(const Site& site, RecordId record, std::string_view key) {
    const Kind& kind = site.kind_of(record);
    return kind.fields[*kind.find(key)];
}

Conferral from_batch(const Site& site, RecordId batch, const GroupValue& row, Span where) {
    const FieldSpec& spec = spec_of(site, batch, "conferrals");
    Conferral made;
    made.batch = batch;
    made.recipient = reference_in(part_of(spec, row, "to"));
    made.grade = text_in(part_of(spec, row, "grade"));
    made.number = number_in(part_of(spec, row, "no"));
    made.post = text_in(part_of(spec, row, "post"));
    made.revoked = choice_in(spec.fields[*spec.find("state")], part_of(spec, row, "state")) == "revoked";
    made.revoked_by = text_in(part_of(spec, row, "revoked_by"));
    made.in_batch = where;
    return made;
}

Conferral from_profile(const Site& site, RecordId recipient, const GroupValue& row, Span where) {
    const FieldSpec& spec = spec_of(site, recipient, "honors");
    Conferral made;
    made.batch = reference_in(part_of(spec, row, "batch"));
    made.recipient = recipient;
    made.grade = text_in(part_of(spec, row, "grade"));
    made.number = number_in(part_of(spec, row, "no"));
    made.claim = text_in(part_of(spec, row, "claim"));
    made.claim_level = choice_in(spec.fields[*spec.find("level")], part_of(spec, row, "level"));
    made.claim_source = text_in(part_of(spec, row, "source"));
    made.in_profile = where;
    return made;
}

// Keeps what is stated; reports what is stated twice and differently.
void merge_into(Conferral& kept, const Conferral& other, Diagnostics& diagnostics) {
    const auto differ = [&](const std::string& what, const std::string& a, const std::string& b) {
        diagnostics.report(DiagnosticKind::conferral_contradiction, other.in_profile, {what, b, a},
                           {.related = kept.in_batch});
    };
    if (!kept.grade.empty() && !other.grade.empty() && kept.grade != other.grade)
        differ("等次", kept.grade, other.grade);
    if (kept.number && other.number && kept.number != other.number) {
        differ("序号", std::to_string(kept.number), std::to_string(other.number));
    }
    if (kept.grade.empty()) kept.grade = other.grade;
    if (!kept.number) kept.number = other.number;
    kept.in_profile = other.in_profile;
}

template <class Each>
void each_row(const Site& site, std::string_view kind, std::string_view field, Each each) {
    for (const RecordId id : site.of_kind(kind)) {
        for (const FieldValue& item : items_in(field_of(site, id, field))) {
            if (const GroupValue* row = group_in(item)) each(id, *row, item.span);
        }
    }
}

}  // namespace

void merge_conferrals(Site& site, Diagnostics& diagnostics) {
    std::vector<Conferral> all;
    std::map<std::pair<RecordId, RecordId>, std::size_t> known;
    each_row(site, "batch", "conferrals", [&](RecordId batch, const GroupValue& row, Span where) {
        all.push_back(from_batch(site, batch, row, where));
        if (all.back().recipient != no_record)
            known.emplace(std::pair(batch, all.back().recipient), all.size() - 1);
    });
    for (const std::string_view kind : {"person", "team", "project"}) {
        each_row(site, kind, "honors", [&](RecordId recipient, const GroupValue& row, Span where) {
            Conferral made = from_profile(site, recipient, row, where);
            const auto both =
                made.batch == no_record ? known.end() : known.find(std::pair(made.batch, recipient));
            if (both != known.end()) return merge_into(all[both->second], made, diagnostics);
            all.push_back(std::move(made));
        });
    }
    // A number beats the place in the list; what has neither comes last.
    const auto order = [](const Conferral& c) { return std::tuple(c.batch, c.number == 0, c.number); };
    std::stable_sort(all.begin(), all.end(),
                     [&](const Conferral& a, const Conferral& b) { return order(a) < order(b); });
    site.conferrals = std::move(all);
}

}  // namespace qunying
