#include "images/geometry.h"

#include <algorithm>
#include <cmath>

namespace qunying {
namespace {

// A picture nobody wants derivatives of is still decoded, for its problems and its colour, at this width.
constexpr int probe_width = 64;

int rounded(double value) { return std::max(1, static_cast<int>(std::lround(value))); }

double fraction(double value) { return std::isfinite(value) ? std::clamp(value, 0.0, 1.0) : 0.5; }

bool crops(const Recipe& recipe) {
    return recipe.crop != Crop::none && recipe.ratio_width > 0 && recipe.ratio_height > 0;
}

// The largest part of the source with the recipe's shape, in source pixels, as near the focus as the edges
// let it.
PixelBox box_in(PixelSize source, const Recipe& recipe, Focus focus) {
    if (!crops(recipe)) return {0, 0, source.width, source.height};
    const double ratio = static_cast<double>(recipe.ratio_width) / recipe.ratio_height;
    PixelBox box;
    box.width = std::min(source.width, rounded(source.height * ratio));
    box.height = std::min(source.height, rounded(box.width / ratio));
    const Focus at = recipe.crop == Crop::focus ? focus : Focus{};
    box.left = static_cast<int>(std::lround(fraction(at.x) * source.width - box.width / 2.0));
    box.top = static_cast<int>(std::lround(fraction(at.y) * source.height - box.height / 2.0));
    box.left = std::clamp(box.left, 0, source.width - box.width);
    box.top = std::clamp(box.top, 0, source.height - box.height);
    return box;
}

// The size of the derivative that is asked to be `width` wide: as wide as the box at most, and no longer than
// allowed.
PixelSize size_for(int width, PixelBox box, const Recipe& recipe) {
    const double ratio = crops(recipe) ? static_cast<double>(recipe.ratio_width) / recipe.ratio_height
                                       : static_cast<double>(box.width) / box.height;
    PixelSize size{std::min({width, box.width, longest_side}), 0};
    size.height = std::min(rounded(size.width / ratio), box.height);
    if (size.height > longest_side) size = {rounded(longest_side * ratio), longest_side};
    return size;
}

std::vector<PixelSize> sizes_for(PixelBox box, const Recipe& recipe) {
    std::vector<PixelSize> sizes;
    for (const int width : recipe.widths) {
        if (width > 0) sizes.push_back(size_for(width, box, recipe));
    }
    std::sort(sizes.begin(), sizes.end(), [](PixelSize a, PixelSize b) { return a.width < b.width; });
    const auto same = [](PixelSize a, PixelSize b) { return a.width == b.width; };
    sizes.erase(std::unique(sizes.begin(), sizes.end(), same), sizes.end());
    return sizes;
}

// How much of the source's resolution the recipe needs, 0 to 1.
double scale_needed(const RecipePlan& plan) {
    if (plan.sizes.empty()) return 0;
    const PixelSize largest = plan.sizes.back();
    return std::min(1.0, std::max(static_cast<double>(largest.width) / plan.box.width,
                                  static_cast<double>(largest.height) / plan.box.height));
}

// One side of the box in master pixels. Rounding must not cost a derivative its sharpness: where box and
// largest derivative differ by a pixel they are made equal, and no resampling is needed.
int side_in_master(int source, double scale, int largest, int master) {
    const int side = std::min(rounded(source * scale), master);
    return std::abs(side - largest) <= 1 && largest <= master ? largest : side;
}

PixelBox box_in_master(const RecipePlan& plan, double scale, PixelSize master) {
    if (plan.sizes.empty()) return {0, 0, master.width, master.height};
    const PixelSize largest = plan.sizes.back();
    PixelBox box;
    box.width = side_in_master(plan.box.width, scale, largest.width, master.width);
    box.height = side_in_master(plan.box.height, scale, largest.height, master.height);
    box.left = std::clamp(static_cast<int>(std::lround(plan.box.left * scale)), 0, master.width - box.width);
    box.top = std::clamp(static_cast<int>(std::lround(plan.box.top * scale)), 0, master.height - box.height);
    return box;
}

}  // namespace

PicturePlan plan_picture(PixelSize source, const std::vector<Recipe>& recipes, Focus focus) {
    PicturePlan plan;
    double scale = std::min(1.0, static_cast<double>(probe_width) / source.width);
    for (const Recipe& recipe : recipes) {
        RecipePlan each;
        each.box = box_in(source, recipe, focus);
        each.sizes = sizes_for(each.box, recipe);
        scale = std::max(scale, scale_needed(each));
        plan.recipes.push_back(std::move(each));
    }
    plan.master = {std::min(rounded(source.width * scale), source.width),
                   std::min(rounded(source.height * scale), source.height)};
    for (RecipePlan& each : plan.recipes) each.box = box_in_master(each, scale, plan.master);
    return plan;
}

}  // namespace qunying
