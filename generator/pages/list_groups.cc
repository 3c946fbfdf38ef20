#include "pages/list_groups.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace qunying {
namespace {

// Groups sort by `place`; within a group the site's order stays.
struct Division {
    std::int64_t place = 0;
    std::string title;

    auto operator<=>(const Division&) const = default;
};

constexpr std::int64_t last_place = 1'000'000;

Division heading_of_choice(const FieldSpec& spec, const FieldValue& value) {
    const auto* choice = std::get_if<ChoiceValue>(&value.content);
    if (!choice) return {last_place, "其他"};
    return {static_cast<std::int64_t>(choice->index), spec.choices[choice->index].label};
}

Division heading_of_year(PartialDate date) {
    if (date.year == 0) return {last_place, "年份不详"};
    return {-date.year, fmt::format("{}年", date.year)};
}

class ListGrouper {
  public:
    ListGrouper(const Site& site, const SiteIndex& index) : site_(site), index_(index) {}

    std::vector<Division> headings(RecordId id) const {
        const std::string& kind = site_.kind_of(id).key;
        if (kind == "event" || kind == "video" || kind == "album" || kind == "oral")
            return {heading_of_year(date_of(site_, id, "date"))};
        if (kind == "batch") return {heading_of_year(date_of(site_, id, "year"))};
        if (kind == "coverage") return by_choice(id, "outlet_level");
        if (kind == "award") return by_choice(id, "level");
        if (kind == "team" || kind == "base") return by_choice(id, "kind");
        if (kind == "lecture") return is_offered(id) ? by_choice(id, "audience") : std::vector<Division>{};
        if (kind == "stat") return {by_subject(id)};
        return {{0, ""}};
    }

  private:
    // Nobody can book a lecturer who has died.
    bool is_offered(RecordId lecture) const {
        const RecordId lecturer = reference_of(site_, lecture, "lecturer");
        return lecturer == no_record || !site_[lecturer].live || site_.kind_of(lecturer).key != "person" ||
               choice_of(site_, lecturer, "life") != "deceased";
    }

    std::vector<Division> by_choice(RecordId id, std::string_view key) const {
        const Kind& kind = site_.kind_of(id);
        const FieldSpec& spec = kind.fields[*kind.find(key)];
        const FieldValue& value = field_of(site_, id, key);
        if (items_in(value).empty()) return {heading_of_choice(spec, value)};
        std::vector<Division> all;
        for (const FieldValue& item : items_in(value)) {
            Division heading = heading_of_choice(spec, item);
            if (std::find(all.begin(), all.end(), heading) == all.end()) all.push_back(std::move(heading));
        }
        return all;
    }

    // In the order of kinds, then as the subjects stand in their own lists.
    Division by_subject(RecordId id) const {
        for (const FieldValue& item : items_of(site_.kinds, site_[id], "about")) {
            const RecordId about = reference_in(item);
            if (about == no_record || !site_[about].live) continue;
            const auto kind = static_cast<std::int64_t>(site_[about].kind);
            const auto rank = static_cast<std::int64_t>(index_.rank[static_cast<std::size_t>(about)]);
            return {1 + kind * last_place + rank, site_[about].title};
        }
        return {0, std::string(text_of(site_, id, "scope"))};
    }

    const Site& site_;
    const SiteIndex& index_;
};

}  // namespace

void group_lists(const Site& site, SiteIndex& index) {
    const ListGrouper grouper(site, index);
    index.lists.resize(index.by_kind.size());
    for (std::size_t kind = 0; kind < index.by_kind.size(); ++kind) {
        std::map<Division, std::vector<RecordId>> groups;
        for (const RecordId id : index.by_kind[kind]) {
            for (const Division& heading : grouper.headings(id)) groups[heading].push_back(id);
        }
        for (auto& [heading, items] : groups)
            index.lists[kind].push_back({groups.size() > 1 ? heading.title : "", std::move(items)});
    }
}

}  // namespace qunying
