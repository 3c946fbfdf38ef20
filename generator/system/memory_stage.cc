#include "system/memory_stage.h"

#include "base/digest.h"
#include "base/failure.h"

namespace qunying {

SharedBytes MemoryTree::find(std::string_view path) const {
    const auto found = bytes.find(path);
    return found == bytes.end() ? nullptr : found->second;
}

SharedBytes MemoryStage::as_before(const std::string& path, const OutputFile& file) const {
    if (!before_) return nullptr;
    const auto found = before_->release.manifest.files.find(path);
    if (found == before_->release.manifest.files.end() || found->second != file) return nullptr;
    return before_->find(path);
}

void MemoryStage::enter(const std::string& path, const OutputFile& file, SharedBytes bytes) {
    QY_CHECK(!committed_);
    QY_CHECK(next_->release.manifest.files.emplace(path, file).second);
    next_->bytes.emplace(path, std::move(bytes));
}

OutputFile MemoryStage::add(const std::string& path, std::string_view bytes) {
    QY_CHECK(is_output_path(path));
    const OutputFile file{blake2b_hex(bytes), bytes.size()};
    SharedBytes shared = as_before(path, file);
    const bool fresh = !shared;
    if (fresh) shared = std::make_shared<const std::string>(bytes);
    const std::lock_guard guard(mutex_);
    enter(path, file, std::move(shared));
    if (!fresh) return file;
    ++report_.written;
    report_.bytes += bytes.size();
    return file;
}

bool MemoryStage::keep(const std::string& path, const OutputFile& expected) {
    QY_CHECK(is_output_path(path));
    SharedBytes shared = as_before(path, expected);
    if (!shared) return false;
    const std::lock_guard guard(mutex_);
    enter(path, expected, std::move(shared));
    return true;
}

CommitReport MemoryStage::commit(const ReleaseFacts& facts) {
    const std::lock_guard guard(mutex_);
    QY_CHECK(!committed_);
    next_->release.manifest.facts = facts;
    next_->release.whole = true;
    report_.unchanged = next_->bytes.size() - report_.written;
    if (before_) {
        for (const auto& [path, bytes] : before_->bytes)
            report_.removed += next_->bytes.contains(path) ? 0 : 1;
    }
    const bool same = before_ && before_->release.manifest == next_->release.manifest;
    report_.way = same ? CommitWay::unchanged : CommitWay::switched;
    committed_ = same ? before_ : std::move(next_);
    return report_;
}

}  // namespace qunying
