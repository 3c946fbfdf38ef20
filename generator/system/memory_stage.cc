#include "system/memory_stage.h"

#include "base/failure.h"

namespace qunying {

SharedBytes MemoryTree::find(std::string_view path) const {
    const auto index = release.manifest.files.index_of(path);
    return index ? bytes[*index] : nullptr;
}

std::optional<std::size_t> MemoryStage::as_before(const std::string& path, const OutputFile& file) const {
    if (!before_) return std::nullopt;
    const OutputTree& files = before_->release.manifest.files;
    const auto index = files.index_of(path);
    return index && files[*index].file == file ? index : std::nullopt;
}

OutputFile MemoryStage::add(const std::string& path, std::string_view bytes) {
    QY_CHECK(is_output_path(path));
    const OutputFile file{blake2b_of(bytes), bytes.size()};
    const auto same = as_before(path, file);
    SharedBytes fresh = same ? nullptr : std::make_shared<const std::string>(bytes);
    const std::lock_guard guard(mutex_);
    QY_CHECK(!committed_);
    if (same) {
        draft_.keep(*same);
        return file;
    }
    draft_.add(path, file);
    fresh_.emplace(path, std::move(fresh));
    report_.bytes += bytes.size();
    return file;
}

bool MemoryStage::keep(const std::string& path, const OutputFile& expected) {
    QY_CHECK(is_output_path(path));
    const auto same = as_before(path, expected);
    if (!same) return false;
    const std::lock_guard guard(mutex_);
    QY_CHECK(!committed_);
    draft_.keep(*same);
    return true;
}

void MemoryStage::keep_others() {
    const std::lock_guard guard(mutex_);
    QY_CHECK(!committed_);
    draft_.keep_others();
}

std::shared_ptr<const MemoryTree> MemoryStage::next(const ReleaseFacts& facts) const {
    auto tree = std::make_shared<MemoryTree>();
    tree->release.manifest = {facts, draft_.tree()};
    tree->release.whole = true;
    tree->bytes.reserve(tree->release.manifest.files.size());
    auto fresh = fresh_.begin();
    draft_.in_order([&](std::size_t index) { tree->bytes.push_back(before_->bytes[index]); },
                    [&](const auto&) { tree->bytes.push_back((fresh++)->second); });
    return tree;
}

CommitReport MemoryStage::commit(const ReleaseFacts& facts) {
    const std::lock_guard guard(mutex_);
    QY_CHECK(!committed_);
    report_.written = draft_.fresh().size();
    report_.unchanged = draft_.kept_count();
    report_.removed = draft_.removed_count();
    const bool same = before_ && draft_.same_as_before() && before_->release.manifest.facts == facts;
    report_.way = same ? CommitWay::unchanged : CommitWay::switched;
    committed_ = same ? before_ : next(facts);
    return report_;
}

}  // namespace qunying
