#pragma once
// The fonts that a site brings along: what each face of the theme must hold is planned before the pages, for
// headings depend on it; they are pressed beside rendering. Both are remembered, so that nothing is cut
// twice.
#include <string>
#include <vector>

#include "base/characters.h"
#include "base/diagnostic.h"
#include "build/memo.h"
#include "fonts/faces.h"
#include "pages/site_characters.h"
#include "pages/theme.h"
#include "system/output_stage.h"
#include "system/worker_pool.h"

namespace qunying {

// How hard fonts are pressed. A published site is loaded for years, a preview is built again in a moment.
enum class FontQuality : int { preview = planning_quality, release = 11 };

// What cutting needs from outside.
struct FontShop {
    Memo& memo;
    WorkerCommand worker;
    std::string_view generator;  // part of each key
    FontQuality quality = FontQuality::release;
    unsigned threads = 1;
};

struct PlannedFont {
    FontPart part;
    Digest key;  // of the cut
};

struct PlannedFace {
    ThemeFace face;
    std::vector<PlannedFont> fonts;
};

struct SiteFonts {
    bool declared = false;           // the theme has faces, whether they could be had or not
    bool complete = true;            // nothing was missing that another font on this machine would mend
    std::vector<PlannedFace> faces;  // those that could be had
    CharacterSet title_face;         // PageContext::title_face
    bool has_title_face = false;
};

// One font as it is published, for reports.
struct FontFacts {
    std::string face, path;
    std::size_t characters = 0;
    std::uint64_t bytes = 0;
};

// Reports fonts that are not installed (the site goes without) and characters that no font has.
SiteFonts plan_fonts(const ThemeConfig& theme, const Site& site, const SiteCharacters& characters,
                     Audience audience, const FontShop& shop, Diagnostics& diagnostics);

// Puts static/fonts.css, which alone names the fonts, and the fonts into the stage.
std::vector<FontFacts> stage_fonts(const SiteFonts& fonts, const FontShop& shop, OutputStage& stage,
                                   Diagnostics& diagnostics);

// The ranges of CSS: U+B7,U+3014-3015.
std::string unicode_range(std::u32string_view sorted);

}  // namespace qunying
