#include "fonts/line_breaks.h"

#include <algorithm>

namespace qunying {
namespace {

constexpr std::u32string_view opening = U"“‘（《〈「『【〔［｛";
constexpr std::u32string_view closing = U"”’）》〉」』】〕］｝，。、；：？！";
// What no line begins with, beside the closing marks.
constexpr std::u32string_view never_first = U"·—…～％℃,.;:?!)]}%”’";
// What stands in pairs.
constexpr std::u32string_view pairs = U"—…";

bool is_in(char32_t c, std::u32string_view all) { return all.find(c) != std::u32string_view::npos; }

bool is_hanzi(char32_t c) {
    return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF) ||
           c == U'〇';
}

// Letters and digits, and what stands between them in numbers and addresses.
bool is_word(char32_t c) { return (c > 0x20 && c < 0x7F) || (c >= 0xC0 && c <= 0x24F); }

// An address may be broken behind these.
bool ends_part(char32_t c) { return c == U'/' || c == U'-' || c == U'_'; }

bool may_break_between(char32_t before, char32_t after) {
    if (after == U' ') return false;
    if (before == U' ') return true;
    if (is_in(before, opening) || is_in(after, closing) || is_in(after, never_first)) return false;
    if (before == after && is_in(before, pairs)) return false;
    if (is_word(before) && is_word(after)) return ends_part(before) && !ends_part(after);
    // 147 支, 2023年: a number keeps what it counts.
    return !(before >= U'0' && before <= U'9' && is_hanzi(after));
}

// A long name may be broken behind its dots.
void keep_whole(std::vector<TextUnit>& units, std::u32string_view text, std::u32string_view name) {
    if (name.empty()) return;
    for (std::size_t at = text.find(name); at != std::u32string_view::npos; at = text.find(name, at + 1)) {
        for (std::size_t i = at; i + 1 < at + name.size(); ++i) units[i].may_break = text[i] == U'·';
    }
}

double width_of(const std::vector<TextUnit>& units, std::size_t begin, std::size_t end) {
    double width = -units[begin].blank_before - units[end - 1].blank_after;
    for (std::size_t i = begin; i < end; ++i) width += units[i].advance;
    return width;
}

// The end of a line that begins there.
std::size_t line_end(const std::vector<TextUnit>& units, std::size_t begin, double width) {
    std::size_t good = begin, end = begin;
    double sum = -units[begin].blank_before;
    while (end < units.size()) {
        sum += units[end].advance;
        if (sum - units[end].blank_after > width && end > begin) break;
        ++end;
        if (end == units.size() || units[end - 1].may_break) good = end;
    }
    return good > begin ? good : end;
}

}  // namespace

std::vector<TextUnit> text_units(std::u32string_view text, const std::vector<double>& advances, double em,
                                 const std::vector<std::u32string>& unbroken) {
    constexpr double gap = 0.2, half = 0.5, full = 0.75;  // ems
    std::vector<TextUnit> units(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        TextUnit& unit = units[i];
        unit.character = text[i];
        unit.advance = advances[i];
        const bool wide = unit.advance > full * em;
        if (wide && is_in(text[i], opening)) unit.blank_before = half * em;
        if (wide && is_in(text[i], closing)) unit.blank_after = half * em;
    }
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        TextUnit &unit = units[i], &next = units[i + 1];
        unit.may_break = may_break_between(text[i], text[i + 1]);
        const bool latin_meets =
            (is_hanzi(text[i]) && is_word(text[i + 1])) || (is_word(text[i]) && is_hanzi(text[i + 1]));
        if (latin_meets) unit.advance += gap * em;
        if (unit.blank_after > 0 && (next.blank_after > 0 || next.blank_before > 0)) {
            unit.advance -= unit.blank_after;
            unit.blank_after = 0;
        } else if (unit.blank_before > 0 && next.blank_before > 0) {
            unit.advance -= next.blank_before;
        }
    }
    for (const std::u32string& name : unbroken) keep_whole(units, text, name);
    return units;
}

std::vector<TextLine> break_lines(const std::vector<TextUnit>& units, double width) {
    std::vector<TextLine> lines;
    std::size_t at = 0;
    while (at < units.size()) {
        const std::size_t end = line_end(units, at, width);
        std::size_t ink = end;  // a line ends with no space
        while (ink > at + 1 && units[ink - 1].character == U' ') --ink;
        lines.push_back({at, ink, width_of(units, at, ink)});
        at = end;
        while (at < units.size() && units[at].character == U' ') ++at;
    }
    return lines;
}

std::vector<TextLine> balanced_lines(const std::vector<TextUnit>& units, double width) {
    constexpr int steps = 12;
    std::vector<TextLine> best = break_lines(units, width);
    if (best.size() < 2) return best;
    double low = width / static_cast<double>(best.size() + 1), high = width;
    for (int step = 0; step < steps; ++step) {
        const double middle = (low + high) / 2;
        std::vector<TextLine> lines = break_lines(units, middle);
        const bool fits = lines.size() == best.size() &&
                          std::all_of(lines.begin(), lines.end(),
                                      [&](const TextLine& line) { return line.width <= width; });
        (fits ? high : low) = middle;
        if (fits) best = std::move(lines);
    }
    return best;
}

}  // namespace qunying
