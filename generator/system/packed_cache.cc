#include "system/packed_cache.h"

#include <cstring>
#include <vector>

#include "base/failure.h"

namespace qunying {
namespace {

constexpr std::string_view magic = "QYPACK01";
constexpr std::size_t header_size = 24;
constexpr std::size_t entry_size = 16 + 8 + 4 + 16;
constexpr std::size_t flush_size = std::size_t{1} << 20;
constexpr std::size_t longest_value = std::size_t{1} << 30;

Digest checksum_of(const Digest& key, std::string_view value) {
    Digest sum = digest_of(value);
    for (std::size_t i = 0; i < sum.bytes.size(); ++i) sum.bytes[i] ^= key.bytes[i];
    return sum;
}

void add_number(std::string& out, std::uint64_t number, int bytes) {
    for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(number >> (8 * i)));
}

std::uint64_t number_at(std::string_view bytes, std::size_t at, int size) {
    std::uint64_t number = 0;
    for (int i = size; i-- > 0;)
        number = number << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
    return number;
}

void add_digest(std::string& out, const Digest& digest) {
    out.append(reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size());
}

Digest digest_at(std::string_view bytes, std::size_t at) {
    Digest digest;
    std::memcpy(digest.bytes.data(), bytes.data() + at, digest.bytes.size());
    return digest;
}

// The entries of an index, or nothing where it is not whole.
std::string_view entries_in(std::string_view index) {
    if (index.size() < header_size || index.substr(0, magic.size()) != magic) return {};
    const std::string_view entries = index.substr(header_size);
    const bool whole =
        entries.size() % entry_size == 0 && digest_of(entries) == digest_at(index, magic.size());
    return whole ? entries : std::string_view();
}

}  // namespace

std::size_t PackedCache::KeyHash::operator()(const Digest& key) const {
    std::size_t hash = 0;
    std::memcpy(&hash, key.bytes.data(), sizeof hash);
    return hash;
}

PackedCache::PackedCache(Disk& disk, std::string folder, std::string name)
    : disk_(disk), pack_(join_path(folder, name + ".pack")), index_(join_path(folder, name + ".index")) {
    create_folders(disk_, folder);
    open();
}

// A disk that cannot read what is only a memory is a disk without one.
void PackedCache::open() {
    std::optional<std::string> index;
    try {
        index = disk_.read_if_there(index_);
        mapping_ = disk_.map_if_there(pack_);
    } catch (const Failure&) {
        index.reset();
    }
    const std::uint64_t size = mapping_ ? mapping_->bytes().size() : 0;
    file_end_ = size;
    const std::string_view all = index ? entries_in(*index) : std::string_view();
    entries_.reserve(all.size() / entry_size);
    for (std::size_t at = 0; at < all.size(); at += entry_size) {
        Entry entry{number_at(all, at + 16, 8), static_cast<std::uint32_t>(number_at(all, at + 24, 4)),
                    digest_at(all, at + 28)};
        if (entry.offset <= size && entry.length <= size - entry.offset)
            entries_.emplace(digest_at(all, at), entry);
    }
}

std::optional<std::string_view> PackedCache::get(const Digest& key) const {
    std::string_view value;
    Digest checksum;
    {
        const std::lock_guard guard(mutex_);
        const auto found = entries_.find(key);
        const std::uint64_t size = mapping_ ? mapping_->bytes().size() : 0;
        if (found == entries_.end() || found->second.offset + found->second.length > size)
            return std::nullopt;
        found->second.used = true;
        value = mapping_->bytes().substr(found->second.offset, found->second.length);
        checksum = found->second.checksum;
    }
    if (checksum_of(key, value) != checksum) return std::nullopt;
    return value;
}

bool PackedCache::keep(const Digest& key) const {
    const std::lock_guard guard(mutex_);
    const auto found = entries_.find(key);
    if (found == entries_.end()) return false;
    found->second.used = true;
    return true;
}

void PackedCache::put(const Digest& key, std::string_view value) {
    QY_CHECK(value.size() < longest_value);
    const Digest checksum = checksum_of(key, value);
    const std::lock_guard guard(mutex_);
    entries_[key] = {file_end_ + pending_.size(), static_cast<std::uint32_t>(value.size()), checksum, true};
    pending_ += value;
    changed_ = true;
    if (pending_.size() >= flush_size) flush();
}

void PackedCache::flush() {
    if (pending_.empty()) return;
    disk_.append_to_file(pack_, pending_);
    file_end_ += pending_.size();
    pending_.clear();
}

std::string PackedCache::index() const {
    std::string entries;
    entries.reserve(entries_.size() * entry_size);
    for (const auto& [key, entry] : entries_) {
        add_digest(entries, key);
        add_number(entries, entry.offset, 8);
        add_number(entries, entry.length, 4);
        add_digest(entries, entry.checksum);
    }
    std::string out(magic);
    add_digest(out, digest_of(entries));
    return out + entries;
}

std::uint64_t PackedCache::live_bytes() const {
    std::uint64_t bytes = 0;
    for (const auto& [key, entry] : entries_) bytes += entry.used ? entry.length : 0;
    return bytes;
}

// Keeps what is used, in a new file. The index that names the old one goes first: between the two there is
// no memory at all, and never one that points at other bytes.
void PackedCache::rewrite() {
    std::erase_if(entries_, [](const auto& item) { return !item.second.used; });
    const std::string fresh = pack_ + ".tmp";
    remove_tree(disk_, fresh);
    mapping_ = disk_.map_if_there(pack_);
    std::string batch;
    std::uint64_t end = 0;
    for (auto& [key, entry] : entries_) {
        batch += mapping_->bytes().substr(entry.offset, entry.length);
        entry.offset = end;
        end += entry.length;
        if (batch.size() < flush_size) continue;
        disk_.append_to_file(fresh, batch);
        batch.clear();
    }
    disk_.append_to_file(fresh, batch);
    remove_tree(disk_, index_);
    disk_.rename(fresh, pack_);
    file_end_ = end;
}

void PackedCache::save() {
    const std::lock_guard guard(mutex_);
    flush();
    pending_.shrink_to_fit();
    const std::uint64_t live = live_bytes();
    const bool wasteful = live > 0 && file_end_ > 2 * live + flush_size;
    if (!changed_ && !wasteful) return;
    if (wasteful) rewrite();
    const std::string temporary = index_ + ".tmp";
    remove_tree(disk_, temporary);
    disk_.write_new_file(temporary, index());
    disk_.rename(temporary, index_);
    mapping_ = disk_.map_if_there(pack_);
    changed_ = false;
}

}  // namespace qunying
