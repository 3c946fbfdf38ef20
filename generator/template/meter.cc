#include "template/meter.h"

namespace qunying {

bool Meter::stop(DiagnosticKind kind, Span where, std::uint64_t limit) {
    if (!stopped_) diagnostics_.report(kind, where, {std::to_string(limit)});
    stopped_ = true;
    return false;
}

bool Meter::charge_text(std::size_t bytes, Span where) {
    if (bytes > limits_.output_bytes)
        return stop(DiagnosticKind::template_output_limit, where, limits_.output_bytes);
    return charge(1 + bytes / 16, where);
}

void Meter::fault(DiagnosticKind kind, Span where, std::vector<std::string> words, DiagnosticExtras extras) {
    const auto source = static_cast<std::uint32_t>(where.source);
    if (stopped_ || !reported_.emplace(source, where.begin, where.end, kind).second) return;
    diagnostics_.report(kind, where, std::move(words), std::move(extras));
}

}  // namespace qunying
