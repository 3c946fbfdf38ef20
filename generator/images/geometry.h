#pragma once
// Which pixels of a photograph go where. Pure arithmetic, so that it can be tested without a picture.
#include <vector>

#include "images/recipe.h"

namespace qunying {

struct PixelSize {
    int width = 0;
    int height = 0;

    bool operator==(const PixelSize&) const = default;
};

struct PixelBox {
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;

    bool operator==(const PixelBox&) const = default;
};

// What one recipe makes of one picture.
struct RecipePlan {
    PixelBox box;                  // the part of the master that is used
    std::vector<PixelSize> sizes;  // ascending, each once
};

// The master is the whole upright picture reduced just so far that the largest derivative needs no enlarging.
// It is the only thing made from the original; everything else is made from it.
struct PicturePlan {
    PixelSize master;
    std::vector<RecipePlan> recipes;
};

// No side of a derivative is longer: WebP holds no more.
inline constexpr int longest_side = 16383;

PicturePlan plan_picture(PixelSize source, const std::vector<Recipe>& recipes, Focus focus);

}  // namespace qunying
