#include "model/screen.h"

#include <algorithm>
#include <cmath>

namespace qunying {
namespace {

constexpr double millimetres_an_inch = 25.4;
constexpr double target_millimetres = 16;  // domain.md §3 〔W28〕
constexpr double text_millimetres = 7.5;
constexpr int target_step = 12;  // pixels: 64.5 becomes 72

int whole_pixels(double millimetres, double density) {
    return static_cast<int>(std::ceil(millimetres * density - 1e-9));
}

int target_of(double density) {
    const int least = whole_pixels(target_millimetres, density);
    return std::max(60, (least + target_step - 1) / target_step * target_step);
}

// Half of the screen, or nine rows of targets, is enough for controls: they take the end of the band that
// leaves more of the screen in one piece.
void divide(const KioskSettings& kiosk, ControlBand& band) {
    const int high = kiosk.height - band.above - band.below;
    const int wanted = std::min(high, std::max(kiosk.height / 2, 9 * band.target));
    const int over = kiosk.height - band.below - wanted, under = kiosk.height - band.above - wanted;
    const bool looks_up = over >= under;
    band.controls_above = looks_up ? over : band.above;
    band.controls_below = looks_up ? band.below : under;
    band.free_above = looks_up ? 0 : kiosk.height - under;
    band.free_height = looks_up ? over : under;
}

// Of the screen, how much has to be within reach.
int wanted_reach(const ControlBand& band) { return std::min(least_reach, band.height); }

}  // namespace

ControlBand control_band(const KioskSettings& kiosk) {
    ControlBand band;
    band.density = std::hypot(kiosk.width, kiosk.height) / (kiosk.diagonal * millimetres_an_inch);
    const double high = kiosk.height / band.density;
    band.height = static_cast<int>(high);
    const double lower = kiosk.lower_edge, upper = lower + high;
    double from = std::max<double>(reach_from, lower), to = std::min<double>(reach_to, upper);
    band.reach = static_cast<int>(std::max(0.0, to - from));
    if (const int wanted = wanted_reach(band); band.reach < wanted) {
        const bool hangs_high = lower + wanted > reach_to;
        from = hangs_high ? lower : upper - wanted;
        to = from + wanted;
    }
    band.above = whole_pixels(upper - to, band.density);
    band.below = whole_pixels(from - lower, band.density);
    band.target = target_of(band.density);
    band.text = std::max(30, whole_pixels(text_millimetres, band.density));
    divide(kiosk, band);
    return band;
}

bool is_within_reach(const ControlBand& band) { return band.reach >= wanted_reach(band); }

KioskSettings turned(KioskSettings kiosk) {
    std::swap(kiosk.width, kiosk.height);
    return kiosk;
}

}  // namespace qunying
