#pragma once
// Parts of views that many pages have in common, made once before views are built in parallel. Without them
// every view is the same, only slower: a person's card stands on some thirty pages.
#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pages/page_plan.h"

namespace qunying {

// What all honours of a batch have in common.
struct BatchHonour {
    Value title, level, year, award, batch, authorities, authority, doc_no, date;
};

struct SharedViews {
    std::vector<Value>
        cards;  // by RecordId, as pages one folder deep show them; none where it is not published
    std::map<std::string, std::vector<Value>, std::less<>> facets;  // by root: of the roll, no option current
    std::map<std::string, Value, std::less<>> levels;               // by key
    std::map<RecordId, BatchHonour> honours;                        // by batch, for pages one folder deep
    std::set<std::string, std::less<>> navigation;                  // paths that the navigation leads to
    std::map<std::string, Value, std::less<>> assets;               // by root
    std::map<std::pair<std::string, std::string>, Value> sites;     // by root and folder, no entry exact
};

// `context.shared` must not be set yet.
SharedViews share_views(const PageContext& context, unsigned threads = 1);

}  // namespace qunying
