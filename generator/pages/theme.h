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

struct ThemeConfig {
    std::string name;                             // folder name below themes/
    std::vector<ThemeRecipe> recipes;             // in the order of the file
    std::map<std::string, std::string> settings;  // defaults; site.yaml overrides single ones
    std::vector<std::string> without = {};        // pages it does not have, as in page_words()

    bool has(std::string_view pages) const;

    bool operator==(const ThemeConfig&) const = default;
};

// Reports what it does not understand and keeps the rest. `theme_yaml.path` is themes/NAME/theme.yaml.
ThemeConfig read_theme(const SourceFile& theme_yaml, Diagnostics& diagnostics);

// What `without` may name: exhibits, photos, each facet and index of the roll, refine, search, the key of each kind of ours.
std::vector<std::string> page_words();

// Indices of the recipes for the pictures of one use, e.g. "person.portrait"; those of "story" where no
// recipe names the use, so that no picture is lost.
std::vector<std::size_t> recipes_for(const ThemeConfig& theme, std::string_view use);

}  // namespace qunying
