#pragma once
// Every photograph of a site that an editor may say something of, as lists of them are shown: contact sheets,
// the preview's pages of pictures.
#include <string>
#include <vector>

#include "base/source.h"
#include "images/credit.h"
#include "images/recipe.h"
#include "model/site.h"
#include "pages/image_plan.h"
#include "pages/theme.h"

namespace qunying {

struct ListedPicture {
    std::string kind, slug, name;  // of the record: person, wang-yangli, 王样例
    std::string page;              // of the record, where its kind has pages: people/wang-yangli.html
    std::string use;               // person.portrait
    std::string file;              // from the site's root
    Treatment treatment;
    std::string written_in;            // content/people/wang-yangli/index.md
    Span where;                        // of the picture there
    std::vector<std::size_t> recipes;  // indices in PictureList::recipes, ascending
    std::string thumbnail;             // its smallest rendition, or empty
};

struct PictureList {
    std::vector<Recipe> recipes;  // of the theme
    std::vector<ListedPicture> pictures;
    Scans scans = Scans::refused;
    Credit credit = {};  // written into what is made
};

// In the order of the site. Figures of stories are not among them: nothing can be said of one.
PictureList list_pictures(const Site& site, const ThemeConfig& theme, const ImageTable& table,
                          const Sources& sources);

// What is made of one of them, as the build asks for it.
std::vector<Recipe> recipes_of(const ListedPicture& picture, const PictureList& list);

}  // namespace qunying
