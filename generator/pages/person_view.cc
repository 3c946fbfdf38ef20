// People and teams: honours, membership, and the rails that say why somebody else is shown.
#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "hanzi/rare.h"
#include "pages/card_view.h"
#include "pages/exhibits.h"
#include "pages/field_view.h"
#include "pages/honour_view.h"
#include "pages/honours.h"
#include "pages/record_view.h"

namespace qunying {
namespace {

constexpr std::size_t rail_length = 6;

struct Membership {
    RecordId team = no_record;
    std::string_view role;  // of the Site, or a literal
};

std::vector<Membership> memberships_of(const Site& site, RecordId person) {
    const Kind& kind = site.kind_of(person);
    const FieldSpec& spec = kind.fields[*kind.find("teams")];
    std::vector<Membership> all;
    for (const FieldValue& item : items_of(site.kinds, site[person], "teams")) {
        const GroupValue* group = group_in(item);
        if (!group) continue;
        const RecordId team = reference_in(part_of(spec, *group, "team"));
        if (is_shown(site, team)) all.push_back({team, text_in(part_of(spec, *group, "role"))});
    }
    return all;
}

// What the profile says, and the teams that name the person as leader.
std::vector<Membership> teams_of(const PageContext& context, RecordId person) {
    std::vector<Membership> all = memberships_of(context.site, person);
    for (const RecordId team : records_about(context, person, "team", "leader")) {
        const auto listed =
            std::any_of(all.begin(), all.end(), [&](const Membership& m) { return m.team == team; });
        if (!listed) all.push_back({team, "负责人"});
    }
    return all;
}

Value rail(const Scope& scope, std::string_view reason, RecordId shared,
           const std::vector<RecordId>& people) {
    Value::Map map;
    map.set("reason", Value::lasting(reason)).set("title", Value::lasting(scope.site()[shared].title));
    map.set("url", url_or_none(scope, scope.context.routes.page(shared)));
    map.set("items", cards_of(scope, people));
    return std::move(map).build();
}

// People beside this one in the list of its most senior batch that has any.
void add_batch_rail(const Scope& scope, RecordId person, std::vector<Value>& rails) {
    const Site& site = scope.site();
    for (const std::size_t own : shown_honours(site, scope.context.relations, person)) {
        const RecordId batch = site.conferrals[own].batch;
        if (batch == no_record) continue;
        const auto& list = scope.context.relations.in_batch[static_cast<std::size_t>(batch)];
        const auto at =
            static_cast<std::size_t>(std::lower_bound(list.begin(), list.end(), own) - list.begin());
        const auto is_other_person = [&](std::size_t i) {
            const Conferral& c = site.conferrals[list[i]];
            return is_shown(site, c) && c.recipient != person && site[c.recipient].kind == site[person].kind;
        };
        std::vector<RecordId> people;
        for (const std::size_t i : neighbours(list.size(), at, rail_length, is_other_person))
            people.push_back(site.conferrals[list[i]].recipient);
        if (people.empty()) continue;
        rails.push_back(rail(scope, "同批受表彰", batch, people));
        return;
    }
}

void add_team_rail(const Scope& scope, RecordId person, std::vector<Value>& rails) {
    const Site& site = scope.site();
    for (const Membership& membership : teams_of(scope.context, person)) {
        const auto& links = scope.context.relations.to_record[static_cast<std::size_t>(membership.team)];
        const auto by_holder = [](const BackLink& link, RecordId id) { return link.from < id; };
        const auto at = std::lower_bound(links.begin(), links.end(), person, by_holder) - links.begin();
        const auto is_other_member = [&](std::size_t i) {
            const RecordId other = links[i].from;  // projects name their teams, too
            return links[i].field == "teams" && other != person && site[other].kind == site[person].kind &&
                   is_shown(site, other);
        };
        std::vector<RecordId> people;
        for (const std::size_t i :
             neighbours(links.size(), static_cast<std::size_t>(at), rail_length, is_other_member))
            people.push_back(links[i].from);
        if (people.empty()) continue;
        rails.push_back(rail(scope, "同一集体", membership.team, people));
        return;
    }
}

void add_exhibition_rail(const Scope& scope, RecordId person, std::vector<Value>& rails) {
    for (const RecordId exhibition : records_about(scope.context, person, "exhibition", "sections")) {
        const std::span<const ExhibitPlace> exhibits = scope.context.index.exhibits_in(exhibition);
        const auto shows = [&](std::size_t i) { return exhibits[i].person == person; };
        std::size_t at = 0;
        while (at < exhibits.size() && !shows(at)) ++at;
        if (at == exhibits.size()) continue;  // only named beside a photograph
        std::vector<RecordId> people;
        const auto is_another = [&](std::size_t i) {
            const RecordId other = exhibits[i].person;
            if (other == no_record || other == person) return false;
            if (std::find(people.begin(), people.end(), other) != people.end()) return false;
            people.push_back(other);
            return true;
        };
        neighbours(exhibits.size(), at, rail_length, is_another);
        if (people.empty()) continue;
        rails.push_back(rail(scope, "同一展览", exhibition, people));
        return;
    }
}

// A day of birth is nobody's business: year and month at most (domain.md §1.7).
PartialDate public_birth(const Site& site, RecordId person) {
    PartialDate birth = date_of(site, person, "birth");
    birth.day = 0;
    return birth;
}

std::string_view work_since_label(const Site& site, RecordId person) {
    return choice_of(site, person, "retire_kind") == "lixiu" ? "参加革命工作时间" : "参加工作时间";
}

std::string choice_label(const Site& site, RecordId id, std::string_view key) {
    const Kind& kind = site.kind_of(id);
    const auto* choice = std::get_if<ChoiceValue>(&field_of(site, id, key).content);
    return choice ? kind.fields[*kind.find(key)].choices[choice->index].label : std::string();
}

// What is stated about a person, in the order of a curriculum; what is not stated is not there.
Value facts_of(const Site& site, RecordId person) {
    std::vector<Value> facts;
    const auto add = [&](std::string_view label, std::string_view text) {
        if (text.empty()) return;
        Value::Map fact(2);
        fact.set("label", label).set("text", text);
        facts.push_back(std::move(fact).build());
    };
    const auto day = [&](std::string_view key) {
        const PartialDate date = date_of(site, person, key);
        return date.stated() ? chinese_date(date) : std::string();
    };
    const bool woman = choice_of(site, person, "sex") == "female";
    const std::string_view ethnicity = text_of(site, person, "ethnicity");
    const PartialDate birth = public_birth(site, person);
    add("性别", woman ? "女" : "");
    add("民族", ethnicity == "汉族" || ethnicity == "汉" ? "" : ethnicity);
    add("籍贯", text_of(site, person, "native_place"));
    add("出生", birth.stated() ? chinese_date(birth) : "");
    add(work_since_label(site, person), day("work_since"));
    add("入党时间", day("party_since"));
    const std::string retired = choice_label(site, person, "retire_kind");
    add(retired == "离休" || retired == "退休" ? retired + "时间" : "离退休时间", day("retired_on"));
    if (is_deceased(site, person)) add("逝世时间", day("died"));
    return Value::list(std::move(facts));
}

Value members_of(const Scope& scope, RecordId team) {
    const Site& site = scope.site();
    const RecordId leader = reference_of(site, team, "leader");
    std::vector<RecordId> people = records_about(scope.context, team, "person", "teams");
    if (is_shown(site, leader) && site.kind_of(leader).key == "person") {
        std::erase(people, leader);
        people.insert(people.begin(), leader);
    }
    std::vector<Value> members;
    for (const RecordId person : people) {
        std::string_view role = person == leader ? "负责人" : "";
        for (const Membership& m : memberships_of(site, person))
            if (m.team == team && !m.role.empty()) role = m.role;
        Value::Map member;
        member.set("person", card_value(scope, person)).set("role", lasting_or_none(role));
        member.set("leads", person == leader);
        members.push_back(std::move(member).build());
    }
    return Value::list(std::move(members));
}

// The name with readings above the characters that few can read, where the profile says how they are read:
// one syllable a character. None otherwise.
Value name_with_readings(const Site& site, RecordId person) {
    const std::u32string name = to_utf32(site[person].title);
    if (std::none_of(name.begin(), name.end(), is_rarely_read)) return {};
    std::vector<std::string_view> syllables = split(trim(text_of(site, person, "pinyin")), ' ');
    std::erase(syllables, std::string_view());
    if (syllables.size() != name.size()) return {};
    std::string html;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const std::string character = escape_html(to_utf8(name.substr(i, 1)));
        html += !is_rarely_read(name[i]) ? character
                                         : fmt::format("<ruby>{}<rp>（</rp><rt>{}</rt><rp>）</rp></ruby>",
                                                       character, escape_html(ascii_lower(syllables[i])));
    }
    return Value::html(SafeHtml{std::move(html)});
}

}  // namespace

void set_person(const Scope& scope, RecordId person, Value::Map& map) {
    const Site& site = scope.site();
    set_honours(scope, person, map);
    std::vector<Value> teams;
    for (const Membership& membership : teams_of(scope.context, person)) {
        Value::Map team;
        team.set("team", card_value(scope, membership.team)).set("role", lasting_or_none(membership.role));
        teams.push_back(std::move(team).build());
    }
    std::vector<Value> rails;
    add_batch_rail(scope, person, rails);
    add_team_rail(scope, person, rails);
    add_exhibition_rail(scope, person, rails);
    map.set("teams", std::move(teams)).set("rails", std::move(rails));
    map.set("birth", date_value(public_birth(site, person)));
    map.set("name_html", name_with_readings(site, person));
    map.set("work_since_label", Value::lasting(work_since_label(site, person)))
        .set("facts", facts_of(site, person));
    map.set("tutor_at", cards_of(scope, records_about(scope.context, person, "base", "tutors")));
}

void set_team(const Scope& scope, RecordId team, Value::Map& map) {
    set_honours(scope, team, map);
    map.set("members", members_of(scope, team));
    map.set("children", cards_of(scope, records_about(scope.context, team, "team", "parent")));
}

}  // namespace qunying
