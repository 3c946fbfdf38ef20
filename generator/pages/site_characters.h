#pragma once
// The characters that a site's fonts must hold, known before its pages are planned: of everything public, of
// the theme and of the settings. Rather too many than too few; tests/fonts compares them with what was
// rendered.
#include <span>
#include <string>
#include <string_view>

#include "base/characters.h"
#include "pages/page_plan.h"

namespace qunying {

struct SiteCharacters {
    // On the web those that are not common; in a venue all.
    CharacterSet texts;
    // Of titles, without those of `texts` that are not common: the theme's own words first, then the most
    // frequent. Frequencies count in powers of two and equal ones stand by code point, so that one more name
    // rarely moves anything.
    std::u32string titles;
    CharacterSet rare_titles;  // those of titles that are not common
};

// `around` are the texts of theme and settings. `stories` as in PageContext; asked in a venue alone, where
// fonts hold everything.
SiteCharacters characters_of(const Site& site, const ThemeConfig& theme,
                             std::span<const std::string_view> around, Audience audience,
                             const StoryTexts* stories, unsigned threads);

// Where a character stands that no font has: in the title of a record, or in what it says. `title` is what
// the record is called.
struct CharacterPlace {
    std::string title;
    Span where;
    bool in_title = false;
};
CharacterPlace find_character(const Site& site, char32_t character);

// Whether a heading must do without the title face, since it lacks a character of it.
bool is_plain_face(const PageContext& context, std::string_view heading);

}  // namespace qunying
