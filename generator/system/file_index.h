#pragma once
// What is known of files that were read before: while a file's status stays the same, so do its bytes, and it
// need not be read to know its digest. git's index does the same, with the same care for files that change in
// the very moment they are looked at.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/digest.h"
#include "system/disk.h"

namespace qunying {

class FileIndex {
  public:
    // The digest of the file, if it was noted with just this status and long enough after its last change: a
    // file that was written again within the tick of its clock looks the same. On FAT a tick is two seconds.
    std::optional<Digest> digest(std::string_view path, const FileStatus& status) const;
    // `read_at` is when the file was read or the reading began, in nanoseconds since 1970. A file that was
    // noted with the same status and digest long enough after its last change stays as it was noted.
    void note(const std::string& path, const FileStatus& status, const Digest& digest, std::int64_t read_at);

    // Forgets files that are gone, once they are as many as those that are there.
    template <class Predicate>
    void keep_only(Predicate is_there, std::size_t there) {
        if (files_.size() <= 2 * there) return;
        std::erase_if(files_, [&](const auto& item) { return !is_there(std::string_view(item.first)); });
        changed_ = true;
    }

    // Whether it says anything else than when it was unpacked or last kept.
    bool changed() const { return changed_; }
    void kept() { changed_ = false; }

    // Bytes to keep, and what they say; an empty index where they are torn or of another version.
    std::string pack() const;
    static FileIndex unpack(std::string_view bytes);

  private:
    struct Known {
        std::uint64_t size = 0, inode = 0;
        std::int64_t mtime_ns = 0, ctime_ns = 0, read_at = 0;
        Digest digest;
    };
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    std::unordered_map<std::string, Known, TextHash, std::equal_to<>> files_;
    bool changed_ = false;
};

// Nanoseconds since 1970 by the clock of this machine. For FileIndex alone: no output depends on it.
std::int64_t reading_time();

}  // namespace qunying
