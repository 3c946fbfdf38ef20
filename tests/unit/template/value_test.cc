#include "template/value.h"

#include <array>
#include <doctest/doctest.h>
#include <limits>

#include "base/parallel.h"

using namespace qunying;

namespace {

Digest digest_of(const Value& value) {
    DigestBuilder builder;
    value.add_to(builder);
    return builder.finish();
}

Value numbers(std::int64_t count) {
    std::vector<Value> items;
    for (std::int64_t i = 0; i < count; ++i) items.push_back(Value::integer(i));
    return Value::list(std::move(items));
}

}  // namespace

TEST_CASE("a map builder takes every kind of value") {
    Value::Map inner;
    inner.set("k", "v");
    Value::Map map;
    map.set("text", "a").set("string", std::string("b")).set("view", std::string_view("c")).set("yes", true);
    map.set("int", 1).set("size", std::size_t{2}).set("real", 1.5).set("html", SafeHtml{"<b>"});
    map.set("list", std::vector<Value>{Value::integer(1)}).set("map", std::move(inner));
    map.set("some", std::optional<std::string>("x")).set("nothing", std::optional<std::string>());
    const Value value = std::move(map).build();
    CHECK(value.find("text")->as_text() == "a");
    CHECK(value.find("yes")->type() == Value::Type::boolean);
    CHECK(value.find("size")->as_integer() == 2);
    CHECK(value.find("real")->as_real() == 1.5);
    CHECK(value.find("html")->type() == Value::Type::html);
    CHECK(value.find("map")->find("k")->as_text() == "v");
    CHECK(value.find("some")->as_text() == "x");
    CHECK(value.find("nothing")->is_none());
    CHECK(value.find("absent") == nullptr);
    CHECK(value.size() == 12);
}

TEST_CASE("a map keeps its order, and of two equal keys the first place and the last value") {
    for (const std::size_t extra : {0U, 20U}) {
        std::vector<std::pair<std::string, Value>> entries = {{"b", Value::integer(1)},
                                                              {"a", Value::integer(2)}};
        for (std::size_t i = 0; i < extra; ++i) entries.emplace_back("x" + std::to_string(i), Value());
        entries.emplace_back("b", Value::integer(3));
        const Value map = Value::map(std::move(entries));
        CHECK(map.size() == 2 + extra);
        CHECK(map.entries()[0].key.text() == "b");
        CHECK(map.entries()[0].value == Value::integer(3));
        CHECK(map.find("a")->as_integer() == 2);
    }
}

TEST_CASE("every key of a big map is found") {
    std::vector<std::pair<std::string, Value>> entries;
    for (int i = 0; i < 500; ++i)
        entries.emplace_back("key" + std::to_string(i * 7919 % 500), Value::integer(i));
    const Value map = Value::map(std::move(entries));
    for (int i = 0; i < 500; ++i) CHECK(map.find("key" + std::to_string(i)) != nullptr);
    CHECK(map.find("key500") == nullptr);
    CHECK(map.find("") == nullptr);
}

TEST_CASE("equality is by value") {
    CHECK(Value::integer(1) == Value::real(1.0));
    CHECK(Value::boolean(true) == Value::integer(1));
    CHECK(Value::text("a") == Value::html(SafeHtml{"a"}));
    CHECK(!(Value::text("1") == Value::integer(1)));
    CHECK(!(Value() == Value::integer(0)));
    CHECK(numbers(3) == numbers(3));
    CHECK(!(numbers(3) == numbers(4)));
    const Value ab = Value::map({{"a", Value::integer(1)}, {"b", Value::integer(2)}});
    const Value ba = Value::map({{"b", Value::integer(2)}, {"a", Value::integer(1)}});
    CHECK(ab == ba);
    CHECK(!(Value::real(std::numeric_limits<double>::quiet_NaN()) == Value::integer(0)));
}

TEST_CASE("order exists within numbers, strings and lists only") {
    CHECK(*compare(Value::integer(1), Value::real(1.5)) < 0);
    CHECK(*compare(Value::text("王"), Value::text("李")) > 0);
    CHECK(*compare(numbers(2), numbers(3)) < 0);
    CHECK(!compare(Value::text("1"), Value::integer(1)));
    CHECK(!compare(Value(), Value()));
    CHECK(!compare(Value::map({}), Value::map({})));
}

TEST_CASE("truth is as in Python") {
    for (const Value& no : {Value(), Value::boolean(false), Value::integer(0), Value::real(0),
                            Value::text(""), Value::list({}), Value::map({}), Value::undefined("x")})
        CHECK(!no.truthy());
    for (const Value& yes : {Value::boolean(true), Value::integer(-1), Value::real(0.1), Value::text("0"),
                             numbers(1), Value::map({{"a", Value()}})})
        CHECK(yes.truthy());
}

TEST_CASE("copies and moves share and release the payload") {
    Value a = Value::text("shared");
    Value b = a;
    Value c = std::move(a);
    CHECK(a.is_none());
    const Value& same = b;
    b = same;
    c = b;
    b = Value();
    CHECK(c.as_text() == "shared");
    Value d = Value::list({c, c});
    d = d.items()[0];  // the payload holds what is assigned from it
    CHECK(d.as_text() == "shared");
}

TEST_CASE("a named list is a list whose items have names") {
    static constexpr std::array<std::string_view, 2> names = {"grouper", "list"};
    const Value pair = Value::named_list({Value::integer(1), numbers(2)}, names);
    CHECK(pair.find("list")->size() == 2);
    CHECK(pair.items()[0].as_integer() == 1);
    CHECK(pair.find("other") == nullptr);
}

TEST_CASE("undefined remembers what was looked for and where") {
    const Value map = Value::map({{"name", Value::text("x")}});
    const Value missing = Value::missing("naem", map);
    CHECK(missing.as_text() == "naem");
    CHECK(missing.holder().find("name") != nullptr);
    CHECK(Value::undefined("x").holder().is_none());
}

TEST_CASE("equal values have equal digests, unlike ones do not") {
    const std::vector<Value> values = {Value(),
                                       Value::boolean(true),
                                       Value::integer(1),
                                       Value::real(1),
                                       Value::text("1"),
                                       Value::html(SafeHtml{"1"}),
                                       Value::list({}),
                                       Value::map({}),
                                       Value::list({Value::list({})}),
                                       numbers(3),
                                       numbers(20),
                                       Value::list({numbers(20)}),
                                       Value::map({{"a", Value()}, {"b", Value()}}),
                                       Value::map({{"b", Value()}, {"a", Value()}}),
                                       Value::list({Value::text("ab"), Value::text("c")}),
                                       Value::list({Value::text("a"), Value::text("bc")})};
    for (std::size_t i = 0; i < values.size(); ++i) {
        for (std::size_t j = 0; j < values.size(); ++j) {
            CAPTURE(i);
            CAPTURE(j);
            CHECK((digest_of(values[i]) == digest_of(values[j])) == (i == j));
        }
    }
    CHECK(digest_of(numbers(20)) == digest_of(numbers(20)));
}

TEST_CASE("threads may share a value and its digest") {
    const Value shared = Value::list({numbers(1000), Value::map({{"list", numbers(500)}})});
    const Digest expected = digest_of(Value::list({numbers(1000), Value::map({{"list", numbers(500)}})}));
    const auto digests = parallel_map(8, 64, [&](std::size_t) {
        const Value copy = shared;
        return digest_of(copy.items()[0]) == digest_of(numbers(1000)) && digest_of(copy) == expected;
    });
    for (const bool same : digests) CHECK(same);
}

TEST_CASE("a map owns the keys that do not last, and points at those that do") {
    const std::string lasting = "kept";
    Value map;
    {
        const std::string passing = "a key that goes away before the map does";
        Value::Map builder(1);
        builder.set(passing, 1).set(Key::lasting(lasting), 2);
        for (int i = 0; i < 30; ++i) builder.set("key" + std::to_string(i), i);
        map = std::move(builder).build();
    }
    CHECK(map.find("a key that goes away before the map does")->as_integer() == 1);
    CHECK(map.find("kept", hash_of_key("kept"))->as_integer() == 2);
    CHECK(map.entries()[1].key.text().data() == lasting.data());
    for (int i = 0; i < 30; ++i) CHECK(map.find("key" + std::to_string(i))->as_integer() == i);
    Value::Map copy;
    const Value second = std::move(copy.set("kept", 0).set_all(map)).build();
    CHECK(second.find("kept")->as_integer() == 2);
    CHECK(second.size() == map.size());
    map = Value();
    CHECK(second.find("key29")->as_integer() == 29);
}

TEST_CASE("text that lasts is not copied, and is the same value") {
    const std::string held = "文字";
    CHECK(Value::lasting(held).as_text().data() == held.data());
    CHECK(Value::lasting(held) == Value::text("文字"));
    CHECK(digest_of(Value::lasting(held)) == digest_of(Value::text("文字")));
    CHECK(digest_of(Value::lasting_html(held)) == digest_of(Value::html(SafeHtml{"文字"})));
    CHECK(Value::lasting("").truthy() == false);
    const std::string story(5000, 'x');
    CHECK(digest_of(Value::lasting(story)) == digest_of(Value::text(story)));
    CHECK(!(digest_of(Value::text(story)) == digest_of(Value::text(story + "y"))));
}

TEST_CASE("an empty list has items, names and a digest like any other") {
    const Value empty = Value::list({}), copy = empty;
    CHECK(copy.is_list());
    CHECK(copy.items().empty());
    CHECK(copy.find("grouper") == nullptr);
    CHECK(copy.size() == 0);
    CHECK(digest_of(copy) == digest_of(Value::list({})));
    CHECK(!(digest_of(copy) == digest_of(Value::list({Value()}))));
}
