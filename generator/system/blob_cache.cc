#include "system/blob_cache.h"

#include <cstring>

#include "base/failure.h"

namespace qunying {
namespace {

constexpr std::string_view magic = "QYBLOB01";
constexpr std::size_t header_size = 32;
constexpr std::uint64_t longest_record = std::uint64_t{1} << 30;

Digest checksum(std::string_view step, const Digest& key, std::string_view payload) {
    return DigestBuilder().add(step).add(key).add(payload).finish();
}

std::string little_endian(std::uint64_t number) {
    std::string bytes;
    for (int shift = 0; shift < 64; shift += 8) bytes += static_cast<char>(number >> shift & 0xff);
    return bytes;
}

}  // namespace

std::string blob_record(std::string_view step, const Digest& key, std::string_view payload) {
    const Digest sum = checksum(step, key, payload);
    std::string record;
    record.reserve(header_size + payload.size());
    record.append(magic).append(reinterpret_cast<const char*>(sum.bytes.data()), sum.bytes.size());
    return record.append(little_endian(payload.size())).append(payload);
}

std::optional<std::string> read_blob_record(std::string_view step, const Digest& key, std::string record) {
    const std::string_view whole = record;
    if (whole.size() < header_size || whole.substr(0, magic.size()) != magic) return std::nullopt;
    if (whole.substr(24, 8) != little_endian(whole.size() - header_size)) return std::nullopt;
    const Digest sum = checksum(step, key, whole.substr(header_size));
    if (std::memcmp(whole.data() + magic.size(), sum.bytes.data(), sum.bytes.size()) != 0)
        return std::nullopt;
    record.erase(0, header_size);
    return record;
}

BlobCache::BlobCache(Disk& disk, std::string folder) : disk_(disk), folder_(std::move(folder)) {
    const std::string unfinished = join_path(folder_, "unfinished.tmp");
    remove_tree(disk_, unfinished);
    create_folders(disk_, unfinished);
}

std::string BlobCache::path_of(std::string_view step, const Digest& key) const {
    const std::string hex = key.hex();
    return join_path(folder_, std::string(step) + "/" + hex.substr(0, 2) + "/" + hex.substr(2));
}

std::optional<std::string> BlobCache::get(std::string_view step, const Digest& key) const {
    try {
        auto record = disk_.read_if_there(path_of(step, key), longest_record);
        return record ? read_blob_record(step, key, std::move(*record)) : std::nullopt;
    } catch (const Failure&) {  // what cannot be read is made again
        return std::nullopt;
    }
}

// Folders are there nearly always, so they are made only when a rename misses them. Two threads may both.
void BlobCache::move_into_place(const std::string& from, const std::string& to) {
    try {
        disk_.rename(from, to);
    } catch (const Failure& failure) {
        if (failure.code() != std::errc::no_such_file_or_directory) throw;
        for (int attempt = 0;; ++attempt) {
            try {
                create_folders(disk_, split_path(to).folder);
                break;
            } catch (const Failure& other) {
                if (other.code() != std::errc::file_exists || attempt > 2) throw;
            }
        }
        disk_.rename(from, to);
    }
}

void BlobCache::put(std::string_view step, const Digest& key, std::string_view bytes) {
    const std::string temporary = join_path(folder_, "unfinished.tmp/" + std::to_string(next_temporary_++));
    disk_.write_new_file(temporary, blob_record(step, key, bytes));
    try {
        move_into_place(temporary, path_of(step, key));
    } catch (const Failure&) {
        try {
            disk_.remove_file(temporary);
        } catch (const Failure&) {  // the next run removes it
        }
        throw;
    }
}

}  // namespace qunying
