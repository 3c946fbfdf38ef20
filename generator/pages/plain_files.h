#pragma once
// The files that no template makes: sitemap, feed, robots, machine-readable lists, generated stylesheet.
#include <functional>
#include <string>
#include <vector>

#include "base/digest.h"
#include "pages/page_plan.h"

namespace qunying {

// One such file: made when somebody calls `make`, which may be on a thread of its own.
struct PlainFile {
    std::string path;
    Digest key = {};  // while it is the same, so are the bytes; zeros: unknown
    std::function<std::string()> make;
};

// sitemap.xml and feed.xml (both only where base_url is known), robots.txt, static/tones.css, and, unless
// `exports: no`, data/*.json and data/*.csv. Sorted by path. `data` is PageKeys::data, or zeros. `context`
// and `pages` must outlive them.
std::vector<PlainFile> plan_plain_files(const PageContext& context, const std::vector<PageJob>& pages,
                                        const Digest& data);

}  // namespace qunying
