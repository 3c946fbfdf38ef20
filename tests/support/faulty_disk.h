#pragma once
// Wraps a disk and lets one of its calls fail, or all from one on.
#include <string>
#include <system_error>
#include <vector>

#include "system/disk.h"

namespace qunying {

enum class FaultLength { once, persistent };
enum class FaultMoment { before, after };  // the call is not made, or made and yet reported as failed

struct FaultPlan {
    std::size_t call = 0;  // from 1; 0 never fails
    std::errc error = std::errc::io_error;
    FaultLength length = FaultLength::once;
    FaultMoment moment = FaultMoment::before;
};

// For one thread.
class FaultyDisk final : public Disk {
  public:
    FaultyDisk(Disk& inner, FaultPlan plan) : inner_(inner), plan_(plan) {}

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

    std::size_t calls() const { return calls_; }
    // Whether the fault was met.
    bool struck() const { return plan_.call != 0 && calls_ >= plan_.call; }

  private:
    template <class Call>
    auto guarded(const char* operation, const std::string& path, Call call);
    void strike(const char* operation, const std::string& path, FaultMoment moment) const;

    Disk& inner_;
    FaultPlan plan_;
    std::size_t calls_ = 0;
};

}  // namespace qunying
