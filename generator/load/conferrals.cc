#include "load/conferrals.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

namespace qunying {
namespace {

// A list of conferrals in the table of kinds, with the place of each part looked up once.
struct Rows {
    Rows(const Site& site, std::string_view kind_key, std::string_view key)
        : kind(site.kinds.must(kind_key)),
          field(*site.kinds[kind].find(key)),
          spec(site.kinds[kind].fields[field]) {}

    std::size_t place(std::string_view key) const { return *spec.find(key); }

    template <class Each>
    void each(const Site& site, Each each) const {
        for (const RecordId id : site.of_kind(kind)) {
            for (const FieldValue& item : items_in(site[id].fields[field])) {
                if (const GroupValue* row = group_in(item)) each(id, row->fields, item.span);
            }
        }
    }

    KindId kind;
    std::size_t field;
    const FieldSpec& spec;
};

struct BatchRows : Rows {
    explicit BatchRows(const Site& site) : Rows(site, "batch", "conferrals") {}

    std::size_t to = place("to"), grade = place("grade"), number = place("no"), post = place("post"),
                state = place("state"), revoked_by = place("revoked_by");
    const FieldSpec& states = spec.fields[state];
};

struct ProfileRows : Rows {
    ProfileRows(const Site& site, std::string_view kind_key) : Rows(site, kind_key, "honors") {}

    std::size_t batch = place("batch"), grade = place("grade"), number = place("no"), claim = place("claim"),
                level = place("level"), source = place("source");
    const FieldSpec& levels = spec.fields[level];
};

Conferral from_batch(const BatchRows& rows, RecordId batch, const FieldTable& row, Span where) {
    Conferral made;
    made.batch = batch;
    made.recipient = reference_in(row[rows.to]);
    made.grade = text_in(row[rows.grade]);
    made.number = number_in(row[rows.number]);
    made.post = text_in(row[rows.post]);
    made.revoked = choice_in(rows.states, row[rows.state]) == "revoked";
    made.revoked_by = text_in(row[rows.revoked_by]);
    made.in_batch = where;
    return made;
}

Conferral from_profile(const ProfileRows& rows, RecordId recipient, const FieldTable& row, Span where) {
    Conferral made;
    made.batch = reference_in(row[rows.batch]);
    made.recipient = recipient;
    made.grade = text_in(row[rows.grade]);
    made.number = number_in(row[rows.number]);
    made.claim = text_in(row[rows.claim]);
    made.claim_level = choice_in(rows.levels, row[rows.level]);
    made.claim_source = text_in(row[rows.source]);
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

// The conferrals that batches list, by batch and recipient; of two for one the first counts.
class Listed {
  public:
    explicit Listed(const std::vector<Conferral>& all) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (all[i].recipient != no_record) places_.push_back({{all[i].batch, all[i].recipient}, i});
        }
        std::sort(places_.begin(), places_.end());
    }
    std::optional<std::size_t> find(RecordId batch, RecordId recipient) const {
        const Place wanted{{batch, recipient}, 0};
        const auto at = std::lower_bound(places_.begin(), places_.end(), wanted);
        if (at == places_.end() || at->first != wanted.first) return std::nullopt;
        return at->second;
    }

  private:
    using Place = std::pair<std::pair<RecordId, RecordId>, std::size_t>;
    std::vector<Place> places_;
};

// A number beats the place in the list; what has neither comes last. A conferral is ten times as long as what
// it is sorted by.
std::vector<Conferral> in_order(std::vector<Conferral> all) {
    std::vector<std::tuple<RecordId, bool, std::int64_t, std::size_t>> order;
    order.reserve(all.size());
    for (std::size_t i = 0; i < all.size(); ++i)
        order.emplace_back(all[i].batch, all[i].number == 0, all[i].number, i);
    if (std::is_sorted(order.begin(), order.end())) return all;
    std::sort(order.begin(), order.end());
    std::vector<Conferral> sorted;
    sorted.reserve(all.size());
    for (const auto& each : order) sorted.push_back(std::move(all[std::get<3>(each)]));
    return sorted;
}

}  // namespace

void merge_conferrals(Site& site, Diagnostics& diagnostics) {
    std::vector<Conferral> all;
    const BatchRows batches(site);
    batches.each(site, [&](RecordId batch, const FieldTable& row, Span where) {
        all.push_back(from_batch(batches, batch, row, where));
    });
    const Listed listed(all);
    for (const std::string_view kind : {"person", "team", "project"}) {
        const ProfileRows rows(site, kind);
        rows.each(site, [&](RecordId recipient, const FieldTable& row, Span where) {
            Conferral made = from_profile(rows, recipient, row, where);
            const auto both = listed.find(made.batch, recipient);
            if (both) return merge_into(all[*both], made, diagnostics);
            all.push_back(std::move(made));
        });
    }
    site.conferrals = in_order(std::move(all));
}

}  // namespace qunying
