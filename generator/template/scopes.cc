#include "template/scopes.h"

#include <algorithm>

namespace qunying {

Symbol SymbolTable::intern(std::string_view name) {
    const auto found = known_.find(name);
    if (found != known_.end()) return found->second;
    const auto symbol = static_cast<Symbol>(names_.size());
    names_.emplace_back(name);
    known_.emplace(std::string(name), symbol);
    return symbol;
}

void FunctionScope::open() {
    Scope scope;
    scope.first_slot = next_slot_;
    scopes_.push_back(std::move(scope));
}

void FunctionScope::close() {
    next_slot_ = scopes_.back().first_slot;
    scopes_.pop_back();
}

bool FunctionScope::declared_here(std::string_view name) const {
    if (scopes_.empty()) return false;
    const auto& names = scopes_.back().names;
    return std::any_of(names.begin(), names.end(), [&](const auto& each) { return each.first == name; });
}

std::uint32_t FunctionScope::declare(std::string_view name) {
    for (const auto& [known, slot] : scopes_.back().names) {
        if (known == name) return slot;
    }
    const std::uint32_t slot = next_slot_++;
    function.slots = std::max(function.slots, next_slot_);
    scopes_.back().names.emplace_back(std::string(name), slot);
    return slot;
}

std::optional<std::uint32_t> FunctionScope::find(std::string_view name) {
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
        for (const auto& [known, slot] : scope->names) {
            if (known == name) return slot;
        }
    }
    return find_special(name);
}

// What a macro gets beside its parameters, once it asks for it.
std::optional<std::uint32_t> FunctionScope::find_special(std::string_view name) {
    if (kind_ != FunctionKind::macro) return std::nullopt;
    const auto first = static_cast<std::uint32_t>(function.parameters.size());
    if (name == "caller") return function.uses_caller = true, first;
    if (name == "varargs") return function.uses_varargs = true, first + 1;
    if (name == "kwargs") return function.uses_kwargs = true, first + 2;
    return std::nullopt;
}

void FunctionScope::visible(std::uint16_t depth, std::vector<std::pair<std::string, Place>>& out) const {
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
        for (const auto& [name, slot] : scope->names) {
            const bool hidden = std::any_of(
                out.begin(), out.end(), [&, &known = name](const auto& each) { return each.first == known; });
            if (!hidden) out.emplace_back(name, Place{Place::Where::local, depth, slot});
        }
    }
    if (outer_) outer_->visible(static_cast<std::uint16_t>(depth + 1), out);
}

}  // namespace qunying
