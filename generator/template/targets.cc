#include "template/targets.h"

#include <algorithm>
#include <span>

#include "base/text.h"

namespace qunying {
namespace {

std::span<const Expression> choices_of(const Expression& target) {
    const bool is_list = target.kind == Expression::Kind::list && !target.children.empty();
    return is_list ? std::span(target.children) : std::span(&target, 1);
}

bool is_literal(const Expression& name) {
    return name.kind == Expression::Kind::constant && name.value.type() == Value::Type::text;
}

}  // namespace

std::optional<std::uint32_t> find_target(const Expression& target, const UnitNames& units) {
    for (const Expression& choice : choices_of(target)) {
        const auto found = is_literal(choice) ? units.find(choice.value.as_text()) : units.end();
        if (found != units.end()) return found->second;
    }
    return std::nullopt;
}

void report_missing_target(const Expression& target, const UnitNames& units, Diagnostics& diagnostics) {
    const auto choices = choices_of(target);
    const auto odd = std::find_if_not(choices.begin(), choices.end(), is_literal);
    if (odd != choices.end()) return diagnostics.report(DiagnosticKind::template_name_not_literal, odd->span);
    const std::string name(choices.front().value.as_text());
    std::vector<std::string> names;
    for (const auto& [known, unit] : units) names.push_back(known);
    DiagnosticExtras extras;
    extras.meant = nearest(name, names).value_or("");
    diagnostics.report(DiagnosticKind::template_missing_template, choices.front().span, {name},
                       std::move(extras));
}

}  // namespace qunying
