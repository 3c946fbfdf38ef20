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
    bool charge(std::uint64_t steps, Span where);
    // The same for making a text of `bytes`; also false where that is too long.
    bool charge_text(std::size_t bytes, Span where);
    bool charge_output(std::size_t bytes, Span where);
    bool enter(Span where);
    void leave() { --depth_; }
    // Expressions in one another, through all macros: what keeps the machine's own stack small.
    bool nest(Span where);
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
