#include "build/page_records.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "base/failure.h"
#include "base/ordered_search.h"

namespace qunying {
namespace {

constexpr std::string_view magic = "QYPAGE02";
constexpr std::size_t digest_size = sizeof(Digest::bytes);
constexpr std::size_t header_size = magic.size() + digest_size;
constexpr std::size_t entry_size = 4 + 3 * digest_size + sizeof(Blake2b::bytes) + 8;

template <std::size_t N>
void put_number(std::string& out, std::uint64_t number) {
    for (std::size_t i = 0; i < N; ++i) out += static_cast<char>(number >> (8 * i));
}

template <std::size_t N>
void put_bytes(std::string& out, const std::array<std::uint8_t, N>& bytes) {
    out.append(reinterpret_cast<const char*>(bytes.data()), N);
}

// Callers know that there are as many bytes.
template <std::size_t N>
std::uint64_t take_number(const char*& at) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < N; ++i)
        number |= static_cast<std::uint64_t>(static_cast<unsigned char>(*at++)) << (8 * i);
    return number;
}

template <std::size_t N>
void take_bytes(const char*& at, std::array<std::uint8_t, N>& bytes) {
    std::memcpy(bytes.data(), at, N);
    at += N;
}

}  // namespace

PageRecords::PageRecords(std::vector<Item> items) {
    const auto by_path = [](const Item& a, const Item& b) { return a.path < b.path; };
    std::stable_sort(items.begin(), items.end(), by_path);
    entries_.reserve(items.size());
    for (const Item& item : items) {
        if (!empty() && path(size() - 1) == item.path) continue;
        paths_ += item.path;
        QY_CHECK(paths_.size() <= std::numeric_limits<std::uint32_t>::max());
        entries_.push_back({item.record, static_cast<std::uint32_t>(paths_.size())});
    }
}

std::size_t PageRecords::first_not_below(std::string_view wanted) const {
    return first_not_before(0, size(), [&](std::size_t i) { return path(i) < wanted; });
}

const PageRecord* PageRecords::find(std::string_view wanted) const {
    const std::size_t at = first_not_below(wanted);
    return at < size() && path(at) == wanted ? &entries_[at].record : nullptr;
}

const PageRecord* PageRecords::find(std::string_view wanted, std::size_t near) const {
    const std::size_t at =
        first_not_before_near(size(), near, [&](std::size_t i) { return path(i) < wanted; });
    return at < size() && path(at) == wanted ? &entries_[at].record : nullptr;
}

std::string PageRecords::pack() const {
    std::string out(magic);
    out.reserve(header_size + 4 + size() * entry_size + paths_.size());
    out.append(digest_size, '\0');
    put_number<4>(out, size());
    for (const Entry& entry : entries_) {
        put_number<4>(out, entry.path_end);
        put_bytes(out, entry.record.program.bytes);
        put_bytes(out, entry.record.view.bytes);
        put_bytes(out, entry.record.key.bytes);
        put_bytes(out, entry.record.output.blake2b.bytes);
        put_number<8>(out, entry.record.output.size);
    }
    out += paths_;
    const Digest sum = digest_of(std::string_view(out).substr(header_size));
    std::memcpy(&out[magic.size()], sum.bytes.data(), digest_size);
    return out;
}

std::optional<PageRecords> PageRecords::unpack(std::string_view bytes) {
    if (bytes.size() < header_size + 4 || !bytes.starts_with(magic)) return std::nullopt;
    const Digest sum = digest_of(bytes.substr(header_size));
    if (std::memcmp(bytes.data() + magic.size(), sum.bytes.data(), digest_size) != 0) return std::nullopt;
    const char* at = bytes.data() + header_size;
    const auto count = static_cast<std::size_t>(take_number<4>(at));
    const std::size_t room = bytes.size() - header_size - 4;
    if (count > room / entry_size) return std::nullopt;
    PageRecords pages;
    pages.paths_ = bytes.substr(header_size + 4 + count * entry_size);
    pages.entries_.resize(count);
    std::size_t end = 0;
    for (Entry& entry : pages.entries_) {
        entry.path_end = static_cast<std::uint32_t>(take_number<4>(at));
        take_bytes(at, entry.record.program.bytes);
        take_bytes(at, entry.record.view.bytes);
        take_bytes(at, entry.record.key.bytes);
        take_bytes(at, entry.record.output.blake2b.bytes);
        entry.record.output.size = take_number<8>(at);
        if (entry.path_end < end || entry.path_end > pages.paths_.size()) return std::nullopt;
        end = entry.path_end;
    }
    return end == pages.paths_.size() ? std::optional(std::move(pages)) : std::nullopt;
}

}  // namespace qunying
