#pragma once
// Builds whenever something has changed, and publishes what came of it. Runs on one thread; whatever goes
// wrong, it lives on.
#include <functional>
#include <memory>
#include <set>
#include <string>

#include "build/build.h"
#include "serve/event_hub.h"
#include "serve/watcher.h"

namespace qunying {

struct LoopOptions {
    Language language = Language::chinese;
    // Asked before each build: today may be another day.
    std::function<BuildOptions()> build_options;
    // Told after each build, for the console.
    std::function<void(const BuildResult&, double seconds)> built = [](const BuildResult&, double) {};
    std::function<void(const Failure&)> failed = [](const Failure&) {};
};

class PreviewLoop {
  public:
    PreviewLoop(Disk& site, Watcher& watcher, EventHub& hub, LoopOptions options);

    // Until stop() is called; a build that runs is finished first.
    void run();
    void stop();

    // Where its builds keep what they made of photographs.
    const BlobCache& built_pictures() { return memo_.cache(); }

  private:
    void follow(const Changes& changes);
    bool try_build(const Changes& changes);
    void build(const Changes& changes);
    // The short way where it is sure to lead to the same tree.
    const BuildResult& make(const Changes& changes, MemoryStage& stage);

    Disk& site_;
    Watcher& watcher_;
    EventHub& hub_;
    const LoopOptions options_;
    Memo memo_;
    KeptBuild kept_{site_, memo_};
    std::shared_ptr<const MemoryTree> tree_;       // of the last good build
    std::shared_ptr<const PictureList> pictures_;  // of the last build that knew them
    PartialDate today_;
    std::atomic<bool> stopped_{false};
};

}  // namespace qunying
