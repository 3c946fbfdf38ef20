#include "template/machine.h"

#include <algorithm>

#include "base/failure.h"
#include "base/text.h"
#include "template/text_form.h"

namespace qunying {
namespace {

const LoopPayload& loop_of(const Value& value) { return static_cast<const LoopPayload&>(*value.payload()); }

// What stands before the colon of an address, as a browser reads it: control characters and white space do
// not count. Empty for an address without scheme.
std::string scheme_of(std::string_view address) {
    std::string scheme;
    for (const char c : address) {
        if (static_cast<unsigned char>(c) <= ' ') continue;
        if (c == ':') return ascii_lower(scheme);
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const bool later = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
        if (!letter && (!later || scheme.empty())) return {};
        scheme += c;
    }
    return {};
}

bool is_allowed_scheme(std::string_view scheme) {
    return scheme.empty() || scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel";
}

// The scheme that makes this address, or one of this list of addresses, unsafe; empty when none does.
std::string unsafe_scheme(std::string_view text, bool list) {
    if (!list) return is_allowed_scheme(scheme_of(text)) ? std::string() : scheme_of(text);
    std::string each;
    for (const char c : std::string(text) + ",") {
        if (c != ',' && static_cast<unsigned char>(c) > ' ') {
            each += c;
            continue;
        }
        if (!is_allowed_scheme(scheme_of(each))) return scheme_of(each);
        each.clear();
    }
    return {};
}

}  // namespace

Machine::Machine(const ProgramCode& code, const Value& view, Diagnostics& diagnostics,
                 const RenderLimits& limits)
    : code_(code), view_(view), meter_(diagnostics, limits) {}

std::string Machine::render(std::uint32_t unit) {
    Context context(code_.units[unit], nullptr, &view_, take_slots());
    run_chain(context, true);
    return std::move(page_);
}

Context::Slots Machine::take_slots() {
    Context::Slots slots;
    if (spare_slots_.empty()) {
        slots.all.resize(code_.symbols.size());
    } else {
        slots = std::move(spare_slots_.back());
        spare_slots_.pop_back();
    }
    return slots;
}

void Machine::give_back(Context& context) {
    for (const Symbol symbol : context.slots.touched) context.slots.all[symbol] = {};
    context.slots.touched.clear();
    spare_slots_.push_back(std::move(context.slots));
}

std::vector<Value> Machine::take_values() {
    if (spare_values_.empty()) return {};
    std::vector<Value> values = std::move(spare_values_.back());
    spare_values_.pop_back();
    return values;
}

void Machine::give_back(Frame& frame) {
    frame.slots.clear();
    spare_values_.push_back(std::move(frame.slots));
}

// The template's own top, then its parent's, up to the one that extends nothing and writes the page.
void Machine::run_chain(Context& context, bool keep_frames) {
    const std::size_t kept = kept_frames_.size();
    for (const Unit* unit = context.unit; unit; unit = unit->parent ? &code_.units[*unit->parent] : nullptr) {
        run(kept_frames_.emplace_back(code_.functions[unit->top], nullptr, context, take_values()));
    }
    while (!keep_frames && kept_frames_.size() > kept) {
        give_back(kept_frames_.back());
        kept_frames_.pop_back();
    }
}

void Machine::run(Frame& frame) {
    const std::vector<Instruction>& code = frame.function->code;
    for (std::size_t at = 0; at < code.size() && !meter_.stopped();) {
        const Instruction& step = code[at++];
        if (!meter_.charge(1, step.span)) return;
        switch (step.op) {
            case Op::text:
                write_raw(std::string_view(code_.literals).substr(step.a, step.b), step.span);
                break;
            case Op::print: {
                const Expression& e = code_.expressions[step.a];
                if (e.kind == Expression::Kind::call && step.mode == PrintMode::text && print_call(e, frame))
                    break;
                Value scratch;
                write(need(e, frame, scratch), step.mode, e.span);
                break;
            }
            case Op::print_block: {
                Frame* block = &frame;
                while (!block->is_block) block = block->outer;
                run_block(*frame.context, block->block, block->block_version + 1, step.span);
                break;
            }
            case Op::jump:
                at = step.a;
                break;
            case Op::jump_unless:
                if (!is_true(code_.expressions[step.a], frame)) at = step.b;
                break;
            case Op::loop_begin:
                if (!begin_loop(frame, code_.loops[step.a])) at = step.b;
                break;
            case Op::loop_next:
                if (next_in_loop(frame, code_.loops[step.a])) at = step.b;
                break;
            case Op::assign: {
                const Assignment& assignment = code_.assignments[step.a];
                Value scratch;
                assign(frame, assignment.target, look(assignment.value, frame, scratch));
                break;
            }
            case Op::copy:
                slot(frame, step.place) = load(frame, step.from);
                break;
            case Op::capture_begin:
                begin_capture();
                break;
            case Op::capture_end:
                store(frame, step.place, end_capture());
                break;
            case Op::block:
                run_block_site(frame, step);
                break;
            case Op::include:
                include(frame, code_.inclusions[step.a], step.span);
                break;
            case Op::import:
                import(frame, code_.imports[step.a], step.span);
                break;
            case Op::macro:
                store(frame, step.place, Value::macro(step.a, &frame));
                break;
            case Op::json_ld: {
                Value scratch;
                write_json_ld(need(code_.expressions[step.a], frame, scratch),
                              code_.expressions[step.a].span);
                break;
            }
            case Op::address_begin:
                addresses_.push_back(out_->size());
                break;
            case Op::address_end:
                end_address(step.a != 0, step.span);
                break;
        }
    }
}

// ---- output

void Machine::write_raw(std::string_view text, const Span& where) {
    if (meter_.charge_output(text.size(), where)) out_->append(text);
}

void Machine::begin_capture() {
    captures_.push_back(std::exchange(*out_, {}));
    if (spare_texts_.empty()) return;
    *out_ = std::move(spare_texts_.back());
    spare_texts_.pop_back();
}

void Machine::write(const Value& value, PrintMode mode, const Span& where) {
    const std::size_t before = out_->size();
    bool written = true;
    if (mode == PrintMode::plain && value.type() == Value::Type::html) {
        append_escaped(*out_, html_to_text(value.as_text()));
    } else if (!value.is_undefined()) {
        written = append_markup(*out_, value);
    }
    if (!written)
        meter_.fault(DiagnosticKind::template_prints_structure, where, {std::string(kind_name(value))});
    meter_.charge_output(out_->size() - before, where);
}

void Machine::write_json_ld(const Value& value, Span where) {
    if (value.is_undefined()) return;
    std::string json;
    if (!append_json(json, value, JsonStyle::compact_utf8))
        return meter_.fault(DiagnosticKind::template_wrong_type, where,
                            {"json_ld", std::string(kind_name(value))});
    write_raw("<script type=\"application/ld+json\">" + json + "</script>", where);
}

Value Machine::end_capture() {
    Value text = Value::captured(*out_);
    out_->clear();
    spare_texts_.push_back(std::exchange(*out_, std::move(captures_.back())));
    captures_.pop_back();
    return text;
}

void Machine::end_address(bool list, Span where) {
    // Where a template was refused since its branches differ, an address may end that never began, or began
    // in another text.
    if (addresses_.empty()) return;
    const std::size_t begin = std::min(addresses_.back(), out_->size());
    addresses_.pop_back();
    const std::string scheme = unsafe_scheme(std::string_view(*out_).substr(begin), list);
    if (scheme.empty()) return;
    meter_.fault(DiagnosticKind::template_bad_url, where, {scheme + ":"});
    out_->replace(begin, std::string::npos, "#");
}

// ---- blocks, includes, imports

void Machine::run_block(Context& context, Symbol symbol, std::uint32_t version, Span where) {
    const std::vector<std::uint32_t>* versions = context.unit->find_block(symbol);
    if (!versions || version >= versions->size() || !meter_.enter(where)) return;
    Frame frame(code_.functions[(*versions)[version]], nullptr, context, take_values());
    frame.is_block = true;
    frame.block = symbol;
    frame.block_version = version;
    run(frame);
    give_back(frame);
    meter_.leave();
}

void Machine::run_block_site(Frame& frame, const Instruction& step) {
    const BlockSite& site = code_.block_sites[step.b];
    if (site.passed.empty()) return run_block(*frame.context, step.a, 0, step.span);
    Context scoped(*frame.context->unit, frame.context, frame.context->view, take_slots());
    pass(frame, site.passed, scoped);
    run_block(scoped, step.a, 0, step.span);
    give_back(scoped);
}

void Machine::pass(Frame& frame, const std::vector<Passed>& passed, Context& to) {
    for (const Passed& each : passed) to.touch(each.symbol) = load(frame, each.place);
}

void Machine::include(Frame& frame, const Inclusion& inclusion, Span where) {
    if (!meter_.enter(where)) return;
    const bool with = inclusion.with_context;
    Context context(code_.units[inclusion.unit], with ? frame.context : nullptr,
                    with ? frame.context->view : nullptr, take_slots());
    pass(frame, inclusion.passed, context);
    run_chain(context, false);
    give_back(context);
    meter_.leave();
}

// Runs the module for its macros and sets; what it writes goes nowhere. Once a page where it needs no
// context.
const Context& Machine::load_module(Frame& frame, const Inclusion& inclusion, Span where) {
    for (const auto& [unit, context] : loaded_) {
        if (unit == inclusion.unit && !inclusion.with_context) return *context;
    }
    const bool with = inclusion.with_context;
    Context& context = modules_.emplace_back(code_.units[inclusion.unit], with ? frame.context : nullptr,
                                             with ? frame.context->view : nullptr, take_slots());
    pass(frame, inclusion.passed, context);
    if (!with) loaded_.emplace_back(inclusion.unit, &context);
    if (!meter_.enter(where)) return context;
    begin_capture();
    run_chain(context, true);
    end_capture();
    meter_.leave();
    return context;
}

void Machine::import(Frame& frame, const Import& import, Span where) {
    const Context& module = load_module(frame, import.from, where);
    if (import.whole) {
        Value::Map map(module.unit->exports.size());
        for (const Symbol symbol : module.unit->exports) {
            const Context::Slot& each = module.at(symbol);
            if (each.known) map.set(Key::lasting(code_.symbols[symbol]), each.value);
        }
        return store(frame, import.alias, std::move(map).build());
    }
    for (const Import::Name& name : import.names) {
        const Context::Slot& each = module.at(name.symbol);
        store(frame, name.place, each.known ? each.value : Value::undefined(name.name));
    }
}

// ---- assignment and loops

void Machine::assign(Frame& frame, const Target& target, Value value) {
    if (target.parts.empty()) return store(frame, target.place, std::move(value));
    std::vector<Value> own;
    const auto items = items_of(value, own);
    if (!items && !value.is_undefined())
        meter_.fault(DiagnosticKind::template_not_iterable, target.span, {std::string(kind_name(value))});
    if (items && items->size() != target.parts.size())
        meter_.fault(DiagnosticKind::template_unpack, target.span,
                     {std::to_string(target.parts.size()), std::to_string(items->size())});
    for (std::size_t i = 0; i < target.parts.size(); ++i) {
        assign(frame, target.parts[i], items && i < items->size() ? (*items)[i] : failed());
    }
}

bool Machine::begin_loop(Frame& frame, const Loop& loop) {
    Value scratch;
    const Value& sequence = need(loop.sequence, frame, scratch);
    auto state = std::make_unique<LoopPayload>();
    state->source = sequence;
    const auto items = items_of(state->source, state->own_items);
    if (!items) {
        if (!sequence.is_undefined())
            meter_.fault(DiagnosticKind::template_not_iterable, loop.sequence.span,
                         {std::string(kind_name(sequence))});
        return false;
    }
    state->items = *items;
    if (loop.condition) keep_matching(frame, loop, *state);
    if (state->items.empty() || meter_.stopped()) return false;
    const Value& first = state->items.front();
    frame.loops.push_back(Value::function(state.release()));
    if (loop.loop) slot(frame, *loop.loop) = frame.loops.back();
    assign(frame, loop.target, first);
    return true;
}

// A condition is tried on all items before the loop begins, so that loop.length counts what it let through.
void Machine::keep_matching(Frame& frame, const Loop& loop, LoopPayload& state) {
    std::vector<Value> kept;
    for (const Value& item : state.items) {
        if (!meter_.charge(1, loop.condition->span)) break;
        assign(frame, loop.target, item);
        if (is_true(*loop.condition, frame)) kept.push_back(item);
    }
    state.own_items = std::move(kept);
    state.items = state.own_items;
}

bool Machine::next_in_loop(Frame& frame, const Loop& loop) {
    const LoopPayload& state = loop_of(frame.loops.back());
    ++state.index;
    if (state.index < state.items.size()) {
        assign(frame, loop.target, state.items[state.index]);
        return true;
    }
    frame.loops.pop_back();
    return false;
}

// ---- the public face

const std::vector<std::uint32_t>* Unit::find_block(Symbol symbol) const {
    const auto at = std::lower_bound(blocks.begin(), blocks.end(), symbol,
                                     [](const auto& each, Symbol wanted) { return each.first < wanted; });
    return at != blocks.end() && at->first == symbol ? &at->second : nullptr;
}

ProgramSet::ProgramSet() : code_(std::make_shared<const ProgramCode>()) {}
ProgramSet::ProgramSet(std::shared_ptr<const ProgramCode> code) : code_(std::move(code)) {}

std::optional<ProgramId> ProgramSet::find(std::string_view name) const {
    const auto at = std::lower_bound(
        code_->by_name.begin(), code_->by_name.end(), name,
        [&](std::uint32_t unit, std::string_view wanted) { return code_->units[unit].name < wanted; });
    if (at == code_->by_name.end() || code_->units[*at].name != name) return std::nullopt;
    return ProgramId{*at};
}

std::vector<std::string> ProgramSet::names() const {
    std::vector<std::string> all;
    for (const std::uint32_t unit : code_->by_name) all.push_back(code_->units[unit].name);
    return all;
}

Digest program_digest(const ProgramSet& programs, ProgramId program) {
    return programs.code().units[static_cast<std::size_t>(program)].digest;
}

std::string render(const ProgramSet& programs, ProgramId program, const Value& view, Diagnostics& diagnostics,
                   const RenderLimits& limits) {
    QY_CHECK(static_cast<std::size_t>(program) < programs.code().units.size());
    return Machine(programs.code(), view, diagnostics, limits).render(static_cast<std::uint32_t>(program));
}

}  // namespace qunying
