#pragma once
// A poster as the picture worker draws it: areas of colour, photographs cut as they are for pages, and ink
// that others have made of texts and codes, so that the worker needs no fonts. Here are the words of both
// sides and the bytes they travel in.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "images/geometry.h"
#include "images/recipe.h"

namespace qunying {

struct PosterArea {
    PixelBox box;
    std::uint32_t colour = 0;  // 0xRRGGBB
    bool operator==(const PosterArea&) const = default;
};

// A photograph that fills its box: of one person cut round the head, of anything else round its focus. What
// is smaller than the box is enlarged, for a poster has no other place for it.
struct PosterPicture {
    PixelBox box;
    std::string bytes;  // the original
    Treatment treatment;
    bool operator==(const PosterPicture&) const = default;
};

struct PosterInk {
    PixelBox box;  // may reach over the edges
    std::uint32_t colour = 0;
    std::string coverage;  // a byte a pixel of the box, row by row; 255 takes all of the colour
    bool operator==(const PosterInk&) const = default;
};

// In the order in which they are laid: areas, pictures, ink.
struct PosterJob {
    int width = 0, height = 0;
    std::uint32_t paper = 0xfaf7f1;
    std::vector<PosterArea> areas;
    std::vector<PosterPicture> pictures;
    std::vector<PosterInk> inks;
    Scans scans = Scans::refused;
    bool operator==(const PosterJob&) const = default;
};

struct PosterResult {
    PictureProblem problem = PictureProblem::none;
    std::string detail;
    std::string png;  // without any metadata; empty where there is a problem
    bool operator==(const PosterResult&) const = default;
};

// Raised with every change of ours that changes the bytes of a poster; part of its key beside
// encoder_version().
inline constexpr int poster_version = 1;

// The recipe of a photograph on a poster.
Recipe poster_recipe(PixelSize box, const Treatment& treatment);

std::string encode_job(const PosterJob& job);
std::optional<PosterJob> decode_poster_job(std::string_view bytes);
std::string encode_result(const PosterResult& result);
std::optional<PosterResult> decode_poster(std::string_view bytes);

}  // namespace qunying
