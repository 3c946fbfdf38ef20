// Names at run time: slots of frames, and the names of the page, which are looked up once and then kept.
#include "template/machine.h"

namespace qunying {
namespace {

// Live as long as the program.
const Value& builtin(std::string_view name) {
    static const Value none;
    static const Value range = Value::function(new BuiltinPayload(BuiltinPayload::Which::range));
    static const Value dict = Value::function(new BuiltinPayload(BuiltinPayload::Which::dict));
    if (name == "range") return range;
    return name == "dict" ? dict : none;
}

}  // namespace

Value& Machine::slot(Frame& frame, Place place) {
    if (place.where == Place::Where::shared) return frame.context->touch(place.slot);
    Frame* at = &frame;
    for (std::uint16_t i = 0; i < place.depth; ++i) at = at->outer;
    return at->slots[place.slot];
}

const Value& Machine::load(Frame& frame, Place place) {
    if (place.where == Place::Where::local) return slot(frame, place);
    return look_up(*frame.context, place.slot);
}

const Value& Machine::look_up(const Context& context, Symbol symbol) {
    const Context::Slot& shared = context.at(symbol);
    if (shared.known) return shared.value;
    return context.touch(symbol) = from_outside(context, symbol);
}

Value Machine::from_outside(const Context& context, Symbol symbol) {
    if (context.parent) return look_up(*context.parent, symbol);
    const std::string& name = code_.symbols[symbol];
    if (context.view) {
        if (const Value* found = context.view->find(name)) return *found;
    }
    const Value& global = builtin(name);
    if (!global.is_none()) return global;
    return context.view ? Value::missing(name, *context.view) : Value::undefined(name);
}

void Machine::store(Frame& frame, Place place, Value value) { slot(frame, place) = std::move(value); }

}  // namespace qunying
