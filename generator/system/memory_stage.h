#pragma once
// A whole site in memory, for the preview. A tree never changes: each build makes a new one that shares the
// bytes of what stayed the same, so whoever still reads the old one reads it whole.
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "system/output_stage.h"

namespace qunying {

using SharedBytes = std::shared_ptr<const std::string>;

struct MemoryTree {
    Release release;                 // manifest of every file; always whole
    std::vector<SharedBytes> bytes;  // of each file of the manifest, in its order

    // Null where there is none.
    SharedBytes find(std::string_view path) const;
};

class MemoryStage final : public OutputStage {
  public:
    // On top of `before`, the tree of the build before; null for the first one.
    explicit MemoryStage(std::shared_ptr<const MemoryTree> before)
        : before_(std::move(before)), draft_(before_ ? &before_->release.manifest.files : nullptr) {}

    const Release* previous() const override { return before_ ? &before_->release : nullptr; }
    OutputFile add(const std::string& path, std::string_view bytes) override;
    bool keep(const std::string& path, const OutputFile& expected) override;
    // Takes over whatever the tree before has and this one has not.
    void keep_others();
    CommitReport commit(const ReleaseFacts& facts) override;

    // What commit made; before it, and where a build stopped since nothing differs, the tree before.
    std::shared_ptr<const MemoryTree> tree() const { return committed_ ? committed_ : before_; }

  private:
    std::optional<std::size_t> as_before(const std::string& path, const OutputFile& file) const;
    std::shared_ptr<const MemoryTree> next(const ReleaseFacts& facts) const;

    const std::shared_ptr<const MemoryTree> before_;
    std::mutex mutex_;  // of what follows
    OutputDraft draft_;
    std::map<std::string, SharedBytes> fresh_;  // the bytes of draft_.fresh()
    CommitReport report_;
    std::shared_ptr<const MemoryTree> committed_;
};

}  // namespace qunying
