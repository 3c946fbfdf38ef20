#include "template/resolver.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "template/filters.h"

namespace qunying {
namespace {

using Kind = Expression::Kind;

LoopField loop_field(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, LoopField>, 11> fields = {
        {{"index", LoopField::index},
         {"index0", LoopField::index0},
         {"revindex", LoopField::revindex},
         {"revindex0", LoopField::revindex0},
         {"first", LoopField::first},
         {"last", LoopField::last},
         {"length", LoopField::length},
         {"depth", LoopField::depth},
         {"depth0", LoopField::depth0},
         {"previtem", LoopField::previtem},
         {"nextitem", LoopField::nextitem}}};
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const auto& each) { return each.first == name; });
    return found == fields.end() ? LoopField::none : found->second;
}

bool is_name(const Expression& expression, std::string_view name) {
    return expression.kind == Kind::name && expression.name == name;
}

std::size_t positional_count(const Expression& call) {
    return call.children.size() - call.keywords.size() - 1;
}

// Spreads `positional` children from `first` on and the keywords over `parameters`. False when they do not
// fit.
bool bind_arguments(const Expression& call, std::size_t first, const std::vector<Parameter>& parameters,
                    std::vector<int>& bound) {
    const std::size_t end = call.children.size() - call.keywords.size();
    bound.assign(parameters.size(), -1);
    if (first > end || end - first > parameters.size()) return false;
    for (std::size_t i = first; i < end; ++i) bound[i - first] = static_cast<int>(i);
    for (std::size_t k = 0; k < call.keywords.size(); ++k) {
        const auto at = std::find_if(parameters.begin(), parameters.end(),
                                     [&](const Parameter& each) { return each.name == call.keywords[k]; });
        const auto index = static_cast<std::size_t>(at - parameters.begin());
        if (at == parameters.end() || bound[index] != -1) return false;
        bound[index] = static_cast<int>(end + k);
    }
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        if (bound[i] == -1 && !parameters[i].optional) return false;
    }
    return true;
}

}  // namespace

Place Resolver::place_of(std::string_view name, FunctionScope& scope) {
    std::uint16_t depth = 0;
    for (FunctionScope* each = &scope; each; each = each->outer(), ++depth) {
        if (const auto slot = each->find(name)) return {Place::Where::local, depth, *slot};
    }
    return {Place::Where::shared, 0, symbols_.intern(name)};
}

void Resolver::resolve(Expression& expression, FunctionScope& scope) {
    if (expression.kind == Kind::call) return resolve_call(expression, scope);
    for (Expression& child : expression.children) resolve(child, scope);
    switch (expression.kind) {
        case Kind::name:
            expression.place = place_of(expression.name, scope);
            break;
        case Kind::attribute:
            expression.field = loop_field(expression.name);
            expression.key_hash = hash_of_key(expression.name);
            break;
        case Kind::filter:
            resolve_filter(expression);
            break;
        case Kind::test:
            resolve_test(expression);
            break;
        default:
            break;
    }
}

void Resolver::resolve_call(Expression& call, FunctionScope& scope) {
    Expression& callee = call.children[0];
    const bool is_super = is_name(callee, "super") && call.children.size() == 1;
    const bool is_self = callee.kind == Kind::attribute && is_name(callee.children[0], "self");
    if (is_super) {
        FunctionScope* block = &scope;
        while (block && block->kind() != FunctionKind::block) block = block->outer();
        if (!block || !block->in_parent_block)
            diagnostics_.report(DiagnosticKind::template_no_parent_block, call.span);
        call.kind = Kind::parent_block;
        return;
    }
    if (is_self && place_of("self", scope).where == Place::Where::shared) {
        call.kind = Kind::own_block;
        call.name = callee.name;
        call.symbol = symbols_.intern(callee.name);
        return;
    }
    for (Expression& child : call.children) resolve(child, scope);
}

void Resolver::report_unknown(Expression& call, DiagnosticKind kind, const std::vector<std::string>& names) {
    DiagnosticExtras extras;
    extras.meant = nearest(call.name, names).value_or("");
    Span where = call.span;
    // Behind the name come its arguments; a name in quotes is a span of its own.
    if (call.kind != Kind::constant) where.end = where.begin + static_cast<std::uint32_t>(call.name.size());
    diagnostics_.report(kind, where, {call.name}, std::move(extras));
}

void Resolver::resolve_filter(Expression& filter) {
    filter.filter = find_filter(filter.name);
    if (filter.filter)
        return bind(filter, filter.filter->signature, filter.filter->applies != Applies::nothing);
    if (filter.name == "safe") {
        diagnostics_.report(DiagnosticKind::template_safe_filter, filter.span);
    } else {
        report_unknown(filter, DiagnosticKind::template_unknown_filter, filter_names());
    }
}

void Resolver::resolve_test(Expression& test) {
    test.test = find_test(test.name);
    if (test.test) return bind(test, test.test->signature, false);
    report_unknown(test, DiagnosticKind::template_unknown_test, test_names());
}

// A call that does not fit is never made.
void Resolver::report_arguments(Expression& call, std::string_view signature) {
    diagnostics_.report(DiagnosticKind::template_bad_arguments, call.span, {std::string(signature)});
    call.filter = nullptr;
    call.test = nullptr;
}

void Resolver::bind(Expression& call, std::string_view signature, bool applies) {
    const std::vector<Parameter> parameters = parameters_of(signature);
    const auto named = std::find_if(parameters.begin(), parameters.end(), [](const Parameter& each) {
        return each.name == "filter" || each.name == "test";
    });
    const auto name_index = static_cast<std::size_t>(named - parameters.begin());
    if (applies && positional_count(call) > name_index) return bind_inner(call, name_index);
    if (!bind_arguments(call, 1, parameters, call.bound)) report_arguments(call, signature);
}

// map('join', ', '): child `1 + index` names the filter or test, what follows is for that one.
void Resolver::bind_inner(Expression& call, std::size_t index) {
    call.bound.assign(index + 1, -1);
    for (std::size_t i = 0; i <= index; ++i) call.bound[i] = static_cast<int>(i + 1);
    const Expression& name = call.children[index + 1];
    if (name.kind != Kind::constant || name.value.type() != Value::Type::text) {
        diagnostics_.report(DiagnosticKind::template_name_not_literal, name.span);
        call.filter = nullptr;
        return;
    }
    Expression wanted;
    wanted.name = std::string(name.value.as_text());
    wanted.span = name.span;
    wanted.kind = Kind::constant;
    const bool filter = call.filter->applies == Applies::filter;
    std::string_view signature;
    if (filter) {
        call.inner_filter = find_filter(wanted.name);
        if (call.inner_filter) signature = call.inner_filter->signature;
    } else {
        call.inner_test = find_test(wanted.name);
        if (call.inner_test) signature = call.inner_test->signature;
    }
    if (signature.empty()) {
        call.filter = nullptr;
        const bool safe = filter && wanted.name == "safe";
        if (safe) diagnostics_.report(DiagnosticKind::template_safe_filter, name.span);
        if (safe) return;
        return report_unknown(
            wanted, filter ? DiagnosticKind::template_unknown_filter : DiagnosticKind::template_unknown_test,
            filter ? filter_names() : test_names());
    }
    const bool nested = call.inner_filter && call.inner_filter->applies != Applies::nothing;
    if (nested || !bind_arguments(call, index + 2, parameters_of(signature), call.inner_bound))
        report_arguments(call, signature);
}

}  // namespace qunying
