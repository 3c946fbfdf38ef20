#pragma once
// What a command leaves behind when it is done.
#include <memory>
#include <utility>
#include <vector>

namespace qunying {

// Owns what has no effect any more but to hold memory: giving that of a finished build back piece by piece
// takes longer than all else at the end of a program, which the kernel then throws away as a whole. Whoever
// runs a command decides.
class Leftovers {
  public:
    Leftovers() = default;
    Leftovers(const Leftovers&) = delete;
    Leftovers& operator=(const Leftovers&) = delete;

    template <class Thing>
    void keep(std::unique_ptr<Thing> thing) {
        kept_.push_back(std::shared_ptr<const void>(std::move(thing)));
    }

  private:
    std::vector<std::shared_ptr<const void>> kept_;
};

}  // namespace qunying
