#include <doctest/doctest.h>

#include "model/record.h"

using namespace qunying;

TEST_CASE("a table holds what was put into it and is absent elsewhere") {
    FieldTable table(5);
    CHECK(table.size() == 5);
    CHECK_FALSE(std::as_const(table)[3].present());
    table[3] = {std::string("three"), {}, {}};
    table[1] = {std::string("one"), {}, {}};
    CHECK(text_in(std::as_const(table)[3]) == "three");
    std::string seen;
    table.each([&](std::size_t index, FieldValue& value) {
        seen += std::to_string(index) + std::string(text_in(value)) + " ";
    });
    CHECK(seen == "1one 3three ");
}

TEST_CASE("copies of a table are their own, and a moved one is empty") {
    FieldTable table(std::vector<FieldValue>{{std::string("a"), {}, {}}, {}});
    FieldTable copy = table;
    copy[0] = {std::string("b"), {}, {}};
    CHECK(text_in(std::as_const(table)[0]) == "a");
    const FieldTable moved = std::move(copy);
    CHECK(text_in(moved[0]) == "b");
    CHECK(FieldTable().empty());
    CHECK(FieldTable().begin() == FieldTable().end());
}

TEST_CASE("an absent value whose key is written keeps its place in the file") {
    FieldValue left_empty;
    left_empty.key_span = {SourceId{1}, 2, 3};
    const FieldTable table(std::vector<FieldValue>{{}, left_empty});
    CHECK(table[1].key_span.begin == 2);
    CHECK(table.end() - table.begin() == 1);
}

TEST_CASE("a field is found by every spelling, and by the English key first") {
    const Kinds kinds = built_in_kinds();
    for (const Kind& kind : kinds.all()) {
        for (std::size_t i = 0; i < kind.fields.size(); ++i) {
            CHECK(kind.find(kind.fields[i].key) == i);
            for (const std::string& other : kind.fields[i].other_keys) CHECK(kind.find(other).has_value());
        }
        CHECK_FALSE(kind.find("no such field"));
        CHECK_FALSE(kind.find(""));
    }
}
