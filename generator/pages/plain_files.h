#pragma once
// The files that no template makes: sitemap, feed, robots, machine-readable lists, generated stylesheet.
#include <string>
#include <vector>

#include "pages/page_plan.h"

namespace qunying {

struct OutputText {
    std::string path;
    std::string bytes;
};

// sitemap.xml and feed.xml (both only where base_url is known), robots.txt, static/tones.css, and, unless
// `exports: no`, data/*.json and data/*.csv. Sorted by path.
std::vector<OutputText> plain_files(const PageContext& context, const std::vector<PageJob>& pages);

}  // namespace qunying
