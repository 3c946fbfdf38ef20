#include "pages/honour_view.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>

#include "base/text.h"
#include "pages/card_view.h"
#include "pages/honours.h"
#include "pages/site_characters.h"

namespace qunying {
namespace {

RecordId award_of(const Site& site, RecordId batch) {
    const RecordId award = batch == no_record ? no_record : reference_of(site, batch, "award");
    return is_shown(site, award) ? award : no_record;
}

const std::vector<FieldValue>& authorities_of(const Site& site, RecordId batch) {
    return items_of(site.kinds, site[batch], "authorities");
}

// 一, 二 … 十一, 二十: headings of a decision never go further than 99.
std::string chinese_number(std::size_t number) {
    constexpr std::array<std::string_view, 10> digits = {"",   "一", "二", "三", "四",
                                                         "五", "六", "七", "八", "九"};
    if (number >= 100) return std::to_string(number);
    std::string text;
    if (number >= 20) text += digits[number / 10];
    if (number >= 10) text += "十";
    return text + std::string(digits[number % 10]);
}

// One list of a decision: recipients of one kind and one grade.
struct RollOfHonour {
    std::string kind, title, unit;
    std::vector<std::size_t> conferrals;
};

struct ListWords {
    std::string_view kind, title, unit;
};
constexpr std::array<ListWords, 3> list_words = {
    {{"team", "先进集体", "个"}, {"person", "先进个人", "名"}, {"project", "优秀项目", "个"}}};

// Place of a grade in the award's own order; unknown ones after, none last.
std::size_t grade_place(const std::vector<std::string>& grades, const std::string& grade) {
    if (grade.empty()) return grades.size() + 1;
    return static_cast<std::size_t>(std::find(grades.begin(), grades.end(), grade) - grades.begin());
}

std::vector<RollOfHonour> lists_of(const Site& site, RecordId award, std::span<const std::size_t> all) {
    std::vector<std::string> grades;
    if (award != no_record) {
        for (const FieldValue& grade : items_of(site.kinds, site[award], "grades"))
            grades.emplace_back(text_in(grade));
    }
    std::vector<RollOfHonour> lists;
    for (const ListWords& words : list_words) {
        std::map<std::pair<std::size_t, std::string>, std::vector<std::size_t>> by_grade;
        for (const std::size_t index : all) {
            const Conferral& c = site.conferrals[index];
            if (site.kind_of(c.recipient).key == words.kind)
                by_grade[{grade_place(grades, c.grade), c.grade}].push_back(index);
        }
        for (auto& [grade, conferrals] : by_grade) {
            std::string title(words.title);
            if (!grade.second.empty()) title += "（" + grade.second + "）";
            lists.push_back({std::string(words.kind), title, std::string(words.unit), std::move(conferrals)});
        }
    }
    return lists;
}

// The unit and post as the decision words them; else what the profile says today.
std::string_view post_in(const Site& site, const Conferral& conferral) {
    if (!conferral.post.empty()) return conferral.post;
    return site.kind_of(conferral.recipient).key == "person"
               ? text_of(site, conferral.recipient, "former_post")
               : std::string_view();
}

// Two people of one name in one batch get their region, else their unit (domain.md §2.1).
std::string_view telling_apart(const Site& site, RecordId id, const std::map<std::string, int>& names) {
    if (names.at(site[id].title) < 2) return {};
    const std::string_view region = text_of(site, id, "region");
    return region.empty() ? text_of(site, id, "org") : region;
}

enum class RowDetail { line, profile };

void add_profile(const Site& site, RecordId id, Value::Map& row) {
    const bool person = site.kind_of(id).key == "person";
    row.set("quote", person ? lasting_or_none(text_of(site, id, "quote")) : Value());
    row.set("citation", person ? lasting_or_none(text_of(site, id, "citation")) : Value());
    row.set("summary", lasting_or_none(text_of(site, id, "summary")));
}

Value row_of(const Scope& scope, const Conferral& conferral, const std::map<std::string, int>& names,
             RowDetail detail) {
    const Site& site = scope.site();
    const RecordId id = conferral.recipient;
    Value::Map row(16);
    row.set("recipient", card_value(scope, id)).set("title", Value::lasting(site[id].title));
    row.set("url", url_or_none(scope, scope.context.routes.page(id)));
    row.set("note", text_or_none(note_of(site, id)));
    row.set("distinction", lasting_or_none(telling_apart(site, id, names)));
    row.set("post", lasting_or_none(post_in(site, conferral))).set("grade", lasting_or_none(conferral.grade));
    row.set("number", conferral.number > 0 ? Value::integer(conferral.number) : Value());
    row.set("region", lasting_or_none(text_of(site, id, "region")));
    row.set("deceased", is_deceased(site, id)).set("framed", is_framed(scope.context, id));
    row.set("name_length", count_code_points(site[id].title));
    row.set("plain_face", is_plain_face(scope.context, site[id].title));
    if (detail == RowDetail::profile) add_profile(site, id, row);
    return std::move(row).build();
}

Value group_of(const Scope& scope, const RollOfHonour& list, std::string_view ordinal,
               const std::map<std::string, int>& names, RowDetail detail) {
    std::vector<Value> rows;
    for (const std::size_t index : list.conferrals)
        rows.push_back(row_of(scope, scope.site().conferrals[index], names, detail));
    Value::Map group;
    group.set("heading", fmt::format("{}{}（{}{}）", ordinal, list.title, rows.size(), list.unit));
    group.set("title", list.title).set("kind", list.kind).set("count", rows.size());
    group.set("rows", std::move(rows));
    return std::move(group).build();
}

std::map<std::string, int> count_names(const Site& site, std::span<const std::size_t> conferrals) {
    std::map<std::string, int> names;
    for (const std::size_t index : conferrals) ++names[site[site.conferrals[index].recipient].title];
    return names;
}

Value regions_of(const Site& site, std::span<const std::size_t> conferrals) {
    std::map<std::string, int, std::less<>> counts;
    for (const std::size_t index : conferrals)
        ++counts[std::string(text_of(site, site.conferrals[index].recipient, "region"))];
    std::vector<Value> all;
    for (const Region& region : site.settings.regions) {
        const auto found = counts.find(region.name);
        if (found == counts.end()) continue;
        Value::Map map;
        map.set("region", Value::lasting(region.name)).set("count", found->second);
        all.push_back(std::move(map).build());
    }
    return Value::list(std::move(all));
}

std::vector<RecordId> batches_of(const Scope& scope, RecordId award) {
    std::vector<RecordId> all = scope.context.relations.pointing_to(scope.site(), award, "batch", "award");
    std::erase_if(all, [&](RecordId id) { return !is_shown(scope.site(), id); });
    const auto& rank = scope.context.index.rank;
    std::sort(all.begin(), all.end(), [&](RecordId a, RecordId b) {
        return rank[static_cast<std::size_t>(a)] < rank[static_cast<std::size_t>(b)];
    });
    return all;
}

Value groups_of(const Scope& scope, RecordId batch, RowDetail detail) {
    const std::span<const std::size_t> conferrals = scope.context.index.conferrals_in(batch);
    const auto names = count_names(scope.site(), conferrals);
    const std::vector<RollOfHonour> lists = lists_of(scope.site(), award_of(scope.site(), batch), conferrals);
    std::vector<Value> groups;
    for (std::size_t i = 0; i < lists.size(); ++i) {
        const std::string ordinal = lists.size() > 1 ? chinese_number(i + 1) + "、" : std::string();
        groups.push_back(group_of(scope, lists[i], ordinal, names, detail));
    }
    return Value::list(std::move(groups));
}

}  // namespace

Value booklet_groups(const Scope& scope, RecordId batch) {
    return groups_of(scope, batch, RowDetail::profile);
}

BatchHonour honour_of_batch(const Scope& scope, RecordId batch) {
    const Site& site = scope.site();
    const RecordId award = award_of(site, batch);
    const auto& authorities = authorities_of(site, batch);
    const int year = date_of(site, batch, "year").year;
    Conferral any;
    any.batch = batch;
    BatchHonour honour;
    honour.title = Value::lasting(award != no_record ? site[award].title : site[batch].title);
    honour.level = shared_level(scope.context, level_of(site, any));
    honour.year = year == 0 ? Value() : Value::integer(year);
    honour.award = card_value(scope, award);
    honour.batch = card_value(scope, batch);
    honour.authorities = texts(authorities);
    honour.authority = text_or_none(joined_texts(authorities, "、"));
    honour.doc_no = lasting_or_none(text_of(site, batch, "doc_no"));
    honour.date = date_value(date_of(site, batch, "date"));
    return honour;
}

Value honour_value(const Scope& scope, const Conferral& conferral) {
    const Site& site = scope.site();
    const bool claim = conferral.batch == no_record;
    BatchHonour part;
    if (claim) {
        part.title = Value::lasting(conferral.claim);
        part.level = shared_level(scope.context, level_of(site, conferral));
        part.authorities = Value::list({});
    } else {
        const SharedViews* shared = scope.context.shared;
        const bool made = shared && scope.root == "../" && shared->honours.count(conferral.batch) > 0;
        part = made ? shared->honours.at(conferral.batch) : honour_of_batch(scope, conferral.batch);
    }
    Value::Map honour(16);
    honour.set("title", part.title).set("grade", lasting_or_none(conferral.grade));
    honour.set("level", part.level).set("year", part.year).set("award", part.award);
    honour.set("batch", part.batch).set("authorities", part.authorities).set("authority", part.authority);
    honour.set("doc_no", part.doc_no).set("date", part.date).set("claim", claim);
    honour.set("source", lasting_or_none(conferral.claim_source));
    honour.set("post", lasting_or_none(conferral.post));
    return std::move(honour).build();
}

void set_honours(const Scope& scope, RecordId recipient, Value::Map& map) {
    std::vector<Value> honours;
    for (const std::size_t index : shown_honours(scope.site(), scope.context.relations, recipient))
        honours.push_back(honour_value(scope, scope.site().conferrals[index]));
    map.set("highest", honours.empty() ? Value() : honours.front());
    map.set("honors", std::move(honours));
}

void set_batch(const Scope& scope, RecordId batch, Value::Map& map) {
    const Site& site = scope.site();
    const RecordId award = award_of(site, batch);
    const std::span<const std::size_t> conferrals = scope.context.index.conferrals_in(batch);
    std::vector<RecordId> others = award == no_record ? std::vector<RecordId>{} : batches_of(scope, award);
    std::erase(others, batch);
    const int year = date_of(site, batch, "year").year;
    map.set("award_card", card_value(scope, award));
    map.set("award_level",
            award == no_record ? Value() : shared_level(scope.context, choice_of(site, award, "level")));
    map.set("authority", text_or_none(joined_texts(authorities_of(site, batch), "、")));
    map.set("year_number", year == 0 ? Value() : Value::integer(year));
    map.set("order_label", "（" + std::string(order_label(batch_order(site, batch))) + "）");
    map.set("total", conferrals.size()).set("groups", groups_of(scope, batch, RowDetail::line));
    map.set("booklet_url", url_or_none(scope, booklet_of(site, scope.context.routes, batch)));
    map.set("same_award", cards_of(scope, others)).set("regions", regions_of(site, conferrals));
}

void set_award(const Scope& scope, RecordId award, Value::Map& map) {
    const Site& site = scope.site();
    std::vector<Value> batches;
    for (const RecordId batch : batches_of(scope, award)) {
        const int year = date_of(site, batch, "year").year;
        Value::Map row;
        row.set("batch", card_value(scope, batch)).set("year", year == 0 ? Value() : Value::integer(year));
        row.set("count", scope.context.index.conferrals_in(batch).size());
        row.set("authority", text_or_none(joined_texts(authorities_of(site, batch), "、")));
        batches.push_back(std::move(row).build());
    }
    map.set("batches", std::move(batches));
}

}  // namespace qunying
