#pragma once
// One decode for all that is wanted of a photograph.
#include <vector>

#include "images/derive.h"
#include "images/pixels.h"

namespace qunying {

// A photograph as one use of it needs it, and where each recipe cuts it.
struct Developed {
    vips::VImage master;
    PixelSize source;  // of the upright original, set straight and without border where the editor asks for
                       // that
    Head head;
    PicturePlan plan;
};

// One a use, in their order. Throws Unusable.
std::vector<Developed> develop(const Original& original, const std::vector<PictureUse>& uses);

}  // namespace qunying
