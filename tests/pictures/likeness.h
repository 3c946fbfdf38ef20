#pragma once
// How alike two pictures are, by code of the tests' own: the mean colour difference by CIEDE2000 (ISO/CIE
// 11664-6) and the structural similarity of their lightness (Z. Wang and others, “Image quality assessment:
// from error visibility to structural similarity”, 2004).
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace qunying {

// sRGB, eight bits.
struct Raster {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb;

    const std::uint8_t* at(int x, int y) const;
};

// A binary PPM (P6, 255). Nothing (width 0) on any other bytes.
Raster read_ppm(std::string_view bytes);

struct Lab {
    double l = 0, a = 0, b = 0;
};
Lab lab_of(const std::uint8_t* rgb);  // D65
double ciede2000(Lab one, Lab other);

struct Likeness {
    double colour = 1000;   // mean ΔE00; 0 is equal, 1 is just seen
    double structure = -1;  // mean SSIM; 1 is equal
};

// Of different sizes: nothing alike.
Likeness likeness(const Raster& one, const Raster& other);

// How many levels the green of a row takes.
int levels_in_row(const Raster& raster, int row);

}  // namespace qunying
