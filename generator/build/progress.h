#pragma once
// Where a build stands, for whoever shows it. Nothing is computed from it.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace qunying {

enum class Step { read, load, check, pictures, posters, plan, render, write };

struct ProgressNews {
    Step step = Step::read;
    std::size_t done = 0, total = 0;  // total is 0 when it is not known
    std::uint64_t work_done = 0,
                  work_total = 0;   // what takes the time, such as pixels; 0 when it is not known
    std::string_view in_hand = {};  // the file that is waited for, from the site's root
};

// Told at the start of a step with done = 0, then now and then. Without a listener it is silent.
class Progress {
  public:
    using Listener = std::function<void(const ProgressNews&)>;

    Progress() = default;
    Progress(Listener listener)
        : listener_(std::move(listener)) {}  // NOLINT: a listener is all there is to it

    void operator()(const ProgressNews& news) const {
        if (listener_) listener_(news);
    }
    void operator()(Step step, std::size_t done, std::size_t total) const {
        (*this)(ProgressNews{step, done, total});
    }

  private:
    Listener listener_;
};

}  // namespace qunying
