#include "serve/preview_loop.h"

#include <chrono>

#include "system/memory_stage.h"

namespace qunying {
namespace {

using Clock = std::chrono::steady_clock;

// How often to ask whether it is another day.
constexpr std::chrono::seconds day_check{30};
// A build that stumbled over a file that was just going away is tried again before anyone hears of it, and
// one that the world keeps from working from time to time.
constexpr std::chrono::milliseconds first_retry{30}, later_retry{1000};

}  // namespace

PreviewLoop::PreviewLoop(Disk& site, Watcher& watcher, EventHub& hub, LoopOptions options)
    : site_(site), watcher_(watcher), hub_(hub), options_(std::move(options)), memo_(site) {}

void PreviewLoop::stop() {
    stopped_ = true;
    watcher_.stop();
}

void PreviewLoop::run() {
    follow({true, {}});
    while (!stopped_) {
        const Changes changes = watcher_.wait(day_check);
        if (stopped_) return;
        if (!changes.empty())
            follow(changes);
        else if (options_.build_options().as_of != today_)
            follow({true, {}});
    }
}

// Until a build has come to its end, well or with findings.
void PreviewLoop::follow(const Changes& changes) {
    if (try_build(changes)) return;
    auto pause = first_retry;
    while (!stopped_) {
        watcher_.wait(pause);
        if (stopped_ || try_build({true, {}})) return;
        pause = later_retry;
    }
}

bool PreviewLoop::try_build(const Changes& changes) {
    try {
        build(changes);
        return true;
    } catch (const Failure& failure) {
        const bool again = changes.everything;
        if (again) hub_.publish(tree_, findings_of(failure, options_.language), pictures_);
        if (again) options_.failed(failure);
        return false;
    }
}

void PreviewLoop::build(const Changes& changes) {
    const auto start = Clock::now();
    MemoryStage stage(tree_);
    const BuildResult& result = make(changes, stage);
    if (result.published) tree_ = stage.tree();
    hub_.publish(tree_, findings_of(result.diagnostics, result.tree.sources, options_.language), pictures_);
    options_.built(result, std::chrono::duration<double>(Clock::now() - start).count());
}

const BuildResult& PreviewLoop::make(const Changes& changes, MemoryStage& stage) {
    if (!changes.everything) {
        if (const BuildResult* retold = kept_.retell(changes.paths, stage)) return *retold;
    }
    BuildOptions options = options_.build_options();
    options.preview = true;
    today_ = options.as_of;
    const BuildResult& result = kept_.build(stage, options);
    if (auto pictures = kept_.pictures())
        pictures_ = std::make_shared<const PictureList>(std::move(*pictures));
    return result;
}

}  // namespace qunying
