// A key may change too often, but never too seldom: whatever changes of what a site is made of, a page whose
// view changes has another key.
#include "pages/page_keys.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "pages/roll_files.h"
#include "pages/search_files.h"
#include "pages/shared_views.h"
#include "unit/pages/changing_site.h"

using namespace qunying;
using namespace qunying::test;

namespace {

struct PageState {
    Digest view;
    std::optional<Digest> key;
};
using Pages = std::map<std::string, PageState>;
// Of the files whose key is known.
struct FileState {
    std::string bytes;
    Digest key;
};
struct SiteState {
    Pages pages;
    std::map<std::string, FileState> files;
};

SiteState state_of(BuiltSite& built, const Digest& outside) {
    const SharedViews shared = share_views(built.context);
    built.context.shared = &shared;
    const PageKeys keys(built.context, outside, 2);
    SiteState state;
    for (const PageJob& job : built.jobs)
        state.pages[job.path] = {view_of(built.context, job).digest(), keys.page(job)};
    for (const PlainFile& file : plan_plain_files(built.context, built.jobs, keys.data()))
        if (file.key != Digest{}) state.files[file.path] = {file.make(), file.key};
    for (const SearchPart& part : plan_search(std::make_shared<SiteSearch>(built.context), keys)) {
        FileState& all = state.files[part.name];
        all.key = part.key;
        part.make([&](SearchShard&& shard) { all.bytes += shard.name + shard.bytes; });
    }
    for (const PlainFile& file : plan_roll_files(built.context, keys))
        if (file.key != Digest{}) state.files[file.path] = {file.make(), file.key};
    return state;
}

SiteState state_of(const ChangingSite& site) {
    BuiltSite built(site.site());
    site.set_context(built);
    return state_of(built, site.outside());
}

SiteState state_of(const Site& site) {
    BuiltSite built(site);
    return state_of(built, {});
}

// Pages with one key and two views; how many pages have another key although their view is the same.
std::size_t compare(const SiteState& before, const SiteState& after, const std::string& change) {
    std::size_t too_often = 0;
    for (const auto& page : after.pages) {
        const auto was = before.pages.find(page.first);
        if (was == before.pages.end() || !page.second.key) continue;
        const bool same_view = was->second.view == page.second.view;
        const bool same_key = was->second.key == page.second.key;
        CHECK_MESSAGE((same_view || !same_key), page.first, " after ", change);
        too_often += same_view && !same_key ? 1U : 0U;
    }
    for (const auto& file : after.files) {
        const auto was = before.files.find(file.first);
        const bool same_key = was != before.files.end() && was->second.key == file.second.key;
        CHECK_MESSAGE((!same_key || was->second.bytes == file.second.bytes), file.first, " after ", change);
    }
    return too_often;
}

std::set<std::string> changed_keys(const SiteState& before, const SiteState& after) {
    std::set<std::string> changed;
    for (const auto& [path, now] : after.pages) {
        const auto was = before.pages.find(path);
        if (was != before.pages.end() && now.key && was->second.key != now.key) changed.insert(path);
    }
    return changed;
}

}  // namespace

TEST_CASE("a view that changes changes its key") {
    std::size_t changed_views = 0, kept_keys = 0;
    for (unsigned seed = 1; seed <= 25; ++seed) {
        CAPTURE(seed);
        ChangingSite site(seed);
        SiteState before = state_of(site);
        for (int round = 0; round < 40; ++round) {
            CAPTURE(round);
            const std::string change = site.change();
            SiteState after = state_of(site);
            compare(before, after, change);
            for (const auto& [path, now] : after.pages) {
                const auto was = before.pages.find(path);
                if (was == before.pages.end()) continue;
                changed_views += was->second.view == now.view ? 0U : 1U;
                kept_keys += was->second.key == now.key ? 1U : 0U;
            }
            before = std::move(after);
        }
    }
    // The test means something only where both happen often.
    CHECK(changed_views > 5'000);
    CHECK(kept_keys > 5'000);
}

TEST_CASE("what is not changed keeps its key") {
    const ChangingSite site(3);
    const SiteState before = state_of(site), again = state_of(site);
    CHECK(changed_keys(before, again).empty());
    CHECK(compare(before, again, "nothing") == 0);
}

TEST_CASE("a story changes the keys of its page and of those beside it, whatever else is published") {
    SiteBuilder build;
    const RecordId award = build.award("a", "样例奖", "national");
    const RecordId batch = build.batch("b", award, "2020");
    std::vector<RecordId> people;
    for (const char* slug : {"p1", "p2", "p3"}) {
        people.push_back(build.add("person", slug, std::string("样例") + slug));
        build.confer(batch, people.back());
    }
    build.site[build.add("team", "t", "样例队")]
        .fields[*build.site.kinds[build.site.kinds.must("team")].find("leader")] = {people[1], {}, {}};
    const SiteState before = state_of(build.site);
    build.story(people[1], {StoryText{"<p>正文</p>", {}}});
    CHECK(changed_keys(before, state_of(build.site)) ==
          std::set<std::string>{"people/p2.html", "teams/t.html"});
}
