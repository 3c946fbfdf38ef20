#include "build/stages.h"

#include "system/process.h"

namespace qunying {

StageClock::StageClock() : wall_(std::chrono::steady_clock::now()), cpu_ns_(process_cpu_ns()) {}

void StageClock::end(std::string_view name) {
    const auto wall = std::chrono::steady_clock::now();
    const std::int64_t cpu_ns = process_cpu_ns();
    stages_.push_back({std::string(name), std::chrono::duration<double>(wall - wall_).count(),
                       static_cast<double>(cpu_ns - cpu_ns_) / 1e9, resident_bytes()});
    wall_ = wall;
    cpu_ns_ = cpu_ns;
}

void StageClock::part(std::string_view name, const CpuTime& time) {
    stages_.push_back({std::string(name), 0, time.seconds(), 0});
}

}  // namespace qunying
