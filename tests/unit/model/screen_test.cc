// The figures of domain.md §3.
#include "model/screen.h"

#include <doctest/doctest.h>

using namespace qunying;

namespace {

KioskSettings screen(double diagonal, int width, int height, int lower_edge) {
    KioskSettings kiosk;
    kiosk.diagonal = diagonal;
    kiosk.width = width;
    kiosk.height = height;
    kiosk.lower_edge = lower_edge;
    return kiosk;
}

}  // namespace

TEST_CASE("43 inches upright, 600 mm above the floor: hands reach from 21 to 53 per cent of its height") {
    const ControlBand band = control_band(screen(43, 1080, 1920, 600));
    CHECK(band.density == doctest::Approx(2.017).epsilon(0.001));
    CHECK(band.height == 951);
    CHECK(100.0 * band.below / 1920 == doctest::Approx(21).epsilon(0.01));
    CHECK(100.0 - 100.0 * band.above / 1920 == doctest::Approx(52.5).epsilon(0.01));
    CHECK(band.target == 60);
    CHECK(band.target / band.density >= 16);
    CHECK(band.reach == 300);
    CHECK(is_within_reach(band));
}

TEST_CASE("21.5 inches has four pixels a millimetre, where 60 pixels are too few") {
    const ControlBand band = control_band(screen(21.5, 1920, 1080, 800));
    CHECK(band.density == doctest::Approx(4.034).epsilon(0.001));
    CHECK(band.target == 72);
    CHECK(60 / band.density < 16);
    CHECK(band.target / band.density >= 16);
    CHECK(band.below == 0);
    CHECK(band.above == 0);  // all of it is within reach
}

TEST_CASE("text is 7.5 mm high on any screen") {
    for (const double diagonal : {15.6, 21.5, 32.0, 43.0, 55.0, 86.0}) {
        const ControlBand band = control_band(screen(diagonal, 3840, 2160, 700));
        CHECK(band.text / band.density >= 7.5);
        CHECK(band.target / band.density >= 16);
    }
}

TEST_CASE(
    "a screen that hangs too high has its controls at its lower edge, and one on the floor at its upper") {
    const ControlBand high = control_band(screen(55, 1920, 1080, 1400));
    CHECK_FALSE(is_within_reach(high));
    CHECK(high.reach == 0);
    CHECK(high.below == 0);
    CHECK((1080 - high.above) / high.density == doctest::Approx(least_reach).epsilon(0.01));
    const ControlBand low = control_band(screen(32, 1920, 1080, 100));
    CHECK_FALSE(is_within_reach(low));
    CHECK(low.above == 0);
    CHECK((1080 - low.below) / low.density == doctest::Approx(least_reach).epsilon(0.01));
}

TEST_CASE("what is left within reach has to be enough for the controls") {
    // 1100 mm is 160 and 140 mm above the lower edge.
    CHECK(is_within_reach(control_band(screen(43, 1080, 1920, 940))));
    CHECK_FALSE(is_within_reach(control_band(screen(43, 1080, 1920, 960))));
    // A small screen is within reach as soon as all of it is.
    CHECK(is_within_reach(control_band(screen(8, 1280, 800, 900))));
}

TEST_CASE("a screen turned by a quarter is as dense as before") {
    const KioskSettings upright = screen(43, 1080, 1920, 600);
    const KioskSettings lying = turned(upright);
    CHECK(lying.width == 1920);
    CHECK(lying.height == 1080);
    CHECK(control_band(lying).density == control_band(upright).density);
    CHECK(control_band(lying).height == 535);
    CHECK(control_band(lying).target == 60);
}

TEST_CASE("controls take the end of the band that leaves more of the screen to look at") {
    // Upright at 600 mm: the whole band, and what is above.
    const ControlBand upright = control_band(screen(43, 1080, 1920, 600));
    CHECK(upright.controls_above == upright.above);
    CHECK(upright.controls_below == upright.below);
    CHECK(upright.free_above == 0);
    CHECK(upright.free_height == upright.above);
    // Lying as low: half of the screen, and what is below.
    const ControlBand low = control_band(screen(43, 1920, 1080, 600));
    CHECK(low.controls_above == low.above);
    CHECK(1080 - low.controls_above - low.controls_below == 540);
    CHECK(low.free_above == 1080 - low.controls_below);
    CHECK(low.free_above + low.free_height == 1080);
    // Where all of it is within reach: the lower half, or as much as nine rows of targets take.
    const ControlBand table = control_band(screen(21.5, 1920, 1080, 810));
    CHECK(table.controls_below == 0);
    CHECK(table.free_above == 0);
    CHECK(1080 - table.controls_above == 9 * 72);
    CHECK(table.free_height == table.controls_above);
}

TEST_CASE("wherever a screen hangs, its controls lie in the band and nothing beyond the screen") {
    struct Panel {
        double diagonal;
        int width, height;
    };
    for (int edge = 0; edge <= 1500; edge += 25) {
        for (const Panel& panel : {Panel{21.5, 1920, 1080}, Panel{55, 1080, 1920}, Panel{86, 3840, 2160}}) {
            const ControlBand band = control_band(screen(panel.diagonal, panel.width, panel.height, edge));
            CHECK(band.controls_above >= band.above);
            CHECK(band.controls_below >= band.below);
            CHECK(panel.height - band.controls_above - band.controls_below >= 2 * band.target);
            CHECK(band.free_height >= 0);
            CHECK(band.free_above + band.free_height <= panel.height);
        }
    }
}
