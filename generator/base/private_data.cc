#include "base/private_data.h"

#include <array>

#include "base/byte_scan.h"
#include "base/private_address.h"
#include "base/private_numbers.h"
#include "base/private_text.h"
#include "base/text.h"

namespace qunying {
namespace {

using namespace private_data;

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

// Blanks and at most one dash between two groups, three characters at most; 0 where something else stands.
std::size_t separator_at(std::string_view text, std::size_t at) {
    static constexpr std::array<std::string_view, 3> blanks = {" ", "　", "\xC2\xA0"};
    static constexpr std::array<std::string_view, 6> dashes = {"-", "－", "–", "—", "‐", "‑"};
    // The bytes that those begin with; nearly always something else stands there.
    if (at >= text.size() || std::string_view(" -\xC2\xE2\xE3\xEF").find(text[at]) == std::string_view::npos)
        return 0;
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
        constexpr std::size_t one = 3;
        if (at < one || word_at(text_, at - one, hanzi_numerals).empty()) return at + one;  // 办公室
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
        if (!says_living(at)) return at + 3;
        std::size_t end = at;
        for (int count = 0; count < 30 && end < text_.size(); ++count) {
            if (digit_at(text_, end)) break;
            if (!word_at(text_, end, hanzi_numerals).empty()) {
                const std::size_t number = end_of_number(text_, end);
                if (is_unit_at(text_, number)) return std::max(address(end), at + 3);
                end = number;
                continue;
            }
            if (parts_clauses(text_, end) && !stands_at(text_, end, "：")) break;
            end += decode_first(text_.substr(end)).bytes;
        }
        return at + 3;
    }

    // 家住, 现住, 居住, 住址, 住在, 住所; neither 住院 nor 记住.
    bool says_living(std::size_t at) const {
        constexpr std::size_t one = 3;
        const std::string_view before = at < one ? std::string_view() : text_.substr(at - one, one);
        const std::string_view behind = text_.substr(at + one, one);
        return before == "家" || before == "现" || before == "居" || behind == "址" || behind == "在" ||
               behind == "所";
    }

    std::string_view text_;
    Until until_;
    std::vector<PrivateMatch> found_;
    std::vector<Group> groups_;
    std::string digits_;
};

}  // namespace

std::vector<PrivateMatch> find_private_data(std::string_view text) {
    return Finder(text, Finder::Until::end).run();
}

bool holds_private_data(std::string_view text) { return !Finder(text, Finder::Until::first).run().empty(); }

}  // namespace qunying
