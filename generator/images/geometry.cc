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

double ratio_of(const Recipe& recipe) {
    return static_cast<double>(recipe.ratio_width) / recipe.ratio_height;
}

// The largest part of the source with the recipe's shape.
PixelSize largest_in(PixelSize source, double ratio) {
    const int width = std::min(source.width, rounded(source.height * ratio));
    return {width, std::min(source.height, rounded(width / ratio))};
}

// A box of that size with the place at these fractions of it, as near as the edges let it.
PixelBox box_round(PixelSize source, PixelSize size, Focus place, double across, double down) {
    PixelBox box{0, 0, size.width, size.height};
    box.left = static_cast<int>(std::lround(fraction(place.x) * source.width - box.width * across));
    box.top = static_cast<int>(std::lround(fraction(place.y) * source.height - box.height * down));
    box.left = std::clamp(box.left, 0, source.width - box.width);
    box.top = std::clamp(box.top, 0, source.height - box.height);
    return box;
}

// Where a crop of that height puts the eyes, as a fraction of it, when it lies as well as the edges let it.
double eyes_at(double eyes, double source, double height) {
    const double top = std::clamp(eyes - height * eye_line, 0.0, source - height);
    return (eyes - top) / height;
}

// Near an edge of the picture a tall crop cannot have its eyes on the line: then it is made less tall until
// they come near enough, as long as the head does not come to fill it.
double height_near_line(double eyes, double source, double height, double head) {
    const double least = std::min(height, head / largest_head_share);
    const double at = eyes_at(eyes, source, height);
    if (at > eye_line + eye_tolerance)
        return std::max(least, std::min(height, (source - eyes) / (1 - eye_line - eye_tolerance)));
    if (at < eye_line - eye_tolerance)
        return std::max(least, std::min(height, eyes / (eye_line - eye_tolerance)));
    return height;
}

// A head that nearly fills the crop lies lower, so that its crown stays.
double line_for(double head, double height) {
    return std::clamp(head * eyes_below_crown / height, eye_line, eye_line + eye_tolerance);
}

PixelBox portrait_box(PixelSize source, double ratio, const Head& head) {
    const PixelSize largest = largest_in(source, ratio);
    const double eyes = fraction(head.eyes.y) * source.height, tall = head.height * source.height;
    double wanted = tall > 0 ? tall / head_share : largest.height;
    if (tall > 0)
        wanted = height_near_line(eyes, source.height, std::min<double>(wanted, largest.height), tall);
    const double share = std::clamp(wanted / largest.height, smallest_portrait, 1.0);
    const PixelSize size{rounded(largest.width * share), rounded(largest.height * share)};
    return box_round(source, size, head.eyes, 0.5, line_for(tall, size.height));
}

// The size of the derivative that is asked to be `width` wide: as wide as the box at most, and no longer than
// allowed.
PixelSize size_for(int width, PixelBox box, const Recipe& recipe) {
    const double ratio = crops(recipe) ? ratio_of(recipe) : static_cast<double>(box.width) / box.height;
    const int longest = recipe.longest > 0 ? std::min(recipe.longest, longest_side) : longest_side;
    PixelSize size{std::min({width, box.width, longest}), 0};
    size.height = std::min(rounded(size.width / ratio), box.height);
    if (size.height > longest) size = {rounded(longest * ratio), longest};
    return size;
}

std::vector<PixelSize> sizes_for(PixelBox box, const Recipe& recipe) {
    std::vector<PixelSize> sizes;
    for (const int width : recipe.widths) {
        if (width > 0) sizes.push_back(size_for(width, box, recipe));
    }
    std::erase_if(sizes, [&](PixelSize size) { return size.width < recipe.least; });
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

// And how much all of them together.
double scale_needed(PixelSize source, const std::vector<RecipePlan>& plans) {
    double needed = std::min(1.0, static_cast<double>(probe_width) / source.width);
    for (const RecipePlan& each : plans) needed = std::max(needed, scale_needed(each));
    return needed;
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

PixelSize scaled(PixelSize source, double scale) {
    return {std::min(rounded(source.width * scale), source.width),
            std::min(rounded(source.height * scale), source.height)};
}

// But for the half pixel that rounding takes.
bool is_enough(PixelSize master, PixelSize source, double scale) {
    return master.width + 0.5 >= source.width * scale && master.height + 0.5 >= source.height * scale;
}

// What each recipe cuts out of the source, in the source's pixels.
std::vector<RecipePlan> planned(PixelSize source, const std::vector<Recipe>& recipes, const Head& head) {
    std::vector<RecipePlan> plans;
    for (const Recipe& recipe : recipes) {
        const PixelBox box = crop_box(source, recipe, head);
        plans.push_back({box, sizes_for(box, recipe), box.width});
    }
    return plans;
}

}  // namespace

PixelBox crop_box(PixelSize source, const Recipe& recipe, const Head& head) {
    if (!crops(recipe)) return {0, 0, source.width, source.height};
    const double ratio = ratio_of(recipe);
    if (recipe.crop == Crop::portrait) return portrait_box(source, ratio, head);
    const Focus at = recipe.crop == Crop::focus ? head.eyes : Focus{};
    return box_round(source, largest_in(source, ratio), at, 0.5, 0.5);
}

HeadBox head_box(PixelSize source, const Head& head) {
    const double height = head.height * source.height, width = height * head_breadth;
    return {head.eyes.x * source.width - width / 2, head.eyes.y * source.height - height * eyes_below_crown,
            width, height};
}

PixelSize master_for_small_heads(PixelSize source, const std::vector<Recipe>& recipes) {
    double scale = 0;
    for (const Recipe& recipe : recipes) {
        if (recipe.crop != Crop::portrait || !crops(recipe)) continue;
        const PixelSize largest = largest_in(source, ratio_of(recipe));
        const PixelBox box{0, 0, rounded(largest.width * usual_portrait),
                           rounded(largest.height * usual_portrait)};
        scale = std::max(scale, scale_needed({box, sizes_for(box, recipe), 0}));
    }
    return scaled(source, scale);
}

PicturePlan plan_picture(PixelSize source, const std::vector<Recipe>& recipes, const Head& head,
                         PixelSize at_least) {
    const double needed = scale_needed(source, planned(source, recipes, head));
    const bool enough = is_enough(at_least, source, needed);
    return plan_within(enough ? at_least : scaled(source, needed), source, recipes, head);
}

PicturePlan plan_within(PixelSize master, PixelSize source, const std::vector<Recipe>& recipes,
                        const Head& head) {
    PicturePlan plan{master, planned(source, recipes, head)};
    const double scale = static_cast<double>(master.width) / source.width;
    for (RecipePlan& each : plan.recipes) each.box = box_in_master(each, scale, master);
    return plan;
}

Head stated_head(const Treatment& treatment) {
    if (!treatment.focus) return {Head::Source::nobody, usual_focus, 0};
    return {Head::Source::editor, *treatment.focus, std::clamp(treatment.head, 0.0, 1.0)};
}

Focus place_after(Focus place, PixelSize upright, double turn, PixelSize turned, PixelBox box) {
    constexpr double radians_a_degree = 3.14159265358979323846 / 180;
    const double cosine = std::cos(turn * radians_a_degree), sine = std::sin(turn * radians_a_degree);
    const double x = (place.x - 0.5) * upright.width, y = (place.y - 0.5) * upright.height;
    const double turned_x = x * cosine - y * sine + turned.width / 2.0;
    const double turned_y = x * sine + y * cosine + turned.height / 2.0;
    return {fraction((turned_x - box.left) / box.width), fraction((turned_y - box.top) / box.height)};
}

}  // namespace qunying
