#pragma once
// A disk in memory that takes notes: a real implementation, with what is on the medium kept apart from what
// is only in the cache of the kernel, so that tests can cut the power.
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "system/disk.h"

namespace qunying {

// What a MemoryDisk can be told not to offer, as some file systems do not.
enum class DiskFeature { exchange, hard_link, sync_filesystem, folder_lock, write_in_root };

// What a power cut leaves of that which was not synced.
enum class Surviving {
    synced_alone,         // nothing
    names_without_bytes,  // every name, and empty files
};

struct DiskNote {
    std::string operation, path;
};

using FileSnapshot = std::map<std::string, std::string>;

class MemoryDisk final : public Disk {
  public:
    MemoryDisk();
    ~MemoryDisk() override;

    std::optional<std::string> read_if_there(const std::string& path, std::uint64_t limit) override;
    std::vector<FolderEntry> list_folder(const std::string& path) override;
    std::optional<FileStatus> status(const std::string& path) override;
    void create_folder(const std::string& path) override;
    void write_new_file(const std::string& path, std::string_view bytes) override;
    void append_to_file(const std::string& path, std::string_view bytes) override;
    void rename(const std::string& from, const std::string& to) override;
    Outcome exchange(const std::string& left, const std::string& right) override;
    Outcome hard_link(const std::string& from, const std::string& to) override;
    void remove_file(const std::string& path) override;
    void remove_folder(const std::string& path) override;
    void sync_file(const std::string& path) override;
    void sync_folder(const std::string& path) override;
    Outcome sync_filesystem(const std::string& path) override;
    std::unique_ptr<Lock> lock(const std::string& path) override;

    // Scene setting, not noted: a file with its folders, replaced if it is there; and other kinds of entry.
    void put(const std::string& path, std::string_view bytes);
    void put_kind(const std::string& path, FileKind kind);
    void refuse(DiskFeature feature) { refused_.insert(feature); }
    // From here on `path` is another file system.
    void mount(const std::string& path);

    // Every file in a folder with its bytes, by path within it.
    FileSnapshot snapshot(const std::string& folder = "") const;
    // Every call since the last clear_notes, in order.
    std::vector<DiskNote> notes() const;
    // Those of them that changed anything on the disk.
    std::vector<DiskNote> writes() const;
    void clear_notes();

    // The disk as the machine finds it when it is switched on again.
    std::unique_ptr<MemoryDisk> after_power_cut(Surviving surviving) const;

  private:
    struct Node;
    class HeldLock;
    using NodePointer = std::shared_ptr<Node>;
    using Children = std::map<std::string, NodePointer>;

    [[noreturn]] void fail(const char* operation, const std::string& path, std::errc code) const;
    void note(const char* operation, const std::string& path);
    NodePointer find(const std::string& path) const;
    NodePointer need(const char* operation, const std::string& path) const;
    Node& folder_of(const char* operation, const std::string& path) const;
    NodePointer make(FileKind kind, const Node& parent);
    void insert_new(const char* operation, const std::string& path, FileKind kind, std::string_view bytes);

    mutable std::mutex mutex_;
    NodePointer root_;
    std::set<DiskFeature> refused_;
    std::vector<DiskNote> notes_;
    std::uint64_t next_inode_ = 1;
    std::uint64_t next_device_ = 2;
    std::int64_t now_ = 1'000'000'000;
};

}  // namespace qunying
