#pragma once
// A whole site in memory, for the preview. A tree never changes: each build makes a new one that shares the
// bytes of what stayed the same, so whoever still reads the old one reads it whole.
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "system/output_stage.h"

namespace qunying {

using SharedBytes = std::shared_ptr<const std::string>;

struct MemoryTree {
    Release release;                                        // manifest of every file; always whole
    std::map<std::string, SharedBytes, std::less<>> bytes;  // as many as the manifest names

    // Null where there is none.
    SharedBytes find(std::string_view path) const;
};

class MemoryStage final : public OutputStage {
  public:
    // On top of `before`, the tree of the build before; null for the first one.
    explicit MemoryStage(std::shared_ptr<const MemoryTree> before) : before_(std::move(before)) {}

    const Release* previous() const override { return before_ ? &before_->release : nullptr; }
    OutputFile add(const std::string& path, std::string_view bytes) override;
    bool keep(const std::string& path, const OutputFile& expected) override;
    CommitReport commit(const ReleaseFacts& facts) override;

    // What commit made; before it, and where a build stopped since nothing differs, the tree before.
    std::shared_ptr<const MemoryTree> tree() const { return committed_ ? committed_ : before_; }

  private:
    SharedBytes as_before(const std::string& path, const OutputFile& file) const;
    void enter(const std::string& path, const OutputFile& file, SharedBytes bytes);

    const std::shared_ptr<const MemoryTree> before_;
    std::mutex mutex_;  // of what follows
    std::shared_ptr<MemoryTree> next_ = std::make_shared<MemoryTree>();
    CommitReport report_;
    std::shared_ptr<const MemoryTree> committed_;
};

}  // namespace qunying
