#include "base/private_data.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/byte_scan.h"
#include "base/text.h"

namespace qunying {
namespace {

// ---- characters, by their bytes

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// A digit, plain or full-width.
struct Digit {
    int value = -1;
    std::size_t bytes = 0;
    explicit operator bool() const { return bytes != 0; }
};

Digit digit_at(std::string_view text, std::size_t at) {
    if (at >= text.size()) return {};
    if (is_ascii_digit(text[at])) return {text[at] - '0', 1};
    if (text[at] != '\xEF' || at + 2 >= text.size() || text[at + 1] != '\xBC') return {};
    const int value = static_cast<unsigned char>(text[at + 2]) - 0x90;
    return value >= 0 && value < 10 ? Digit{value, 3} : Digit{};
}

bool stands_at(std::string_view text, std::size_t at, std::string_view what) {
    return at <= text.size() && text.substr(at).starts_with(what);
}

// The word of the list that stands there, or "".
template <std::size_t size>
std::string_view word_at(std::string_view text, std::size_t at,
                         const std::array<std::string_view, size>& words) {
    for (const std::string_view word : words) {
        if (stands_at(text, at, word)) return word;
    }
    return {};
}

// Where the character in front of `at` begins.
std::size_t before(std::string_view text, std::size_t at) {
    do --at;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
    return at;
}

// ---- where to look: at digits, at 室 and at 住

bool is_hint(std::string_view text, std::size_t at) {
    return static_cast<bool>(digit_at(text, at)) || stands_at(text, at, "室") || stands_at(text, at, "住");
}

#if defined(__SSE2__)
// A bit for each of the sixteen bytes at `bytes` that a hint begins at; two more are looked at.
unsigned hints_of(const char* bytes) {
    const auto load = [bytes](std::size_t offset) {
        return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + offset));
    };
    const auto within_ten = [](__m128i from, char base) {
        const __m128i value = _mm_sub_epi8(from, _mm_set1_epi8(base));
        return _mm_cmpeq_epi8(_mm_min_epu8(value, _mm_set1_epi8(9)), value);
    };
    const __m128i first = load(0), second = load(1), third = load(2);
    const auto are = [](__m128i from, char byte) { return _mm_cmpeq_epi8(from, _mm_set1_epi8(byte)); };
    const auto character = [&](char a, char b, char c) {
        return _mm_and_si128(_mm_and_si128(are(first, a), are(second, b)), are(third, c));
    };
    const __m128i wide = _mm_and_si128(_mm_and_si128(are(first, '\xEF'), are(second, '\xBC')),
                                       within_ten(third, static_cast<char>(0x90)));
    const __m128i room = character('\xE5', '\xAE', '\xA4'), live = character('\xE4', '\xBD', '\x8F');
    const __m128i any = _mm_or_si128(_mm_or_si128(within_ten(first, '0'), wide), _mm_or_si128(room, live));
    return static_cast<unsigned>(_mm_movemask_epi8(any));
}
#endif

std::size_t next_hint(std::string_view text, std::size_t at) {
#if defined(__SSE2__)
    constexpr std::size_t stride = 16;
    for (; at + stride + 2 <= text.size(); at += stride) {
        if (const unsigned hits = hints_of(text.data() + at); hits != 0)
            return at + static_cast<std::size_t>(std::countr_zero(hits));
    }
#endif
    while (at < text.size() && !is_hint(text, at)) ++at;
    return at;
}

// ---- rows of digits

// Digits that nothing parts, and where they stand.
struct Group {
    std::size_t begin = 0, end = 0, digits = 0;
};

Group group_at(std::string_view text, std::size_t at) {
    Group group{at, at, 0};
    for (Digit digit = digit_at(text, at); digit; digit = digit_at(text, group.end)) {
        group.end += digit.bytes;
        ++group.digits;
    }
    return group;
}

// Blanks and at most one dash between two groups, three characters at most; 0 where something else stands.
std::size_t separator_at(std::string_view text, std::size_t at) {
    static constexpr std::array<std::string_view, 3> blanks = {" ", "　", "\xC2\xA0"};
    static constexpr std::array<std::string_view, 6> dashes = {"-", "－", "–", "—", "‐", "‑"};
    std::size_t end = at;
    bool dashed = false;
    for (int count = 0; count < 3; ++count) {
        std::string_view word = word_at(text, end, blanks);
        if (word.empty() && !dashed) dashed = !(word = word_at(text, end, dashes)).empty();
        if (word.empty()) break;
        end += word.size();
    }
    return digit_at(text, end) ? end - at : 0;
}

constexpr std::array<int, 17> id_weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

bool is_province(int code) {
    constexpr std::array<int, 36> provinces = {11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34,
                                               35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
                                               53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83, 91};
    return std::binary_search(provinces.begin(), provinces.end(), code);
}

int number_in(std::string_view digits, std::size_t at, std::size_t size) {
    int value = 0;
    for (const char c : digits.substr(at, size)) value = value * 10 + (c - '0');
    return value;
}

bool is_day(int month, int day) {
    constexpr std::array<int, 12> days = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month >= 1 && month <= 12 && day >= 1 && day <= days[static_cast<std::size_t>(month - 1)];
}

// GB 11643-1999: area, day of birth, sequence, check character (ISO 7064, MOD 11-2).
bool is_id_number(std::string_view digits) {
    constexpr std::string_view checks = "10X98765432";
    if (digits.size() != 18 || !is_province(number_in(digits, 0, 2))) return false;
    const int year = number_in(digits, 6, 4);
    if (year < 1880 || year > 2099 || !is_day(number_in(digits, 10, 2), number_in(digits, 12, 2)))
        return false;
    int sum = 0;
    for (std::size_t i = 0; i < id_weights.size(); ++i) sum += (digits[i] - '0') * id_weights[i];
    return digits[17] == checks[static_cast<std::size_t>(sum % 11)];
}

// GB 11643-1989, without a check.
bool is_old_id_number(std::string_view digits) {
    return digits.size() == 15 && is_province(number_in(digits, 0, 2)) &&
           is_day(number_in(digits, 8, 2), number_in(digits, 10, 2));
}

// The beginnings that banks in China give out, and those of the world's four schemes.
bool begins_like_a_card(std::string_view digits) {
    static constexpr std::array<std::string_view, 17> beginnings = {"4",  "51", "52",   "53",   "54", "55",
                                                                    "62", "60", "65",   "35",   "34", "37",
                                                                    "36", "69", "9558", "9559", "81"};
    return !word_at(digits, 0, beginnings).empty();
}

// ISO/IEC 7812-1, annex B.
bool passes_luhn(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const int digit = digits[digits.size() - 1 - i] - '0';
        const int weighed = i % 2 == 0 ? digit : digit * 2;
        sum += weighed > 9 ? weighed - 9 : weighed;
    }
    return sum % 10 == 0;
}

bool is_bank_card(std::string_view digits) {
    return digits.size() >= 16 && digits.size() <= 19 && begins_like_a_card(digits) && passes_luhn(digits);
}

bool is_mobile(std::string_view digits) {
    return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3';
}

// What is counted or measured is no number of anybody.
bool counts_something(std::string_view text, std::size_t at) {
    static constexpr std::array<std::string_view, 9> units = {"元", "万",   "亿", "余", "人",
                                                              "次", "公里", "%",  "％"};
    return !word_at(text, at, units).empty();
}

// Letters that people set right in front of a number.
bool announces_a_number(std::string_view text, std::size_t at) {
    static constexpr std::array<std::string_view, 8> words = {"tel",  "phone", "mobile", "mob",
                                                              "cell", "wx",    "vx",     "id"};
    std::size_t begin = at;
    while (begin > 0 && at - begin < 8 && is_ascii_letter(text[begin - 1])) --begin;
    const std::string word = ascii_lower(text.substr(begin, at - begin));
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool begins_freely(std::string_view text, std::size_t at) {
    if (at == 0) return true;
    const char c = text[at - 1];
    if (is_ascii_letter(c)) return announces_a_number(text, at);
    if (is_ascii_digit(c)) return false;
    return !(c == '.' && at > 1 && is_ascii_digit(text[at - 2]));
}

bool ends_freely(std::string_view text, std::size_t at) {
    if (at == text.size()) return true;
    if (is_ascii_letter(text[at]) || digit_at(text, at)) return false;
    return !(text[at] == '.' && at + 1 < text.size() && is_ascii_digit(text[at + 1]));
}

// Inside https://…, where rows of digits are anything. Only so far back as addresses are long.
bool stands_in_address(std::string_view text, std::size_t at) {
    constexpr std::size_t longest = 300;
    std::size_t begin = at;
    while (begin > 0 && at - begin < longest) {
        const char c = text[begin - 1];
        if (c <= ' ' || c >= '\x7f' || c == '"' || c == '<' || c == '>' || c == '(') break;
        --begin;
    }
    return text.substr(begin, at - begin).find("://") != std::string_view::npos;
}

// ---- addresses

constexpr std::array<std::string_view, 13> hanzi_numerals = {"〇", "零", "一", "二", "三", "四", "五",
                                                             "六", "七", "八", "九", "十", "百"};

// The number of a house, at most five characters; its end, or `at` where there is none.
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

enum class Unit { building, lane, house, entrance, room, group };

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

// Numbers with what they number: 5幢2单元301室.
struct HouseNumber {
    std::size_t begin = 0, end = 0;
    std::array<bool, 6> units{};
    int count = 0;
    bool slab = false;  // 幢 or 栋, which people live in

    bool has(Unit unit) const { return units[static_cast<std::size_t>(unit)]; }
};

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

// 5-2-301 behind 小区.
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
    return !word_at(text, at, marks).empty();
}

// The words in front of a place, as far as its clause goes and not farther than an address is long.
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

// Words that say that somebody lives there; where the last of them ends.
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

bool ends_in_road(std::string_view words) {
    static constexpr std::array<std::string_view, 6> roads = {"路", "街", "巷", "道", "里", "胡同"};
    return std::any_of(roads.begin(), roads.end(),
                       [&](std::string_view word) { return words.ends_with(word); });
}

// Whether a unit or a dash stands behind a row of digits: 年 and 月 do nearly always, and are passed by in a
// few steps.
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

enum class Home { no, maybe, yes };

// `living` where it is said that somebody lives there; `words` stand right in front of the numbers.
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

// ---- plates

constexpr std::array<std::string_view, 31> provinces_of_plates = {
    "京", "津", "沪", "渝", "冀", "豫", "云", "辽", "黑", "湘", "皖", "鲁", "新", "苏", "浙", "赣",
    "鄂", "桂", "甘", "晋", "蒙", "陕", "吉", "闽", "贵", "粤", "青", "藏", "川", "宁", "琼"};

bool is_plate_letter(char c) { return c >= 'A' && c <= 'Z' && c != 'I' && c != 'O'; }

// The plate whose first letter stands at `at`, behind a province; 0 where there is none.
std::size_t plate_end(std::string_view text, std::size_t at) {
    static constexpr std::array<std::string_view, 5> dots = {"·", "•", "・", "-", " "};
    ++at;
    at += word_at(text, at, dots).size();
    std::size_t end = at;
    int digits = 0;
    while (end < text.size() && (is_plate_letter(text[end]) || is_ascii_digit(text[end])))
        digits += is_ascii_digit(text[end++]) ? 1 : 0;
    const bool fits = (end - at == 5 || end - at == 6) && digits >= 3;
    return fits && ends_freely(text, end) ? end : 0;
}

// ---- all of it

class Finder {
  public:
    enum class Until { end, first };
    Finder(std::string_view text, Until until) : text_(text), until_(until) {}

    std::vector<PrivateMatch> run() {
        std::size_t at = next_hint(text_, 0);
        while (at < text_.size() && !(until_ == Until::first && !found_.empty())) {
            const std::size_t end = look(at);
            at = next_hint(text_, std::max(end, at + 1));
        }
        return std::move(found_);
    }

  private:
    // Where to go on.
    std::size_t look(std::size_t at) {
        if (!digit_at(text_, at)) return stands_at(text_, at, "室") ? room(at) : living(at);
        const Group first = group_at(text_, at);
        if (const std::size_t end = plate(first)) return end;
        if (may_number_a_house(text_, first.end)) {
            if (const std::size_t end = address(at)) return end;
        }
        const std::size_t gap = separator_at(text_, first.end);
        if (first.digits < 11 && gap == 0) return first.end;
        return chain(first);
    }

    void add(PrivateMatch match) {
        const std::size_t done = found_.empty() ? 0 : found_.back().begin + found_.back().length;
        const std::size_t end = match.begin + match.length;
        match.begin = std::max(match.begin, done);
        if (end <= match.begin) return;
        match.length = end - match.begin;
        found_.push_back(match);
    }
    std::size_t add(PrivateKind kind, std::size_t begin, std::size_t end) {
        add({kind, begin, end - begin, false});
        return end;
    }

    // Groups that belong together, and what they may make up.
    std::size_t chain(const Group& first) {
        groups_.assign(1, first);
        for (std::size_t gap = separator_at(text_, first.end); gap != 0;
             gap = separator_at(text_, groups_.back().end))
            groups_.push_back(group_at(text_, groups_.back().end + gap));
        for (std::size_t i = 0; i < groups_.size();) i = number_from(i);
        return groups_.back().end;
    }

    // The digits of groups from `from` on, up to `most`; none where the last goes beyond.
    void gather(std::size_t from, std::size_t to) {
        digits_.clear();
        for (std::size_t i = from; i < to; ++i) {
            for (std::size_t at = groups_[i].begin; at < groups_[i].end;) {
                const Digit digit = digit_at(text_, at);
                digits_ += static_cast<char>('0' + digit.value);
                at += digit.bytes;
            }
        }
    }

    // Tries what begins with group `i`; the group to go on with.
    std::size_t number_from(std::size_t i) {
        if (groups_[i].digits > 19 || !begins_freely(text_, groups_[i].begin)) return i + 1;
        std::size_t sum = 0;
        for (std::size_t to = i; to < groups_.size(); ++to) {
            sum += groups_[to].digits;
            if (sum > 19) break;
            if (sum >= 11 && number(i, to + 1, sum)) return to + 1;
        }
        return i + 1;
    }

    bool number(std::size_t from, std::size_t to, std::size_t sum) {
        const std::size_t begin = groups_[from].begin, end = groups_[to - 1].end;
        if (sum == 17) return id_with_x(from, to);
        if (!ends_freely(text_, end)) return false;
        if (sum == 18 && (gather(from, to), is_id_number(digits_)))
            return add(PrivateKind::id_number, begin, end) > 0;
        if (counts_something(text_, end)) return false;
        if (sum >= 16 && is_parted_in_fours(from, to) && (gather(from, to), is_bank_card(digits_)))
            return !stands_in_address(text_, begin) && add(PrivateKind::bank_card, begin, end) > 0;
        if (sum == 15 && to - from == 1 && (gather(from, to), is_old_id_number(digits_)))
            return !stands_in_address(text_, begin) && add(PrivateKind::id_number, begin, end) > 0;
        return mobile(from, to, sum);
    }

    bool id_with_x(std::size_t from, std::size_t to) {
        static constexpr std::array<std::string_view, 4> xs = {"X", "x", "Ｘ", "ｘ"};
        std::size_t end = groups_[to - 1].end;
        if (stands_at(text_, end, " ") || stands_at(text_, end, "-")) ++end;
        const std::string_view x = word_at(text_, end, xs);
        if (x.empty() || !ends_freely(text_, end + x.size())) return false;
        gather(from, to);
        digits_ += 'X';
        return is_id_number(digits_) && add(PrivateKind::id_number, groups_[from].begin, end + x.size()) > 0;
    }

    bool is_parted_in_fours(std::size_t from, std::size_t to) const {
        if (to - from == 1) return true;
        for (std::size_t i = from; i + 1 < to; ++i) {
            if (groups_[i].digits != 4) return false;
        }
        return groups_[to - 1].digits <= 4;
    }

    // 138 0000 1234, 138 00001234, 1380000 1234, or every digit by itself; with 86 in front of all.
    bool mobile(std::size_t from, std::size_t to, std::size_t sum) {
        const auto size = [&](std::size_t i) { return groups_[from + i].digits; };
        const std::size_t count = to - from;
        std::size_t code = 0;
        if (count == 1) code = sum == 13 ? 2 : sum == 15 ? 4 : 0;
        const bool shaped = count == 1 || (count == 2 && (size(0) == 3 || size(0) == 7)) ||
                            (count == 3 && size(0) == 3 && size(1) == 4) || is_spelt_out(from, to);
        if (sum != 11 + code || !shaped) return false;
        gather(from, to);
        if (code != 0 && !(digits_.starts_with("86") || digits_.starts_with("0086"))) return false;
        if (!is_mobile(std::string_view(digits_).substr(code))) return false;
        std::size_t begin = groups_[from].begin;
        for (std::size_t i = 0; i < code; ++i) begin += digit_at(text_, begin).bytes;
        if (stands_in_address(text_, begin)) return false;
        return add(PrivateKind::mobile, begin, groups_[to - 1].end) > 0;
    }

    bool is_spelt_out(std::size_t from, std::size_t to) const {
        const auto single = [&](std::size_t i) { return groups_[i].digits == 1; };
        for (std::size_t i = from; i < to; ++i) {
            if (!single(i)) return false;
        }
        return (from == 0 || !single(from - 1)) && (to == groups_.size() || !single(to));
    }

    std::size_t plate(const Group& first) {
        if (first.begin == 0) return 0;
        std::size_t letter = first.begin;
        for (int back = 0; back < 4 && letter > 0; ++back) {
            const std::size_t previous = before(text_, letter);
            const std::string_view c = text_.substr(previous, letter - previous);
            if (!is_plate_letter(c[0]) && c != "·" && c != "•" && c != "・" && c != "-" && c != " ") break;
            letter = previous;
        }
        if (letter == first.begin || letter < 3 || !is_plate_letter(text_[letter])) return 0;
        const std::size_t province = before(text_, letter);
        if (word_at(text_, province, provinces_of_plates).empty()) return 0;
        const std::size_t end = plate_end(text_, letter);
        return end == 0 ? 0 : add(PrivateKind::plate, province, end);
    }

    // An address whose numbers begin at `at`; its end, or 0.
    std::size_t address(std::size_t at) {
        HouseNumber house = house_number_at(text_, at);
        const bool dashed = house.count == 0;
        if (dashed) {
            if (at == 0 || static_cast<unsigned char>(text_[at - 1]) < 0x80) return 0;
            house = dashed_number_at(text_, at);
        }
        if (house.end == at) return 0;
        const std::size_t done = found_.empty() ? 0 : found_.back().begin + found_.back().length;
        const std::size_t begin = clause_begin(text_, at, std::min(done, at));
        const std::string_view words = text_.substr(begin, at - begin);
        const std::size_t lived = std::max(end_of_living(words), lives_before(begin) ? std::size_t{1} : 0);
        const Home home = dashed ? (lived > 0 || names_homes(words) ? Home::yes : Home::no)
                                 : judge(house, words, lived > 0);
        if (home == Home::no) return dashed ? 0 : house.end;
        const std::size_t from = lived > 1 ? begin + lived : begin;
        add({PrivateKind::address, from, house.end - from, home == Home::maybe});
        return house.end;
    }

    // “住址：” and “家庭地址 ” end a clause and begin the address.
    bool lives_before(std::size_t clause) const {
        static constexpr std::array<std::string_view, 4> marks = {"：", ":", " ", "　"};
        std::size_t end = clause;
        for (int count = 0; count < 2 && end > 0; ++count) {
            const std::size_t previous = before(text_, end);
            if (word_at(text_, previous, marks).empty()) break;
            end = previous;
        }
        if (end == clause) return false;
        const std::size_t begin = clause_begin(text_, end, end > 18 ? end - 18 : 0);
        const std::string_view words = text_.substr(begin, end - begin);
        const std::size_t lived = end_of_living(words);
        return lived > 0 && lived == words.size();
    }

    // 三〇一室: back to the first of the numbers.
    std::size_t room(std::size_t at) {
        std::size_t begin = at;
        for (int count = 0; count < 20 && begin > 0; ++count) {
            const std::size_t previous = before(text_, begin);
            if (word_at(text_, previous, hanzi_numerals).empty() && !unit_part_at(previous) &&
                !digit_at(text_, previous))
                break;
            begin = previous;
        }
        while (begin < at && end_of_number(text_, begin) == begin)
            begin += decode_first(text_.substr(begin)).bytes;
        if (begin == at || is_found(begin)) return at + 3;
        return std::max(address(begin), at + 3);
    }
    bool unit_part_at(std::size_t at) const {
        static constexpr std::array<std::string_view, 8> parts = {"号", "楼", "单", "元",
                                                                  "弄", "幢", "栋", "座"};
        return !word_at(text_, at, parts).empty();
    }
    bool is_found(std::size_t at) const {
        return !found_.empty() && at < found_.back().begin + found_.back().length;
    }

    // 家住和平巷五号: forward to a number in hanzi that is one of a house.
    std::size_t living(std::size_t at) {
        std::size_t end = at;
        for (int count = 0; count < 30 && end < text_.size(); ++count) {
            if (digit_at(text_, end)) break;
            if (!word_at(text_, end, hanzi_numerals).empty()) {
                const std::size_t number = end_of_number(text_, end);
                if (unit_at(text_, number)) return std::max(address(end), at + 3);
                end = number;
                continue;
            }
            if (parts_clauses(text_, end) && !stands_at(text_, end, "：")) break;
            end += decode_first(text_.substr(end)).bytes;
        }
        return at + 3;
    }

    std::string_view text_;
    Until until_;
    std::vector<PrivateMatch> found_;
    std::vector<Group> groups_;
    std::string digits_;
};

// ---- masks

bool is_shown(const PrivateMatch& match, std::size_t index, std::size_t count) {
    switch (match.kind) {
        case PrivateKind::id_number:
            return index < 2 || index + 3 >= count;
        case PrivateKind::mobile:
            return index < 3 || index + 4 >= count;
        case PrivateKind::bank_card:
            return index < 4 || index + 4 >= count;
        case PrivateKind::plate:
            return index < 2;
        case PrivateKind::address:
            return false;
    }
    return false;
}

// As wide and as many bytes as what it hides.
std::string_view star(std::size_t bytes) {
    constexpr std::array<std::string_view, 5> stars = {"", "*", "**", "＊", "＊*"};
    return stars[bytes];
}

// Where the part of an address begins that nobody shall see: behind township and subdistrict.
std::size_t hidden_from(std::string_view address) {
    std::size_t from = 0;
    for (const std::string_view word : {"街道", "镇", "乡"}) {
        const std::size_t at = address.rfind(word);
        if (at != std::string_view::npos) from = std::max(from, at + word.size());
    }
    return from;
}

bool is_separator(std::string_view character) {
    return character.size() == 1
               ? character == " " || character == "-"
               : !word_at(character, 0,
                          std::array<std::string_view, 7>{"　", "\xC2\xA0", "－", "–", "—", "·", "•"})
                      .empty();
}

void mask(std::string& out, std::string_view text, const PrivateMatch& match) {
    const std::string_view found = text.substr(match.begin, match.length);
    const std::size_t open = match.kind == PrivateKind::address ? hidden_from(found) : 0;
    std::size_t count = 0, index = 0;
    for (std::size_t at = open; at < found.size();) {
        const std::size_t bytes = decode_first(found.substr(at)).bytes;
        if (!is_separator(found.substr(at, bytes))) ++count;
        at += bytes;
    }
    out += found.substr(0, open);
    for (std::size_t at = open; at < found.size();) {
        const std::string_view character = found.substr(at, decode_first(found.substr(at)).bytes);
        const bool stays = is_separator(character) || is_shown(match, index, count);
        out += stays ? character : star(character.size());
        if (!is_separator(character)) ++index;
        at += character.size();
    }
}

// Plain digits and X for a number, the text without blanks for everything else.
std::string plain(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view character = text.substr(at, decode_first(text.substr(at)).bytes);
        if (const Digit digit = digit_at(text, at))
            out += static_cast<char>('0' + digit.value);
        else if (!is_separator(character))
            out += character == "x" || character == "Ｘ" || character == "ｘ" ? "X" : character;
        at += character.size();
    }
    return out;
}

bool has_number(std::string_view text) {
    return std::any_of(text.begin(), text.end(), is_ascii_digit) ||
           std::any_of(hanzi_numerals.begin(), hanzi_numerals.end(), [&](std::string_view numeral) {
               return text.find(numeral) != std::string_view::npos;
           });
}

// The word is the found one or covers all its numbers.
bool covers(std::string_view word, std::string_view found) {
    if (word.empty()) return false;
    if (word.find(found) != std::string_view::npos) return true;
    const std::size_t at = found.find(word);
    if (at == std::string_view::npos) return false;
    return !has_number(found.substr(0, at)) && !has_number(found.substr(at + word.size()));
}

}  // namespace

std::vector<PrivateMatch> find_private_data(std::string_view text) {
    return Finder(text, Finder::Until::end).run();
}

bool holds_private_data(std::string_view text) { return !Finder(text, Finder::Until::first).run().empty(); }

std::string mask_private_data(std::string_view text) {
    const std::vector<PrivateMatch> found = find_private_data(text);
    std::string out;
    std::size_t done = 0;
    for (const PrivateMatch& match : found) {
        out += text.substr(done, match.begin - done);
        mask(out, text, match);
        done = match.begin + match.length;
    }
    return out.append(text.substr(done));
}

bool is_allowed(std::string_view found, std::span<const std::string> allowed) {
    const std::string bare = plain(found);
    return std::any_of(allowed.begin(), allowed.end(),
                       [&](const std::string& word) { return covers(plain(word), bare); });
}

}  // namespace qunying
