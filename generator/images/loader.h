#pragma once
// The loaders of libvips that may be used, and what their complaints mean.
#include <functional>

#include "images/pixels.h"

namespace qunying {

// The image with nothing but its header read. Throws Unusable.
vips::VImage load_header(const Original& original);

// The image to be read once from top to bottom, reduced by the decoder itself where that is cheaper, but not
// below `wanted` times a margin that keeps it sharp. Throws Unusable only for the header.
vips::VImage load_pixels(const Original& original, PixelSize wanted);

// Runs what makes libvips decode; its errors become Unusable.
vips::VImage decoding(const Original& original, const std::function<vips::VImage()>& decode);

}  // namespace qunying
