// Births, work, deaths (domain: rules 6 and 8).
#include <algorithm>
#include <array>

#include "base/text.h"
#include "rules/consent_view.h"
#include "rules/rule_list.h"

namespace qunying {
namespace {

// Years from `from` to `to`, as far as both are stated: the largest number that the dates allow.
int most_years_between(PartialDate from, PartialDate to) {
    const PartialDate begin = earliest_day(from), end = latest_day(to);
    const bool before_birthday = PartialDate{0, end.month, end.day} < PartialDate{0, begin.month, begin.day};
    return end.year - begin.year - (before_birthday ? 1 : 0);
}

struct Life {
    const Site& site;
    RecordId person;

    const FieldValue& field(std::string_view key) const { return field_of(site, person, key); }
    PartialDate date(std::string_view key) const { return date_of(site, person, key); }
};

// Reports when fewer than `years` lie between birth and `key`.
void check_age(const Life& life, std::string_view key, int years, DiagnosticKind kind,
               Diagnostics& diagnostics) {
    const PartialDate birth = life.date("birth"), then = life.date(key);
    if (!birth.year || !then.year || most_years_between(birth, then) >= years) return;
    diagnostics.report(kind, life.field(key).span, {chinese_date(then), chinese_date(birth)},
                       {.related = life.field("birth").span});
}

void check_dates(const Life& life, Diagnostics& diagnostics) {
    check_age(life, "work_since", 10, DiagnosticKind::work_too_young, diagnostics);
    check_age(life, "party_since", 18, DiagnosticKind::party_too_young, diagnostics);
    const PartialDate work = life.date("work_since"), retired = life.date("retired_on");
    if (work.year && retired.year && latest_day(retired) < earliest_day(work)) {
        diagnostics.report(DiagnosticKind::retired_before_work, life.field("retired_on").span,
                           {chinese_date(retired), chinese_date(work)},
                           {.related = life.field("work_since").span});
    }
}

// Words that speak of somebody as living.
constexpr std::array<std::string_view, 8> present_words = {"现任",   "健在",   "至今仍", "如今仍",
                                                           "目前仍", "现在仍", "现居",   "仍坚持"};

void check_tense(const RuleInput& input, RecordId person, Diagnostics& diagnostics) {
    const Record& record = input.site[person];
    if (!record.story.span.known() || !input.sources[record.story.span.source].loaded) return;
    const std::string_view body =
        std::string_view(input.sources[record.story.span.source].text)
            .substr(record.story.span.begin, record.story.span.end - record.story.span.begin);
    for (const std::string_view word : present_words) {
        const std::size_t at = body.find(word);
        if (at == std::string_view::npos) continue;
        const auto begin = record.story.span.begin + static_cast<std::uint32_t>(at);
        diagnostics.report(DiagnosticKind::deceased_present_tense,
                           {record.story.span.source, begin, begin + static_cast<std::uint32_t>(word.size())},
                           {record.title, std::string(word)});
    }
}

void check_death(const RuleInput& input, RecordId person, Diagnostics& diagnostics) {
    const Site& site = input.site;
    const std::string& name = site[person].title;
    const std::string_view life = choice_of(site, person, "life");
    const FieldValue& stated = field_of(site, person, "life");
    const FieldValue& died = field_of(site, person, "died");
    if (life == "unknown") diagnostics.report(DiagnosticKind::life_unknown_public, stated.span, {name});
    if (life != "deceased") {
        if (died.present() && !life.empty())
            diagnostics.report(DiagnosticKind::life_contradiction, stated.span,
                               {name, life == "living" ? "在世" : "不详"}, {.related = died.span});
        return;
    }
    if (!died.present() && died.key_span == Span{})
        diagnostics.report(DiagnosticKind::deceased_without_date, stated.span, {name});
    const ConsentView consent = consent_of(site, person);
    if (consent.given && consent.basis == "self")
        diagnostics.report(DiagnosticKind::deceased_without_kin, consent.span, {name},
                           {.related = stated.span});
    check_tense(input, person, diagnostics);
}

}  // namespace

// As the choices of `life` have it, wherever it stands.
bool tells_of_a_death(std::string_view front) {
    for (const std::string_view word : {"已故", "去世", "逝世"}) {
        if (front.find(word) != std::string_view::npos) return true;
    }
    return ascii_lower(front).find("deceased") != std::string::npos;
}

bool speaks_of_the_living(std::string_view story) {
    return std::any_of(present_words.begin(), present_words.end(),
                       [&](std::string_view word) { return story.find(word) != std::string_view::npos; });
}

// 6 E: the dead have a date and a decision of the family. W: they are not spoken of as living.
void check_deaths(const RuleInput& input, Diagnostics& diagnostics) {
    for (const RecordId person : input.site.of_kind("person")) {
        if (is_meant_for_publication(input.site, person)) check_death(input, person, diagnostics);
    }
}

// 8 E/W: the dates of a life follow one another.
void check_life_dates(const RuleInput& input, Diagnostics& diagnostics) {
    for (const RecordId person : input.site.of_kind("person")) {
        if (is_meant_for_publication(input.site, person)) check_dates({input.site, person}, diagnostics);
    }
}

}  // namespace qunying
