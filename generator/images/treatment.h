#pragma once
// What an editor says of one photograph, and what was found in it. Places are fractions of the upright
// picture as a viewer shows it, from the left and from the top.
#include <compare>
#include <cstdint>
#include <optional>

#include "base/digest.h"

namespace qunying {

// The point of a picture that no crop may lose.
struct Focus {
    double x = 0.5;
    double y = 0.5;

    friend auto operator<=>(const Focus&, const Focus&) = default;
};

// Where heads are, when nobody says and nothing is found: a little above the middle.
inline constexpr Focus usual_focus{0.5, 0.4};

// What is not said is found out, or left as it is.
struct Treatment {
    std::optional<Focus> focus;  // of a portrait: the point between the eyes
    double head = 0;             // from crown to chin, as a fraction of the picture's height; 0: not said
    double turn = 0;             // degrees clockwise that set a crooked scan straight
    bool trim = false;           // cuts the even border of a scan away
    bool old_print = false;      // Tone::warm_scan, whatever the recipe says
    bool portrait = false;       // shows one person: what shows several is never cut round one head

    friend auto operator<=>(const Treatment&, const Treatment&) = default;
};
inline constexpr double steepest_turn = 15;  // degrees either way

// A head, and who knows of it.
struct Head {
    enum class Source : std::uint8_t { nobody, editor, face_finder, saliency };

    Source source = Source::nobody;
    Focus eyes;         // the point between them
    double height = 0;  // from crown to chin, as a fraction of the picture's height; 0: not known

    bool operator==(const Head&) const = default;
};
inline constexpr int head_source_count = 4;

void add_to(DigestBuilder& builder, const Treatment& treatment);

}  // namespace qunying
