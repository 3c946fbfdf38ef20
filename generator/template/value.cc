#include "template/value.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <memory>
#include <new>

#include "base/text.h"
#include "template/map_maker.h"

namespace qunying {
namespace {

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
