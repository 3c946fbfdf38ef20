#pragma once
// `site`, `page` and `assets`: what surrounds every page. Nothing here depends on what else is published, so
// that one new person does not rewrite every page.
#include <set>
#include <string>
#include <string_view>

#include "pages/scope.h"

namespace qunying {

struct Crumb {
    std::string title;
    std::string path;  // empty: this page
};

// What one page says about itself.
struct PageFacts {
    std::string_view type;  // record
    std::string_view kind;  // person, or empty
    std::string heading = {};
    std::string_view distinction = {};  // what tells it apart from another of this heading, or empty
    std::string description = {};
    std::string image = {};  // of the sharing picture, from the site's root, or empty
    std::vector<Crumb> crumbs = {};
    bool noindex = false;
    std::vector<std::pair<std::string, std::string>> meta = {};  // beside those of the site
    Value json_ld = {};
};

// Sets `site`, `page` and `assets`.
void set_frame(const Scope& scope, const PageJob& job, PageFacts facts, Value::Map& view);

// Parts of the frame; `path` decides which entries of the navigation are current and exact.
Value site_value(const Scope& scope, const std::string& path);
Value assets_value(const Scope& scope);

// The paths that the navigation leads to.
std::set<std::string, std::less<>> navigation_paths(const PageContext& context);

// The absolute address of a page, empty where the site has no base_url.
std::string absolute_url(const PageContext& context, std::string_view path);

}  // namespace qunying
