#include "model/relations.h"

#include <doctest/doctest.h>

using namespace qunying;

namespace {

RecordId add(Site& site, std::string_view kind, const std::string& slug) {
    Record record;
    record.kind = site.kinds.must(kind);
    record.slug = record.title = slug;
    record.fields.resize(site.kinds[record.kind].fields.size());
    site.records.push_back(std::move(record));
    return static_cast<RecordId>(site.records.size() - 1);
}

void set(Site& site, RecordId record, std::string_view key, FieldValue value) {
    field_of(site.kinds, site[record], key) = std::move(value);
}

void set_level(Site& site, RecordId award, std::string_view level) {
    const Kind& kind = site.kind_of(award);
    set(site, award, "level", {ChoiceValue{*kind.fields[*kind.find("level")].find_choice(level)}, {}, {}});
}

RecordId add_batch(Site& site, RecordId award, int year) {
    const RecordId batch = add(site, "batch", "b" + std::to_string(year));
    set(site, batch, "award", {award, {}, {}});
    set(site, batch, "year", {PartialDate{year, 0, 0}, {}, {}});
    return batch;
}

void confer(Site& site, RecordId batch, RecordId to) {
    Conferral made;
    made.batch = batch;
    made.recipient = to;
    site.conferrals.push_back(made);
}

}  // namespace

TEST_CASE("levels stand in the order of precedence") {
    CHECK(level_rank("national") == 0);
    CHECK(level_rank("provincial") == 1);
    CHECK(level_rank("municipal") == 2);
    CHECK(level_rank("county") == 3);
    CHECK(level_rank("unit") == 4);
    CHECK(level_rank("") == 5);
    CHECK(level_rank("galactic") == 5);
}

TEST_CASE("what somebody received comes by level, then newest first; claims by their stated level") {
    Site site;
    const RecordId person = add(site, "person", "p");
    const RecordId national = add(site, "award", "n"), municipal = add(site, "award", "m");
    set_level(site, national, "国家级");
    set_level(site, municipal, "全市");
    confer(site, add_batch(site, municipal, 2020), person);
    confer(site, add_batch(site, national, 2010), person);
    confer(site, add_batch(site, municipal, 2022), person);
    Conferral claim;
    claim.recipient = person;
    claim.claim_level = "provincial";
    site.conferrals.push_back(claim);
    confer(site, no_record, no_record);
    const Relations relations = relate(site);
    CHECK(relations.received[static_cast<std::size_t>(person)] == std::vector<std::size_t>{1, 3, 2, 0});
}

TEST_CASE("back-links come once each, through lists and groups, and not from records that are gone") {
    Site site;
    const RecordId person = add(site, "person", "p"), team = add(site, "team", "t");
    const RecordId event = add(site, "event", "e"), gone = add(site, "event", "g");
    set(site, team, "leader", {person, {}, {}});
    const FieldValue twice{ListValue{{{person, {}, {}}, {person, {}, {}}}}, {}, {}};
    set(site, event, "people", twice);
    set(site, gone, "people", twice);
    site[gone].live = false;
    site[event].story.parts = {StoryLink{person, "", {}}};
    const Relations relations = relate(site);
    CHECK(relations.pointing_to(site, person, "team") == std::vector<RecordId>{team});
    CHECK(relations.pointing_to(site, person, "event") == std::vector<RecordId>{event});
    CHECK(relations.pointing_to(site, person, "event", "story") == std::vector<RecordId>{event});
    CHECK(relations.pointing_to(site, person, "team", "parent").empty());
    CHECK(relations.to_record[static_cast<std::size_t>(person)].size() == 3);
}

TEST_CASE("a record is found by kind and slug, live or not") {
    Site site;
    add(site, "person", "a");
    const RecordId b = add(site, "person", "b");
    add(site, "team", "b");
    site[b].live = false;
    CHECK(site.find(site.kinds.must("person"), "b") == b);
    CHECK_FALSE(site.find(site.kinds.must("person"), "c").has_value());
    CHECK(site.of_kind("person").size() == 1);
    CHECK(site.of_kind("nothing").empty());
}
