#pragma once
// What a template sees. A Value is immutable and cheap to copy: a tag, and a number, a borrowed text or a
// counted reference to a payload that threads may share. It never points back at its holder, so there are no
// cycles.
//
// A view is built, walked and dropped for every page, so it costs as little as it can: a payload is one
// allocation with its items behind its head; keys and texts that outlive all views (of the program, of the
// Site, of compiled templates) are pointed at and not copied; keys carry their hash, so that looking one up
// compares numbers; lists and maps of some size remember their digest.
#include <atomic>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
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

// FNV-1a.
constexpr std::uint32_t hash_of_key(std::string_view key) {
    std::uint32_t hash = 2166136261U;
    for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash;
}

// clang 14 crashes where a constructor that must run at compile time is used for a conversion.
#if defined(__clang__) && __clang_major__ < 16
#define QY_COMPILE_TIME constexpr
#else
#define QY_COMPILE_TIME consteval
#endif

// The name of a map's entry. It only points at its text.
class Key {
  public:
    // A literal. Nothing is copied, for it lives as long as the program.
    template <std::size_t Size>
    QY_COMPILE_TIME Key(const char (&literal)[Size]) : Key(std::string_view(literal, Size - 1), true) {}
    // A map copies the text.
    Key(std::string_view text) : Key(text, false) {}
    Key(const std::string& text) : Key(std::string_view(text), false) {}
    // Text that outlives every Value with this key: of the Site, of a compiled template.
    static Key lasting(std::string_view text) { return Key(text, true); }

    std::string_view text() const { return {data_, size_}; }
    std::uint32_t hash() const { return hash_; }
    bool is_lasting() const { return lasting_ != 0; }
    bool is(std::string_view text, std::uint32_t hash) const { return hash_ == hash && this->text() == text; }

  private:
    constexpr Key(std::string_view text, bool lasting)
        : data_(text.data()),
          size_(static_cast<std::uint32_t>(text.size()) & 0x7FFFFFFFU),
          lasting_(lasting ? 1 : 0),
          hash_(hash_of_key(text)) {}

    const char* data_;
    std::uint32_t size_ : 31, lasting_ : 1;
    std::uint32_t hash_;
};

#undef QY_COMPILE_TIME

// The shared part of a Value; what lies behind it: value_payload.h.
struct ValuePayload {
    explicit ValuePayload(std::size_t its_count = 0) : count(static_cast<std::uint32_t>(its_count)) {}
    ValuePayload(const ValuePayload&) = delete;
    ValuePayload& operator=(const ValuePayload&) = delete;

    mutable std::atomic<std::uint32_t> references{1};
    std::uint32_t count;  // bytes of a text, items, entries
};

// A thing of the machine's own.
struct FunctionPayload : ValuePayload {
    virtual ~FunctionPayload() = default;
};

struct MapEntry;

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
    using Entry = MapEntry;
    class Map;

    Value() noexcept : type_(Type::none), counted_(false), size_(0), number_{0} {}  // none
    Value(const Value& other) noexcept
        : type_(other.type_), counted_(other.counted_), size_(other.size_), number_(other.number_) {
        if (counted_) number_.payload->references.fetch_add(1, std::memory_order_relaxed);
    }
    Value(Value&& other) noexcept
        : type_(other.type_), counted_(other.counted_), size_(other.size_), number_(other.number_) {
        other.type_ = Type::none;
        other.counted_ = false;
    }
    // What is assigned may live in the payload that goes away, so it is taken first.
    Value& operator=(const Value& other) noexcept { return *this = Value(other); }
    Value& operator=(Value&& other) noexcept {
        if (this == &other) return *this;
        Value old(std::move(*this));
        type_ = std::exchange(other.type_, Type::none);
        counted_ = std::exchange(other.counted_, false);
        size_ = other.size_;
        number_ = other.number_;
        return *this;
    }
    ~Value() {
        if (counted_) release();
    }

    // Something that is not there. Printing, iterating or comparing it is an error; `is defined` and
    // default() accept it. `name` is what was looked for.
    static Value undefined(std::string_view name);
    // The same, with the map in which `name` was looked for, so that a message can say what is there.
    static Value missing(std::string_view name, const Value& holder);
    static Value boolean(bool value);
    static Value integer(std::int64_t value);
    static Value real(double value);
    static Value text(std::string_view value);
    static Value html(SafeHtml value);
    // Text that outlives every Value made of it: of the Site, of the theme, a literal. It is not copied.
    static Value lasting(std::string_view text);
    // The same of markup; only for what the Markdown emitter wrote.
    static Value lasting_html(std::string_view html);
    // Markup that is told apart by `description` instead of by itself: two with equal descriptions hold the
    // same markup, or one of them none, because nobody is going to print it.
    static Value described_html(std::string_view description, std::string_view html);
    // What a template wrote: the machine's own.
    static Value captured(std::string_view html);
    static Value list(std::vector<Value> items);
    // Keeps the order; of two entries with one key the later value stands in the earlier's place.
    static Value map(std::vector<std::pair<std::string, Value>> entries);
    // A list whose items can also be had by name, as in {{ group.grouper }}. `names` must outlive every
    // Value.
    static Value named_list(std::vector<Value> items, std::span<const std::string_view> names);
    // Takes over the one reference that `payload` was born with.
    static Value function(const FunctionPayload* payload);
    // A macro: the number of a function and where it was defined. Nothing is counted.
    static Value macro(std::uint32_t function, const void* frame);

    Type type() const { return type_; }
    bool is_none() const { return type_ == Type::none; }
    bool is_undefined() const { return type_ == Type::undefined; }
    bool is_list() const { return type_ == Type::list; }
    bool is_map() const { return type_ == Type::map; }
    bool is_string() const { return type_ == Type::text || type_ == Type::html; }
    bool is_number() const { return type_ == Type::boolean || type_ == Type::integer || type_ == Type::real; }
    bool is_macro() const { return type_ == Type::function && !counted_; }

    // As in Python: false for none, undefined, false, 0, 0.0, "" and empty lists and maps.
    bool truthy() const;
    // Of a boolean (0 or 1) or an integer.
    std::int64_t as_integer() const { return number_.integer; }
    // Of any number.
    double as_real() const {
        return type_ == Type::real ? number_.real : static_cast<double>(number_.integer);
    }
    // Of text and html; of undefined the name looked for. Lives as long as the payload, or what was borrowed.
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
    const Value* find(std::string_view key) const { return find(key, hash_of_key(key)); }
    // `hash` is hash_of_key(key), worked out before.
    const Value* find(std::string_view key, std::uint32_t hash) const;
    // Of a function that is no macro; null otherwise.
    const FunctionPayload* payload() const {
        return type_ == Type::function && counted_ ? static_cast<const FunctionPayload*>(number_.payload)
                                                   : nullptr;
    }
    // Of a macro.
    std::uint32_t macro_function() const { return size_; }
    const void* macro_frame() const { return number_.borrowed; }

    // By value as in Python: 1 == 1.0 == true, text and html alike by their characters, maps without regard
    // to order.
    friend bool operator==(const Value& left, const Value& right) { return equal(left, right); }

    // Adds a canonical form of the whole value: equal digests mean that no template can tell the two apart.
    // Big lists and maps remember theirs, so a list shared by all pages is walked once.
    void add_to(DigestBuilder& builder) const { builder.add(digest()); }
    Digest digest() const;

  private:
    friend class ValueDigester;
    union Number {
        std::int64_t integer;
        double real;
        const ValuePayload* payload;
        const void* borrowed;
    };
    Value(Type type, Number number) noexcept : type_(type), counted_(false), size_(0), number_(number) {}
    Value(Type type, const ValuePayload* payload) noexcept : type_(type), counted_(true), size_(0) {
        number_.payload = payload;
    }
    Value(Type type, const void* borrowed, std::size_t size) noexcept
        : type_(type), counted_(false), size_(static_cast<std::uint32_t>(size)) {
        number_.borrowed = borrowed;
    }
    void release() noexcept;
    void destroy() noexcept;
    static Value counted_text(Type type, std::string_view text);
    std::string_view description() const;
    static bool equal(const Value& left, const Value& right);

    Type type_;
    bool counted_;
    std::uint32_t size_;  // of a borrowed text, in bytes; of a described one, its description's; of a macro,
                          // its function; an empty list has no payload
    Number number_;
};

struct MapEntry {
    Key key;
    Value value;
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
    explicit Map(std::size_t expected = 8) { entries_.reserve(expected); }

    Map& set(Key key, Value value);
    Map& set(Key key, const std::string& value) { return set(key, Value::text(value)); }
    Map& set(Key key, std::string_view value) { return set(key, Value::text(value)); }
    Map& set(Key key, const char* value) { return set(key, Value::text(value)); }
    Map& set(Key key, SafeHtml value) { return set(key, Value::html(std::move(value))); }
    Map& set(Key key, std::vector<Value> items) { return set(key, Value::list(std::move(items))); }
    Map& set(Key key, Map value) { return set(key, std::move(value).build()); }
    Map& set(Key key, std::same_as<bool> auto value) { return set(key, Value::boolean(value)); }
    Map& set(Key key, std::floating_point auto value) {
        return set(key, Value::real(static_cast<double>(value)));
    }
    template <std::integral Number>
    requires(!std::same_as<Number, bool>) Map& set(Key key, Number value) {
        return set(key, Value::integer(static_cast<std::int64_t>(value)));
    }
    // None where there is nothing.
    template <class Inner>
    Map& set(Key key, const std::optional<Inner>& value) {
        return value ? set(key, *value) : set(key, Value());
    }

    // Every entry of a map.
    Map& set_all(const Value& map);

    bool empty() const { return entries_.empty(); }
    Value build() &&;

  private:
    std::vector<Entry> entries_;
    std::vector<std::unique_ptr<const std::string>> own_keys_;  // of entries whose keys do not last
};

}  // namespace qunying
