#include "base/date.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <fmt/format.h>
#include <vector>

#include "base/text.h"

namespace qunying {
namespace {

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

// The digits of `text` split at the separators; empty when a part is no number of at most five digits.
std::vector<int> numbers_between(std::string_view text, char separator) {
    std::vector<int> numbers;
    for (const std::string_view part : split(text, separator)) {
        int number = 0;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
        const bool whole =
            error == std::errc{} && end == part.data() + part.size() && part[0] != '-' && part.size() <= 5;
        if (!whole) return {};
        numbers.push_back(number);
    }
    return numbers;
}

DateReading checked(PartialDate date) {
    if (date.year != 0 && (date.year < 1000 || date.year > 2999)) return {std::nullopt, DateProblem::year};
    if (date.month < 0 || date.month > 12) return {std::nullopt, DateProblem::month};
    const int year = date.year == 0 ? 2000 : date.year;
    if (date.day < 0 || (date.day > 0 && date.day > days_in_month(year, date.month)))
        return {std::nullopt, DateProblem::day};
    return {date, DateProblem::not_a_date};
}

DateReading from_numbers(const std::vector<int>& n, bool without_year) {
    if (n.empty() || n.size() > 3) return {};
    if (without_year) return n.size() == 2 && n[0] > 0 && n[1] > 0 ? checked({0, n[0], n[1]}) : DateReading{};
    if (n[0] == 0) return {std::nullopt, DateProblem::year};
    if (n.size() > 1 && n[1] == 0) return {std::nullopt, DateProblem::month};
    if (n.size() > 2 && n[2] == 0) return {std::nullopt, DateProblem::day};
    return checked({n[0], n.size() > 1 ? n[1] : 0, n.size() > 2 ? n[2] : 0});
}

// 1949年9月1日 → 1949-9-1, 6月27日 → 6-27; a text without 年 and 月 stays as it is.
std::string without_chinese_units(std::string_view text) {
    std::string out = replace_all(replace_all(text, "年", "-"), "月", "-");
    out = replace_all(replace_all(out, "日", ""), "号", "");
    if (out.ends_with('-')) out.pop_back();
    return out;
}

}  // namespace

DateReading read_date(std::string_view text) {
    text = trim(text);
    const bool chinese =
        text.find("年") != std::string_view::npos || text.find("月") != std::string_view::npos;
    const std::string plain = chinese ? without_chinese_units(text) : std::string(text);
    const std::size_t at = plain.find_first_of("-./");
    const char separator = at == std::string::npos ? '-' : plain[at];
    const std::vector<int> numbers = numbers_between(plain, separator);
    const bool without_year = at != std::string::npos && at <= 2 && numbers.size() == 2;
    return from_numbers(numbers, without_year);
}

int days_in_month(int year, int month) {
    constexpr std::array<int, 13> days = {31, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[static_cast<std::size_t>(month)];
}

std::string chinese_date(PartialDate date) {
    std::string out;
    const auto add = [&out](int number, const char* unit) {
        if (number) out.append(fmt::format_int(number).c_str()).append(unit);
    };
    add(date.year, "年");
    add(date.month, "月");
    add(date.day, "日");
    return out;
}

std::string iso_date(PartialDate date) {
    std::string out;
    const auto add = [&out](const char* before, int number, std::size_t digits) {
        if (number == 0) return;
        const fmt::format_int text(number);
        out.append(before).append(digits - std::min(digits, text.size()), '0');
        out.append(text.data(), text.size());
    };
    if (date.year == 0) out += '-';
    add("", date.year, 4);
    add("-", date.month, 2);
    add("-", date.day, 2);
    return out;
}

PartialDate earliest_day(PartialDate date) {
    return {date.year, date.month ? date.month : 1, date.day ? date.day : 1};
}

PartialDate latest_day(PartialDate date) {
    const int month = date.month ? date.month : 12;
    return {date.year, month, date.day ? date.day : days_in_month(date.year, month)};
}

PartialDate local_date(long long seconds_since_epoch) {
    const auto time = static_cast<std::time_t>(seconds_since_epoch);
    std::tm parts{};
    localtime_r(&time, &parts);
    return {parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday};
}

}  // namespace qunying
