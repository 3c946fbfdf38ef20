#pragma once
// A second tree of the release that is published, made of hard links, kept for the next build: its stage then
// has every file but those that change, and publishing costs what changed, not what the site has.
#include <string>

#include "system/disk.h"
#include "system/manifest.h"
#include "system/output_tree.h"
#include "system/stage_files.h"

namespace qunying {

// Never trusted: a spare that does not show the very files of the release is put right, one that differs much
// or looks odd is thrown away, and what goes wrong with it costs its use and nothing else. It may be deleted
// at any time.
class SpareRelease {
  public:
    // `place` is where it lies between two builds; "" when none is kept.
    SpareRelease(Disk& disk, std::string place) : disk_(disk), place_(std::move(place)) {}

    // Puts the spare in the place of `stage`, an empty folder, and tells what it holds of `release`, which is
    // null when there is none. After that nothing lies in `place`, and nothing else in `stage`.
    HeldFiles take(const std::string& stage, const ReleaseState* release);
    // Makes the spare of `old`, the folder of `before`, now that `draft` is published at `out`: it gets the
    // files of `out`, each of them and no other. False when there is no spare, and `old` may be anything.
    bool keep(const std::string& old, const std::string& out, const ReleaseState& before,
              const OutputDraft& draft);
    // Removes it.
    void discard();
    // Where a spare lies that could be neither used nor removed, or "".
    const std::string& left_over() const { return left_over_; }

  private:
    HeldFiles move_to(const std::string& stage, const ReleaseState& release);

    Disk& disk_;
    std::string place_, left_over_;
};

}  // namespace qunying
