#pragma once
// search/: the index of the site in parts, each made on its own and only when its key changed; and the view
// of search.html.
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "pages/page_keys.h"
#include "pages/scope.h"
#include "pages/search_source.h"

namespace qunying {

// The path of the page of search, empty where the theme goes without.
std::string search_page(const ThemeConfig& theme);

struct SearchPart {
    std::string name;  // search/names; those of another name are other files
    Digest key;        // while it is the same, so are the files
    std::function<void(const TakeShard&)> make;
};

// Nothing where the theme goes without `search`. `context` and `keys` must outlive the parts.
std::vector<SearchPart> plan_search(const std::shared_ptr<const SiteSearch>& search, const PageKeys& keys);

// The part that holds the story of a record; empty where it is not searched.
std::string search_part_of(const SiteSearch& search, RecordId id);
// A part of that name by itself, without a key.
SearchPart texts_part(const std::shared_ptr<const SiteSearch>& search, const std::string& name);

// {index_url, indexes, lists}: where to look without a script.
Value search_value(const Scope& scope);

}  // namespace qunying
