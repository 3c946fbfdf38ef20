#include "pages/shared_views.h"

#include <set>

#include "base/parallel.h"
#include "pages/card_view.h"
#include "pages/frame_view.h"
#include "pages/list_view.h"

namespace qunying {
namespace {

// The folders that pages lie in, with the way back from each.
std::set<std::pair<std::string, std::string>> folders_of(const PageContext& context) {
    std::set<std::pair<std::string, std::string>> folders = {{"", ""}, {"../", "honors"}};
    for (const std::string& list : context.routes.list_of) {
        if (!list.empty()) folders.emplace("../", list.substr(0, list.find('/')));
    }
    return folders;
}

}  // namespace

SharedViews share_views(const PageContext& context, unsigned threads) {
    SharedViews shared;
    const Scope one_deep{context, "../"};
    shared.cards = parallel_map(threads, context.site.records.size(), [&](std::size_t i) {
        return card_value(one_deep, static_cast<RecordId>(i));
    });
    for (const auto& [root, folder] : folders_of(context)) {
        const Scope scope{context, root};
        shared.sites.emplace(std::pair(root, folder), site_value(scope, folder + "/"));
        if (!shared.assets.count(root)) shared.assets.emplace(root, assets_value(scope));
        if (!root.empty() && !shared.facets.count(root)) shared.facets.emplace(root, roll_facets(scope));
    }
    return shared;
}

}  // namespace qunying
