#pragma once
// When a burst of changes has come to rest. One save is several events: a temporary file is written, renamed,
// its times are set.
#include <chrono>
#include <optional>
#include <set>
#include <string>

namespace qunying {

class Debounce {
  public:
    using Time = std::chrono::steady_clock::time_point;

    // This long after the last event, where no file is still open for writing; quicker than anyone notices.
    static constexpr std::chrono::milliseconds quiet{8};
    // This long after the first one, whatever goes on.
    static constexpr std::chrono::milliseconds longest{50};

    // Someone writes to that file and will close it.
    void writing(const std::string& path, Time now);
    // Something happened to that file, and it is whole again.
    void settled(const std::string& path, Time now);

    // When to tell of the changes; nothing while there are none.
    std::optional<Time> due() const;
    void clear() { *this = Debounce(); }

  private:
    void note(Time now);

    std::optional<Time> first_;
    Time last_;
    std::set<std::string> open_;
};

}  // namespace qunying
