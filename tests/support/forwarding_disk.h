#pragma once
// Hands every call to another disk; for disks that change one thing.
#include <string>
#include <vector>

#include "system/disk.h"

namespace qunying {

class ForwardingDisk : public Disk {
  public:
    explicit ForwardingDisk(Disk& inner) : inner_(inner) {}

    std::optional<std::string> read_if_there(const std::string& path, std::uint64_t limit) override {
        return inner_.read_if_there(path, limit);
    }
    std::vector<FolderEntry> list_folder(const std::string& path) override {
        return inner_.list_folder(path);
    }
    std::optional<FileStatus> status(const std::string& path) override { return inner_.status(path); }
    void create_folder(const std::string& path) override { inner_.create_folder(path); }
    void write_new_file(const std::string& path, std::string_view bytes) override {
        inner_.write_new_file(path, bytes);
    }
    void append_to_file(const std::string& path, std::string_view bytes) override {
        inner_.append_to_file(path, bytes);
    }
    void rename(const std::string& from, const std::string& to) override { inner_.rename(from, to); }
    Outcome exchange(const std::string& left, const std::string& right) override {
        return inner_.exchange(left, right);
    }
    Outcome hard_link(const std::string& from, const std::string& to) override {
        return inner_.hard_link(from, to);
    }
    void remove_file(const std::string& path) override { inner_.remove_file(path); }
    void remove_folder(const std::string& path) override { inner_.remove_folder(path); }
    void sync_file(const std::string& path) override { inner_.sync_file(path); }
    void sync_folder(const std::string& path) override { inner_.sync_folder(path); }
    Outcome sync_filesystem(const std::string& path) override { return inner_.sync_filesystem(path); }
    std::unique_ptr<Lock> lock(const std::string& path) override { return inner_.lock(path); }

  private:
    Disk& inner_;
};

}  // namespace qunying
