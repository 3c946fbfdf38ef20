#include "images/geometry.h"

#include <cmath>
#include <doctest/doctest.h>

using namespace qunying;

namespace {

Recipe recipe(std::vector<int> widths) {
    Recipe out;
    out.widths = std::move(widths);
    return out;
}

Recipe cropped(std::vector<int> widths, int ratio_width, int ratio_height, Crop crop = Crop::focus) {
    Recipe out = recipe(std::move(widths));
    out.ratio_width = ratio_width;
    out.ratio_height = ratio_height;
    out.crop = crop;
    return out;
}

std::vector<PixelSize> sizes(PixelSize source, const Recipe& recipe) {
    return plan_picture(source, {recipe}, {}).recipes.front().sizes;
}

Head at(Focus place, double height = 0) { return {Head::Source::editor, place, height}; }

}  // namespace

TEST_CASE("sizes keep the shape, ascend and are made once") {
    CHECK(sizes({4000, 3000}, recipe({1600, 320, 640, 320})) ==
          std::vector<PixelSize>{{320, 240}, {640, 480}, {1600, 1200}});
}

TEST_CASE("nothing is enlarged: what is too wide becomes the source's own width, once") {
    CHECK(sizes({500, 400}, recipe({320, 640, 960, 1600})) == std::vector<PixelSize>{{320, 256}, {500, 400}});
    CHECK(sizes({500, 400}, recipe({500, 640})) == std::vector<PixelSize>{{500, 400}});
    CHECK(sizes({100, 50}, recipe({320})) == std::vector<PixelSize>{{100, 50}});
    CHECK(sizes({1, 1}, recipe({320})) == std::vector<PixelSize>{{1, 1}});
}

TEST_CASE("widths that mean nothing are left out") {
    CHECK(sizes({500, 400}, recipe({0, -5})).empty());
    CHECK(sizes({500, 400}, recipe({})).empty());
}

TEST_CASE("no side is longer than WebP allows") {
    const auto tall = sizes({1000, 60000}, recipe({320, 960}));
    REQUIRE(tall.size() == 1);
    CHECK(tall.front() == PixelSize{273, longest_side});
    CHECK(sizes({60000, 600}, recipe({30000})).front().width == longest_side);
}

TEST_CASE("a recipe may bound the longer side, and make nothing where little would come of it") {
    Recipe large = recipe({1920});
    large.longest = 1920;
    CHECK(sizes({4000, 3000}, large) == std::vector<PixelSize>{{1920, 1440}});
    CHECK(sizes({3000, 4000}, large) == std::vector<PixelSize>{{1440, 1920}});
    large.least = 1760;
    CHECK(sizes({4000, 3000}, large) == std::vector<PixelSize>{{1920, 1440}});
    CHECK(sizes({1760, 1000}, large) == std::vector<PixelSize>{{1760, 1000}});
    CHECK(sizes({1759, 1000}, large).empty());
    CHECK(sizes({3000, 4000}, large).empty());
    // What is not made asks for no pixels.
    CHECK(plan_picture({1700, 1000}, {recipe({320}), large}, {}).master == PixelSize{320, 188});
}

TEST_CASE("a crop has the recipe's shape and is never wider than what it is cut from") {
    CHECK(sizes({4000, 3000}, cropped({480, 9999}, 3, 4)) ==
          std::vector<PixelSize>{{480, 640}, {2250, 3000}});
    CHECK(sizes({3000, 4000}, cropped({9999}, 1, 1)) == std::vector<PixelSize>{{3000, 3000}});
    CHECK(sizes({4000, 3000}, cropped({480}, 3, 4, Crop::none)) == std::vector<PixelSize>{{480, 360}});
    CHECK(sizes({4000, 3000}, cropped({480}, 0, 4)) == std::vector<PixelSize>{{480, 360}});
}

TEST_CASE("a crop holds the focus and stays inside") {
    const auto box = [](Focus focus, Crop crop) {
        return plan_picture({4000, 3000}, {cropped({9999}, 3, 4, crop)}, at(focus)).recipes.front().box;
    };
    CHECK(box({0.5, 0.5}, Crop::focus) == PixelBox{875, 0, 2250, 3000});
    CHECK(box({0.4, 0.5}, Crop::focus) == PixelBox{475, 0, 2250, 3000});
    CHECK(box({0.0, 0.0}, Crop::focus) == PixelBox{0, 0, 2250, 3000});
    CHECK(box({1.0, 1.0}, Crop::focus) == PixelBox{1750, 0, 2250, 3000});
    CHECK(box({1.0, 1.0}, Crop::centre) == PixelBox{875, 0, 2250, 3000});
    CHECK(box({-7, 9}, Crop::focus) == PixelBox{0, 0, 2250, 3000});
    CHECK(box({std::nan(""), INFINITY}, Crop::focus) == PixelBox{875, 0, 2250, 3000});
}

TEST_CASE("the master is just large enough for the largest derivative") {
    CHECK(plan_picture({4000, 3000}, {recipe({320, 1600})}, {}).master == PixelSize{1600, 1200});
    CHECK(plan_picture({4000, 3000}, {recipe({1600}), cropped({960}, 3, 4)}, {}).master ==
          PixelSize{1707, 1280});
    CHECK(plan_picture({400, 300}, {recipe({1600})}, {}).master == PixelSize{400, 300});
    CHECK(plan_picture({4000, 3000}, {}, {}).master == PixelSize{64, 48});
}

TEST_CASE("for every shape of source and recipe the boxes lie inside and no derivative is enlarged") {
    for (const PixelSize source : {PixelSize{1, 1},
                                   {1, 900},
                                   {900, 1},
                                   {2, 3},
                                   {63, 64},
                                   {641, 479},
                                   {1601, 1199},
                                   {4032, 3024},
                                   {3024, 4032},
                                   {9999, 10001},
                                   {12000, 300}}) {
        for (const Recipe& each :
             {recipe({320, 640, 960, 1600}), cropped({1, 2, 333, 960}, 3, 4), cropped({300}, 1, 1),
              cropped({1200}, 21, 9), cropped({77}, 2, 3, Crop::centre),
              cropped({300, 900}, 3, 4, Crop::portrait)}) {
            for (const double place : {0.0, 0.31, 1.0}) {
                CAPTURE(source.width);
                CAPTURE(source.height);
                CAPTURE(each.ratio_width);
                const PicturePlan plan = plan_picture(source, {each, recipe({500})}, at({place, place}));
                CHECK(plan.master.width <= source.width);
                CHECK(plan.master.height <= source.height);
                const RecipePlan& made = plan.recipes.front();
                CHECK(made.box.left >= 0);
                CHECK(made.box.top >= 0);
                CHECK(made.box.width >= 1);
                CHECK(made.box.height >= 1);
                CHECK(made.box.left + made.box.width <= plan.master.width);
                CHECK(made.box.top + made.box.height <= plan.master.height);
                for (const PixelSize size : made.sizes) {
                    CHECK(size.width >= 1);
                    CHECK(size.height >= 1);
                    CHECK(size.width <= made.box.width);
                    CHECK(size.height <= made.box.height);
                }
            }
        }
    }
}

TEST_CASE("portraits have their eyes at one height and heads of one size") {
    const auto card = cropped({480}, 3, 4, Crop::portrait);
    for (const double height : {0.1, 0.2, 0.35}) {
        for (const Focus eyes : {Focus{0.5, 0.4}, Focus{0.45, 0.35}, Focus{0.6, 0.45}}) {
            CAPTURE(height);
            const PixelSize source{4000, 3000};
            const PicturePlan plan = plan_picture(source, {card}, at(eyes, height));
            const PixelBox box = plan.recipes.front().box;
            const double scale = static_cast<double>(plan.master.width) / source.width;
            CHECK(height * source.height * scale / box.height == doctest::Approx(head_share).epsilon(0.02));
            CHECK((eyes.y * source.height * scale - box.top) / box.height ==
                  doctest::Approx(eye_line).epsilon(0.02));
        }
    }
}

TEST_CASE("a portrait whose head is not known is as large as the picture allows, its eyes in their place") {
    const auto card = cropped({480}, 3, 4, Crop::portrait);
    const PicturePlan plan = plan_picture({3000, 6000}, {card}, at({0.5, 0.5}));
    const double scale = plan.master.width / 3000.0;
    CHECK(plan.recipes.front().box.width == plan.master.width);
    CHECK((0.5 * 6000 * scale - plan.recipes.front().box.top) / plan.recipes.front().box.height ==
          doctest::Approx(eye_line).epsilon(0.02));
}

TEST_CASE("near an edge a portrait is cut less tall, until its eyes come near their line") {
    const auto card = cropped({480}, 3, 4, Crop::portrait);
    const auto line = [&](double eyes, double head) {
        const Head at{Head::Source::face_finder, {0.5, eyes}, head};
        const PixelBox box = crop_box({1200, 1600}, card, at);
        return (eyes * 1600 - box.top) / box.height;
    };
    // A head high up: the tallest crop would have its eyes at 0.3. One far down: at 0.6.
    CHECK(line(0.3, 0.4) == doctest::Approx(eye_line - eye_tolerance).epsilon(0.002));
    CHECK(line(0.6, 0.4) == doctest::Approx(eye_line + eye_tolerance).epsilon(0.002));
    // Where the head would come to fill the crop, that counts for more.
    const Head large{Head::Source::face_finder, {0.5, 0.3}, 0.6};
    const PixelBox box = crop_box({1200, 1600}, card, large);
    CHECK(0.6 * 1600 / box.height == doctest::Approx(largest_head_share).epsilon(0.002));
}

TEST_CASE("a head that nearly fills the crop keeps its crown") {
    const auto square = cropped({480}, 1, 1, Crop::portrait);
    const Head head{Head::Source::face_finder, {0.5, 0.5}, 0.675};
    const PixelBox box = crop_box({1200, 1600}, square, head);
    CHECK(box.height == 1200);
    CHECK(head_box({1200, 1600}, head).top >= box.top);
    CHECK(head_box({1200, 1600}, head).top + 0.675 * 1600 <= box.top + box.height);
    CHECK((0.5 * 1600 - box.top) / box.height <= eye_line + eye_tolerance + 0.001);
}

TEST_CASE("for every head the crop lies inside, and so does the head unless the picture ends before it") {
    for (const Recipe& recipe :
         {cropped({480}, 3, 4, Crop::portrait), cropped({480}, 2, 3, Crop::portrait)}) {
        for (double eyes = 0.1; eyes < 0.95; eyes += 0.05) {
            for (double height = 0.05; height < 0.72; height += 0.05) {
                const Head head{Head::Source::face_finder, {0.5, eyes}, height};
                const PixelBox box = crop_box({1200, 1600}, recipe, head);
                const HeadBox whole = head_box({1200, 1600}, head);
                CAPTURE(eyes);
                CAPTURE(height);
                CHECK(box.top >= 0);
                CHECK(box.top + box.height <= 1600);
                CHECK(std::max(whole.top, 0.0) >= box.top - 1);
                CHECK(std::min(whole.top + whole.height, 1600.0) <= box.top + box.height + 1);
            }
        }
    }
}

TEST_CASE("a head too small for the usual master asks for a larger one, and no head for less than a detail") {
    const auto card = cropped({480}, 3, 4, Crop::portrait);
    const PixelSize source{6000, 4000};
    const PicturePlan unknown = plan_picture(source, {card}, at({0.5, 0.4}));
    CHECK(unknown.master == PixelSize{960, 640});  // no more than the largest crop needs
    const PicturePlan looked =
        plan_picture(source, {card}, at({0.5, 0.4}), master_for_small_heads(source, {card, recipe({320})}));
    CHECK(looked.master.width > unknown.master.width);
    const PicturePlan somewhat = plan_picture(source, {card}, at({0.5, 0.4}, usual_portrait * head_share));
    CHECK(looked.master == somewhat.master);
    const PicturePlan small = plan_picture(source, {card}, at({0.5, 0.4}, 0.1));
    CHECK(small.master.width > looked.master.width);
    const PicturePlan tiny = plan_picture(source, {card}, at({0.5, 0.4}, 0.001));
    CHECK(tiny.recipes.front().sizes == std::vector<PixelSize>{{360, 480}});
}

TEST_CASE("a plan keeps to the master that is there when that is large enough") {
    const auto card = cropped({480}, 3, 4, Crop::portrait);
    const PixelSize source{6000, 4000};
    const PixelSize master = master_for_small_heads(source, {card});
    CHECK(plan_picture(source, {card}, at({0.5, 0.4})).master.width < master.width);
    for (const double head : {0.0, 0.3, 0.5, 0.9})
        CHECK(plan_picture(source, {card}, at({0.5, 0.4}, head), master).master == master);
}

TEST_CASE("a place goes along when the picture is turned and its border cut away") {
    const Focus same = place_after({0.3, 0.7}, {400, 200}, 0, {400, 200}, {0, 0, 400, 200});
    CHECK(same.x == doctest::Approx(0.3));
    CHECK(same.y == doctest::Approx(0.7));
    const Focus cut = place_after({0.5, 0.5}, {400, 200}, 0, {400, 200}, {100, 50, 200, 100});
    CHECK(cut.x == doctest::Approx(0.5));
    CHECK(cut.y == doctest::Approx(0.5));
    // A quarter turn clockwise takes the middle of the left edge to the middle of the top.
    const Focus turned = place_after({0, 0.5}, {400, 200}, 90, {200, 400}, {0, 0, 200, 400});
    CHECK(turned.x == doctest::Approx(0.5));
    CHECK(turned.y == doctest::Approx(0));
}
