#pragma once
// How a site is published: bytes go to a stage the moment they are made, and the finished stage takes the
// place of the old site in one step. Before that step nothing of the old site changes; whatever fails, it
// stays.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "system/disk.h"
#include "system/manifest.h"

namespace qunying {

// How a release came to its place.
enum class CommitWay {
    unchanged,        // nothing differed, nothing was written
    switched,         // in one step
    copied_in_place,  // file by file: the file system or a mount point forbids the switch (FAT, SMB, -o
                      // /media/usb)
};

struct CommitReport {
    CommitWay way = CommitWay::unchanged;
    std::size_t written = 0;    // files with new bytes, without manifest.json
    std::size_t unchanged = 0;  // files as in the release before
    std::size_t removed = 0;    // files of the release before that are no more
    std::size_t strangers = 0;  // files that someone else had put there and that went with the old release
    std::uint64_t bytes = 0;    // of `written`
    std::string left_over;      // what could not be removed after the switch; the next build removes it
    OutputTree tree;            // what is published now
};

// Failure's operation when the output folder is not ours: not empty and without a manifest, or holding
// something hidden, such as .git.
inline constexpr const char* not_our_folder = "replace a folder that holds something else";

// One release in the making. Locks the output folder and removes what killed builds left beside it. What has
// not been committed when it goes out of scope is thrown away.
class OutputStage {
  public:
    // `out` is the name of the output folder, directly in the root of `disk`.
    OutputStage(Disk& disk, std::string out);
    ~OutputStage();
    OutputStage(const OutputStage&) = delete;
    OutputStage& operator=(const OutputStage&) = delete;

    // The release that is there now, if any. While `whole`, a build whose inputs equal its `inputs` may stop.
    const ReleaseState* previous() const;

    // Adds a file. Written at once, unless the release before has the same. Each path once, as is_output_path
    // has it (QY_CHECK). May be called from several threads; bytes are written by one at a time, since a
    // second writer only slows the file system down.
    void add(const std::string& path, std::string_view bytes);
    // Takes a file over from the release before if it is `expected`; false, and nothing done, otherwise.
    bool keep(const std::string& path, const OutputFile& expected);

    // Publishes what was added, and nothing else. Once only.
    CommitReport commit(const ReleaseFacts& facts);

  private:
    class Work;
    std::unique_ptr<Work> work_;
};

}  // namespace qunying
