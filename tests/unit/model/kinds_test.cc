#include "model/kinds.h"

#include <doctest/doctest.h>
#include <set>

using namespace qunying;

namespace {

void check_fields(const std::string& owner, const std::vector<FieldSpec>& fields) {
    std::set<std::string> spellings, others;  // a further spelling gives way to another's key or label
    for (const FieldSpec& field : fields) {
        CAPTURE(owner);
        CAPTURE(field.key);
        CHECK(spellings.insert(field.key).second);
        if (field.label != field.key) CHECK(spellings.insert(field.label).second);
        for (const std::string& spelling : field.other_keys) {
            CAPTURE(spelling);
            CHECK(others.insert(spelling).second);
        }
        CHECK((field.type != FieldType::choice || !field.choices.empty()));
        CHECK((field.shorthand.empty() || field.find(field.shorthand).has_value()));
        std::set<std::string> values;
        for (const Choice& choice : field.choices) CHECK(values.insert(choice.key).second);
        check_fields(owner + "." + field.key, field.fields);
    }
}

}  // namespace

TEST_CASE("no two fields of a kind answer to one word, and every choice and target exists") {
    const Kinds kinds = built_in_kinds();
    std::set<std::string> words;
    for (const Kind& kind : kinds.all()) {
        if (!kind.folder.empty()) check_fields(kind.key, kind.fields);  // others are never files
        CHECK(words.insert(kind.key).second);
        CHECK(words.insert(kind.label).second);
        for (const FieldSpec& field : kind.fields) {
            for (const std::string& target : field.targets) CHECK(kinds.find(target).has_value());
        }
    }
}

TEST_CASE("kinds are found by key, label and folder") {
    const Kinds kinds = built_in_kinds();
    CHECK(kinds.find("person") == kinds.find("人物"));
    CHECK(kinds.of_folder("people") == kinds.of_folder("人物"));
    CHECK_FALSE(kinds.of_folder("").has_value());  // photo and conferral have no folder
    CHECK_FALSE(kinds.find("people").has_value());
}

TEST_CASE("choices are found as people write them") {
    const Kinds kinds = built_in_kinds();
    const Kind& award = kinds[kinds.must("award")];
    const FieldSpec& level = award.fields[*award.find("级别")];
    for (const char* word : {"national", "National", "国家级", "全国", "国家"}) {
        CAPTURE(word);
        CHECK(level.find_choice(word) == std::size_t{0});
    }
    CHECK_FALSE(level.find_choice("").has_value());
    CHECK_FALSE(level.find_choice("世界级").has_value());
}
