#pragma once
// How the payload of a map is filled.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "template/value_payload.h"

namespace qunying {

// Makes the payload of a map entry by entry.
class MapMaker {
    // Maps of at least this size have a hash table: below, walking the hashes of the keys is as fast.
    static constexpr std::size_t table_from = 9;

  public:
    MapMaker(std::size_t most, std::size_t key_bytes) {
        std::uint32_t places = 0;
        if (most >= table_from) {
            for (places = 16; places < most * 2;) places *= 2;
        }
        const bool wide = most > 254;
        const std::size_t table = std::size_t{places} * (wide ? 4 : 1);
        map_ = allocate<MapPayload>(0, most * sizeof(MapEntry) + table + key_bytes);
        map_->wide = wide;
        map_->mask = places == 0 ? 0 : places - 1;
        map_->room = static_cast<std::uint32_t>(most);
        std::fill_n(map_->table(), table, std::byte{0});
        keys_ = reinterpret_cast<char*>(map_->table() + table);
    }

    // Of entries with one key the last value stands in the first's place.
    void add(Key key, Value value) {
        std::uint32_t at = 0;
        if (map_->mask != 0) {
            at = map_->look(key.text(), key.hash());
            if (const std::uint32_t index = map_->place(at); index != 0)
                return void(map_->begin()[index - 1].value = std::move(value));
        } else {
            for (std::size_t i = 0; i < map_->count; ++i) {
                if (map_->begin()[i].key.is(key.text(), key.hash()))
                    return void(map_->begin()[i].value = std::move(value));
            }
        }
        new (map_->begin() + map_->count) MapEntry{own(key), std::move(value)};
        ++map_->count;
        if (map_->mask != 0) map_->set_place(at, map_->count);
    }

    // The same of many, before any other.
    void add_all(std::span<MapEntry> entries) {
        if (map_->mask == 0) return add_few(entries);
        if (map_->wide) {
            for (MapEntry& entry : entries) add(entry.key, std::move(entry.value));
            return;
        }
        MapEntry* const begin = map_->begin();
        std::byte* const places = map_->table();
        const std::uint32_t mask = map_->mask;
        std::uint32_t count = 0;
        for (MapEntry& entry : entries) {
            const Key key = entry.key;
            std::uint32_t at = key.hash() & mask;
            auto index = static_cast<std::uint32_t>(places[at]);
            for (; index != 0; index = static_cast<std::uint32_t>(places[at = (at + 1) & mask])) {
                if (begin[index - 1].key.is(key.text(), key.hash())) break;
            }
            if (index != 0) {
                begin[index - 1].value = std::move(entry.value);
                continue;
            }
            new (begin + count) MapEntry{own(key), std::move(entry.value)};
            places[at] = static_cast<std::byte>(++count);
        }
        map_->count = count;
    }

    const MapPayload* take() { return std::exchange(map_, nullptr); }

  private:
    void add_few(std::span<MapEntry> entries) {
        MapEntry* const begin = map_->begin();
        MapEntry* end = begin;
        for (MapEntry& entry : entries) {
            const Key key = entry.key;
            MapEntry* same = begin;
            while (same != end && !same->key.is(key.text(), key.hash())) ++same;
            if (same == end) {
                new (end++) MapEntry{own(key), std::move(entry.value)};
            } else {
                same->value = std::move(entry.value);
            }
        }
        map_->count = static_cast<std::uint32_t>(end - begin);
    }

    Key own(Key key) {
        if (key.is_lasting()) return key;
        const std::string_view text = key.text();
        char* const begin = keys_;
        keys_ = std::copy(text.begin(), text.end(), begin);
        return {std::string_view(begin, text.size())};
    }

    MapPayload* map_;
    char* keys_;  // where the next key that does not last goes
};

}  // namespace qunying
