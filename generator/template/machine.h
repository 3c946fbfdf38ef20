#pragma once
// Runs a program. Local to one rendering: nothing here is shared between threads but the constant code, the
// view and the payloads of values.
#include <deque>
#include <string>
#include <vector>

#include "template/code.h"
#include "template/filters.h"
#include "template/meter.h"
#include "template/program.h"

namespace qunying {

// The names that the templates of one page share; an included template and an imported one have their own.
struct Context {
    struct Slot {
        Value value;
        bool known = false;  // looked up, or assigned
    };
    // One slot a symbol, and which of them were touched: so that many small includes cost no more than they
    // use.
    struct Slots {
        std::vector<Slot> all;
        std::vector<Symbol> touched;
    };
    Context(const Unit& its_unit, const Context* its_parent, const Value* its_view, Slots its_slots)
        : unit(&its_unit), parent(its_parent), view(its_view), slots(std::move(its_slots)) {}

    const Slot& at(Symbol symbol) const { return slots.all[symbol]; }
    Value& touch(Symbol symbol) const {
        Slot& slot = slots.all[symbol];
        if (!slot.known) slots.touched.push_back(symbol);
        slot.known = true;
        return slot.value;
    }

    const Unit* unit;
    const Context* parent;  // of an include with context, or nullptr
    const Value* view;      // nullptr without context
    mutable Slots slots;
};

// One running function.
struct Frame {
    Frame(const Function& its_function, Frame* its_outer, Context& its_context, std::vector<Value> its_slots)
        : function(&its_function), outer(its_outer), context(&its_context), slots(std::move(its_slots)) {
        slots.resize(its_function.slots);
    }

    const Function* function;
    Frame* outer;  // where the function was defined, or nullptr
    Context* context;
    std::vector<Value> slots;
    std::vector<Value> loops;         // the running loops, innermost last
    Symbol block = 0;                 // of a block: its name
    std::uint32_t block_version = 0;  // and which of its versions this is; 0 is the outermost
    bool is_block = false;
};

// A function that every template has. A macro, or the body of a call, has no payload: Value::macro names its
// function and the frame it was defined in, which lives as long as the macro can be reached.
struct BuiltinPayload final : FunctionPayload {
    enum class Which { range, dict };
    explicit BuiltinPayload(Which its_which) : which(its_which) {}
    Which which;
};

// `loop`. It moves on while the loop runs, in one thread.
struct LoopPayload final : FunctionPayload {
    Value source;                  // keeps `items` alive
    std::vector<Value> own_items;  // keys of a map, characters, what a condition let through
    std::span<const Value> items;
    mutable std::size_t index = 0;
    mutable std::optional<Digest> changed;  // of what loop.changed() was last asked about
};

struct Arguments {
    std::vector<Value> positional;
    std::vector<std::pair<std::string_view, Value>> named;
};

class Machine {
  public:
    Machine(const ProgramCode& code, const Value& view, Diagnostics& diagnostics, const RenderLimits& limits);
    std::string render(std::uint32_t unit);

  private:
    // machine.cc: instructions
    Context::Slots take_slots();
    std::vector<Value> take_values();
    void give_back(Frame& frame);
    void give_back(Context& context);
    void run_chain(Context& context, bool keep_frames);
    void run(Frame& frame);
    void run_block(Context& context, Symbol symbol, std::uint32_t version, Span where);
    void run_block_site(Frame& frame, const Instruction& instruction);
    void include(Frame& frame, const Inclusion& inclusion, Span where);
    void import(Frame& frame, const Import& import, Span where);
    const Context& load_module(Frame& frame, const Inclusion& inclusion, Span where);
    void pass(Frame& frame, const std::vector<Passed>& passed, Context& to);
    void assign(Frame& frame, const Target& target, Value value);
    bool begin_loop(Frame& frame, const Loop& loop);
    bool next_in_loop(Frame& frame, const Loop& loop);
    void keep_matching(Frame& frame, const Loop& loop, LoopPayload& state);
    void write(const Value& value, PrintMode mode, const Span& where);
    void write_raw(std::string_view text, const Span& where);
    void write_json_ld(const Value& value, Span where);
    void end_address(bool list, Span where);
    void begin_capture();
    Value end_capture();

    // places.cc: names
    Value& slot(Frame& frame, Place place);
    const Value& load(Frame& frame, Place place);
    const Value& look_up(const Context& context, Symbol symbol);
    Value from_outside(const Context& context, Symbol symbol);
    void store(Frame& frame, Place place, Value value);

    // evaluate.cc: expressions. A result that lives elsewhere is returned as it is; any other is put in
    // `scratch`.
    const Value& look(const Expression& e, Frame& frame, Value& scratch);
    const Value& look_inside(const Expression& e, Frame& frame, Value& scratch);
    // The same as look; undefined is reported and becomes the value of a failure, which is never reported
    // again.
    const Value& need(const Expression& e, Frame& frame, Value& scratch);
    const Value& look_attribute(const Expression& e, Frame& frame, Value& scratch);
    const Value& look_item(const Expression& e, Frame& frame, Value& scratch);
    Value compute(const Expression& e, Frame& frame);
    Value compute_slice(const Expression& e, Frame& frame);
    Value compute_concat(const Expression& e, Frame& frame);
    Value compute_compare(const Expression& e, Frame& frame);
    Value compute_map(const Expression& e, Frame& frame);
    Value compute_filter(const Expression& e, Frame& frame);
    Value compute_test(const Expression& e, Frame& frame);
    Value compute_block(const Expression& e, Frame& frame);
    Value loop_field(const LoopPayload& loop, LoopField field) const;
    bool is_true(const Expression& e, Frame& frame);
    bool compare_pair(Operator comparison, const Value& left, const Value& right, const Expression& e);
    Value fail(const Value& value, const Expression& e);
    const Value& failed() const { return failed_; }

    // calls.cc: macros and methods
    Value compute_call(const Expression& e, Frame& frame);
    Arguments evaluate_arguments(const Expression& e, Frame& frame);
    Value call(const Value& callee, Arguments arguments, const Expression& e);
    const Value* known_macro(const Expression& callee, Frame& frame);
    bool print_call(const Expression& e, Frame& frame);
    void bind_arguments(Frame& macro, const Expression& e, Frame& frame);
    void bind_defaults(Frame& macro, std::uint64_t given);
    Value call_macro(const Value& macro, Arguments arguments, const Expression& e);
    bool bind_parameters(Frame& frame, Arguments arguments, const Expression& e);
    Value call_builtin(BuiltinPayload::Which which, Arguments arguments, const Expression& e);
    Value call_range(const Arguments& arguments, const Expression& e);
    Value call_loop(const LoopPayload& loop, std::string_view name, Arguments arguments, const Expression& e);
    Value call_method(const Value& object, const Expression& e, Arguments arguments);
    bool has_shape(const Arguments& arguments, std::size_t least, std::size_t most, const Expression& e,
                   std::string_view signature);

    const ProgramCode& code_;
    const Value& view_;
    Meter meter_;
    std::string page_;
    std::string* out_ = &page_;
    std::vector<std::string> captures_;     // what was being written when each open capture began
    std::vector<std::string> spare_texts_;  // empty, with room
    std::vector<std::size_t> addresses_;    // where the open addresses begin in *out_
    std::vector<Context::Slots> spare_slots_;
    std::vector<std::vector<Value>> spare_values_;  // slots of frames that have ended, empty
    std::deque<Context> modules_;
    std::vector<std::pair<std::uint32_t, const Context*>> loaded_;  // modules without context, by unit
    std::deque<Frame> kept_frames_;  // macros of modules and parents look into them
    Value failed_ = Value::undefined("");
};

// Operators on two values; reports what they cannot do.
Value apply_operator(Operator operation, const Value& left, const Value& right, Meter& meter, Span where);
Value negate(const Value& value, Meter& meter, Span where);
// `needle in haystack`
bool contains(const Value& haystack, const Value& needle, Meter& meter, Span where);
// The item of a list, the character of a string or the entry of a map; undefined where there is none.
Value item_of(const Value& base, const Value& key);
// The items a loop or filter would walk: of a list its items, of a map its keys, of a string its characters.
// `own` keeps them where the value has no list of its own. Nothing where it cannot be walked.
std::optional<std::span<const Value>> items_of(const Value& value, std::vector<Value>& own);

}  // namespace qunying
