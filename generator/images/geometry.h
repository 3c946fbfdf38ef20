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
    int cut_width = 0;             // of the part in the source: what is narrower is reduced
};

// The master is the whole upright picture reduced just so far that the largest derivative needs no enlarging.
// It is the only thing made from the original; everything else is made from it.
struct PicturePlan {
    PixelSize master;
    std::vector<RecipePlan> recipes;
};

// No side of a derivative is longer: WebP holds no more.
inline constexpr int longest_side = 16383;

// Where the eyes of a portrait stand, from the top of the crop, and how much of its height the head takes: a
// head with some air above it and the shoulders below.
inline constexpr double eye_line = 0.42;
inline constexpr double head_share = 0.46;

// The part of the source that the recipe shows, in the source's pixels. Derivatives are cut from the same
// part of the master.
PixelBox crop_box(PixelSize source, const Recipe& recipe, const Head& head);

// The head from crown to chin and from ear to ear, in pixels of a picture of that size; it may reach over the
// picture's edges. Without size where the head's is not known.
struct HeadBox {
    double left = 0, top = 0, width = 0, height = 0;
};
HeadBox head_box(PixelSize source, const Head& head);

// Of a head: how far below the crown the eyes are, and its breadth, in heights of the head. Means over
// grown-up heads seen from the front, hair included.
inline constexpr double eyes_below_crown = 0.5, head_breadth = 0.74;

// Eyes that are off their line by so much of the crop's height still look level along a wall. For them a crop
// may become less tall than the head asks for, until the head takes so much of it.
inline constexpr double eye_tolerance = 0.045, largest_head_share = 0.75;

// Below this part of the largest crop no portrait is cut: the head is a detail of some other picture.
inline constexpr double smallest_portrait = 0.12;

// The master for a picture whose head is about to be looked for: a portrait whose head turns out somewhat
// small, `usual_portrait` of the largest crop, then needs no second decoding. Two portraits in three need no
// more.
inline constexpr double usual_portrait = 0.55;
PixelSize master_for_small_heads(PixelSize source, const std::vector<Recipe>& recipes);

// The master is `at_least` where that is enough.
PicturePlan plan_picture(PixelSize source, const std::vector<Recipe>& recipes, const Head& head,
                         PixelSize at_least = {});
// The same where the master is there already.
PicturePlan plan_within(PixelSize master, PixelSize source, const std::vector<Recipe>& recipes,
                        const Head& head);

// The head as far as the editor says it; from nobody otherwise.
Head stated_head(const Treatment& treatment);

// Where a place of the upright picture comes to lie once it is turned by `turn` degrees clockwise round its
// middle and `box` is cut out: sizes and box in the same pixels.
Focus place_after(Focus place, PixelSize upright, double turn, PixelSize turned, PixelBox box);

}  // namespace qunying
