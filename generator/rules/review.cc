// 三审 (domain: rule 9; no one person in two steps).
#include <array>
#include <map>
#include <string>

#include "base/text.h"
#include "hanzi/names.h"
#include "rules/rule_list.h"

namespace qunying {
namespace {

struct Step {
    std::string_view key;  // first, second, final
    std::string label;     // 初审
    std::string person;
    std::string content;
    Span span;
};

struct Steps {
    std::vector<Step> read;
    std::size_t unread = 0;  // rows whose step could not be read, which was reported
};

Steps steps_of(const Site& site, RecordId id) {
    const Kind& kind = site.kind_of(id);
    const FieldSpec& spec = kind.fields[*kind.find("review")];
    const FieldSpec& step = spec.fields[*spec.find("step")];
    Steps steps;
    for (const FieldValue& item : items_in(field_of(site, id, "review"))) {
        const GroupValue* group = group_in(item);
        const auto* choice =
            group ? std::get_if<ChoiceValue>(&part_of(spec, *group, "step").content) : nullptr;
        if (!choice) {
            ++steps.unread;
            continue;
        }
        steps.read.push_back({step.choices[choice->index].key, step.choices[choice->index].label,
                              normal_name(text_in(part_of(spec, *group, "person"))),
                              std::string(text_in(part_of(spec, *group, "content"))),
                              part_of(spec, *group, "person").span});
    }
    return steps;
}

// All that lacks in one sentence.
void check_steps(const Site& site, RecordId id, const Steps& steps, Diagnostics& diagnostics) {
    std::vector<std::string> missing;
    constexpr std::array<std::pair<std::string_view, const char*>, 3> needed = {
        {{"first", "初审"}, {"second", "复审"}, {"final", "终审"}}};
    for (const auto& [key, label] : needed) {
        bool done = false;
        for (const Step& step : steps.read) done = done || step.key == key;
        if (!done) missing.emplace_back(label);
    }
    if (missing.size() <= steps.unread) return;
    const FieldValue& status = field_of(site, id, "status");
    diagnostics.report(DiagnosticKind::review_step_missing,
                       status.span.known() ? status.span : site[id].title_span, {join(missing, "、")});
}

void check_persons(const std::vector<Step>& steps, Diagnostics& diagnostics) {
    std::map<std::string, const Step*> done;
    for (const Step& step : steps) {
        if (step.person.empty()) continue;
        const auto [before, fresh] = done.emplace(step.person, &step);
        if (fresh || before->second->key == step.key) continue;
        diagnostics.report(DiagnosticKind::review_same_person, step.span,
                           {before->second->label, step.label, step.person},
                           {.related = before->second->span});
    }
}

// What the final reviewer signed is what stands there now.
void check_content(const Record& record, const std::vector<Step>& steps, Diagnostics& diagnostics) {
    for (const Step& step : steps) {
        if (step.key != "final" || step.content.empty() || record.content_digest.empty() ||
            step.content == record.content_digest)
            continue;
        diagnostics.report(DiagnosticKind::review_void, step.span, {record.content_digest});
    }
}

}  // namespace

void check_reviews(const RuleInput& input, Diagnostics& diagnostics) {
    const Site& site = input.site;
    for (std::size_t i = 0; i < site.records.size(); ++i) {
        const auto id = static_cast<RecordId>(i);
        if (!is_meant_for_publication(site, id)) continue;
        const Steps steps = steps_of(site, id);
        if (site.settings.review_required) check_steps(site, id, steps, diagnostics);
        check_persons(steps.read, diagnostics);
        check_content(site[id], steps.read, diagnostics);
    }
}

}  // namespace qunying
