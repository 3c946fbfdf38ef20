// All templates of a theme at once: parse each, find out who needs whom, compile the needed ones first.
#include <algorithm>
#include <numeric>

#include "base/text.h"
#include "template/parser.h"
#include "template/program.h"
#include "template/unit_compiler.h"

namespace qunying {
namespace {

// One extends, include or import.
struct Link {
    std::uint32_t target = 0;
    Span span;
    bool extends = false;
};

struct Parsed {
    Body body;
    std::vector<Link> links;
};

class LinkFinder {
  public:
    LinkFinder(const UnitNames& units, std::vector<Link>& links) : units_(units), links_(links) {}

    void walk(const Body& body) {
        for (const Statement& statement : body) {
            std::visit([&](const auto& node) { visit(node); }, statement.node);
        }
    }

  private:
    // What leads nowhere is reported when the statement itself is compiled.
    void add(const Expression& target) {
        if (const auto found = find_target(target, units_)) links_.push_back({*found, target.span});
    }
    void visit(const IncludeNode& node) { add(node.target); }
    void visit(const ImportNode& node) { add(node.target); }
    void visit(const IfNode& node) {
        for (const auto& branch : node.branches) walk(branch.body);
    }
    void visit(const ForNode& node) { walk(node.body), walk(node.otherwise); }
    void visit(const CaptureNode& node) { walk(node.body); }
    void visit(const WithNode& node) { walk(node.body); }
    void visit(const BlockNode& node) { walk(node.body); }
    void visit(const MacroNode& node) { walk(node.body); }
    void visit(const CallNode& node) { walk(node.body.body); }
    void visit(const FilterNode& node) { walk(node.body); }
    template <class Other>
    void visit(const Other&) {}

    const UnitNames& units_;
    std::vector<Link>& links_;
};

class ThemeCompiler {
  public:
    ThemeCompiler(std::span<const TemplateFile> files, Diagnostics& diagnostics)
        : files_(files), diagnostics_(diagnostics), workshop_{code_, symbols_, diagnostics, {}, {}} {}

    std::shared_ptr<const ProgramCode> run() {
        parse_all();
        for (Parsed& each : parsed_) find_links(each);
        state_.assign(files_.size(), State::waiting);
        workshop_.block_contexts.resize(files_.size());
        for (std::uint32_t unit = 0; unit < files_.size(); ++unit) compile(unit);
        code_.symbols = symbols_.take();
        return std::make_shared<const ProgramCode>(std::move(code_));
    }

  private:
    enum class State { waiting, running, done };

    void parse_all() {
        code_.units.resize(files_.size());
        for (std::uint32_t i = 0; i < files_.size(); ++i) {
            code_.units[i].name = files_[i].name;
            workshop_.units.emplace(files_[i].name, i);
            parsed_.push_back({parse_template(*files_[i].source, diagnostics_), {}});
        }
        code_.by_name.resize(files_.size());
        std::iota(code_.by_name.begin(), code_.by_name.end(), 0U);
        std::sort(code_.by_name.begin(), code_.by_name.end(),
                  [&](std::uint32_t a, std::uint32_t b) { return files_[a].name < files_[b].name; });
    }

    // `extends` stands first; only white space and comments may come before it.
    void find_links(Parsed& parsed) {
        bool first = true;
        for (const Statement& statement : parsed.body) {
            const auto* text = std::get_if<TextNode>(&statement.node);
            if (text && trim(text->text).empty()) continue;
            if (const auto* node = std::get_if<ExtendsNode>(&statement.node))
                add_parent(*node, statement.span, first, parsed);
            first = false;
        }
        for (const Statement& statement : parsed.body) report_inner_extends(statement);
        LinkFinder(workshop_.units, parsed.links).walk(parsed.body);
    }

    void add_parent(const ExtendsNode& node, Span span, bool first, Parsed& parsed) {
        if (!first) return diagnostics_.report(DiagnosticKind::template_extends_place, span);
        const auto found = find_target(node.target, workshop_.units);
        if (found) return parsed.links.push_back({*found, node.target.span, true});
        report_missing_target(node.target, workshop_.units, diagnostics_);
    }

    void report_inner_extends(const Statement& statement) {
        const auto look = [&](const Body& body) {
            for (const Statement& inner : body) {
                if (std::holds_alternative<ExtendsNode>(inner.node))
                    diagnostics_.report(DiagnosticKind::template_extends_place, inner.span);
                report_inner_extends(inner);
            }
        };
        if (const auto* node = std::get_if<IfNode>(&statement.node)) {
            for (const auto& branch : node->branches) look(branch.body);
        }
        if (const auto* node = std::get_if<ForNode>(&statement.node)) look(node->body), look(node->otherwise);
        if (const auto* node = std::get_if<BlockNode>(&statement.node)) look(node->body);
        if (const auto* node = std::get_if<WithNode>(&statement.node)) look(node->body);
        if (const auto* node = std::get_if<MacroNode>(&statement.node)) look(node->body);
    }

    void compile(std::uint32_t unit) {
        if (state_[unit] != State::waiting) return;
        state_[unit] = State::running;
        path_.push_back(unit);
        DigestBuilder digest;
        digest.add(files_[unit].name).add(files_[unit].source->text);
        for (const Link& link : parsed_[unit].links) {
            if (state_[link.target] == State::running) {
                report_cycle(link);
                continue;
            }
            compile(link.target);
            if (link.extends) code_.units[unit].parent = link.target;
            digest.add(code_.units[link.target].digest);
        }
        path_.pop_back();
        code_.units[unit].digest = digest.finish();
        compile_unit(std::move(parsed_[unit].body), unit, workshop_);
        state_[unit] = State::done;
    }

    void report_cycle(const Link& link) {
        std::string circle;
        auto at = std::find(path_.begin(), path_.end(), link.target);
        for (; at != path_.end(); ++at) circle += files_[*at].name + " → ";
        diagnostics_.report(DiagnosticKind::template_cycle, link.span, {circle + files_[link.target].name});
    }

    std::span<const TemplateFile> files_;
    Diagnostics& diagnostics_;
    ProgramCode code_;
    SymbolTable symbols_;
    Workshop workshop_;
    std::vector<Parsed> parsed_;
    std::vector<State> state_;
    std::vector<std::uint32_t> path_;
};

}  // namespace

ProgramSet compile_templates(std::span<const TemplateFile> files, Diagnostics& diagnostics) {
    return ProgramSet(ThemeCompiler(files, diagnostics).run());
}

ProgramSet compile_templates(std::span<const SourceFile* const> files, Diagnostics& diagnostics) {
    constexpr std::string_view folder = "templates/";
    std::vector<TemplateFile> named;
    for (const SourceFile* file : files) {
        const std::size_t at = file->path.rfind(folder);
        named.push_back({at == std::string::npos ? file->path : file->path.substr(at + folder.size()), file});
    }
    return compile_templates(named, diagnostics);
}

}  // namespace qunying
