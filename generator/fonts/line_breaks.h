#pragma once
// Where lines of Chinese text end, and how wide its characters stand: the rules of clreq (W3C, Requirements
// for Chinese Text Layout, 3.1 and 3.2) that a poster needs. Pure arithmetic.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace qunying {

// One character as it stands in a line.
struct TextUnit {
    char32_t character = 0;
    double advance = 0;       // to the next
    double blank_before = 0;  // empty part of an opening mark, that a line does not begin with
    double blank_after = 0;   // of a closing mark, that a line does not end with
    bool may_break = false;   // a line may end behind it
};

// The units of a text whose characters have these advances: marks that meet share their blank, hanzi and
// Latin letters get a gap, words, numbers and the names in `unbroken` stay whole. `em` in the same unit.
std::vector<TextUnit> text_units(std::u32string_view text, const std::vector<double>& advances, double em,
                                 const std::vector<std::u32string>& unbroken);

// A line of the units from `begin` on.
struct TextLine {
    std::size_t begin = 0, end = 0;
    double width = 0;
};

// What is too long for a line and has no place to break is broken where it must. Never empty lines.
std::vector<TextLine> break_lines(const std::vector<TextUnit>& units, double width);

// The same number of lines, but of about the same length: no line of one character is left over.
std::vector<TextLine> balanced_lines(const std::vector<TextUnit>& units, double width);

}  // namespace qunying
