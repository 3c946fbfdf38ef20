#pragma once
// Dates as biographies give them: a year, a year and month, a full day, or a day whose year nobody wrote
// down.
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace qunying {

// A part is 0 when it is not stated. Known forms: Y, Y-M, Y-M-D, and M-D with year 0 (“6月27日”).
struct PartialDate {
    int year = 0;
    int month = 0;
    int day = 0;

    auto operator<=>(const PartialDate&) const = default;
    bool stated() const { return year != 0 || month != 0; }
};

enum class DateProblem { not_a_date, year, month, day };

// Either a date or why there is none.
struct DateReading {
    std::optional<PartialDate> date;
    DateProblem problem = DateProblem::not_a_date;
};

// Reads 1949, 1949.09, 1949-09, 1949/9/1, 1949年9月, 1949年9月1日, 6月27日, 06-27; years 1000 to 2999.
DateReading read_date(std::string_view text);

// 1949年9月1日, as far as it is stated.
std::string chinese_date(PartialDate date);
// 1949-09-01, as far as it is stated; --06-27 without a year (ISO 8601:2000 and vCard).
std::string iso_date(PartialDate date);

// The earliest and the latest full day that `date` can mean; a date without a year means year 0.
PartialDate earliest_day(PartialDate date);
PartialDate latest_day(PartialDate date);

int days_in_month(int year, int month);

// The local date of a point in time, for the default of --as-of.
PartialDate local_date(long long seconds_since_epoch);

}  // namespace qunying
