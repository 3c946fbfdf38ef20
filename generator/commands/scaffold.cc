#include "commands/scaffold.h"

#include <array>

#include "base/text.h"

namespace qunying {
namespace {

// Fields that a scaffold leaves to those who look for them in the handbook.
constexpr std::array<std::string_view, 12> seldom = {
    "id",     "aliases", "publish_on", "publish_until", "withdrawn_on", "withdrawn_reason",
    "review", "noindex", "order",      "featured",      "updated",      "stroke_key"};

bool is_seldom(const FieldSpec& field) {
    for (const std::string_view key : seldom) {
        if (field.key == key) return true;
    }
    return false;
}

std::string choices_text(const FieldSpec& field) {
    std::vector<std::string> labels;
    for (const Choice& choice : field.choices) labels.push_back(choice.label);
    return join(labels, " / ");
}

std::string comment_of(const FieldSpec& field) {
    std::vector<std::string> notes;
    if (!field.choices.empty()) notes.push_back(choices_text(field));
    if (!field.help.empty()) notes.push_back(field.help);
    if (field.type == FieldType::date) notes.push_back("如 1949、1949-09");
    return notes.empty() ? "" : "   # " + join(notes, "；");
}

// {文件: , 说明: } for a group, [] for a list: the shape is shown, the content left to the author.
std::string empty_value(const FieldSpec& field) {
    std::string value;
    if (!field.fields.empty()) {
        std::vector<std::string> parts;
        for (const FieldSpec& part : field.fields) parts.push_back(part.label + ": ");
        value = "{" + join(parts, ", ") + "}";
    }
    return field.list ? "[" + value + "]" : value;
}

std::string quoted(std::string_view name) {
    const bool plain = name.find_first_of(":#{}[],&*!|>'\"%@`\\") == std::string_view::npos &&
                       !name.starts_with('-') && !name.starts_with('?');
    return plain ? std::string(name) : "'" + replace_all(name, "'", "''") + "'";
}

bool takes_the_name(const Kind& kind, const FieldSpec& field) {
    const char* key = kind.find("name")                             ? "name"
                      : kind.find("topic") && kind.key == "lecture" ? "topic"
                      : kind.find("headline")                       ? "headline"
                      : kind.find("label")                          ? "label"
                                                                    : "title";
    return field.key == key;
}

}  // namespace

std::string scaffold(const Kind& kind, std::string_view name) {
    std::string text = "---\n";
    for (const FieldSpec& field : kind.fields) {
        const bool named = takes_the_name(kind, field);
        if ((is_seldom(field) || (field.key == "title" && !named))) continue;
        if (named) {
            text += field.label + ": " + quoted(name) + "\n";
        } else if (field.key == "status") {
            text += field.label + ": 草稿" + comment_of(field) + "\n";
        } else if (field.need != FieldNeed::optional) {
            text += field.label + ": " + empty_value(field) + comment_of(field) + "\n";
        } else {
            text += "# " + field.label + ": " + empty_value(field) + comment_of(field) + "\n";
        }
    }
    return text +
           "---\n\n在这里写正文。空一行另起一段；“## 小标题”是小标题；插图写作 `![说明](照片.jpg "
           "\"图注\")`。\n";
}

}  // namespace qunying
