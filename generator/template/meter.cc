#include "template/meter.h"

namespace qunying {

bool Meter::stop(DiagnosticKind kind, Span where, std::uint64_t limit) {
    if (!stopped_) diagnostics_.report(kind, where, {std::to_string(limit)});
    stopped_ = true;
    return false;
}

bool Meter::charge(std::uint64_t steps, Span where) {
    if (stopped_) return false;
    if (steps > limits_.steps - steps_)
        return stop(DiagnosticKind::template_step_limit, where, limits_.steps);
    steps_ += steps;
    return true;
}

bool Meter::charge_text(std::size_t bytes, Span where) {
    if (bytes > limits_.output_bytes)
        return stop(DiagnosticKind::template_output_limit, where, limits_.output_bytes);
    return charge(1 + bytes / 16, where);
}

bool Meter::charge_output(std::size_t bytes, Span where) {
    if (stopped_) return false;
    if (bytes > limits_.output_bytes - output_)
        return stop(DiagnosticKind::template_output_limit, where, limits_.output_bytes);
    output_ += bytes;
    return true;
}

bool Meter::enter(Span where) {
    if (stopped_) return false;
    if (depth_ >= limits_.depth) return stop(DiagnosticKind::template_depth_limit, where, limits_.depth);
    ++depth_;
    return true;
}

bool Meter::nest(Span where) {
    constexpr std::uint32_t most = 1500;
    if (nesting_ >= most) return stop(DiagnosticKind::template_depth_limit, where, most);
    ++nesting_;
    return true;
}

void Meter::fault(DiagnosticKind kind, Span where, std::vector<std::string> words, DiagnosticExtras extras) {
    const auto source = static_cast<std::uint32_t>(where.source);
    if (stopped_ || !reported_.emplace(source, where.begin, where.end, kind).second) return;
    diagnostics_.report(kind, where, std::move(words), std::move(extras));
}

}  // namespace qunying
