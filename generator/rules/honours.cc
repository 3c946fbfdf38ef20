// Awards, batches and conferrals (domain: rules 1, 2, 3, 8, 12, 13, 16).
#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "base/text.h"
#include "rules/rule_list.h"

namespace qunying {
namespace {

const FieldSpec& spec_of(const Site& site, RecordId record, std::string_view key) {
    const Kind& kind = site.kind_of(record);
    return kind.fields[*kind.find(key)];
}

std::string level_label(const Site& site, RecordId award) {
    const FieldSpec& spec = spec_of(site, award, "level");
    const auto* choice = std::get_if<ChoiceValue>(&field_of(site, award, "level").content);
    return choice ? spec.choices[choice->index].label : "";
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

bool contains_any(std::string_view text, std::initializer_list<std::string_view> parts) {
    return std::any_of(parts.begin(), parts.end(),
                       [text](std::string_view part) { return contains(text, part); });
}

// How senior an authority is by its name, as a level rank; -1 when the name does not tell.
int authority_rank(std::string_view name) {
    if (contains_any(name, {"中央", "中共中央", "国务院", "中组部", "全国", "国家"}) ||
        name.starts_with("中国"))
        return 0;
    if (contains_any(name, {"省", "自治区", "兵团"})) return 1;
    if (contains_any(name, {"北京市", "上海市", "天津市", "重庆市"})) return 1;
    if (contains_any(name, {"市委", "市政府", "市人民政府", "市老", "市"}))
        return contains(name, "市") && contains(name, "区委") ? 3 : 2;
    if (contains_any(name, {"县", "区委", "区政府", "区人民政府"})) return 3;
    return -1;
}

// What tells people of a batch apart: name, region and unit.
using Distinction = std::tuple<std::string_view, std::string_view, std::string_view>;

Distinction distinction_of(const Site& site, RecordId id) {
    return {site[id].title, text_of(site, id, "region"), text_of(site, id, "org")};
}

}  // namespace

// 1 E: an honour on a profile names its batch, or quotes a text. W: one that quotes a text only.
void check_conferrals_have_batches(const RuleInput& input, Diagnostics& diagnostics) {
    const Site& site = input.site;
    for (const Conferral& c : site.conferrals) {
        const bool published = c.recipient != no_record && is_meant_for_publication(site, c.recipient);
        if (!published || c.batch != no_record || !c.in_profile.known()) continue;
        if (!c.claim.empty()) {
            diagnostics.report(DiagnosticKind::honor_without_batch, c.in_profile, {c.claim});
            continue;
        }
        // A batch that was named but not found has been reported with the reference.
        const FieldSpec& spec = spec_of(site, c.recipient, "honors");
        for (const FieldValue& item : items_in(field_of(site, c.recipient, "honors"))) {
            const GroupValue* row = group_in(item);
            if (row && item.span == c.in_profile && !part_of(spec, *row, "batch").present() &&
                part_of(spec, *row, "batch").key_span == Span{}) {
                diagnostics.report(DiagnosticKind::conferral_without_batch, c.in_profile);
            }
        }
    }
}

// 1 W: the most senior authority is not junior to the award's level (市委 gives no 国家级).
void check_levels_fit_authorities(const RuleInput& input, Diagnostics& diagnostics) {
    const Site& site = input.site;
    for (const RecordId batch : site.of_kind("batch")) {
        const RecordId award = reference_of(site, batch, "award");
        if (award == no_record || !is_meant_for_publication(site, batch)) continue;
        const int level = level_rank(choice_of(site, award, "level"));
        int best = 9;
        const FieldValue* named = nullptr;
        for (const FieldValue& authority : items_in(field_of(site, batch, "authorities"))) {
            const int rank = authority_rank(text_in(authority));
            if (rank < 0) return;
            if (rank < best) best = rank, named = &authority;
        }
        if (named && level < 4 && best > level) {
            diagnostics.report(DiagnosticKind::level_unlike_authority, named->span,
                               {level_label(site, award), std::string(text_in(*named))});
        }
    }
}

// 2 W: 全国/中国/中华/国家 in a name below national level, unless the authority's own name begins so (the
// negative list of 评选评奖 forbids such names without approval).
void check_national_words(const RuleInput& input, Diagnostics& diagnostics) {
    const Site& site = input.site;
    for (const RecordId award : site.of_kind("award")) {
        const std::string_view level = choice_of(site, award, "level");
        if (level.empty() || level == "national" || !is_meant_for_publication(site, award)) continue;
        for (const std::string_view word : {"全国", "中国", "中华", "国家"}) {
            if (!contains(site[award].title, word)) continue;
            bool own_name = false;
            for (const RecordId batch : input.relations.pointing_to(site, award, "batch", "award")) {
                for (const FieldValue& authority : items_in(field_of(site, batch, "authorities"))) {
                    own_name = own_name || text_in(authority).starts_with(word);
                }
            }
            if (own_name) continue;
            diagnostics.report(DiagnosticKind::national_word_in_name, site[award].title_span,
                               {std::string(word), level_label(site, award)});
            break;
        }
    }
}

// 3 W: 老干部工作先进… is for bureaus and staff, 离退休干部先进… for retirees; anything between is asked
// about.
void check_award_names(const RuleInput& input, Diagnostics& diagnostics) {
    const Site& site = input.site;
    for (const RecordId award : site.of_kind("award")) {
        if (!is_meant_for_publication(site, award)) continue;
        const std::string& name = site[award].title;
        const std::string_view target = choice_of(site, award, "target");
        const bool neither = contains_any(name, {"老干部先进", "老干部优秀"});
        const bool for_staff = contains(name, "老干部工作先进") || contains(name, "老干部工作者");
        const bool for_retirees = contains(name, "离退休干部先进");
        const Span where = site[award].title_span;
        if (neither) diagnostics.report(DiagnosticKind::doubtful_award_name, where, {name});
        if (for_staff && target == "retirees")
            diagnostics.report(DiagnosticKind::award_target_unlike_name, where, {name, "老干部工作者或部门"});
        if (for_retirees && target == "staff")
            diagnostics.report(DiagnosticKind::award_target_unlike_name, where, {name, "离退休干部"});
    }
}

// 8 W: no batch before the award's first year.
void check_conferral_years(const RuleInput& input, Diagnostics& diagnostics) {
    const Site& site = input.site;
    for (const RecordId batch : site.of_kind("batch")) {
        const RecordId award = reference_of(site, batch, "award");
        if (award == no_record || !is_meant_for_publication(site, batch)) continue;
        const int first = date_of(site, award, "since").year, year = date_of(site, batch, "year").year;
        if (first == 0 || year == 0 || year >= first) continue;
        diagnostics.report(DiagnosticKind::conferral_before_award, field_of(site, batch, "year").span,
                           {std::to_string(year), std::to_string(first)},
                           {.related = field_of(site, award, "since").span});
    }
}

// 12 E: the list is as long as the decision says.
void check_quotas(const RuleInput& input, Diagnostics& diagnostics) {
    const Site& site = input.site;
    for (const RecordId batch : site.of_kind("batch")) {
        const FieldValue& quota = field_of(site, batch, "quota");
        if (!quota.present() || !is_meant_for_publication(site, batch)) continue;
        const std::size_t listed = input.relations.in_batch[static_cast<std::size_t>(batch)].size();
        if (static_cast<std::size_t>(number_in(quota)) == listed) continue;
        diagnostics.report(DiagnosticKind::quota_mismatch, quota.span,
                           {std::to_string(number_in(quota)), std::to_string(listed)});
    }
}

// 13 W: two of one name in a batch are told apart by region or unit; nobody stands there twice.
void check_same_names(const RuleInput& input, Diagnostics& diagnostics) {
    const Site& site = input.site;
    for (const RecordId batch : site.of_kind("batch")) {
        if (!is_meant_for_publication(site, batch)) continue;
        std::map<Distinction, const Conferral*> seen;
        for (const std::size_t index : input.relations.in_batch[static_cast<std::size_t>(batch)]) {
            const Conferral& c = site.conferrals[index];
            if (c.recipient == no_record) continue;
            const auto [at, fresh] = seen.emplace(distinction_of(site, c.recipient), &c);
            if (fresh) continue;
            const Span here = c.in_batch.known() ? c.in_batch : c.in_profile;
            const Span there = at->second->in_batch.known() ? at->second->in_batch : at->second->in_profile;
            const bool same = at->second->recipient == c.recipient;
            diagnostics.report(same ? DiagnosticKind::recipient_twice : DiagnosticKind::same_name_in_batch,
                               here, {site[c.recipient].title}, {.related = there});
        }
    }
}

// 16 E: a revoked honour stands in no public list: its ground is stated and no profile claims it any more.
void check_revocations(const RuleInput& input, Diagnostics& diagnostics) {
    for (const Conferral& c : input.site.conferrals) {
        if (!c.revoked || !is_meant_for_publication(input.site, c.batch)) continue;
        if (c.in_profile.known()) {
            diagnostics.report(DiagnosticKind::revoked_conferral, c.in_profile, {"资料里却仍然列着"},
                               {.related = c.in_batch});
        } else if (c.revoked_by.empty()) {
            diagnostics.report(DiagnosticKind::revoked_conferral, c.in_batch, {"却没有写明依据"});
        }
    }
}

}  // namespace qunying
