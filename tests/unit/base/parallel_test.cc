#include "base/parallel.h"

#include <doctest/doctest.h>
#include <stdexcept>
#include <string>

using namespace qunying;

TEST_CASE("results keep input order on any number of threads") {
    for (const unsigned threads : {1U, 2U, 7U}) {
        const auto squares = parallel_map(threads, 100, [](std::size_t i) { return i * i; });
        for (std::size_t i = 0; i < squares.size(); ++i) CHECK(squares[i] == i * i);
    }
}

TEST_CASE("diagnostics are merged in input order") {
    Diagnostics found;
    parallel_map(4, 50, found, [](std::size_t i, Diagnostics& own) {
        own.report(DiagnosticKind::bad_utf8, {SourceId{0}, static_cast<std::uint32_t>(i), 0});
        return 0;
    });
    for (std::uint32_t i = 0; i < 50; ++i) CHECK(found.items()[i].where.begin == i);
}

TEST_CASE("the exception of the lowest index is thrown") {
    const auto fail = [](std::size_t i) -> int {
        if (i >= 3) throw std::runtime_error(std::to_string(i));
        return 0;
    };
    CHECK_THROWS_WITH(parallel_map(4, 20, fail), "3");
}
