#include "base/date.h"

#include <doctest/doctest.h>

using namespace qunying;

TEST_CASE("dates are read as people write them") {
    CHECK(read_date("1949").date == PartialDate{1949, 0, 0});
    for (const char* text : {"1949.09", "1949-09", "1949-9", "1949/9", "1949年9月"}) {
        CHECK(read_date(text).date == PartialDate{1949, 9, 0});
    }
    for (const char* text : {"1949.09.01", "1949-09-01", "1949年9月1日", "1949 "})
        CHECK(read_date(text).date.has_value());
    CHECK(read_date("6月27日").date == PartialDate{0, 6, 27});
    CHECK(read_date("06-27").date == PartialDate{0, 6, 27});
}

TEST_CASE("impossible dates say which part is wrong") {
    CHECK(read_date("20019").problem == DateProblem::year);
    CHECK(read_date("1949-13").problem == DateProblem::month);
    CHECK(read_date("1949-00").problem == DateProblem::month);
    CHECK(read_date("1949-02-29").problem == DateProblem::day);
    CHECK(read_date("2020-02-29").date.has_value());
    CHECK(read_date("春天").problem == DateProblem::not_a_date);
    CHECK(read_date("").problem == DateProblem::not_a_date);
    CHECK(read_date("-5").problem == DateProblem::not_a_date);
}

TEST_CASE("dates are written as far as they are stated") {
    CHECK(chinese_date({2022, 6, 27}) == "2022年6月27日");
    CHECK(chinese_date({0, 6, 27}) == "6月27日");
    CHECK(iso_date({1949, 9, 0}) == "1949-09");
    CHECK(iso_date({0, 6, 27}) == "--06-27");
    CHECK(latest_day({2024, 2, 0}) == PartialDate{2024, 2, 29});
    CHECK(earliest_day({2024, 0, 0}) == PartialDate{2024, 1, 1});
}
