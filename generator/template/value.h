#pragma once
// What a template sees. A Value is immutable and cheap to copy: one tag and either a number or a counted
// reference to a payload that threads may share. It never points back at its holder, so there are no cycles.
#include <atomic>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/digest.h"

namespace qunying {

// Markup that is safe as it stands. Only the Markdown emitter and our own writers make it: never a filter,
// and never from an author's data.
struct SafeHtml {
    std::string text;
};

// The shared part of a Value; what it holds is known to value.cc and, for functions, to the machine.
struct ValuePayload {
    ValuePayload() = default;
    ValuePayload(const ValuePayload&) = delete;
    ValuePayload& operator=(const ValuePayload&) = delete;
    virtual ~ValuePayload() = default;

    mutable std::atomic<std::uint32_t> references{1};
};

class Value {
  public:
    // `function` is a macro or another thing of the machine's own; views never hold one.
    enum class Type : std::uint8_t {
        none,
        undefined,
        boolean,
        integer,
        real,
        text,
        html,
        list,
        map,
        function
    };
    using Entry = std::pair<std::string, Value>;
    class Map;

    Value() = default;  // none
    Value(const Value& other) noexcept;
    Value(Value&& other) noexcept;
    Value& operator=(const Value& other) noexcept;
    Value& operator=(Value&& other) noexcept;
    ~Value();

    // Something that is not there. Printing, iterating or comparing it is an error; `is defined` and
    // default() accept it. `name` is what was looked for.
    static Value undefined(std::string name);
    // The same, with the map in which `name` was looked for, so that a message can say what is there.
    static Value missing(std::string name, const Value& holder);
    static Value boolean(bool value);
    static Value integer(std::int64_t value);
    static Value real(double value);
    static Value text(std::string value);
    static Value html(SafeHtml value);
    static Value list(std::vector<Value> items);
    // Keeps the order; of two entries with one key the later value stands in the earlier's place.
    static Value map(std::vector<Entry> entries);
    // A list whose items can also be had by name, as in {{ group.grouper }}. `names` must outlive every
    // Value.
    static Value named_list(std::vector<Value> items, std::span<const std::string_view> names);
    // Takes over the one reference that `payload` was born with.
    static Value function(const ValuePayload* payload);

    Type type() const { return type_; }
    bool is_none() const { return type_ == Type::none; }
    bool is_undefined() const { return type_ == Type::undefined; }
    bool is_list() const { return type_ == Type::list; }
    bool is_map() const { return type_ == Type::map; }
    bool is_string() const { return type_ == Type::text || type_ == Type::html; }
    bool is_number() const { return type_ == Type::boolean || type_ == Type::integer || type_ == Type::real; }

    // As in Python: false for none, undefined, false, 0, 0.0, "" and empty lists and maps.
    bool truthy() const;
    // Of a boolean (0 or 1) or an integer.
    std::int64_t as_integer() const { return number_.integer; }
    // Of any number.
    double as_real() const;
    // Of text and html; of undefined the name looked for. Lives as long as the payload.
    std::string_view as_text() const;
    // Of undefined: the map that was searched, or none.
    const Value& holder() const;
    // Of a list; empty for anything else.
    std::span<const Value> items() const;
    // Of a map; empty for anything else.
    std::span<const Entry> entries() const;
    // Of a list or map the number of its items, of a string that of its code points; 0 for anything else.
    std::size_t size() const;
    // The map's entry of that key, or the named item of a list; nullptr where there is none.
    const Value* find(std::string_view key) const;
    // Of a function.
    const ValuePayload* payload() const { return number_.payload; }

    // By value as in Python: 1 == 1.0 == true, text and html alike by their characters, maps without regard
    // to order.
    friend bool operator==(const Value& left, const Value& right) { return equal(left, right); }

    // Adds a canonical form of the whole value: equal digests mean that no template can tell the two apart.
    // Big lists and maps remember theirs, so a list shared by all pages is walked once.
    void add_to(DigestBuilder& builder) const;

  private:
    union Number {
        std::int64_t integer;
        double real;
        const ValuePayload* payload;
    };
    Value(Type type, Number number) : type_(type), number_(number) {}
    Value(Type type, const ValuePayload* payload) : type_(type) { number_.payload = payload; }
    bool counted() const { return type_ >= Type::text || type_ == Type::undefined; }
    void acquire() const noexcept;
    void release() noexcept;
    static bool equal(const Value& left, const Value& right);

    Type type_ = Type::none;
    Number number_{0};
};

// Order as Python's <: numbers with numbers, strings by code point, lists item by item. Nothing where the two
// cannot be compared.
std::optional<std::partial_ordering> compare(const Value& left, const Value& right);

// Builds a map so that view code reads well:
//   Value::Map page;
//   page.set("title", title).set("year", 2020).set("story", SafeHtml{…});
//   Value view = std::move(page).build();
class Value::Map {
  public:
    Map& set(std::string_view key, Value value);
    Map& set(std::string_view key, std::string value) { return set(key, Value::text(std::move(value))); }
    Map& set(std::string_view key, std::string_view value) {
        return set(key, Value::text(std::string(value)));
    }
    Map& set(std::string_view key, const char* value) { return set(key, Value::text(value)); }
    Map& set(std::string_view key, SafeHtml value) { return set(key, Value::html(std::move(value))); }
    Map& set(std::string_view key, std::vector<Value> items) {
        return set(key, Value::list(std::move(items)));
    }
    Map& set(std::string_view key, Map value) { return set(key, std::move(value).build()); }
    Map& set(std::string_view key, std::same_as<bool> auto value) { return set(key, Value::boolean(value)); }
    Map& set(std::string_view key, std::floating_point auto value) {
        return set(key, Value::real(static_cast<double>(value)));
    }
    template <std::integral Number>
    requires(!std::same_as<Number, bool>) Map& set(std::string_view key, Number value) {
        return set(key, Value::integer(static_cast<std::int64_t>(value)));
    }
    // None where there is nothing.
    template <class Inner>
    Map& set(std::string_view key, const std::optional<Inner>& value) {
        return value ? set(key, *value) : set(key, Value());
    }

    bool empty() const { return entries_.empty(); }
    Value build() &&;

  private:
    std::vector<Entry> entries_;
};

}  // namespace qunying
