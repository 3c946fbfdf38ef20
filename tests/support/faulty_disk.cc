#include "support/faulty_disk.h"

#include <type_traits>

#include "base/failure.h"

namespace qunying {

void FaultyDisk::strike(const char* operation, const std::string& path, FaultMoment moment) const {
    if (!struck() || plan_.moment != moment) return;
    if (plan_.length == FaultLength::once && calls_ != plan_.call) return;
    throw Failure(operation, path, std::make_error_code(plan_.error));
}

template <class Call>
auto FaultyDisk::guarded(const char* operation, const std::string& path, Call call) {
    ++calls_;
    strike(operation, path, FaultMoment::before);
    if constexpr (std::is_void_v<decltype(call())>) {
        call();
        strike(operation, path, FaultMoment::after);
    } else {
        auto result = call();
        strike(operation, path, FaultMoment::after);
        return result;
    }
}

std::optional<std::string> FaultyDisk::read_if_there(const std::string& path, std::uint64_t limit) {
    return guarded("read", path, [&] { return inner_.read_if_there(path, limit); });
}
std::vector<FolderEntry> FaultyDisk::list_folder(const std::string& path) {
    return guarded("list folder", path, [&] { return inner_.list_folder(path); });
}
std::optional<FileStatus> FaultyDisk::status(const std::string& path) {
    return guarded("look at", path, [&] { return inner_.status(path); });
}
void FaultyDisk::create_folder(const std::string& path) {
    guarded("create folder", path, [&] { inner_.create_folder(path); });
}
void FaultyDisk::write_new_file(const std::string& path, std::string_view bytes) {
    guarded("write", path, [&] { inner_.write_new_file(path, bytes); });
}
void FaultyDisk::append_to_file(const std::string& path, std::string_view bytes) {
    guarded("append", path, [&] { inner_.append_to_file(path, bytes); });
}
void FaultyDisk::rename(const std::string& from, const std::string& to) {
    guarded("rename", to, [&] { inner_.rename(from, to); });
}
Outcome FaultyDisk::exchange(const std::string& left, const std::string& right) {
    return guarded("switch", right, [&] { return inner_.exchange(left, right); });
}
Outcome FaultyDisk::hard_link(const std::string& from, const std::string& to) {
    return guarded("link", to, [&] { return inner_.hard_link(from, to); });
}
void FaultyDisk::remove_file(const std::string& path) {
    guarded("remove", path, [&] { inner_.remove_file(path); });
}
void FaultyDisk::remove_folder(const std::string& path) {
    guarded("remove folder", path, [&] { inner_.remove_folder(path); });
}
void FaultyDisk::sync_file(const std::string& path) {
    guarded("sync", path, [&] { inner_.sync_file(path); });
}
void FaultyDisk::sync_folder(const std::string& path) {
    guarded("sync", path, [&] { inner_.sync_folder(path); });
}
Outcome FaultyDisk::sync_filesystem(const std::string& path) {
    return guarded("sync all", path, [&] { return inner_.sync_filesystem(path); });
}
std::unique_ptr<Lock> FaultyDisk::lock(const std::string& path) {
    return guarded("lock", path, [&] { return inner_.lock(path); });
}

}  // namespace qunying
