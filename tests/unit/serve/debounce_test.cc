#include "serve/debounce.h"

#include <doctest/doctest.h>

using namespace qunying;
using std::chrono::milliseconds;

TEST_CASE("changes are told a moment after the last of them") {
    const Debounce::Time start{};
    Debounce debounce;
    CHECK_FALSE(debounce.due());
    debounce.settled("a", start);
    CHECK(debounce.due() == start + Debounce::quiet);
    debounce.settled("b", start + milliseconds(5));
    CHECK(debounce.due() == start + milliseconds(5) + Debounce::quiet);
    debounce.clear();
    CHECK_FALSE(debounce.due());
}

TEST_CASE("changes without end are told all the same") {
    const Debounce::Time start{};
    Debounce debounce;
    for (int i = 0; i < 100; ++i) debounce.settled("a", start + milliseconds(i));
    CHECK(debounce.due() == start + Debounce::longest);
}

TEST_CASE("a file that is being written is waited for, but not for ever") {
    const Debounce::Time start{};
    Debounce debounce;
    debounce.writing("a", start);
    CHECK(debounce.due() == start + Debounce::longest);
    debounce.settled("b", start + milliseconds(1));
    CHECK(debounce.due() == start + Debounce::longest);
    debounce.settled("a", start + milliseconds(2));
    CHECK(debounce.due() == start + milliseconds(2) + Debounce::quiet);
}
