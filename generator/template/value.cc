#include "template/value.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "base/failure.h"
#include "base/text.h"

namespace qunying {
namespace {

// Lists and maps of at least this size keep their digest.
constexpr std::size_t digest_kept_from = 8;
// Maps above this size are searched through a sorted index: below, walking the keys is as fast.
constexpr std::size_t index_from = 9;

struct TextPayload final : ValuePayload {
    explicit TextPayload(std::string value) : text(std::move(value)) {}
    std::string text;
};

struct UndefinedPayload final : ValuePayload {
    UndefinedPayload(std::string wanted, Value searched)
        : name(std::move(wanted)), holder(std::move(searched)) {}
    std::string name;
    Value holder;
};

// Computed at most a few times (threads may race, all with the same result), then kept.
class KeptDigest {
  public:
    ~KeptDigest() { delete kept_.load(std::memory_order_acquire); }
    template <class Compute>
    const Digest& get(Compute&& compute) const {
        if (const Digest* known = kept_.load(std::memory_order_acquire)) return *known;
        auto fresh = std::make_unique<const Digest>(compute());
        const Digest* expected = nullptr;
        if (kept_.compare_exchange_strong(expected, fresh.get(), std::memory_order_acq_rel))
            return *fresh.release();
        return *expected;
    }

  private:
    mutable std::atomic<const Digest*> kept_{nullptr};
};

struct ListPayload final : ValuePayload {
    std::vector<Value> items;
    std::span<const std::string_view> names;
    KeptDigest digest;
};

struct MapPayload final : ValuePayload {
    std::vector<Value::Entry> entries;
    std::vector<std::uint32_t> by_key;  // positions in order of key; empty in small maps
    KeptDigest digest;

    const Value* find(std::string_view key) const {
        if (by_key.empty()) {
            for (const Value::Entry& entry : entries) {
                if (entry.first == key) return &entry.second;
            }
            return nullptr;
        }
        const auto at =
            std::lower_bound(by_key.begin(), by_key.end(), key,
                             [&](std::uint32_t i, std::string_view k) { return entries[i].first < k; });
        return at != by_key.end() && entries[*at].first == key ? &entries[*at].second : nullptr;
    }
};

// Positions in order of key; among equal keys, in order of appearance.
std::vector<std::uint32_t> sorted_positions(const std::vector<Value::Entry>& entries) {
    std::vector<std::uint32_t> order(entries.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        const int by_key = entries[a].first.compare(entries[b].first);
        return by_key != 0 ? by_key < 0 : a < b;
    });
    return order;
}

// Of entries with one key the last value moves to the first place, the rest go.
void merge_duplicates(std::vector<Value::Entry>& entries) {
    const std::vector<std::uint32_t> order = sorted_positions(entries);
    std::vector<bool> drop(entries.size(), false);
    bool any = false;
    for (std::size_t i = 0, first = 0; i < order.size(); ++i) {
        if (entries[order[i]].first != entries[order[first]].first) first = i;
        if (i == first) continue;
        entries[order[first]].second = std::move(entries[order[i]].second);
        drop[order[i]] = any = true;
    }
    if (!any) return;
    std::vector<Value::Entry> kept;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (!drop[i]) kept.push_back(std::move(entries[i]));
    }
    entries = std::move(kept);
}

const ListPayload& list_of(const Value& value) { return static_cast<const ListPayload&>(*value.payload()); }
const MapPayload& map_of(const Value& value) { return static_cast<const MapPayload&>(*value.payload()); }
const UndefinedPayload& undefined_of(const Value& value) {
    return static_cast<const UndefinedPayload&>(*value.payload());
}
const TextPayload& text_of(const Value& value) { return static_cast<const TextPayload&>(*value.payload()); }

void add_items(DigestBuilder& builder, std::span<const Value> items) {
    for (const Value& item : items) item.add_to(builder);
}

void add_entries(DigestBuilder& builder, std::span<const Value::Entry> entries) {
    for (const Value::Entry& entry : entries) {
        builder.add(entry.first);
        entry.second.add_to(builder);
    }
}

template <class Add>
Digest digest_by(Add&& add) {
    DigestBuilder builder;
    add(builder);
    return builder.finish();
}

bool same_entries(const Value& left, const Value& right) {
    if (left.entries().size() != right.entries().size()) return false;
    return std::all_of(left.entries().begin(), left.entries().end(), [&](const Value::Entry& entry) {
        const Value* other = right.find(entry.first);
        return other && entry.second == *other;
    });
}

std::uint64_t bits_of(double value) {
    std::uint64_t bits = 0;
    static_assert(sizeof bits == sizeof value);
    std::copy_n(reinterpret_cast<const char*>(&value), sizeof value, reinterpret_cast<char*>(&bits));
    return bits;
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

void Value::acquire() const noexcept {
    if (counted()) number_.payload->references.fetch_add(1, std::memory_order_relaxed);
}

void Value::release() noexcept {
    if (!counted()) return;
    if (number_.payload->references.fetch_sub(1, std::memory_order_acq_rel) == 1) delete number_.payload;
}

Value::Value(const Value& other) noexcept : type_(other.type_), number_(other.number_) { acquire(); }

Value::Value(Value&& other) noexcept
    : type_(std::exchange(other.type_, Type::none)), number_(other.number_) {}

// What is assigned may live in the payload that goes away, so it is taken first.
Value& Value::operator=(const Value& other) noexcept { return *this = Value(other); }

Value& Value::operator=(Value&& other) noexcept {
    if (this == &other) return *this;
    const Type type = std::exchange(other.type_, Type::none);
    const Number number = other.number_;
    release();
    type_ = type;
    number_ = number;
    return *this;
}

Value::~Value() { release(); }

Value Value::undefined(std::string name) { return missing(std::move(name), Value()); }

Value Value::missing(std::string name, const Value& holder) {
    return Value(Type::undefined, new UndefinedPayload(std::move(name), holder));
}

Value Value::boolean(bool value) { return Value(Type::boolean, Number{value ? 1 : 0}); }

Value Value::integer(std::int64_t value) { return Value(Type::integer, Number{value}); }

Value Value::real(double value) {
    Number number{};
    number.real = value;
    return Value(Type::real, number);
}

Value Value::text(std::string value) { return Value(Type::text, new TextPayload(std::move(value))); }

Value Value::html(SafeHtml value) { return Value(Type::html, new TextPayload(std::move(value.text))); }

Value Value::list(std::vector<Value> items) { return named_list(std::move(items), {}); }

Value Value::named_list(std::vector<Value> items, std::span<const std::string_view> names) {
    QY_CHECK(names.size() <= items.size());
    auto payload = std::make_unique<ListPayload>();
    payload->items = std::move(items);
    payload->names = names;
    return Value(Type::list, payload.release());
}

Value Value::map(std::vector<Entry> entries) {
    auto payload = std::make_unique<MapPayload>();
    merge_duplicates(entries);
    payload->entries = std::move(entries);
    if (payload->entries.size() >= index_from) payload->by_key = sorted_positions(payload->entries);
    return Value(Type::map, payload.release());
}

Value Value::function(const ValuePayload* payload) { return Value(Type::function, payload); }

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
            return !as_text().empty();
        case Type::list:
            return !items().empty();
        case Type::map:
            return !entries().empty();
        case Type::function:
            return true;
    }
    return false;
}

double Value::as_real() const {
    return type_ == Type::real ? number_.real : static_cast<double>(number_.integer);
}

std::string_view Value::as_text() const {
    if (is_undefined()) return undefined_of(*this).name;
    return is_string() ? std::string_view(text_of(*this).text) : std::string_view();
}

const Value& Value::holder() const { return undefined_of(*this).holder; }

std::span<const Value> Value::items() const {
    return is_list() ? std::span<const Value>(list_of(*this).items) : std::span<const Value>();
}

std::span<const Value::Entry> Value::entries() const {
    return is_map() ? std::span<const Entry>(map_of(*this).entries) : std::span<const Entry>();
}

std::size_t Value::size() const {
    if (is_string()) return count_code_points(as_text());
    return is_list() ? items().size() : entries().size();
}

const Value* Value::find(std::string_view key) const {
    if (is_map()) return map_of(*this).find(key);
    if (!is_list()) return nullptr;
    const ListPayload& list = list_of(*this);
    const auto at = std::find(list.names.begin(), list.names.end(), key);
    return at == list.names.end() ? nullptr : &list.items[static_cast<std::size_t>(at - list.names.begin())];
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
            return left.payload() == right.payload();
        default:
            return true;
    }
}

void Value::add_to(DigestBuilder& builder) const {
    builder.add(static_cast<std::uint64_t>(type_));
    switch (type_) {
        case Type::none:
            break;
        case Type::boolean:
        case Type::integer:
            builder.add(static_cast<std::uint64_t>(number_.integer));
            break;
        case Type::real:
            builder.add(bits_of(number_.real));
            break;
        case Type::undefined:
        case Type::text:
        case Type::html:
            builder.add(as_text());
            break;
        case Type::list: {
            builder.add(static_cast<std::uint64_t>(items().size()));
            if (items().size() < digest_kept_from) return add_items(builder, items());
            const auto add_all = [&](DigestBuilder& own) { add_items(own, items()); };
            builder.add(list_of(*this).digest.get([&] { return digest_by(add_all); }));
            break;
        }
        case Type::map: {
            builder.add(static_cast<std::uint64_t>(entries().size()));
            if (entries().size() < digest_kept_from) return add_entries(builder, entries());
            const auto add_all = [&](DigestBuilder& own) { add_entries(own, entries()); };
            builder.add(map_of(*this).digest.get([&] { return digest_by(add_all); }));
            break;
        }
        case Type::function:
            break;  // a view holds none; templates tell them apart by what they do
    }
}

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

Value::Map& Value::Map::set(std::string_view key, Value value) {
    entries_.emplace_back(std::string(key), std::move(value));
    return *this;
}

Value Value::Map::build() && { return Value::map(std::move(entries_)); }

}  // namespace qunying
