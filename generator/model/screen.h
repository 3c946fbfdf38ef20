#pragma once
// Where on a screen hands reach: a kiosk's controls stand 800 to 1100 mm above the floor and are as large as
// the fingers of old people need (domain.md §3; the figures are worked out from the screen's diagonal and
// height).
#include "model/site.h"

namespace qunying {

inline constexpr int reach_from = 800, reach_to = 1100;  // millimetres above the floor
inline constexpr int least_reach = 150;  // millimetres of screen that the controls take at least

struct ControlBand {
    double density = 1;  // pixels a millimetre
    int height = 0;      // of the screen, millimetres
    int reach = 0;       // millimetres of the screen that lie within reach
    // In pixels, from the screen's upper and lower edge: between the two everything stands that is touched.
    int above = 0, below = 0;
    // The part of the band that controls take, and the larger part of the screen beside it, for what is
    // looked at.
    int controls_above = 0, controls_below = 0;
    int free_above = 0, free_height = 0;  // from the screen's upper edge
    int target = 60;                      // pixels: what is touched is no less high or wide; 16 mm and more
    int text = 30;                        // pixels: of running text, 7.5 mm and more
};

// Where the screen hangs too high or too low, the part of it that lies nearest.
ControlBand control_band(const KioskSettings& kiosk);

// Whether the controls stand where everybody reaches.
bool is_within_reach(const ControlBand& band);

// The same screen turned by a quarter, its lower edge where it was.
KioskSettings turned(KioskSettings kiosk);

}  // namespace qunying
