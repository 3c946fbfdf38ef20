// docs/theme-fields.md, what a template finds of each kind, is made from the table of kinds and from the rule
// by which views leave fields out or rename them. UPDATE_GOLDEN=1 writes it anew.
#include <doctest/doctest.h>

#include "base/text.h"
#include "docs/made_page.h"
#include "model/kinds.h"
#include "pages/field_view.h"
#include "pages/pictured.h"

using namespace qunying;

namespace {

const std::string page_path = "docs/theme-fields.md", themes_path = "docs/themes.md";

std::string parts_of(const FieldSpec& group) {
    std::vector<std::string> parts;
    for (const FieldSpec& part : group.fields)
        if (part.visibility == FieldVisibility::shown) parts.push_back(part.key);
    return "`{" + join(parts, ", ") + "}`";
}

std::string choices_of(const FieldSpec& spec) {
    std::vector<std::string> choices;
    for (const Choice& choice : spec.choices) choices.push_back("`" + choice.key + "` " + choice.label);
    return "`{key, label}`: " + join(choices, ", ");
}

std::string cards_of(const FieldSpec& spec) {
    return spec.targets.empty() ? "**card** of any kind" : "**card** of " + join(spec.targets, ", ");
}

std::string shape_of_one(const FieldSpec& spec) {
    switch (spec.type) {
        case FieldType::text:
            return "text";
        case FieldType::prose:
            return "list of paragraphs";
        case FieldType::number:
            return "whole number";
        case FieldType::boolean:
            return "boolean";
        case FieldType::date:
            return "**date**";
        case FieldType::choice:
            return choices_of(spec);
        case FieldType::reference:
            return cards_of(spec);
        case FieldType::picture:
            return "**picture**";
        case FieldType::file:
            return "**file**";
        case FieldType::group:
            return picture_part(spec).empty() ? parts_of(spec) : "**picture**";
    }
    return "";
}

std::string shape_of(const FieldSpec& spec) { return (spec.list ? "list of " : "") + shape_of_one(spec); }

// What docs/themes.md says of a kind by hand: keys that its views fill with more than the field.
std::string told_of(const std::string& themes, const std::string& kind) {
    const std::size_t begin = themes.find("**" + kind + "**", themes.find("and by kind:"));
    if (begin == std::string::npos) return "";
    return themes.substr(begin, std::min(themes.find("\n- **", begin), themes.find("\n\n", begin)) - begin);
}

void add_row(std::string& page, const FieldSpec& spec, const std::string& told) {
    const FieldPlace place = place_of(spec);
    if (place == FieldPlace::nowhere || place == FieldPlace::card) return;
    const std::string key = spec.key + (place == FieldPlace::renamed ? "_field" : "");
    const bool more = told.find("`" + key + "`") != std::string::npos;
    page += "| `" + key + "` | " + spec.label + " | " +
            (more ? "see [themes.md](themes.md#record)" : shape_of(spec)) + " |\n";
}

void add_table(std::string& page, std::span<const FieldSpec> fields, const std::string& told) {
    page += "| key | field | value |\n|---|---|---|\n";
    for (const FieldSpec& spec : fields) add_row(page, spec, told);
    page += "\n";
}

std::string fields_page() {
    const std::string themes = slurp(themes_path);
    const std::vector<FieldSpec> common = common_fields();
    std::string page =
        "# Fields of each kind in a template\n\nMade from the table of kinds by the docs test; do not edit. "
        "What a "
        "record's page gives as `record` beside the keys of its card, by kind ([themes.md](themes.md) has "
        "the shapes and "
        "what else views hold). Absent fields are none, absent lists empty; private fields are not among "
        "them.\n\n"
        "## Every kind\n\n";
    add_table(page, common, "");
    const Kinds kinds = built_in_kinds();
    for (const Kind& kind : kinds.all()) {
        const bool row = kind.key == "stat";
        // Photographs stand in albums and conferrals in batches, in shapes of their own.
        if (kind.pages != KindPages::own && !row) continue;
        page += "## " + kind.key + "\n\n" + kind.label +
                (row ? ", always a row" : "; template `" + kind.key + ".html`") + "\n\n";
        add_table(page, std::span(kind.fields).subspan(common.size()), told_of(themes, kind.key));
    }
    page.pop_back();
    return page;
}

}  // namespace

TEST_CASE("the page of fields for authors of themes is that of the table of kinds") {
    check_page(page_path, fields_page());
}
