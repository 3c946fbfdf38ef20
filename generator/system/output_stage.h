#pragma once
// Where a build puts its files: bytes go to a stage the moment they are made, and the finished stage takes
// the place of what was published before in one step. Before that step nothing of the old site changes;
// whatever fails, it stays. ReleaseStage publishes a folder, MemoryStage a tree in memory for the preview.
#include <cstdint>
#include <string>
#include <string_view>

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
};

// One release in the making. What has not been committed when it goes out of scope is thrown away.
class OutputStage {
  public:
    OutputStage() = default;
    virtual ~OutputStage() = default;
    OutputStage(const OutputStage&) = delete;
    OutputStage& operator=(const OutputStage&) = delete;

    // Looks at what is there now. Comes first, and may run beside anything else but another call of this
    // stage.
    virtual void open() {}

    // The release that is there now, or null. While `whole`, a build whose inputs equal its `inputs` may
    // stop.
    virtual const Release* previous() const = 0;

    // Adds a file and says what the manifest will say of it. Each path once, as is_output_path has it
    // (QY_CHECK). May be called from several threads.
    virtual OutputFile add(const std::string& path, std::string_view bytes) = 0;
    // Takes a file over from the release before if it is `expected`; false, and nothing done, otherwise.
    virtual bool keep(const std::string& path, const OutputFile& expected) = 0;

    // Publishes what was added and kept, and nothing else. Once only.
    virtual CommitReport commit(const ReleaseFacts& facts) = 0;
};

}  // namespace qunying
