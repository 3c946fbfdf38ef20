#include "hanzi/names.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "hanzi/surname_readings.h"

namespace qunying {
namespace {

bool is_blank(char32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
           c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

// Only between these does a blank belong to the name's spelling: “John Smith”.
bool is_letter_side(char32_t c) { return !is_hanzi(c) && !is_variation_selector(c) && !is_name_separator(c); }

struct Place {
    std::size_t begin = 0, bytes = 0;
};

// The first “·” or look-alike with text on both sides.
std::optional<Place> find_separator(std::string_view name) {
    for (std::size_t at = 0; at < name.size();) {
        const CodePoint next = decode_first(name.substr(at));
        if (at > 0 && at + next.bytes < name.size() && is_name_separator(next.value))
            return Place{at, next.bytes};
        at += next.bytes;
    }
    return std::nullopt;
}

// The bytes of the first character with the selectors that belong to it; none when it is no hanzi.
std::size_t first_hanzi_bytes(std::string_view name) {
    if (name.empty() || !is_hanzi(decode_first(name).value)) return 0;
    std::size_t bytes = decode_first(name).bytes;
    while (bytes < name.size()) {
        const CodePoint next = decode_first(name.substr(bytes));
        if (!is_variation_selector(next.value)) break;
        bytes += next.bytes;
    }
    return bytes;
}

NameParts cut(std::string_view name, std::size_t at, std::size_t skipped = 0) {
    return {std::string(name.substr(0, at)), std::string(name.substr(at + skipped))};
}

NameParts cut_after(std::string_view name, std::string_view surname) {
    NameParts parts = cut(name, surname.size());
    if (!parts.given.empty() && is_name_separator(decode_first(parts.given).value))
        parts.given.erase(0, decode_first(parts.given).bytes);
    return parts;
}

}  // namespace

// Whoever adds one adds its first byte to next_wrong_dot of rules/, too.
bool is_separator_lookalike(char32_t code_point) {
    static constexpr char32_t lookalikes[] = {U'.',   0x02D9, 0x0387, 0x1427, 0x16EB, 0x2022, 0x2024,
                                              0x2027, 0x2219, 0x22C5, 0x25CF, 0x2981, 0x2E31, 0x2E33,
                                              0x30FB, 0x318D, 0xA78F, 0xFE52, 0xFF0E, 0xFF65, 0x10101};
    return std::ranges::binary_search(lookalikes, code_point);
}

bool is_variation_selector(char32_t code_point) {
    return (code_point >= 0xFE00 && code_point <= 0xFE0F) || (code_point >= 0xE0100 && code_point <= 0xE01EF);
}

bool is_name_separator(char32_t code_point) {
    return code_point == name_separator || is_separator_lookalike(code_point);
}

bool is_silent_in_name(char32_t code_point) {
    return is_blank(code_point) || is_name_separator(code_point) || is_variation_selector(code_point) ||
           code_point == 0x200C || code_point == 0x200D;
}

std::string normal_name(std::string_view name) {
    std::string normal;
    char32_t before = 0;
    bool blank = false;
    while (!name.empty()) {
        const CodePoint next = decode_first(name);
        if (is_blank(next.value)) {
            blank = true;
        } else {
            if (blank && before != 0 && is_letter_side(before) && is_letter_side(next.value)) normal += ' ';
            normal += name.substr(0, next.bytes);
            before = next.value;
            blank = false;
        }
        name.remove_prefix(next.bytes);
    }
    return normal;
}

bool has_name_separator(std::string_view name) { return find_separator(name).has_value(); }

NameParts split_name(std::string_view name, std::string_view surname) {
    const std::string whole = normal_name(name);
    const std::string stated = normal_name(surname);
    if (!stated.empty() && whole.starts_with(stated)) return cut_after(whole, stated);
    if (const auto separator = find_separator(whole)) return cut(whole, separator->begin, separator->bytes);
    if (const std::size_t compound = compound_surname_bytes(whole)) return cut(whole, compound);
    return cut(whole, first_hanzi_bytes(whole));
}

}  // namespace qunying
