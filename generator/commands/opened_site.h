#pragma once
// What check and build have in common: the site's disk, its lock, its memo and the options of a run.
#include <chrono>
#include <memory>

#include "build/build.h"
#include "commands/command_line.h"
#include "commands/console.h"
#include "system/disk.h"

namespace qunying {

struct OpenedSite {
    std::unique_ptr<Disk> disk;
    std::unique_ptr<Lock> lock;
    std::unique_ptr<Memo> memo;
};

// Opens the site and locks its state, so that two builds never mix. Throws Failure.
OpenedSite open_site(const std::string& folder);

// Options as the arguments say; today is SOURCE_DATE_EPOCH's day, else the local date.
BuildOptions options_of(const SiteArguments& arguments, ProgressBar& bar);

class Stopwatch {
  public:
    double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }

  private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// The folder with themes/ that came with the program: beside it when it was installed, or the source folder.
std::string shipped_folder();

}  // namespace qunying
