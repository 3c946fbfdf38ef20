#pragma once
// For the finder of personal data alone: numbers of houses, and whether somebody lives there.
#include <array>
#include <cstddef>
#include <string_view>

namespace qunying::private_data {

enum class Unit { building, lane, house, entrance, room, group };

// Whether a word for such a unit stands there.
bool is_unit_at(std::string_view text, std::size_t at);

// Numbers with what they number: 5幢2单元301室.
struct HouseNumber {
    std::size_t begin = 0, end = 0;
    std::array<bool, 6> units{};
    int count = 0;
    bool slab = false;  // 幢 or 栋, which people live in

    bool has(Unit unit) const { return units[static_cast<std::size_t>(unit)]; }
};

enum class Home { no, maybe, yes };

// The number of a house, at most five characters; its end, or `at` where there is none.
std::size_t end_of_number(std::string_view text, std::size_t at);

HouseNumber house_number_at(std::string_view text, std::size_t at);

// 5-2-301 behind 小区.
HouseNumber dashed_number_at(std::string_view text, std::size_t at);

bool parts_clauses(std::string_view text, std::size_t at);

// The words in front of a place, as far as its clause goes and not farther than an address is long.
std::size_t clause_begin(std::string_view text, std::size_t at, std::size_t not_before);

// Words that say that somebody lives there; where the last of them ends.
std::size_t end_of_living(std::string_view words);

bool names_homes(std::string_view words);

// Whether a unit or a dash stands behind a row of digits: 年 and 月 do nearly always, and are passed by in a
// few steps.
bool may_number_a_house(std::string_view text, std::size_t at);

// `living` where it is said that somebody lives there; `words` stand right in front of the numbers.
Home judge(const HouseNumber& house, std::string_view words, bool living);

}  // namespace qunying::private_data
