// How personal data are shown, and what an editor lets pass.
#include <algorithm>
#include <array>

#include "base/private_data.h"
#include "base/private_text.h"
#include "base/text.h"

namespace qunying {
namespace {

using namespace private_data;

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

std::string masked(std::string_view text, const PrivateMatch& match) {
    std::string out;
    mask(out, text, match);
    return out;
}

bool is_allowed(std::string_view found, std::span<const std::string> allowed) {
    const std::string bare = plain(found);
    return std::any_of(allowed.begin(), allowed.end(),
                       [&](const std::string& word) { return covers(plain(word), bare); });
}

}  // namespace qunying
