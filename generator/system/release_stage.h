#pragma once
// How a site is published as a folder: in one step, so that no visitor ever meets a site that is half new.
#include <memory>
#include <string>
#include <string_view>

#include "system/disk.h"
#include "system/output_stage.h"

namespace qunying {

// Failure's operation when the output folder is not ours: not empty and without a manifest, or holding
// something hidden, such as .git.
inline constexpr const char* not_our_folder = "replace a folder that holds something else";

// open() locks the output folder and removes what killed builds left beside it.
class ReleaseStage final : public OutputStage {
  public:
    // `out` is the output folder, and `spare` where a second tree of the release may be kept for the next
    // build, on the same file system; "" is nowhere.
    ReleaseStage(Disk& disk, std::string out, std::string spare = {});
    ~ReleaseStage() override;

    void open() override;
    const Release* previous() const override;
    // Written at once, unless the release before has the same; by one thread at a time, since a second writer
    // only slows the file system down. After a Failure commit throws it again.
    OutputFile add(const std::string& path, std::string_view bytes) override;
    bool keep(const std::string& path, const OutputFile& expected) override;
    CommitReport commit(const ReleaseFacts& facts) override;

  private:
    class Work;
    Work& work() const;

    Disk& disk_;
    std::string out_, spare_;
    std::unique_ptr<Work> work_;  // null until it is open
};

}  // namespace qunying
