#include "rules/masks.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/byte_scan.h"
#include "base/text.h"

namespace qunying {
namespace {

// 某 that hides a name or a place; 某种, 某些, 某一 are ordinary words.
bool hides_something(std::string_view after) {
    constexpr std::array<std::string_view, 14> hidden = {"某", "省", "市",   "县",   "区",   "局",   "镇",
                                                         "乡", "村", "街道", "单位", "同志", "领导", "公司"};
    return std::any_of(hidden.begin(), hidden.end(),
                       [after](std::string_view word) { return after.starts_with(word); });
}

// Stars that belong to a list item or a rule stand at the front of a line, with blanks only before them.
bool is_markup_line(std::string_view text, std::size_t at) {
    const std::size_t before = text.find_last_not_of(" \t\r", at == 0 ? std::string_view::npos : at - 1);
    const bool first = at == 0 || before == std::string_view::npos || text[before] == '\n';
    const std::size_t after = text.find_first_not_of('*', at);
    return first && (after == std::string_view::npos || text[after] == ' ' || text[after] == '\n');
}

bool is_ascii_word(std::string_view text, std::size_t at) {
    const char c = at < text.size() ? text[at] : ' ';
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// XX, xx and ××, but not the xx of Foxx or XXL.
bool is_row_of_crosses(std::string_view text, std::size_t at) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("××")) return true;
    if (!rest.starts_with("XX") && !rest.starts_with("xx")) return false;
    return (at == 0 || !is_ascii_word(text, at - 1)) &&
           !is_ascii_word(rest, std::min(rest.find_first_not_of(rest[0]), rest.size()));
}

constexpr std::string_view mou = "某", cross = "×";

// Where a mask may begin: at * X x, the first byte of ×, and 某, which is told by its second byte: one hanzi
// in six begins with the first. Nearly every text is free of masks.
std::size_t next_beginning(std::string_view text, std::size_t from) {
    for (std::size_t at = from; (at = find_byte_of<'*', 'X', 'x', '\xC3', '\x9F'>(text, at)) < text.size();
         ++at) {
        if (text[at] != '\x9F') return at;
        if (at > from && text.substr(at - 1, mou.size()) == mou) return at - 1;
    }
    return text.size();
}

// ---- stars of a story ----

// Code points that somebody stresses by one star, and in bold.
constexpr std::size_t longest_stress = 8, longest_bold = 20;

bool holds_cjk_punctuation(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint c = decode_first(text.substr(at));
        if (is_cjk_punctuation(c.value)) return true;
        at += c.bytes;
    }
    return false;
}

bool may_be_stress(std::string_view text) {
    return first_code_points(text, longest_stress).size() == text.size() && !holds_cjk_punctuation(text);
}

bool ends_paragraph(std::string_view between) {
    return between.find("\n\n") != std::string_view::npos || between.find("\n\r\n") != std::string_view::npos;
}

// A heading in bold may be “一、学习”; what ends in a comma goes on.
bool may_be_bold(std::string_view text) {
    return first_code_points(text, longest_bold).size() == text.size() &&
           text.find("。") == std::string_view::npos && !text.ends_with("、") && !text.ends_with("，");
}

// A run of stars that is no list item, no rule and not escaped.
bool is_stars(std::string_view text, std::size_t at) {
    return (at == 0 || text[at - 1] != '\\') && !is_markup_line(text, at);
}

}  // namespace

Found next_mask(std::string_view text, std::size_t from) {
    for (std::size_t at = next_beginning(text, from); at < text.size(); at = next_beginning(text, at + 1)) {
        const std::string_view rest = text.substr(at);
        if (rest[0] == '*') {
            const std::size_t end = std::min(text.find_first_not_of('*', at), text.size());
            if (!is_markup_line(text, at)) return {at, end - at};
            at = end - 1;
        } else if (is_row_of_crosses(text, at)) {
            const std::size_t unit = rest[0] == 'X' || rest[0] == 'x' ? 1 : cross.size();
            std::size_t length = 0;
            while (rest.substr(length).starts_with(rest.substr(0, unit))) length += unit;
            return {at, length};
        } else if (rest.starts_with(mou) && hides_something(rest.substr(mou.size()))) {
            return {at, mou.size()};
        }
    }
    return {};
}

// Pairs each run with the one of its length before it in the same paragraph.
StoryMasks::StoryMasks(std::string_view body, bool stars_left) : body_(body), stars_left_(stars_left) {
    constexpr std::size_t lengths = 4;  // the last for three stars and more
    std::array<Found, lengths> open;
    std::size_t end = 0;
    for (std::size_t at = body.find('*'); at != std::string_view::npos; at = body.find('*', end)) {
        if (ends_paragraph(body.substr(end, at - end))) open = {};
        end = std::min(body.find_first_not_of('*', at), body.size());
        if (!is_stars(body, at)) continue;
        Found& partner = open[std::min(end - at, lengths - 1)];
        if (partner.any() && partner.length == end - at) {
            judge(partner, at);
            partner = {};
        } else {
            partner = {at, end - at};
        }
    }
}

void StoryMasks::judge(Found open, std::size_t close) {
    const std::string_view inside = body_.substr(open.at + open.length, close - open.at - open.length);
    if (open.length == 2) {
        if (may_be_bold(inside)) bold_.insert(bold_.end(), {open.at, close});
    } else if (!is_ascii(inside)) {
        masked_ = masked_ || open.length > 2 || !may_be_stress(inside);
    }
}

// Two stars and more that stay open are reported as such (unclosed-emphasis).
bool StoryMasks::counts(Found found) const {
    if (body_[found.at] != '*') return true;
    const bool bold = std::binary_search(bold_.begin(), bold_.end(), found.at);
    return masked_ ? !bold : stars_left_ && found.length < 2;
}

Found StoryMasks::next(std::size_t from) const {
    Found found = next_mask(body_, from);
    while (found.any() && !counts(found)) found = next_mask(body_, found.at + found.length);
    return found;
}

}  // namespace qunying
