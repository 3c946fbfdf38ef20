#pragma once
// Fonts cut to the characters that a site uses. The program that builds knows these words and the bytes they
// travel in; HarfBuzz, woff2 and fontconfig take as long to load as a small build, so they are in a worker
// (generator/font_worker.cc), which is started only where its answers are not remembered.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"

namespace qunying {

// A font of the machine.
struct FontFile {
    std::string path;         // absolute
    std::uint32_t index = 0;  // in a collection
    bool operator==(const FontFile&) const = default;
};

// Which characters a face is to hold.
struct FacePlanJob {
    std::string family;     // Noto Serif CJK SC
    int weight = 400;       // as in CSS
    std::u32string needed;  // sorted; all of them
    std::u32string wanted;  // in this order, as many as fit; may name needed ones
    std::size_t limit = 0;  // bytes of the woff2 at planning_quality that `wanted` may fill; 0: any number
    bool borrow = false;    // what the family lacks comes from other fonts
    bool operator==(const FacePlanJob&) const = default;
};

// The quality that a face is measured with when it is planned: fast, and what is pressed harder later is
// never larger. So a preview and a build choose the same characters.
inline constexpr int planning_quality = 9;

// One font and what is taken from it.
struct FontPart {
    FontFile file;
    Digest tables;              // of all that is in it: its table directory holds a checksum of each table
    std::u32string characters;  // sorted, not empty
    bool operator==(const FontPart&) const = default;
};

enum class FontProblem : std::uint8_t { none, not_installed, failed };

struct FacePlan {
    FontProblem problem = FontProblem::none;
    std::string detail;           // of a failure, in English
    std::vector<FontPart> parts;  // the family's own first
    std::u32string missing;       // needed characters that no font has, or that the family lacks
    // Files of the machine that decided this: the fonts and the libraries. While they are the same, so is the
    // plan, and so is what is cut after it.
    std::vector<std::string> made_with;
    bool operator==(const FacePlan&) const = default;
};

struct FontCutJob {
    FontFile file;
    std::u32string characters;
    int quality = planning_quality;  // of brotli: 1 to 11
    bool operator==(const FontCutJob&) const = default;
};

struct FontCut {
    std::string woff2;  // empty where it failed
    std::string detail;
    bool operator==(const FontCut&) const = default;
};

std::string encode_job(const FacePlanJob& job);
std::string encode_job(const FontCutJob& job);
std::string encode_result(const FacePlan& plan);
std::string encode_result(const FontCut& cut);

// Nothing where the bytes are something else.
std::optional<FacePlanJob> decode_plan_job(std::string_view bytes);
std::optional<FontCutJob> decode_cut_job(std::string_view bytes);
std::optional<FacePlan> decode_plan(std::string_view bytes);
std::optional<FontCut> decode_cut(std::string_view bytes);

}  // namespace qunying
