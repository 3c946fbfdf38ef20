#pragma once
// theme.yaml: what a theme declares. Recipes are declared, so that every picture is known before the first
// page is rendered; templates only look pictures up.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "images/recipe.h"

namespace qunying {

// A recipe and where it serves.
struct ThemeRecipe {
    Recipe recipe;
    std::string sizes;              // the `sizes` attribute of its pictures, may be empty
    std::vector<std::string> uses;  // person.portrait, album.photos, exhibition.sections.exhibits, story, …

    bool operator==(const ThemeRecipe&) const = default;
};

// What a face of the theme is for.
enum class FaceRole : std::uint8_t {
    title,       // headings and names: as many characters as its limit allows; one face at most
    rare,        // whatever old systems may lack, all over the site
    rare_title,  // the same, of titles alone
};

// A font that the site brings along, cut to what it needs.
struct ThemeFace {
    std::string name;    // font-family in the theme's style sheets
    std::string family;  // of the font on the machine that builds
    int weight = 400;
    FaceRole role = FaceRole::rare;
    int limit = 80;     // kB on the web, of a title face
    std::string words;  // of the theme's own headings: a title face has them first
    Span where;         // of the family

    bool operator==(const ThemeFace&) const = default;
};

struct ThemeConfig {
    std::string name;                             // folder name below themes/
    std::vector<ThemeRecipe> recipes;             // in the order of the file
    std::map<std::string, std::string> settings;  // defaults; site.yaml overrides single ones
    std::vector<std::string> without = {};        // pages it does not have, as in page_words()
    std::vector<ThemeFace> faces = {};            // in the order of the file
    std::vector<std::string> codes = {};          // keys of kinds whose pages have page.code

    bool has(std::string_view pages) const;

    bool operator==(const ThemeConfig&) const = default;
};

// Reports what it does not understand and keeps the rest. `theme_yaml.path` is themes/NAME/theme.yaml.
ThemeConfig read_theme(const SourceFile& theme_yaml, Diagnostics& diagnostics);

// What `without` may name: exhibits, photos, each facet and index of the roll, refine, search, booklets,
// kiosk, the key of each kind of ours.
std::vector<std::string> page_words();

// Indices of the recipes that name that use.
std::vector<std::size_t> recipes_naming(const ThemeConfig& theme, std::string_view use);

// Indices of the recipes for the pictures of one use, e.g. "person.portrait"; those of "story" where no
// recipe names the use, so that no picture is lost.
std::vector<std::size_t> recipes_for(const ThemeConfig& theme, std::string_view use);

}  // namespace qunying
