#pragma once
// Looks at a site, or at a folder of photographs, for reports: nothing is rendered and nothing published.
#include <functional>
#include <string>
#include <vector>

#include "build/build.h"
#include "pages/picture_list.h"

namespace qunying {

// The whole site, drafts included, and who of it would be published. What check would say is not said.
struct Survey {
    SourceTree tree;
    Site site;
    Publication publication;
};
Survey survey_site(Disk& site, Memo& memo, const BuildOptions& options);

// A portrait as the worker cut it for the pages, and the whole picture beside it.
struct CutPortrait {
    ListedPicture picture;
    std::vector<Recipe> recipes;
    PictureResult crops;  // by recipe; not decoded where it cannot be used
    PictureResult whole;  // one JPEG, as the crops see the picture: upright, turned and trimmed
};
using EachPortrait = std::function<void(const CutPortrait&)>;

// The recipe of CutPortrait::whole.
Recipe whole_picture();

// Every portrait that a preview shows, in the order of the site: made as a build makes them, and kept for it.
// A file that is not there is passed over. False, and nothing done, where the site's theme cannot be read.
bool cut_portraits(Disk& site, Memo& memo, const BuildOptions& options, const EachPortrait& each);

// Photographs that lie directly in a folder, each as a portrait in the shapes of a theme. Nothing is kept.
void cut_photographs(Disk& folder, const std::vector<std::string>& files, const ThemeConfig& theme,
                     const BuildOptions& options, const EachPortrait& each);

}  // namespace qunying
