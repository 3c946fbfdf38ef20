#include "pages/shared_views.h"

#include <set>

#include "base/parallel.h"
#include "pages/card_view.h"
#include "pages/frame_view.h"
#include "pages/honour_view.h"
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
    const Site& site = context.site;
    SharedViews shared;
    const Kind& award = site.kinds[site.kinds.must("award")];
    for (const Choice& level : award.fields[*award.find("level")].choices)
        shared.levels.emplace(level.key, level_value(site, level.key));
    shared.navigation = navigation_paths(context);
    PageContext with_levels = context;
    with_levels.shared = &shared;
    const Scope one_deep{with_levels, "../"};
    shared.cards = parallel_map(threads, site.records.size(), [&](std::size_t i) {
        const auto id = static_cast<RecordId>(i);
        return is_shown(site, id) ? card_map(one_deep, id).build() : Value();
    });
    for (const RecordId batch : context.index.by_kind[static_cast<std::size_t>(site.kinds.must("batch"))])
        shared.honours.emplace(batch, honour_of_batch(one_deep, batch));
    for (const auto& [root, folder] : folders_of(context)) {
        const Scope scope{context, root};
        shared.sites.emplace(std::pair(root, folder), site_value(scope, folder + "/"));
        if (!shared.assets.count(root)) shared.assets.emplace(root, assets_value(scope));
        if (!root.empty() && !shared.facets.count(root)) shared.facets.emplace(root, roll_facets(scope));
    }
    return shared;
}

}  // namespace qunying
