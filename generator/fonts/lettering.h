#pragma once
// Texts set in lines and drawn, for posters: the font worker, which knows the fonts of the machine, turns
// paragraphs into ink, so that the picture worker needs no fonts in its sandbox. Here are the words of both
// sides and the bytes they travel in.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fonts/faces.h"

namespace qunying {

struct WantedFace {
    std::string family;  // Noto Serif CJK SC
    int weight = 400;    // as in CSS
    bool operator==(const WantedFace&) const = default;
};

// One paragraph. It is set wholly in `face`; where that lacks a character, wholly in `other`; where both do,
// in whatever font of the machine has all of it, and only then in several.
struct Paragraph {
    std::string text;
    WantedFace face, other;
    double size = 0;                    // of an em, pixels
    double least_size = 0;              // it may become so small to fit in one line; 0: it keeps its size
    double leading = 1.5;               // from line to line, ems
    double spacing = 0;                 // added behind each character, ems
    int width = 0;                      // of its lines, pixels
    int lines = 1;                      // at most; what does not fit becomes ……
    std::vector<std::string> unbroken;  // names that no line breaks, but behind the · of a long one
    bool operator==(const Paragraph&) const = default;
};

struct LetteringJob {
    std::vector<Paragraph> paragraphs;
    bool operator==(const LetteringJob&) const = default;
};

// How much ink each pixel of a box takes.
struct InkMask {
    int left = 0, top = 0;  // of the box, from the corner of what was set; may be negative
    int width = 0, height = 0;
    std::string coverage;  // a byte a pixel, row by row; 255 is black
    bool operator==(const InkMask&) const = default;
};

struct SetParagraph {
    double size = 0;  // of an em, as it was set
    int lines = 0;
    int width = 0, height = 0;  // of the longest line; of all lines with their leading
    InkMask ink;
    bool operator==(const SetParagraph&) const = default;
};

struct LetteringResult {
    std::string detail;  // why it failed, in English; empty where it did not
    std::vector<SetParagraph> paragraphs;
    std::u32string missing;  // characters that no font of the machine has
    // Files of the machine that decided this, and folders whose new fonts might decide otherwise.
    std::vector<std::string> made_with;
    bool operator==(const LetteringResult&) const = default;
};

// Raised with every change of ours that changes the ink.
inline constexpr int lettering_version = 1;

std::string encode_job(const LetteringJob& job);
std::string encode_result(const LetteringResult& result);

// Nothing where the bytes are something else.
std::optional<LetteringJob> decode_lettering_job(std::string_view bytes);
std::optional<LetteringResult> decode_lettering(std::string_view bytes);

}  // namespace qunying
