#pragma once
// What lies behind a Value that is counted: known to the files that make values, compare them and digest
// them.
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <new>
#include <span>
#include <string_view>

#include "base/failure.h"
#include "template/value.h"

namespace qunying {

// Worked out at most a few times (threads may race, all with the same result), then kept.
class KeptDigest {
  public:
    template <class Compute>
    Digest get(Compute&& compute) const {
        if (state_.load(std::memory_order_acquire) == State::ready) return kept_;
        const Digest fresh = compute();
        State expected = State::absent;
        if (state_.compare_exchange_strong(expected, State::being_kept, std::memory_order_acquire)) {
            kept_ = fresh;
            state_.store(State::ready, std::memory_order_release);
        }
        return fresh;
    }

  private:
    enum class State : std::uint8_t { absent, being_kept, ready };
    mutable Digest kept_;
    mutable std::atomic<State> state_{State::absent};
};

// Every payload but those of functions is one block of memory: the head, and behind it what is counted.
template <class Head>
Head* allocate(std::size_t count, std::size_t bytes) {
    QY_CHECK(count <= std::numeric_limits<std::uint32_t>::max());
    return new (::operator new(sizeof(Head) + bytes)) Head(count);
}

struct TextPayload : ValuePayload {
    using ValuePayload::ValuePayload;
    char* characters() { return reinterpret_cast<char*>(this + 1); }
    std::string_view text() const { return {reinterpret_cast<const char*>(this + 1), count}; }
};

struct UndefinedPayload : ValuePayload {
    using ValuePayload::ValuePayload;
    Value holder;
    char* characters() { return reinterpret_cast<char*>(this + 1); }
    std::string_view name() const { return {reinterpret_cast<const char*>(this + 1), count}; }
};

struct alignas(Value) ListPayload : ValuePayload {
    using ValuePayload::ValuePayload;
    std::span<const std::string_view> names;
    KeptDigest digest;

    Value* begin() { return reinterpret_cast<Value*>(this + 1); }
    std::span<const Value> items() const { return {reinterpret_cast<const Value*>(this + 1), count}; }
};

// Behind the entries a table of places: 1 + index of an entry, by hash of its key, 0 where there is none; one
// byte a place while that is enough. Then the keys that do not last.
struct alignas(MapEntry) MapPayload : ValuePayload {
    using ValuePayload::ValuePayload;
    KeptDigest digest;
    bool wide = false;       // four bytes a place
    std::uint32_t mask = 0;  // places - 1; 0: no table
    std::uint32_t room = 0;  // entries there is room for: the table stands behind it

    MapEntry* begin() { return reinterpret_cast<MapEntry*>(this + 1); }
    std::span<const MapEntry> entries() const { return {reinterpret_cast<const MapEntry*>(this + 1), count}; }
    const std::byte* table() const {
        return reinterpret_cast<const std::byte*>(this + 1) + room * sizeof(MapEntry);
    }
    std::byte* table() { return reinterpret_cast<std::byte*>(this + 1) + room * sizeof(MapEntry); }
    std::size_t table_bytes() const { return mask == 0 ? 0 : (mask + std::size_t{1}) * (wide ? 4 : 1); }

    std::uint32_t place(std::uint32_t at) const {
        if (!wide) return static_cast<std::uint32_t>(table()[at]);
        std::uint32_t index = 0;
        std::memcpy(&index, table() + at * std::size_t{4}, sizeof index);
        return index;
    }
    void set_place(std::uint32_t at, std::uint32_t index) {
        if (wide) {
            std::memcpy(table() + at * std::size_t{4}, &index, sizeof index);
        } else {
            table()[at] = static_cast<std::byte>(index);
        }
    }

    // The place of a key in the table: where it stands, or the empty one where it would.
    std::uint32_t look(std::string_view key, std::uint32_t hash) const {
        std::uint32_t at = hash & mask;
        for (std::uint32_t index = place(at); index != 0; index = place(at = (at + 1) & mask)) {
            if (entries()[index - 1].key.is(key, hash)) break;
        }
        return at;
    }

    const Value* find(std::string_view key, std::uint32_t hash) const {
        if (mask != 0) {
            const std::uint32_t index = place(look(key, hash));
            return index == 0 ? nullptr : &entries()[index - 1].value;
        }
        for (const MapEntry& entry : entries()) {
            if (entry.key.is(key, hash)) return &entry.value;
        }
        return nullptr;
    }
};

}  // namespace qunying
