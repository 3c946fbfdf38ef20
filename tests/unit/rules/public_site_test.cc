// What is private or unpublished is gone from the public site by construction, whatever the kind.
#include <doctest/doctest.h>

#include "rules/publication.h"

using namespace qunying;

namespace {

constexpr const char* secret = "SECRET";
constexpr const char* shown = "shown";

// A value for every part of a field: texts say whether the field, or one around it, is private.
FieldValue filled(const FieldSpec& spec, bool is_secret);

FieldValue single(const FieldSpec& spec, bool is_secret) {
    switch (spec.type) {
        case FieldType::group:
        case FieldType::picture: {
            GroupValue group;
            for (const FieldSpec& part : spec.fields) group.fields.push_back(filled(part, is_secret));
            return {std::move(group), {}, {}};
        }
        case FieldType::file:
            return {FileValue{is_secret ? secret : shown}, {}, {}};
        case FieldType::number:
            return {std::int64_t{1}, {}, {}};
        case FieldType::boolean:
            return {true, {}, {}};
        case FieldType::date:
            return {PartialDate{1949, 9, 0}, {}, {}};
        case FieldType::choice:
            return {ChoiceValue{0}, {}, {}};
        case FieldType::reference:
            return {RecordId{0}, {}, {}};
        default:
            return {std::string(is_secret ? secret : shown), {}, {}};
    }
}

FieldValue filled(const FieldSpec& spec, bool is_secret) {
    is_secret = is_secret || spec.visibility == FieldVisibility::secret;
    if (!spec.list) return single(spec, is_secret);
    return {ListValue{{single(spec, is_secret)}}, {}, {}};
}

// One record of every kind, every field filled. Record 0 is a person.
Site filled_site() {
    Site site;
    for (std::size_t i = 0; i < site.kinds.all().size(); ++i) {
        Record record;
        record.kind = static_cast<KindId>(i);
        record.slug = record.title = "r" + std::to_string(i);
        for (const FieldSpec& spec : site.kinds.all()[i].fields) record.fields.push_back(filled(spec, false));
        record.content_digest = secret;
        site.records.push_back(std::move(record));
    }
    return site;
}

std::size_t texts_in(const FieldValue& value, std::string_view wanted) {
    std::size_t found = text_in(value) == wanted || file_in(value) == wanted ? 1 : 0;
    for (const FieldValue& item : items_in(value)) found += texts_in(item, wanted);
    if (const GroupValue* group = group_in(value)) {
        for (const FieldValue& part : group->fields) found += texts_in(part, wanted);
    }
    return found;
}

std::size_t texts_in(const Site& site, std::string_view wanted) {
    std::size_t found = 0;
    for (const Record& record : site.records) {
        for (const FieldValue& value : record.fields) found += texts_in(value, wanted);
    }
    return found;
}

std::size_t references_to(const FieldValue& value, RecordId target) {
    std::size_t found = reference_in(value) == target ? 1 : 0;
    for (const FieldValue& item : items_in(value)) found += references_to(item, target);
    if (const GroupValue* group = group_in(value)) {
        for (const FieldValue& part : group->fields) found += references_to(part, target);
    }
    return found;
}

Publication all_but(const Site& site, std::optional<std::size_t> unpublished) {
    Publication publication;
    publication.of.assign(site.records.size(), Standing::published);
    if (unpublished) publication.of[*unpublished] = Standing::withheld;
    return publication;
}

}  // namespace

TEST_CASE("no private field of any kind is left") {
    const Site site = filled_site();
    REQUIRE(texts_in(site, secret) > 20);
    Diagnostics diagnostics;
    const Site left = public_site(site, all_but(site, std::nullopt), diagnostics);
    CHECK(texts_in(left, secret) == 0);
    CHECK(texts_in(left, shown) == texts_in(site, shown));
    for (std::size_t i = 0; i < left.records.size(); ++i) {
        const Kind& kind = left.kinds.all()[i];
        CHECK(left.records[i].content_digest.empty());
        for (std::size_t f = 0; f < kind.fields.size(); ++f) {
            CAPTURE(kind.key);
            CAPTURE(kind.fields[f].key);
            const bool is_secret = kind.fields[f].visibility == FieldVisibility::secret;
            CHECK(left.records[i].fields[f].present() == !is_secret);
        }
    }
    CHECK(diagnostics.empty());
}

TEST_CASE("an unpublished person is named by no field of any kind") {
    const Site site = filled_site();
    const RecordId person{0};
    REQUIRE(site.kind_of(person).key == "person");
    Diagnostics diagnostics;
    const Site left = public_site(site, all_but(site, 0), diagnostics);
    for (const Record& record : left.records) {
        for (const FieldValue& value : record.fields) CHECK(references_to(value, person) == 0);
    }
    CHECK(left[person].title.empty());
    CHECK(left[person].fields.empty());
    CHECK(left[person].slug == "r0");  // its address stays known, so that ids stay valid
    CHECK_FALSE(left[person].live);
}

TEST_CASE("a photograph that shows somebody unpublished goes as a whole, in whichever row they stand") {
    Site site = filled_site();
    const KindId album = site.kinds.must("album");
    Diagnostics diagnostics;
    const Site left = public_site(site, all_but(site, 0), diagnostics);
    const Record& record = left.records[static_cast<std::size_t>(album)];
    CHECK_FALSE(field_of(left.kinds, record, "photos").present());
}

TEST_CASE("conferrals of unpublished recipients and batches, and revoked ones, are gone") {
    Site site = filled_site();
    const auto batch = static_cast<RecordId>(static_cast<std::size_t>(site.kinds.must("batch")));
    const auto team = static_cast<RecordId>(static_cast<std::size_t>(site.kinds.must("team")));
    const auto add = [&](RecordId to, bool revoked) {
        Conferral made;
        made.batch = batch;
        made.recipient = to;
        made.revoked = revoked;
        site.conferrals.push_back(made);
    };
    add(RecordId{0}, false);
    add(team, false);
    add(team, true);
    add(no_record, false);
    Diagnostics diagnostics;
    const Site left = public_site(site, all_but(site, 0), diagnostics);
    REQUIRE(left.conferrals.size() == 1);
    CHECK(left.conferrals[0].recipient == team);
    const Site without_batch = public_site(site, all_but(site, static_cast<std::size_t>(batch)), diagnostics);
    CHECK(without_batch.conferrals.empty());
}

TEST_CASE("links to unpublished records lose their names, in the text and in the plain text") {
    Site site = filled_site();
    const std::size_t page = static_cast<std::size_t>(site.kinds.must("page"));
    Story& story = site.records[page].story;
    story.parts = {StoryLink{RecordId{0}, "他的名字", {}}, StoryText{"<p>x</p>"}};
    story.opening = "他的名字 x";
    Diagnostics diagnostics;
    const Site left = public_site(site, all_but(site, 0), diagnostics);
    const auto& link = std::get<StoryLink>(left.records[page].story.parts[0]);
    CHECK(link.target == no_record);
    CHECK(link.text == "一位老同志");
    CHECK(left.records[page].story.opening.empty());
    REQUIRE(diagnostics.items().size() == 1);
    CHECK(diagnostics.items()[0].kind == DiagnosticKind::link_to_unpublished);
}
