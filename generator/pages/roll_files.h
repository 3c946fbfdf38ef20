#pragma once
// honors/roll.js and honors/roll-1.js, …: what a script needs to combine the facets of the roll on the page,
// where plain pages show one value of one facet each. They are scripts because a page opened as a file may
// read no others.
#include <vector>

#include "pages/page_keys.h"
#include "pages/plain_files.h"

namespace qunying {

// honors/roll.js: who has which value of each facet; fetched when somebody first combines two.
//   qunyingRoll({"total": 61, "each": 200, "levels": {"national": ["国", "国家级"]},
//                "facets": {"level": {"national": "0 3 1"}}})
// The places of an option in the roll are written as steps from the one before, in base 36.
//
// honors/roll-N.js: those who stand from (N-1)×each on, as their cards show them on the roll's own pages.
//   qunyingRollCards(1, [{"title": "王样例", "url": "../people/wang-yangli.html", …}])
// A card has the keys title, url, kind, tile, level, post, epithet, region, note, distinction, years,
// deceased, framed, plain_face, src, srcset and tone, those only that it has anything under.
//
// Nothing where the theme goes without `refine`. `context` and `keys` must outlive the files.
std::vector<PlainFile> plan_roll_files(const PageContext& context, const PageKeys& keys);

// The path of honors/roll.js, empty where there is none.
std::string roll_file(const ThemeConfig& theme);

}  // namespace qunying
