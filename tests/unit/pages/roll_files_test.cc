// What a script combines must be what the plain pages show.
#include "pages/roll_files.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/text.h"
#include "pages/list_view.h"
#include "pages/shared_views.h"
#include "unit/pages/built_site.h"
#include "unit/pages/full_site.h"

using namespace qunying;
using namespace qunying::test;

namespace {

struct RollFiles {
    std::map<std::string, std::string> texts;

    explicit RollFiles(BuiltSite& built) {
        const SharedViews shared = share_views(built.context);
        built.context.shared = &shared;
        const PageKeys keys(built.context, {});
        for (const PlainFile& file : plan_roll_files(built.context, keys)) texts[file.path] = file.make();
        built.context.shared = nullptr;
    }

    // What stands between the brackets of the call.
    JsonValue argument(const std::string& path, const std::string& before) const {
        const auto found = texts.find(path);
        REQUIRE(found != texts.end());
        const std::string& text = found->second;
        REQUIRE(text.starts_with(before));
        REQUIRE(text.ends_with(")\n"));
        auto value = read_json(text.substr(before.size(), text.size() - before.size() - 2));
        REQUIRE(value);
        return std::move(*value);
    }
};

std::vector<std::size_t> places_in(const std::string& steps) {
    std::vector<std::size_t> places;
    std::size_t at = 0;
    for (const std::string_view step : split(steps, ' ')) {
        std::size_t more = 0;
        std::from_chars(step.data(), step.data() + step.size(), more, 36);
        places.push_back(at += more);
    }
    return places;
}

}  // namespace

TEST_CASE("the script of the roll names for each option whom its plain page lists") {
    BuiltSite built(full_site());
    const RollFiles files(built);
    const JsonValue all = files.argument("honors/roll.js", "qunyingRoll(");
    CHECK(all.find("total")->integer == static_cast<std::int64_t>(built.index.roll.size()));
    const JsonValue& facets = *all.find("facets");
    REQUIRE(facets.members.size() == built.index.facets.size());
    for (const Facet& facet : built.index.facets) {
        const JsonValue* options = facets.find(facet.name);
        REQUIRE(options);
        REQUIRE(options->members.size() == facet.options.size());
        for (const FacetOption& option : facet.options) {
            std::vector<RecordId> named;
            for (const std::size_t place : places_in(options->find(option.key)->text))
                named.push_back(built.index.roll.at(place));
            CHECK(named == option.items);
        }
    }
    CHECK(all.find("levels")->find("national")->items[0].text == "国");
}

TEST_CASE("the cards of the roll say what the cards of its pages say") {
    BuiltSite built(full_site());
    const RollFiles files(built);
    const JsonValue cards = files.argument("honors/roll-1.js", "qunyingRollCards(1,");
    REQUIRE(cards.items.size() == built.index.roll.size());
    const PageJob* job = built.job("honors/index.html");
    REQUIRE(job);
    const Value view = view_of(built.context, *job);
    const auto shown = view.find("roll")->find("items")->items();
    for (std::size_t i = 0; i < shown.size(); ++i) {
        for (const std::string key :
             {"title", "url", "kind", "post", "epithet", "region", "note", "distinction", "years"}) {
            const Value* value = shown[i].find(key);
            const JsonValue* written = cards.items[i].find(key);
            CHECK_MESSAGE((written ? written->text : "") == (value->is_string() ? value->as_text() : ""),
                          key);
        }
        CHECK((cards.items[i].find("deceased") != nullptr) == shown[i].find("deceased")->truthy());
        CHECK((cards.items[i].find("framed") != nullptr) == shown[i].find("framed")->truthy());
        const Value* picture = shown[i].find("picture");
        const bool pictured = picture->is_map() && picture->find("card")->is_map();
        CHECK((cards.items[i].find("src") != nullptr) == pictured);
        const Value* level = shown[i].find("level");
        CHECK((cards.items[i].find("level") ? cards.items[i].find("level")->text : "") ==
              (level->is_map() ? level->find("key")->as_text() : ""));
    }
}

TEST_CASE("a theme that goes without refining has neither the scripts nor their address") {
    BuiltSite built(full_site(), {}, {"refine"});
    CHECK(RollFiles(built).texts.empty());
    const Value view = view_of(built.context, *built.job("honors/index.html"));
    CHECK(view.find("roll")->find("data_url")->is_none());
    BuiltSite with(full_site());
    const Value other = view_of(with.context, *with.job("honors/index.html"));
    CHECK(other.find("roll")->find("data_url")->as_text() == "../honors/roll.js");
}

TEST_CASE("two hundred cards a file, each file with the key of its own cards") {
    SiteBuilder builder;
    for (int i = 0; i < 450; ++i) builder.add("person", "p" + std::to_string(i), "王样例");
    BuiltSite built(std::move(builder.site));
    const SharedViews shared = share_views(built.context);
    built.context.shared = &shared;
    const PageKeys keys(built.context, {});
    const auto files = plan_roll_files(built.context, keys);
    REQUIRE(files.size() == 4);
    CHECK(files[3].path == "honors/roll-3.js");
    CHECK(files[1].key != files[2].key);
    CHECK(files[1].key != Digest{});
    CHECK(files[3].make().starts_with("qunyingRollCards(3,["));
}
