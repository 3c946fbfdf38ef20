// The handbook's two reference pages are made from the registry of diagnostics and the table of kinds, so
// they cannot lie. UPDATE_GOLDEN=1 writes them anew.
#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>

#include "base/diagnostic.h"
#include "base/text.h"
#include "docs/made_page.h"
#include "model/kinds.h"

using namespace qunying;

namespace {

// Slots {0}, {1} as an ellipsis; a bar would end a table's cell.
std::string cell(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool slot = text[at] == '{' && at + 2 < text.size() && text[at + 2] == '}';
        if (slot)
            out += "…", at += 2;
        else
            out += text[at];
    }
    return replace_all(out, "|", "\\|");
}

std::string diagnostics_page() {
    std::string page =
        "# "
        "程序会说什么\n\n检查和生成时的每一种提示，按编号排列。“错误”必须改正才会发布；“警告”不影响发布，但请"
        "看一看。\n\n"
        "| 编号 | 轻重 | 说什么 | 怎么办 |\n|---|---|---|---|\n";
    std::vector<KindEntry> kinds = all_kinds();
    std::sort(kinds.begin(), kinds.end(), [](const KindEntry& a, const KindEntry& b) { return a.id < b.id; });
    for (const KindEntry& kind : kinds) {
        page += "| `" + std::string(kind.id) + "` | " + (kind.severity == Severity::error ? "错误" : "警告") +
                " | " + cell(kind.chinese) + " | " + cell(kind.chinese_cure) + " |\n";
    }
    return page;
}

const char* type_name(FieldType type) {
    switch (type) {
        case FieldType::text:
            return "文字";
        case FieldType::prose:
            return "长文";
        case FieldType::number:
            return "整数";
        case FieldType::boolean:
            return "是/否";
        case FieldType::date:
            return "日期";
        case FieldType::choice:
            return "选项";
        case FieldType::reference:
            return "引用";
        case FieldType::picture:
            return "图片";
        case FieldType::file:
            return "文件";
        case FieldType::group:
            return "一组";
    }
    return "";
}

std::string notes_of(const FieldSpec& field) {
    std::vector<std::string> notes;
    if (field.need == FieldNeed::required) notes.push_back("必填");
    if (field.need == FieldNeed::required_unless_published) notes.push_back("必填（依据为公开材料时可不写）");
    if (field.list) notes.push_back("可多个");
    if (field.visibility == FieldVisibility::secret) notes.push_back("不公开");
    if (field.longest > 0) notes.push_back("不超过 " + std::to_string(field.longest) + " 字");
    std::vector<std::string> inner;
    for (const Choice& choice : field.choices) inner.push_back(choice.label);
    for (const FieldSpec& part : field.fields) inner.push_back(part.label + " `" + part.key + "`");
    if (!inner.empty()) notes.push_back((field.choices.empty() ? "含：" : "选：") + join(inner, "、"));
    if (!field.help.empty()) notes.push_back(field.help);
    return replace_all(join(notes, "；"), "|", "\\|");
}

void add_fields(std::string& page, const std::vector<FieldSpec>& fields, std::size_t from) {
    page += "| 项目 | 英文 | 类型 | 说明 |\n|---|---|---|---|\n";
    for (std::size_t i = from; i < fields.size(); ++i) {
        page += "| " + fields[i].label + " | `" + fields[i].key + "` | " + type_name(fields[i].type) + " | " +
                notes_of(fields[i]) + " |\n";
    }
    page += "\n";
}

std::string fields_page() {
    const std::vector<FieldSpec> common = common_fields();
    std::string page = "# 各类资料的项目\n\n每一项可以写中文，也可以写英文。\n\n## 各类共有\n\n";
    add_fields(page, common, 0);
    const Kinds kinds = built_in_kinds();
    for (const Kind& kind : kinds.all()) {
        page += "## " + kind.label + " `" + kind.key + "`" +
                (kind.folder.empty() ? "" : "（content/" + kind.folder + "）") + "\n\n";
        add_fields(page, kind.fields, common.size());
    }
    while (page.ends_with("\n\n")) page.pop_back();
    return page;
}

// bad-utf8 → bad_utf8, as tests in C++ call it.
std::string enumerator(std::string_view id) { return replace_all(id, "-", "_"); }

std::string all_tests() {
    std::string text;
    for (const auto& entry : std::filesystem::recursive_directory_iterator("tests")) {
        if (entry.is_regular_file()) text += slurp(entry.path());
    }
    return text;
}

}  // namespace

TEST_CASE("the handbook's page of diagnostics is that of the registry") {
    check_page("docs/handbook/diagnostics.md", diagnostics_page());
}

TEST_CASE("the handbook's page of fields is that of the table of kinds") {
    check_page("docs/handbook/fields.md", fields_page());
}

// Whether `text` names an enumerator as a whole word behind `::`.
bool names_enumerator(const std::string& text, const std::string& name) {
    const auto in_word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    const std::string wanted = "::" + name;
    for (std::size_t at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + 1)) {
        const std::size_t end = at + wanted.size();
        if (end == text.size() || !in_word(text[end])) return true;
    }
    return false;
}

TEST_CASE("every diagnostic has a test that names it") {
    const std::string tests = all_tests();
    for (const KindEntry& kind : all_kinds()) {
        const std::string id(kind.id);
        const bool in_case = tests.find("[" + id + "]") != std::string::npos;
        // "template-cycle" alone, or with its first word behind it.
        const bool quoted = tests.find("\"" + id + "\"") != std::string::npos ||
                            tests.find("\"" + id + " ") != std::string::npos;
        CHECK_MESSAGE((in_case || quoted || names_enumerator(tests, enumerator(kind.id))), id);
    }
}

TEST_CASE("every finding of the rules has a line in the handbook's page of rules") {
    const std::string page = slurp("docs/handbook/rules.md");
    for (const auto& entry : std::filesystem::directory_iterator("generator/rules")) {
        const std::string text = slurp(entry.path());
        const std::string mark = "DiagnosticKind::";
        for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
            const std::size_t begin = at + mark.size();
            const std::size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789", begin);
            const std::string id = replace_all(text.substr(begin, end - begin), "_", "-");
            CHECK_MESSAGE(page.find("`" + id + "`") != std::string::npos, id);
        }
    }
}
