#pragma once
// Linux tells of changes folder by folder. Hides inotify.
#include <exception>

#include "serve/watcher.h"

namespace qunying {

// The system has no more watches; thrown by wait() of what watch_by_inotify made.
class OutOfWatches : public std::exception {
  public:
    const char* what() const noexcept override { return "no more inotify watches"; }
};

// Null where the system has no inotify, or not enough watches for the folders that are there.
std::unique_ptr<Watcher> watch_by_inotify(const std::string& site, Disk& disk, const WatchOptions& options);

}  // namespace qunying
