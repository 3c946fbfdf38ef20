#include "pages/list_view.h"

#include "unit/pages/built_site.h"

using namespace qunying;
using namespace qunying::test;

namespace {

Site people(std::size_t count, int page_size) {
    SiteBuilder build;
    build.site.settings.page_size = page_size;
    for (std::size_t i = 0; i < count; ++i) build.add("person", "p" + std::to_string(100 + i), "王样例");
    return build.site;
}

std::size_t pages_of(const BuiltSite& built, std::string_view start) {
    return static_cast<std::size_t>(
        std::count_if(built.jobs.begin(), built.jobs.end(),
                      [&](const PageJob& job) { return job.path.starts_with(start); }));
}

}  // namespace

TEST_CASE("a list takes one page more exactly when it must") {
    CHECK(pages_for(0, 3) == 1);
    CHECK(pages_for(1, 3) == 1);
    CHECK(pages_for(3, 3) == 1);
    CHECK(pages_for(4, 3) == 2);
    CHECK(pages_for(6, 3) == 2);
    CHECK(pages_for(7, 3) == 3);
}

TEST_CASE("the roll is there even when it is empty") {
    const BuiltSite built(people(0, 3));
    const Value roll = at(built.view("honors/index.html"), "roll");
    CHECK(at(roll, "total").as_integer() == 0);
    CHECK(at(roll, "items").size() == 0);
    CHECK(at(roll, "pagination.pages").as_integer() == 1);
    CHECK(at(roll, "pagination.links").size() == 0);
    CHECK(built.job("people/index.html") == nullptr);
}

TEST_CASE("page_size people take one page, one more takes two, and nobody is lost or doubled") {
    const BuiltSite full(people(3, 3));
    CHECK(full.job("honors/index-2.html") == nullptr);
    const BuiltSite more(people(4, 3));
    const Value first = at(more.view("honors/index.html"), "roll");
    const Value second = at(more.view("honors/index-2.html"), "roll");
    CHECK(at(first, "items").size() == 3);
    CHECK(at(second, "items").size() == 1);
    CHECK(text_at(first, "pagination.next_url") == "../honors/index-2.html");
    CHECK(at(first, "pagination.previous_url").is_none());
    CHECK(text_at(second, "pagination.previous_url") == "../honors/index.html");
    CHECK(at(second, "pagination.next_url").is_none());
    CHECK(column(second, "items", "id") == std::vector<std::string>{"p103"});
    CHECK(more.job("honors/index-3.html") == nullptr);
    CHECK(at(at(more.view("people/index-2.html"), "list"), "groups.0.items").size() == 1);
    CHECK(text_at(more.view("people/index-2.html"), "page.heading") == "人物（第 2 页）");
}

TEST_CASE("a page size below one is one") { CHECK(pages_of(BuiltSite(people(2, 0)), "honors/index") == 2); }

TEST_CASE("facet pages have addresses of their own, also their later pages") {
    const BuiltSite built(people(4, 3));
    const Value roll = at(built.view("honors/surname-wang-738b-p2.html"), "roll");
    CHECK(text_at(roll, "facet.name") == "surname");
    CHECK(text_at(roll, "facet.title") == "王");
    CHECK(text_at(roll, "pagination.previous_url") == "../honors/surname-wang-738b.html");
    CHECK(text_at(roll, "items.0.url") == "../people/p103.html");
    CHECK(at(roll, "indexes.2.options.0.current").truthy());
    CHECK_FALSE(at(roll, "indexes.0.options.0.current").truthy());
    CHECK(at(roll, "indexes.2.options.0.count").as_integer() == 4);
}

TEST_CASE("every option of every facet leads to a page") {
    SiteBuilder build;
    build.site = people(4, 3);
    const RecordId batch = build.batch("b1", build.award("a1", "样例奖", "national"), "2020");
    build.confer(batch, RecordId{0});
    build.set(RecordId{1}, "region", "东区");
    const BuiltSite built(build.site);
    const Value roll = at(built.view("honors/index.html"), "roll");
    for (const char* list : {"facets", "indexes"}) {
        const Value facets = at(roll, list);
        for (const Value& facet : facets.items()) {
            const Value options = at(facet, "options");
            CHECK(options.size() > 0);
            for (const Value& option : options.items())
                CHECK(built.job(text_at(option, "url").substr(3)) != nullptr);
        }
    }
}

TEST_CASE("far pages are folded into a gap") {
    const BuiltSite built(people(30, 2));
    const Value links = at(built.view("honors/index-8.html"), "roll.pagination.links");
    std::string shown;
    for (const Value& link : links.items())
        shown +=
            (at(link, "current").truthy() ? "[" + text_at(link, "label") + "]" : text_at(link, "label")) +
            " ";
    CHECK(shown == "1 … 6 7 [8] 9 10 … 15 ");
}

TEST_CASE("groups go on over the pages") {
    SiteBuilder build;
    build.site.settings.page_size = 2;
    for (int i = 0; i < 3; ++i)
        build.add("event", "a" + std::to_string(i), "事", {{"date", "2021-0" + std::to_string(i + 1)}});
    build.add("event", "b", "旧事", {{"date", "2019"}});
    const BuiltSite built(build.site);
    CHECK(column(built.view("events/index.html"), "list.groups", "title") ==
          std::vector<std::string>{"2021年"});
    CHECK(column(built.view("events/index-2.html"), "list.groups", "title") ==
          std::vector<std::string>{"2021年", "2019年"});
    CHECK(at(built.view("events/index-2.html"), "list.total").as_integer() == 4);
}

TEST_CASE("the home page shows the site's blocks, without those that are empty") {
    SiteBuilder build;
    build.add("person", "a", "王样例", {{"featured", "yes"}});
    build.add("stat", "s", "志愿者", {{"value", "3570"}, {"unit", "名"}});
    const BuiltSite usual(build.site);
    CHECK(column(usual.view("index.html"), "blocks", "name") ==
          std::vector<std::string>{"featured", "people", "stats"});
    CHECK(text_at(usual.view("index.html"), "blocks.2.items.0.display") == "3570 名");
    CHECK(text_at(usual.view("index.html"), "blocks.1.items.0.url") == "people/a.html");
    build.site.settings.home_blocks = {"数据", "honors", "videos", "nothing"};
    const BuiltSite asked(build.site);
    CHECK(column(asked.view("index.html"), "blocks", "name") == std::vector<std::string>{"stats", "honors"});
}
