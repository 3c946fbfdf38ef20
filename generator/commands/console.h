#pragma once
// What people see while and after a build: a progress bar on a terminal, plain lines otherwise; findings;
// sums.
#include <chrono>
#include <cstdio>
#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "build/build.h"

namespace qunying {

// 处理照片 [######..................] 6/24，约剩 40 秒，portrait.jpg; never wider than `columns`. `seconds`
// is how long the step has lasted: after a while what is left can be told from the work that is done.
std::string progress_line(const ProgressNews& news, double seconds, int columns, Language language);

// A bar on stderr that redraws itself on a terminal; elsewhere each step is said once, and a long one now and
// then.
class ProgressBar {
  public:
    explicit ProgressBar(Language language);
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    void show(const ProgressNews& news);
    // Clears the bar, so that other lines may follow.
    void clear();

  private:
    using Clock = std::chrono::steady_clock;

    void draw(const ProgressNews& news);
    void print(const ProgressNews& news);

    Language language_;
    bool terminal_;
    std::string drawn_;  // what stands there
    std::optional<Step> step_;
    Clock::time_point began_, told_;
};

// Every finding, then one line with their number.
std::string findings_text(const BuildResult& result, Language language);

// 人物等资料 60 份，发布 55 份…; `seconds` is the time the build took.
std::string summary_text(const BuildResult& result, double seconds, Language language);
// As above for a build that ended at once, because nothing had changed.
std::string unchanged_text(const BuildResult& result, double seconds, Language language);
std::string summary_json(const BuildResult& result, double seconds);

// 12.3 MB
std::string size_text(std::uint64_t bytes);

}  // namespace qunying
