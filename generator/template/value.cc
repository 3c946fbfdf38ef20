#include "template/value.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <memory>
#include <new>

#include "base/failure.h"
#include "base/text.h"

namespace qunying {
namespace {

// Lists and maps of at least this size keep their digest.
constexpr std::size_t digest_kept_from = 8;
// Maps of at least this size have a hash table: below, walking the hashes of the keys is as fast.
constexpr std::size_t table_from = 9;
// Texts of at least this size go into a digest as their own digest.
constexpr std::size_t digest_of_text_from = 512;

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

// Makes the payload of a map entry by entry.
class MapMaker {
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

bool same_entries(const Value& left, const Value& right) {
    if (left.entries().size() != right.entries().size()) return false;
    return std::all_of(left.entries().begin(), left.entries().end(), [&](const MapEntry& entry) {
        const Value* other = right.find(entry.key.text(), entry.key.hash());
        return other && entry.value == *other;
    });
}

std::optional<std::partial_ordering> compare_lists(std::span<const Value> left,
                                                   std::span<const Value> right) {
    for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
        if (left[i] == right[i]) continue;
        return compare(left[i], right[i]);
    }
    return left.size() <=> right.size();
}

}  // namespace

// Bytes that are written one after the other, some hundred pieces of a few each: std::string takes three
// times as long to append one.
class WrittenBytes {
  public:
    void put(const void* bytes, std::size_t size) {
        if (size == 0) return;  // the bytes of nothing may be nowhere, which memcpy forbids
        if (room_ - size_ < size) grow(size);
        std::memcpy(bytes_.get() + size_, bytes, size);
        size_ += size;
    }
    std::size_t size() const { return size_; }
    std::string_view from(std::size_t begin) const { return {bytes_.get() + begin, size_ - begin}; }
    void cut(std::size_t size) { size_ = size; }

  private:
    void grow(std::size_t more) {
        const std::size_t room = std::max(room_ * 2, size_ + more);
        auto bytes = std::make_unique_for_overwrite<char[]>(room);
        if (size_ > 0) std::memcpy(bytes.get(), bytes_.get(), size_);
        bytes_ = std::move(bytes);
        room_ = room;
    }

    std::size_t size_ = 0, room_ = 8192;
    std::unique_ptr<char[]> bytes_ = std::make_unique_for_overwrite<char[]>(8192);
};

// Writes the canonical form of values into one text, which is digested at once: a digest that is fed piece by
// piece costs more than making the view.
class ValueDigester {
  public:
    static Digest of(const Value& value) {
        ValueDigester digester;
        digester.add(value);
        return digest_of(digester.text_.from(0));
    }

  private:
    void add_number(std::uint64_t number) { text_.put(&number, sizeof number); }
    void add_count(std::size_t count) {
        const auto number = static_cast<std::uint32_t>(count);
        text_.put(&number, sizeof number);
    }
    void add_digest(const Digest& digest) { text_.put(digest.bytes.data(), digest.bytes.size()); }
    void add_text(std::string_view text) {
        add_count(text.size());
        if (text.size() >= digest_of_text_from) return add_digest(digest_of(text));
        text_.put(text.data(), text.size());
    }

    // What `add_all` writes, or its digest where there is much of it.
    template <class AddAll>
    void add_parts(std::size_t count, const KeptDigest& kept, AddAll&& add_all) {
        add_count(count);
        if (count < digest_kept_from) return add_all();
        add_digest(kept.get([&] {
            const std::size_t begin = text_.size();
            add_all();
            const Digest digest = digest_of(text_.from(begin));
            text_.cut(begin);
            return digest;
        }));
    }

    void add(const Value& value) {
        const Value::Type type = value.type();
        text_.put(&type, sizeof type);
        switch (value.type()) {
            case Value::Type::none:
                break;
            case Value::Type::boolean:
            case Value::Type::integer:
                add_number(static_cast<std::uint64_t>(value.number_.integer));
                break;
            case Value::Type::real:
                add_number(std::bit_cast<std::uint64_t>(value.number_.real));
                break;
            case Value::Type::undefined:
            case Value::Type::text:
            case Value::Type::html:
                add_text(value.description());
                break;
            case Value::Type::list: {
                if (!value.counted_) return add_count(0);
                const auto& list = static_cast<const ListPayload&>(*value.number_.payload);
                add_parts(list.count, list.digest, [&] {
                    for (const Value& item : list.items()) add(item);
                });
                break;
            }
            case Value::Type::map: {
                const auto& map = static_cast<const MapPayload&>(*value.number_.payload);
                add_parts(map.count, map.digest, [&] {
                    for (const MapEntry& entry : map.entries()) {
                        add_text(entry.key.text());
                        add(entry.value);
                    }
                });
                break;
            }
            case Value::Type::function:
                break;  // a view holds none; templates tell them apart by what they do
        }
    }

    WrittenBytes text_;
};

void Value::release() noexcept {
    const auto& references = number_.payload->references;
    const bool last = references.load(std::memory_order_acquire) == 1 ||
                      number_.payload->references.fetch_sub(1, std::memory_order_acq_rel) == 1;
    if (last) destroy();
}

void Value::destroy() noexcept {
    // Shared as const by all who hold it; whoever lets go last takes it down.
    ValuePayload* const payload = const_cast<ValuePayload*>(number_.payload);  // NOLINT
    switch (type_) {
        case Type::undefined:
            static_cast<UndefinedPayload*>(payload)->~UndefinedPayload();
            break;
        case Type::list: {
            auto* list = static_cast<ListPayload*>(payload);
            std::destroy_n(list->begin(), list->count);
            break;
        }
        case Type::map: {
            auto* map = static_cast<MapPayload*>(payload);
            std::destroy_n(map->begin(), map->count);
            break;
        }
        case Type::function:
            delete static_cast<FunctionPayload*>(payload);
            return;
        default:
            break;
    }
    ::operator delete(payload);
}

Value Value::undefined(std::string_view name) { return missing(name, Value()); }

Value Value::missing(std::string_view name, const Value& holder) {
    auto* payload = allocate<UndefinedPayload>(name.size(), name.size());
    payload->holder = holder;
    std::copy(name.begin(), name.end(), payload->characters());
    return Value(Type::undefined, payload);
}

Value Value::boolean(bool value) { return Value(Type::boolean, Number{value ? 1 : 0}); }

Value Value::integer(std::int64_t value) { return Value(Type::integer, Number{value}); }

Value Value::real(double value) {
    Number number{};
    number.real = value;
    return Value(Type::real, number);
}

Value Value::counted_text(Type type, std::string_view text) {
    if (text.empty()) return Value(type, "", 0);
    auto* payload = allocate<TextPayload>(text.size(), text.size());
    std::copy(text.begin(), text.end(), payload->characters());
    return Value(type, payload);
}

Value Value::text(std::string_view value) { return counted_text(Type::text, value); }

Value Value::html(SafeHtml value) { return counted_text(Type::html, value.text); }

Value Value::described_html(std::string_view description, std::string_view html) {
    QY_CHECK(!description.empty());
    auto* payload = allocate<TextPayload>(description.size() + html.size(), description.size() + html.size());
    std::copy(description.begin(), description.end(), payload->characters());
    std::copy(html.begin(), html.end(), payload->characters() + description.size());
    Value made(Type::html, payload);
    made.size_ = static_cast<std::uint32_t>(description.size());
    return made;
}

// What stands for a text in a digest.
std::string_view Value::description() const {
    if (!counted_ || !is_string() || size_ == 0) return as_text();
    return static_cast<const TextPayload*>(number_.payload)->text().substr(0, size_);
}

Value Value::captured(std::string_view html) { return counted_text(Type::html, html); }

Value Value::lasting(std::string_view text) { return Value(Type::text, text.data(), text.size()); }

Value Value::lasting_html(std::string_view html) { return Value(Type::html, html.data(), html.size()); }

Value Value::list(std::vector<Value> items) { return named_list(std::move(items), {}); }

Value Value::named_list(std::vector<Value> items, std::span<const std::string_view> names) {
    QY_CHECK(names.size() <= items.size());
    if (items.empty()) return Value(Type::list, nullptr, 0);
    auto* payload = allocate<ListPayload>(items.size(), items.size() * sizeof(Value));
    payload->names = names;
    std::uninitialized_move(items.begin(), items.end(), payload->begin());
    return Value(Type::list, payload);
}

Value Value::map(std::vector<std::pair<std::string, Value>> entries) {
    std::size_t key_bytes = 0;
    for (const auto& entry : entries) key_bytes += entry.first.size();
    MapMaker maker(entries.size(), key_bytes);
    for (auto& entry : entries) maker.add(entry.first, std::move(entry.second));
    return Value(Type::map, maker.take());
}

Value Value::function(const FunctionPayload* payload) { return Value(Type::function, payload); }

Value Value::macro(std::uint32_t function, const void* frame) {
    return Value(Type::function, frame, function);
}

bool Value::truthy() const {
    switch (type_) {
        case Type::none:
        case Type::undefined:
            return false;
        case Type::boolean:
        case Type::integer:
            return number_.integer != 0;
        case Type::real:
            return number_.real != 0;
        case Type::text:
        case Type::html:
        case Type::list:
        case Type::map:
            return (counted_ ? number_.payload->count : size_) != 0;
        case Type::function:
            return true;
    }
    return false;
}

std::string_view Value::as_text() const {
    if (is_undefined()) return static_cast<const UndefinedPayload*>(number_.payload)->name();
    if (!is_string()) return {};
    if (counted_) return static_cast<const TextPayload*>(number_.payload)->text().substr(size_);
    return {static_cast<const char*>(number_.borrowed), size_};
}

const Value& Value::holder() const { return static_cast<const UndefinedPayload*>(number_.payload)->holder; }

std::span<const Value> Value::items() const {
    if (!is_list() || !counted_) return {};
    return static_cast<const ListPayload*>(number_.payload)->items();
}

std::span<const MapEntry> Value::entries() const {
    return is_map() ? static_cast<const MapPayload*>(number_.payload)->entries()
                    : std::span<const MapEntry>();
}

std::size_t Value::size() const {
    if (is_string()) return count_code_points(as_text());
    return counted_ && (is_list() || is_map()) ? number_.payload->count : 0;
}

const Value* Value::find(std::string_view key, std::uint32_t hash) const {
    if (is_map()) return static_cast<const MapPayload*>(number_.payload)->find(key, hash);
    if (!is_list() || !counted_) return nullptr;
    const auto& list = static_cast<const ListPayload&>(*number_.payload);
    const auto at = std::find(list.names.begin(), list.names.end(), key);
    return at == list.names.end() ? nullptr
                                  : &list.items()[static_cast<std::size_t>(at - list.names.begin())];
}

bool Value::equal(const Value& left, const Value& right) {
    if (left.is_number() && right.is_number()) {
        if (left.type_ == Type::real || right.type_ == Type::real)
            return compare(left, right) == std::partial_ordering::equivalent;
        return left.number_.integer == right.number_.integer;
    }
    if (left.is_string() && right.is_string()) return left.as_text() == right.as_text();
    if (left.type_ != right.type_) return false;
    switch (left.type_) {
        case Type::list:
            return std::equal(left.items().begin(), left.items().end(), right.items().begin(),
                              right.items().end());
        case Type::map:
            return same_entries(left, right);
        case Type::function:
            return left.number_.payload == right.number_.payload && left.size_ == right.size_;
        default:
            return true;
    }
}

Digest Value::digest() const { return ValueDigester::of(*this); }

std::optional<std::partial_ordering> compare(const Value& left, const Value& right) {
    if (left.is_number() && right.is_number()) {
        const bool whole = left.type() != Value::Type::real && right.type() != Value::Type::real;
        if (whole) return left.as_integer() <=> right.as_integer();
        return left.as_real() <=> right.as_real();
    }
    if (left.is_string() && right.is_string()) return left.as_text() <=> right.as_text();
    if (left.is_list() && right.is_list()) return compare_lists(left.items(), right.items());
    return std::nullopt;
}

Value::Map& Value::Map::set(Key key, Value value) {
    if (!key.is_lasting())
        key = Key(*own_keys_.emplace_back(std::make_unique<const std::string>(key.text())));
    entries_.push_back({key, std::move(value)});
    return *this;
}

Value::Map& Value::Map::set_all(const Value& map) {
    for (const Entry& entry : map.entries()) set(entry.key, entry.value);
    return *this;
}

Value Value::Map::build() && {
    std::size_t key_bytes = 0;
    for (const auto& key : own_keys_) key_bytes += key->size();
    MapMaker maker(entries_.size(), key_bytes);
    maker.add_all(entries_);
    return Value(Type::map, maker.take());
}

}  // namespace qunying
