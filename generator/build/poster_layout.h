#pragma once
// How a poster looks: paper, ink and one cinnabar, upright, three to four. What it says becomes paragraphs
// for the font worker; what that makes of them is put in its place here.
#include "fonts/lettering.h"
#include "images/poster.h"
#include "pages/poster_plan.h"
#include "pages/qr_code.h"
#include "pages/theme.h"

namespace qunying {

inline constexpr PixelSize poster_size{1080, 1440};

// The fonts of a poster: those of the theme's faces, or Noto's.
struct PosterFonts {
    WantedFace title{"Noto Serif CJK SC", 700};
    WantedFace quote{"Noto Serif CJK SC", 400};
    WantedFace text{"Noto Sans CJK SC", 400};
};
PosterFonts poster_fonts(const ThemeConfig& theme);

// Everything that is to be set; always as many paragraphs for sheets with as many photographs.
LetteringJob poster_lettering(const PosterSheet& sheet, const PosterFonts& fonts);

// The poster without the bytes of its photographs: those of `pictures` stand for the photographs of the sheet
// that have a file, in their order.
PosterJob arrange_poster(const PosterSheet& sheet, const std::vector<SetParagraph>& set,
                         const QrModules& code);

}  // namespace qunying
