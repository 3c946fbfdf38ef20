#include "base/private_address.h"

#include <algorithm>
#include <string>

#include "base/private_text.h"

namespace qunying::private_data {
namespace {

struct UnitWord {
    std::string_view word;
    Unit unit;
};

// The longer ones first.
constexpr std::array<UnitWord, 9> unit_words = {{{"号楼", Unit::building},
                                                 {"单元", Unit::entrance},
                                                 {"弄", Unit::lane},
                                                 {"幢", Unit::building},
                                                 {"栋", Unit::building},
                                                 {"号", Unit::house},
                                                 {"室", Unit::room},
                                                 {"组", Unit::group},
                                                 {"座", Unit::building}}};

const UnitWord* unit_at(std::string_view text, std::size_t at) {
    const auto found = std::find_if(unit_words.begin(), unit_words.end(),
                                    [&](const UnitWord& word) { return stands_at(text, at, word.word); });
    return found == unit_words.end() ? nullptr : &*found;
}

bool ends_in_road(std::string_view words) {
    static constexpr std::array<std::string_view, 6> roads = {"路", "街", "巷", "道", "里", "胡同"};
    return std::any_of(roads.begin(), roads.end(),
                       [&](std::string_view word) { return words.ends_with(word); });
}

}  // namespace

bool is_unit_at(std::string_view text, std::size_t at) { return unit_at(text, at) != nullptr; }

std::size_t end_of_number(std::string_view text, std::size_t at) {
    std::size_t end = at;
    for (int count = 0; count < 5; ++count) {
        if (const Digit digit = digit_at(text, end)) {
            end += digit.bytes;
        } else {
            const std::string_view numeral = word_at(text, end, hanzi_numerals);
            if (numeral.empty()) break;
            end += numeral.size();
        }
    }
    return end;
}

HouseNumber house_number_at(std::string_view text, std::size_t at) {
    HouseNumber house{at, at, {}, 0, false};
    for (int parts = 0; parts < 6; ++parts) {
        const std::size_t number = end_of_number(text, at);
        const UnitWord* unit = number > at ? unit_at(text, number) : nullptr;
        if (!unit) {
            // 3单元301: the last unit is often left out.
            if (number > at && house.has(Unit::entrance) && ends_freely(text, number)) {
                house.end = number;
                house.units[static_cast<std::size_t>(Unit::room)] = true;
            }
            break;
        }
        house.units[static_cast<std::size_t>(unit->unit)] = true;
        house.slab = house.slab || unit->word == "幢" || unit->word == "栋";
        ++house.count;
        at = house.end = number + unit->word.size();
        while (stands_at(text, at, " ") || stands_at(text, at, "-")) ++at;
    }
    return house;
}

HouseNumber dashed_number_at(std::string_view text, std::size_t at) {
    HouseNumber house{at, at, {}, 0, false};
    std::size_t end = at;
    for (int parts = 0; parts < 3; ++parts) {
        const Group group = group_at(text, end);
        if (group.digits == 0 || group.digits > 4) return house;
        end = group.end;
        if (parts == 2) break;
        if (!stands_at(text, end, "-") && !stands_at(text, end, "－")) return house;
        end += text[end] == '-' ? 1 : 3;
    }
    if (ends_freely(text, end) && !stands_at(text, end, "-")) house.end = end;
    return house;
}

bool parts_clauses(std::string_view text, std::size_t at) {
    static constexpr std::array<std::string_view, 12> marks = {"，", "。", "；", "：", "、", "！",
                                                               "？", "“",  "”",  "（", "）", "　"};
    const char c = text[at];
    if (static_cast<unsigned char>(c) < 0x80) return !is_ascii_digit(c) && !is_ascii_letter(c);
    if (c != '\xE3' && c != '\xE2' && c != '\xEF') return false;  // none of them begins otherwise
    return !word_at(text, at, marks).empty();
}

std::size_t clause_begin(std::string_view text, std::size_t at, std::size_t not_before) {
    constexpr int longest = 26;
    std::size_t begin = at;
    for (int count = 0; begin > not_before && count < longest; ++count) {
        const std::size_t previous = before(text, begin);
        if (parts_clauses(text, previous)) break;
        begin = previous;
    }
    return begin;
}

std::size_t end_of_living(std::string_view words) {
    static constexpr std::array<std::string_view, 12> living = {"家住",     "住址",   "住在",     "现住",
                                                                "居住在",   "居住地", "家庭地址", "通讯地址",
                                                                "通信地址", "户籍地", "住所",     "家在"};
    std::size_t end = 0;
    for (const std::string_view word : living) {
        const std::size_t at = words.rfind(word);
        if (at != std::string_view::npos) end = std::max(end, at + word.size());
    }
    return end;
}

bool names_homes(std::string_view words) {
    static constexpr std::array<std::string_view, 9> homes = {"小区", "新村", "花园", "公寓", "家园",
                                                              "花苑", "宿舍", "别墅", "里弄"};
    return std::any_of(homes.begin(), homes.end(),
                       [&](std::string_view word) { return words.find(word) != std::string_view::npos; }) ||
           words.ends_with("苑") || words.ends_with("庭") || words.ends_with("邸");
}

bool may_number_a_house(std::string_view text, std::size_t at) {
    if (at >= text.size()) return false;
    const char first = text[at];
    if (first == '-') return true;
    if (at + 2 >= text.size() || first < '\xE5' || first > '\xEF') return false;
    if (first == '\xEF') return stands_at(text, at, "－");
    if (first > '\xE7') return false;
    constexpr auto pair = [](unsigned a, unsigned b) { return a << 8 | b; };
    switch (pair(static_cast<unsigned char>(text[at + 1]), static_cast<unsigned char>(text[at + 2]))) {
        case pair(0x8F, 0xB7):  // 号
        case pair(0x8D, 0x95):  // 单
        case pair(0xBC, 0x84):  // 弄
        case pair(0xB9, 0xA2):  // 幢
        case pair(0xAE, 0xA4):  // 室
        case pair(0xBA, 0xA7):  // 座
        case pair(0xA0, 0x8B):  // 栋
        case pair(0xBB, 0x84):  // 组
            return true;
        default:
            return false;
    }
}

Home judge(const HouseNumber& house, std::string_view words, bool living) {
    const bool room = house.has(Unit::room);
    if (living || (house.has(Unit::entrance) && (room || house.has(Unit::house)))) return Home::yes;
    if (room && (house.slab || names_homes(words) || house.has(Unit::lane))) return Home::yes;
    if (house.has(Unit::group) && house.has(Unit::house)) return Home::yes;
    if (room && (house.has(Unit::building) || (house.has(Unit::house) && ends_in_road(words))))
        return Home::maybe;
    if (house.has(Unit::lane) && house.has(Unit::house)) return Home::maybe;
    if (house.has(Unit::house) && house.count == 1 && words.ends_with("村")) return Home::maybe;
    return Home::no;
}

}  // namespace qunying::private_data
