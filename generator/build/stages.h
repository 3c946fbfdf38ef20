#pragma once
// Where the time of a build goes, for --report and bench/. Nothing is computed from it.
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/cpu_time.h"

namespace qunying {

// A stretch of the build, in the order of docs/architecture.md; `cpu` sums all threads. A part of a stage has
// no wall time of its own, since its threads do other parts meanwhile.
struct StageTime {
    std::string name;  // read, parse, parse.yaml…
    double wall_seconds = 0, cpu_seconds = 0;
    std::uint64_t resident_bytes = 0;  // at its end
};

class StageClock {
  public:
    StageClock();

    // Ends the stage that began at the last call, or at construction.
    void end(std::string_view name);
    void part(std::string_view name, const CpuTime& time);
    std::vector<StageTime> take() { return std::move(stages_); }

  private:
    std::chrono::steady_clock::time_point wall_;
    std::int64_t cpu_ns_;
    std::vector<StageTime> stages_;
};

// The parts that go on inside parallel stages.
struct StageParts {
    CpuTime yaml, markdown, search, files, keys, view, digest, render, stage;
};

}  // namespace qunying
