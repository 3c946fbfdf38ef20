#pragma once
// Faces in a picture, where this program was built with a finder of faces (-DQUNYING_FACES=ON). Only
// images/heads.cc and the worker's start ask.
#include <cstdint>
#include <string_view>
#include <vector>

#include "images/geometry.h"

namespace qunying {

// A face as the finder's training pictures show it: from the middle of the forehead to the chin.
struct Face {
    PixelBox box;
    double eyes = 0;  // pixels from the top of the box to the line of the eyes
};

// Reads what the finder knows of faces, once; true when there is a finder. In a worker it comes before
// everything else, while files can still be read.
bool load_face_finder();

// In a grey picture, row by row. Empty without a finder.
std::vector<Face> find_faces(const std::uint8_t* pixels, PixelSize size);

}  // namespace qunying
