#include "system/output_tree.h"

#include <limits>

#include "base/failure.h"
#include "base/ordered_search.h"

namespace qunying {

OutputTree::OutputTree(const std::map<std::string, OutputFile, std::less<>>& files) {
    for (const auto& [path, file] : files) append(path, file);
}

void OutputTree::append(std::string_view path, const OutputFile& file) {
    QY_CHECK(empty() || this->path(size() - 1) < path);
    QY_CHECK(names_.size() + path.size() <= std::numeric_limits<std::uint32_t>::max());
    names_ += path;
    entries_.push_back({file, static_cast<std::uint32_t>(names_.size())});
}

void OutputTree::reserve(std::size_t files, std::size_t name_bytes) {
    entries_.reserve(files);
    names_.reserve(name_bytes);
}

std::size_t OutputTree::lower_bound(std::string_view path) const {
    return first_not_before(0, size(), [&](std::size_t i) { return this->path(i) < path; });
}

std::optional<std::size_t> OutputTree::index_of(std::string_view path) const {
    const std::size_t at = lower_bound(path);
    return at < size() && this->path(at) == path ? std::optional(at) : std::nullopt;
}

std::optional<std::size_t> OutputTree::index_of(std::string_view path, std::size_t near) const {
    const std::size_t at =
        first_not_before_near(size(), near, [&](std::size_t i) { return this->path(i) < path; });
    return at < size() && this->path(at) == path ? std::optional(at) : std::nullopt;
}

const OutputFile* OutputTree::find(std::string_view path) const {
    const auto index = index_of(path);
    return index ? &entries_[*index].file : nullptr;
}

void OutputDraft::keep(std::size_t index) {
    QY_CHECK(!kept_[index]);
    QY_CHECK(fresh_.empty() || !fresh_.contains(before_->path(index)));
    kept_[index] = true;
    ++kept_count_;
}

void OutputDraft::add(const std::string& path, const OutputFile& file) {
    const auto index = before_ == nullptr ? std::nullopt : before_->index_of(path);
    QY_CHECK(!index || !kept_[*index]);
    QY_CHECK(fresh_.emplace(path, file).second);
}

void OutputDraft::keep_others() {
    kept_.assign(kept_.size(), true);
    kept_count_ = kept_.size();
    for (const auto& [path, file] : fresh_) {
        const auto index = before_ == nullptr ? std::nullopt : before_->index_of(path);
        if (!index) continue;
        kept_[*index] = false;
        --kept_count_;
    }
}

std::size_t OutputDraft::removed_count() const {
    std::size_t removed = kept_.size() - kept_count_;
    for (const auto& [path, file] : fresh_) {
        if (before_ != nullptr && before_->contains(path)) --removed;
    }
    return removed;
}

OutputTree OutputDraft::tree() const {
    OutputTree tree;
    std::size_t bytes = 0;
    in_order([&](std::size_t index) { bytes += before_->path(index).size(); },
             [&](const auto& fresh) { bytes += fresh.first.size(); });
    tree.reserve(kept_count_ + fresh_.size(), bytes);
    in_order([&](std::size_t index) { tree.append(before_->path(index), (*before_)[index].file); },
             [&](const auto& fresh) { tree.append(fresh.first, fresh.second); });
    return tree;
}

}  // namespace qunying
