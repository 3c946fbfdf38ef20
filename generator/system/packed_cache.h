#pragma once
// What a build remembers of many small things: one file for all of them, read where the kernel keeps it. For
// thousands of values of a few kilobytes; blob_cache.h holds the big ones.
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/digest.h"
#include "system/disk.h"

namespace qunying {

// Two files in FOLDER. NAME.pack holds values one behind the other, in the order they were added; nothing in
// it is ever written over. NAME.index is little-endian:
//   0   8  magic "QYPACK" and the format version as two digits
//   8  16  XXH3-128 of all that follows
//  24   …  for each value 16 bytes of key, 8 of offset, 4 of length, 16 of XXH3-128 of key and value
// Values are added first, then the index is renamed into place: a build that was killed leaves at most bytes
// that no index names. A value is checked whenever it is read, so a file that is torn, rotten or of another
// build's index is a miss and nothing else. 10,000 parsed profiles as single files took 0.9 CPU-s to write
// and 0.3 to read; in one file 0.03 and 0.01.
class PackedCache {
  public:
    PackedCache(Disk& disk, std::string folder, std::string name);
    PackedCache(const PackedCache&) = delete;
    PackedCache& operator=(const PackedCache&) = delete;

    // Valid until save(). Only what was there when the cache was opened or last saved. May be called from
    // several threads, as may put.
    std::optional<std::string_view> get(const Digest& key) const;
    // Whether there is a value, which counts as got; it is not looked at.
    bool keep(const Digest& key) const;
    // Gives back the memory of what was got.
    void forget() const {
        if (mapping_) mapping_->forget();
    }
    // Throws Failure when the disk refuses.
    void put(const Digest& key, std::string_view value);
    // Writes the index. What was neither got nor put since the cache was opened is dropped once it makes up
    // more than half of the file; a run that asked for nothing drops nothing.
    void save();

  private:
    struct Entry {
        std::uint64_t offset = 0;
        std::uint32_t length = 0;
        Digest checksum;
        mutable bool used = false;
    };
    struct KeyHash {
        std::size_t operator()(const Digest& key) const;
    };
    using Entries = std::unordered_map<Digest, Entry, KeyHash>;

    void open();
    void flush();
    void rewrite();
    std::string index() const;
    std::uint64_t live_bytes() const;

    Disk& disk_;
    std::string pack_, index_;
    std::unique_ptr<FileMapping> mapping_;
    mutable std::mutex mutex_;  // of what follows
    Entries entries_;
    std::string pending_;         // values not yet in the file
    std::uint64_t file_end_ = 0;  // where they will stand
    bool changed_ = false;
};

}  // namespace qunying
