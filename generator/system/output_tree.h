#pragma once
// The files of a release, by path: what a manifest lists.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"

namespace qunying {

struct OutputFile {
    Blake2b blake2b;
    std::uint64_t size = 0;

    bool operator==(const OutputFile&) const = default;
};

// Files in the order of their paths. All names lie one behind the other in one string: a file takes 48 bytes
// and its name, where a node of a map with two strings took 230, and a tree is copied in two moves of memory.
class OutputTree {
  public:
    struct Item {
        std::string_view path;
        const OutputFile& file;
    };
    class Iterator {
      public:
        Iterator(const OutputTree& tree, std::size_t index) : tree_(&tree), index_(index) {}
        Item operator*() const { return (*tree_)[index_]; }
        Iterator& operator++() { return ++index_, *this; }
        bool operator==(const Iterator&) const = default;

      private:
        const OutputTree* tree_;
        std::size_t index_;
    };

    OutputTree() = default;
    explicit OutputTree(const std::map<std::string, OutputFile, std::less<>>& files);

    // `path` comes after all that are there (QY_CHECK).
    void append(std::string_view path, const OutputFile& file);
    void reserve(std::size_t files, std::size_t name_bytes);

    std::size_t size() const { return entries_.size(); }
    bool empty() const { return entries_.empty(); }
    Item operator[](std::size_t index) const { return {path(index), entries_[index].file}; }
    std::string_view path(std::size_t index) const {
        const std::size_t begin = index == 0 ? 0 : entries_[index - 1].name_end;
        return std::string_view(names_).substr(begin, entries_[index].name_end - begin);
    }
    Iterator begin() const { return {*this, 0}; }
    Iterator end() const { return {*this, size()}; }

    // Where the first path lies that is not before `path`.
    std::size_t lower_bound(std::string_view path) const;
    std::optional<std::size_t> index_of(std::string_view path) const;
    // The same, sooner where that is `near`.
    std::optional<std::size_t> index_of(std::string_view path, std::size_t near) const;
    // Null where there is none.
    const OutputFile* find(std::string_view path) const;
    bool contains(std::string_view path) const { return index_of(path).has_value(); }

    bool operator==(const OutputTree&) const = default;

  private:
    struct Entry {
        OutputFile file;
        std::uint32_t name_end = 0;  // in names_; its begin is the end of the one before

        bool operator==(const Entry&) const = default;
    };
    std::string names_;
    std::vector<Entry> entries_;
};

// The tree of a release in the making: some files as in the release before, by their place there, and fresh
// ones.
class OutputDraft {
  public:
    // `before` may be null, and must outlive the draft.
    explicit OutputDraft(const OutputTree* before)
        : before_(before), kept_(before == nullptr ? 0 : before->size()) {}

    // Each path once (QY_CHECK).
    void keep(std::size_t index);
    void add(const std::string& path, const OutputFile& file);
    // Keeps whatever no fresh file takes the place of.
    void keep_others();

    using Fresh = std::map<std::string, OutputFile, std::less<>>;
    const Fresh& fresh() const { return fresh_; }
    std::size_t kept_count() const { return kept_count_; }
    bool is_kept(std::size_t index) const { return kept_[index]; }
    // Files of the release before that are no more.
    std::size_t removed_count() const;
    // Every file of the release before is kept, and none is fresh.
    bool same_as_before() const { return fresh_.empty() && kept_count_ == kept_.size(); }

    OutputTree tree() const;
    // Calls kept(index) or fresh(entry of fresh()) for every file in the order of the paths.
    template <class Kept, class Added>
    void in_order(Kept kept, Added added) const {
        auto next = fresh_.begin();
        for (std::size_t i = 0; i < kept_.size(); ++i) {
            if (!kept_[i]) continue;
            for (; next != fresh_.end() && std::string_view(next->first) < before_->path(i); ++next)
                added(*next);
            kept(i);
        }
        for (; next != fresh_.end(); ++next) added(*next);
    }

  private:
    const OutputTree* before_;
    std::vector<bool> kept_;  // by index in *before_
    std::size_t kept_count_ = 0;
    Fresh fresh_;
};

}  // namespace qunying
