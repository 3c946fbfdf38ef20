#pragma once
// What a rendering has used up and what it has reported. Filters and the machine share one.
#include <cstdint>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "base/diagnostic.h"
#include "template/program.h"

namespace qunying {

class Meter {
  public:
    Meter(Diagnostics& diagnostics, const RenderLimits& limits)
        : diagnostics_(diagnostics), limits_(limits) {}

    // Takes `steps` from the budget; false when it is used up, then nothing more is to be done.
    bool charge(std::uint64_t steps, const Span& where) {
        if (stopped_) return false;
        if (steps > limits_.steps - steps_)
            return stop(DiagnosticKind::template_step_limit, where, limits_.steps);
        steps_ += steps;
        return true;
    }
    // The same for making a text of `bytes`; also false where that is too long.
    bool charge_text(std::size_t bytes, Span where);
    bool charge_output(std::size_t bytes, const Span& where) {
        if (stopped_) return false;
        if (bytes > limits_.output_bytes - output_)
            return stop(DiagnosticKind::template_output_limit, where, limits_.output_bytes);
        output_ += bytes;
        return true;
    }
    bool enter(const Span& where) {
        if (stopped_) return false;
        if (depth_ >= limits_.depth) return stop(DiagnosticKind::template_depth_limit, where, limits_.depth);
        ++depth_;
        return true;
    }
    void leave() { --depth_; }
    // Expressions in one another, through all macros: what keeps the machine's own stack small.
    bool nest(const Span& where) {
        constexpr std::uint32_t most = 1500;
        if (nesting_ >= most) return stop(DiagnosticKind::template_depth_limit, where, most);
        ++nesting_;
        return true;
    }
    void unnest() { --nesting_; }
    bool stopped() const { return stopped_; }

    // Once for each place and kind.
    void fault(DiagnosticKind kind, Span where, std::vector<std::string> words = {},
               DiagnosticExtras extras = {});

  private:
    bool stop(DiagnosticKind kind, Span where, std::uint64_t limit);

    Diagnostics& diagnostics_;
    const RenderLimits& limits_;
    std::uint64_t steps_ = 0;
    std::size_t output_ = 0;
    std::uint32_t depth_ = 0;
    std::uint32_t nesting_ = 0;
    bool stopped_ = false;
    std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, DiagnosticKind>> reported_;
};

}  // namespace qunying
