#include "template/unit_compiler.h"

#include <algorithm>

#include "base/text.h"
#include "template/assigned_names.h"
#include "template/html_writer.h"

namespace qunying {
namespace {

class UnitCompiler : private HtmlWriter {
  public:
    UnitCompiler(std::uint32_t unit, Workshop& workshop)
        : HtmlWriter(workshop.code, workshop.diagnostics),
          unit_(unit),
          workshop_(workshop),
          resolver_(workshop.symbols, workshop.diagnostics) {}

    void run(Body body) {
        inherit_blocks();
        FunctionScope top(FunctionKind::top, nullptr);
        top.function.name = code_.units[unit_].name;
        top.muted = code_.units[unit_].parent.has_value();
        collect_exports(body);
        compile_in(top, body, {});
        if (!top.context.in_text() && !top.muted) report_open_fragment(end_of(body), top.function.name);
        code_.units[unit_].top = add_function(std::move(top.function));
        finish_blocks();
    }

  private:
    // ---- output
    template <class Item>
    static std::uint32_t append(std::vector<Item>& list, Item item) {
        list.push_back(std::move(item));
        return static_cast<std::uint32_t>(list.size() - 1);
    }
    std::uint32_t add_function(Function function) { return append(code_.functions, std::move(function)); }
    std::uint32_t add_expression(Expression& expression) {
        resolver_.resolve(expression, *scope_);
        return append(code_.expressions, std::move(expression));
    }

    static Span end_of(const Body& body) { return body.empty() ? Span{} : body.back().span; }

    // True, with a warning, where output goes nowhere because the template extends another.
    bool is_lost(Span where) {
        if (scope_->muted) report(DiagnosticKind::template_outside_block, where);
        return scope_->muted;
    }

    // ---- scopes
    void open_scope(const Body& body) {
        scope_->open();
        copy_assigned(body);
    }

    // A name that this scope assigns starts with the value it has outside, and outside keeps it.
    void copy_assigned(const Body& body) {
        std::vector<std::string> names;
        collect_assigned(body, names);
        for (const std::string& name : names) {
            if (name.empty() || scope_->declared_here(name)) continue;
            const Place from = resolver_.place_of(name, *scope_);
            const Place place = {Place::Where::local, 0, scope_->declare(name)};
            Instruction& copy = emit(Op::copy);
            copy.from = from, copy.place = place;
        }
    }

    Place declare(const std::string& name) {
        if (scope_->at_top()) return {Place::Where::shared, 0, workshop_.symbols.intern(name)};
        return {Place::Where::local, 0, scope_->declare(name)};
    }

    void declare_target(Target& target) {
        for (Target& part : target.parts) declare_target(part);
        if (target.parts.empty()) target.place = declare(target.name);
    }

    void collect_exports(const Body& body) {
        std::vector<std::string> names;
        collect_assigned(body, names);
        std::set<Symbol> symbols;
        for (const std::string& name : names) {
            if (!name.empty() && name[0] != '_') symbols.insert(workshop_.symbols.intern(name));
        }
        code_.units[unit_].exports.assign(symbols.begin(), symbols.end());
    }

    // An included template does not see `loop`, a scoped block does: both as in Jinja.
    enum class LoopName { hidden, passed };
    std::vector<Passed> passed_names(LoopName loop) {
        std::vector<std::pair<std::string, Place>> visible;
        scope_->visible(0, visible);
        std::vector<Passed> passed;
        for (const auto& [name, place] : visible) {
            const bool hidden = name[0] == '(' || (name == "loop" && loop == LoopName::hidden);
            if (!hidden) passed.push_back({workshop_.symbols.intern(name), place});
        }
        return passed;
    }

    // Compiles `body` as the body of `function`, then goes back to the function before.
    void compile_in(FunctionScope& function, Body& body, std::span<const std::string> parameters) {
        FunctionScope* const before = std::exchange(scope_, &function);
        const bool is_top = function.kind() == FunctionKind::top;
        if (!is_top) {
            function.open();
            for (const std::string& parameter : parameters) function.declare(parameter);
            for (int i = 0; function.kind() == FunctionKind::macro && i < 3; ++i)
                function.declare(special_slots[i]);
            copy_assigned(body);
        }
        compile(body);
        if (!is_top) function.close();
        scope_ = before;
    }
    // Their slots are kept free; the names people write lead to them through FunctionScope.
    static constexpr std::string_view special_slots[] = {"(caller)", "(varargs)", "(kwargs)"};

    // ---- statements
    void compile(Body& body) {
        for (Statement& statement : body) {
            span_ = statement.span;
            const Span span = statement.span;
            std::visit([&](auto& node) { compile_node(node, span); }, statement.node);
        }
    }

    void compile_node(TextNode& node, Span span) {
        if (scope_->muted) {
            return warn_of_lost_text(node.text, span);
        }
        write_literal(node.text, span);
    }

    void compile_node(PrintNode& node, Span span) {
        if (is_lost(span)) return;
        if (!may_print(node.value.span)) return;
        resolver_.resolve(node.value, *scope_);
        const bool is_block = node.value.kind == Expression::Kind::parent_block && at_block_start_context();
        const std::uint32_t value = append(code_.expressions, std::move(node.value));
        emit(is_block ? Op::print_block : Op::print, value).mode = context().print_mode();
        context().after_print();
    }

    void compile_node(IfNode& node, Span span) {
        const HtmlContext start = context();
        std::vector<HtmlContext> ends;
        std::vector<std::uint32_t> to_end;
        bool has_else = false;
        for (auto& branch : node.branches) {
            context() = start;
            std::optional<std::uint32_t> skip;
            if (branch.condition)
                skip = (emit(Op::jump_unless, add_expression(*branch.condition)), here() - 1);
            has_else = has_else || !branch.condition;
            compile(branch.body);
            ends.push_back(context());
            if (&branch != &node.branches.back()) to_end.push_back((emit(Op::jump), here() - 1));
            if (skip) at(*skip).b = here();
        }
        for (const std::uint32_t jump : to_end) at(jump).a = here();
        if (!has_else) ends.push_back(start);
        meet(ends, span);
    }

    void compile_node(ForNode& node, Span span) {
        const HtmlContext start = context();
        resolver_.resolve(node.sequence, *scope_);
        scope_->open();
        Loop loop;
        loop.sequence = std::move(node.sequence);
        declare_target(node.target);
        if (node.condition) {
            loop.condition = std::move(node.condition);
            resolver_.resolve(*loop.condition, *scope_);
        }
        loop.loop = Place{Place::Where::local, 0, scope_->declare("loop")};
        loop.target = std::move(node.target);
        const std::uint32_t index = append(code_.loops, std::move(loop));
        emit(Op::loop_begin, index);
        const std::uint32_t begin = here() - 1;
        copy_assigned(node.body);
        compile(node.body);
        span_ = span;
        emit(Op::loop_next, index, begin + 1);
        scope_->close();
        std::vector<HtmlContext> ends = {start, context()};
        if (node.otherwise.empty()) {
            at(begin).b = here();
        } else {
            const std::uint32_t skip = (emit(Op::jump), here() - 1);
            at(begin).b = here();
            context() = start;
            open_scope(node.otherwise);
            compile(node.otherwise);
            scope_->close();
            ends.push_back(context());
            at(skip).a = here();
        }
        meet(ends, span);
    }

    void compile_node(SetNode& node, Span) {
        Assignment assignment;
        resolver_.resolve(node.value, *scope_);
        assignment.value = std::move(node.value);
        declare_target(node.target);
        assignment.target = std::move(node.target);
        const std::uint32_t index = append(code_.assignments, std::move(assignment));
        emit(Op::assign, index);
    }

    // Compiles a body whose output is kept as a value: it begins and ends between tags.
    void compile_captured(Body& body, Span span, const std::string& what, Place place) {
        const HtmlContext outside = std::exchange(context(), HtmlContext());
        const bool muted = std::exchange(scope_->muted, false);
        emit(Op::capture_begin);
        open_scope(body);
        compile(body);
        scope_->close();
        if (!context().in_text()) report_open_fragment(span, what);
        span_ = span;
        emit(Op::capture_end).place = place;
        context() = outside;
        scope_->muted = muted;
    }

    // The expression at the bottom of a chain of filters.
    static Expression& innermost(Expression& filter) {
        Expression* at = &filter;
        while (at->kind == Expression::Kind::filter) at = &at->children[0];
        return *at;
    }

    // Puts the captured text under the filters.
    static void fill_captured(Expression& filter, Place place) {
        Expression& input = innermost(filter);
        input.kind = Expression::Kind::name;
        input.name = "(captured)";
        input.place = place;
    }

    void compile_node(CaptureNode& node, Span span) {
        if (!node.filter) {
            declare_target(node.target);
            if (!node.target.parts.empty()) {
                return report(DiagnosticKind::template_expected, node.target.span, {",", "%}"});
            }
            return compile_captured(node.body, span, "set", node.target.place);
        }
        scope_->open();
        const Place kept = {Place::Where::local, 0, scope_->declare("(captured)")};
        compile_captured(node.body, span, "set", kept);
        resolver_.resolve(*node.filter, *scope_);
        fill_captured(*node.filter, kept);
        Assignment assignment;
        assignment.value = std::move(*node.filter);
        scope_->close();
        declare_target(node.target);
        assignment.target = std::move(node.target);
        const std::uint32_t index = append(code_.assignments, std::move(assignment));
        emit(Op::assign, index);
    }

    void compile_node(FilterNode& node, Span span) {
        if (is_lost(span) || !may_print(span)) return;
        scope_->open();
        const Place kept = {Place::Where::local, 0, scope_->declare("(captured)")};
        compile_captured(node.body, span, "filter", kept);
        resolver_.resolve(node.filter, *scope_);
        fill_captured(node.filter, kept);
        emit(Op::print, append(code_.expressions, std::move(node.filter))).mode = context().print_mode();
        context().after_print();
        scope_->close();
    }

    // All values are worked out before any name is set.
    void compile_node(WithNode& node, Span) {
        for (SetNode& each : node.sets) resolver_.resolve(each.value, *scope_);
        scope_->open();
        for (SetNode& each : node.sets) {
            Assignment assignment;
            assignment.value = std::move(each.value);
            declare_target(each.target);
            assignment.target = std::move(each.target);
            const std::uint32_t index = append(code_.assignments, std::move(assignment));
            emit(Op::assign, index);
        }
        copy_assigned(node.body);
        compile(node.body);
        scope_->close();
    }

    void compile_node(ExtendsNode&, Span) {}  // settled when units are linked

    void compile_node(IncludeNode& node, Span span) {
        if (is_lost(span)) return;
        if (!context().in_text()) return report(DiagnosticKind::template_needs_text, span, {"include"});
        const auto target = find_target(node.target, workshop_.units);
        if (!target && !node.ignore_missing)
            report_missing_target(node.target, workshop_.units, diagnostics_);
        if (!target) return;
        emit(Op::include,
             append(code_.inclusions,
                    Inclusion{*target, node.with_context,
                              node.with_context ? passed_names(LoopName::hidden) : std::vector<Passed>()}));
    }

    void compile_node(ImportNode& node, Span) {
        const auto target = find_target(node.target, workshop_.units);
        if (!target) report_missing_target(node.target, workshop_.units, diagnostics_);
        Import import;
        import.from = {target.value_or(0), node.with_context,
                       node.with_context ? passed_names(LoopName::hidden) : std::vector<Passed>()};
        import.whole = !node.alias.empty();
        if (import.whole) import.alias = declare(node.alias);
        for (const ImportNode::Name& name : node.names) {
            const Symbol symbol = workshop_.symbols.intern(name.name);
            import.names.push_back({symbol, name.name, name.span, declare(name.alias)});
            if (target) check_export(*target, symbol, name);
        }
        if (target) emit(Op::import, append(code_.imports, std::move(import)));
    }

    void check_export(std::uint32_t target, Symbol symbol, const ImportNode::Name& name) {
        const std::vector<Symbol>& exports = code_.units[target].exports;
        if (std::find(exports.begin(), exports.end(), symbol) != exports.end()) return;
        std::vector<std::string> names;
        for (const auto& [known, each] : symbol_names_of(exports)) names.push_back(known);
        DiagnosticExtras extras;
        extras.meant = nearest(name.name, names).value_or("");
        report(DiagnosticKind::template_undefined, name.span, {name.name}, std::move(extras));
    }

    std::vector<std::pair<std::string, Symbol>> symbol_names_of(const std::vector<Symbol>& symbols) const {
        std::vector<std::pair<std::string, Symbol>> names;
        for (const Symbol symbol : symbols) names.emplace_back(workshop_.symbols.name(symbol), symbol);
        return names;
    }

    // ---- macros
    std::uint32_t compile_macro(MacroNode& node, FunctionKind kind, const std::string& what) {
        FunctionScope macro(kind, scope_);
        macro.function.name = node.name;
        std::vector<std::string> names;
        for (auto& parameter : node.parameters) {
            names.push_back(parameter.name);
            macro.function.parameters.push_back({parameter.name, std::nullopt});
        }
        resolve_defaults(node, macro, names);
        compile_in(macro, node.body, names);
        if (!macro.context.in_text()) report_open_fragment(node.name_span, what);
        return add_function(std::move(macro.function));
    }

    // A default may use the parameters before it, so it belongs to the macro's own scope.
    void resolve_defaults(MacroNode& node, FunctionScope& macro, const std::vector<std::string>& names) {
        macro.open();
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (auto& value = node.parameters[i].value) {
                resolver_.resolve(*value, macro);
                macro.function.parameters[i].value = std::move(value);
            }
            macro.declare(names[i]);
        }
        macro.close();
    }

    void compile_node(MacroNode& node, Span) {
        const Place place = declare(node.name);
        const std::uint32_t function = compile_macro(node, FunctionKind::macro, "macro");
        emit(Op::macro, function).place = place;
    }

    void compile_node(CallNode& node, Span span) {
        if (is_lost(span) || !may_print(span)) return;
        scope_->open();
        const Place caller = {Place::Where::local, 0, scope_->declare("(caller)")};
        const std::uint32_t function = compile_macro(node.body, FunctionKind::call_body, "call");
        span_ = span;
        emit(Op::macro, function).place = caller;
        pass_caller(node.call, caller);
        emit(Op::print, append(code_.expressions, std::move(node.call))).mode = context().print_mode();
        context().after_print();
        scope_->close();
    }

    // The body goes to the macro as the keyword `caller`.
    void pass_caller(Expression& call, Place caller) {
        resolver_.resolve(call, *scope_);
        if (call.kind != Expression::Kind::call) return;
        Expression body;
        body.kind = Expression::Kind::name;
        body.name = "caller";
        body.span = call.span;
        body.place = caller;
        call.children.push_back(std::move(body));
        call.keywords.emplace_back("caller");
    }

    void compile_node(JsonLdNode& node, Span span) {
        if (is_lost(span)) return;
        if (!context().in_text()) return report(DiagnosticKind::template_needs_text, span, {"json_ld"});
        emit(Op::json_ld, add_expression(node.value));
    }

    // ---- blocks
    void inherit_blocks() {
        const auto parent = code_.units[unit_].parent;
        if (!parent) return;
        inherited_ = workshop_.block_contexts[*parent];
        workshop_.block_contexts[unit_] = inherited_;
        for (const auto& [symbol, versions] : code_.units[*parent].blocks) versions_[symbol] = versions;
    }

    void compile_node(BlockNode& node, Span span) {
        if (node.name.empty()) return;
        const Symbol symbol = workshop_.symbols.intern(node.name);
        const auto [first, added] = own_blocks_.emplace(symbol, node.name_span);
        if (!added) {
            DiagnosticExtras extras;
            extras.related = first->second;
            return report(DiagnosticKind::template_duplicate_block, node.name_span, {node.name},
                          std::move(extras));
        }
        const auto inherited = inherited_.find(symbol);
        if (inherited == inherited_.end() && scope_->muted) warn_unknown_block(node);
        const HtmlContext start = inherited != inherited_.end() ? inherited->second
                                  : scope_->muted               ? HtmlContext()
                                                                : context();
        workshop_.block_contexts[unit_][symbol] = start;
        compile_block(node, symbol, start);
        if (scope_->muted) return;
        span_ = span;
        BlockSite site;
        site.scoped = node.scoped;
        if (node.scoped) site.passed = passed_names(LoopName::passed);
        emit(Op::block, symbol, append(code_.block_sites, std::move(site)));
        context() = context_after_block(context());
    }

    // A version of the block may add attributes, so what follows must keep its distance.
    static HtmlContext context_after_block(const HtmlContext& start) {
        HtmlContext ended = start;
        if (start.place == HtmlContext::Place::tag_name) ended.place = HtmlContext::Place::after_value;
        return merge_contexts(start, ended).value_or(start);
    }

    void compile_block(BlockNode& node, Symbol symbol, const HtmlContext& start) {
        FunctionScope block(FunctionKind::block, nullptr);
        block.function.name = node.name;
        block.context = block.start = start;
        block.in_parent_block = versions_.count(symbol) > 0;
        // Blocks inside see this version as their own template's.
        compile_in(block, node.body, {});
        if (!merge_contexts(start, block.context)) report_open_fragment(node.name_span, "block " + node.name);
        const std::uint32_t function = add_function(std::move(block.function));
        auto& versions = versions_[symbol];
        versions.insert(versions.begin(), function);
    }

    void warn_unknown_block(const BlockNode& node) {
        std::vector<std::string> names;
        for (const auto& [symbol, context] : inherited_) names.emplace_back(workshop_.symbols.name(symbol));
        DiagnosticExtras extras;
        extras.meant = nearest(node.name, names).value_or("");
        report(DiagnosticKind::template_unknown_block, node.name_span, {node.name}, std::move(extras));
    }

    void finish_blocks() {
        auto& blocks = code_.units[unit_].blocks;
        for (auto& [symbol, versions] : versions_) blocks.emplace_back(symbol, std::move(versions));
    }

    std::uint32_t unit_;
    Workshop& workshop_;
    Resolver resolver_;
    std::map<Symbol, HtmlContext> inherited_;
    std::map<Symbol, Span> own_blocks_;
    std::map<Symbol, std::vector<std::uint32_t>> versions_;
};

}  // namespace

void compile_unit(Body body, std::uint32_t unit, Workshop& workshop) {
    UnitCompiler(unit, workshop).run(std::move(body));
}

}  // namespace qunying
