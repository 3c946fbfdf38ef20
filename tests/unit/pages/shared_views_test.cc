#include "pages/shared_views.h"

#include "unit/pages/built_site.h"
#include "unit/pages/full_site.h"

using namespace qunying;
using namespace qunying::test;

TEST_CASE("what is shared changes no view") {
    Site site = full_site();
    site.settings.navigation = {{"名册", "honors"}, {"人物", "people"}, {"首页", "home"}};
    BuiltSite built(site);
    const SharedViews shared = share_views(built.context, 2);
    std::vector<Value> before;
    for (const PageJob& job : built.jobs) before.push_back(view_of(built.context, job));
    built.context.shared = &shared;
    for (std::size_t i = 0; i < built.jobs.size(); ++i)
        CHECK_MESSAGE(before[i] == view_of(built.context, built.jobs[i]), built.jobs[i].path);
}

TEST_CASE("a shared card is the very same value on every page") {
    BuiltSite built(full_site());
    const SharedViews shared = share_views(built.context);
    built.context.shared = &shared;
    const RecordId person = named(built.site, "full-person");
    CHECK(shared.cards[static_cast<std::size_t>(person)].find("title")->as_text() == "样例人物");
    CHECK(text_at(built.view("teams/full-team.html"), "record.members.0.person.url") ==
          "../people/full-person.html");
}
