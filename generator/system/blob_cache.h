#pragma once
// What a build remembers: bytes by step and key. Everything in it can be made again, so anything that looks
// wrong is simply not there.
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "system/disk.h"

namespace qunying {

// One record is one file, FOLDER/STEP/HH/REST-OF-KEY, little-endian:
//   0   8  magic "QYBLOB" and the format version as two digits
//   8  16  XXH3-128 of step, key and payload: a torn, rotten or misplaced record never matches it
//  24   8  length of the payload
//  32   …  payload, to the end of the file
// Written beside and renamed; no fsync, since each read is checked. Another version is a miss.
// Nobody outside depends on the layout, so a packed file can take its place.
class BlobCache {
  public:
    // `folder` on `disk` is created when missing; what a killed build left half written is removed.
    explicit BlobCache(Disk& disk, std::string folder = ".qunying/cache");

    // `step` is a short name in [a-z0-9-]. May be called from several threads, as may put. A disk that cannot
    // read a record is a miss too.
    std::optional<std::string> get(std::string_view step, const Digest& key) const;
    // Throws Failure when the disk refuses.
    void put(std::string_view step, const Digest& key, std::string_view bytes);

  private:
    std::string path_of(std::string_view step, const Digest& key) const;
    void move_into_place(const std::string& from, const std::string& to);

    Disk& disk_;
    std::string folder_;
    std::atomic<std::uint64_t> next_temporary_{0};
};

// The bytes of a record, and the payload of one that is as it was written.
std::string blob_record(std::string_view step, const Digest& key, std::string_view payload);
std::optional<std::string> read_blob_record(std::string_view step, const Digest& key, std::string record);

}  // namespace qunying
