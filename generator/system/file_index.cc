#include "system/file_index.h"

#include <algorithm>
#include <chrono>
#include <cstring>

namespace qunying {
namespace {

constexpr std::string_view magic = "QYFILE01";
constexpr std::int64_t coarsest_tick_ns = 2'000'000'000;

template <class Number>
void add(std::string& out, Number number) {
    char bytes[sizeof number];
    std::memcpy(bytes, &number, sizeof number);
    out.append(bytes, sizeof number);
}

template <class Number>
bool take(std::string_view& rest, Number& number) {
    if (rest.size() < sizeof number) return false;
    std::memcpy(&number, rest.data(), sizeof number);
    rest.remove_prefix(sizeof number);
    return true;
}

}  // namespace

std::optional<Digest> FileIndex::digest(std::string_view path, const FileStatus& status) const {
    const auto found = files_.find(path);
    if (found == files_.end()) return std::nullopt;
    const Known& known = found->second;
    const bool same = known.size == status.size && known.inode == status.inode &&
                      known.mtime_ns == status.mtime_ns && known.ctime_ns == status.ctime_ns;
    const std::int64_t changed = std::max(known.mtime_ns, known.ctime_ns);
    if (!same || known.read_at - changed < coarsest_tick_ns) return std::nullopt;
    return known.digest;
}

void FileIndex::note(const std::string& path, const FileStatus& status, const Digest& digest,
                     std::int64_t read_at) {
    if (this->digest(path, status) == digest) return;
    changed_ = true;
    files_[path] = {status.size, status.inode, status.mtime_ns, status.ctime_ns, read_at, digest};
}

std::string FileIndex::pack() const {
    std::string out;
    out.reserve(files_.size() * 96);
    for (const auto& [path, known] : files_) {
        add(out, static_cast<std::uint32_t>(path.size()));
        out += path;
        add(out, known);
    }
    return std::string(magic) + digest_of(out).hex() + out;
}

FileIndex FileIndex::unpack(std::string_view bytes) {
    FileIndex index;
    const std::size_t hex_size = 2 * sizeof(Digest::bytes);
    if (bytes.size() < magic.size() + hex_size || !bytes.starts_with(magic)) return index;
    std::string_view rest = bytes.substr(magic.size() + hex_size);
    if (digest_of(rest).hex() != bytes.substr(magic.size(), hex_size)) return index;
    constexpr std::size_t usual_size = 80;
    index.files_.reserve(rest.size() / usual_size);
    while (!rest.empty()) {
        std::uint32_t length = 0;
        Known known;
        if (!take(rest, length) || length > rest.size()) return {};
        std::string path(rest.substr(0, length));
        rest.remove_prefix(length);
        if (!take(rest, known)) return {};
        index.files_.emplace(std::move(path), known);
    }
    return index;
}

std::int64_t reading_time() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

}  // namespace qunying
