#include "template/assigned_names.h"

namespace qunying {
namespace {

void collect_target(const Target& target, std::vector<std::string>& names) {
    if (target.parts.empty()) names.push_back(target.name);
    for (const Target& part : target.parts) collect_target(part, names);
}

struct AssignedNames {
    std::vector<std::string>& names;

    void operator()(const SetNode& node) { collect_target(node.target, names); }
    void operator()(const CaptureNode& node) { collect_target(node.target, names); }
    void operator()(const MacroNode& node) { names.push_back(node.name); }
    void operator()(const ImportNode& node) {
        if (!node.alias.empty()) names.push_back(node.alias);
        for (const auto& each : node.names) names.push_back(each.alias);
    }
    void operator()(const IfNode& node) {
        for (const auto& branch : node.branches) collect_assigned(branch.body, names);
    }
    template <class Other>
    void operator()(const Other&) {}
};

}  // namespace

void collect_assigned(const Body& body, std::vector<std::string>& names) {
    for (const Statement& statement : body) std::visit(AssignedNames{names}, statement.node);
}

}  // namespace qunying
