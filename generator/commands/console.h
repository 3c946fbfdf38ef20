#pragma once
// What people see while and after a build: a progress bar on a terminal, plain lines otherwise; findings;
// sums.
#include <cstdio>
#include <string>

#include "base/diagnostic.h"
#include "build/build.h"

namespace qunying {

// A bar on stderr that redraws itself on a terminal and says each step once elsewhere.
class ProgressBar {
  public:
    explicit ProgressBar(Language language);
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    void show(Step step, std::size_t done, std::size_t total);
    // Clears the bar, so that other lines may follow.
    void clear();

  private:
    Language language_;
    bool terminal_;
    bool drawn_ = false;
    Step last_ = Step::read;
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
