#include "commands/gap_table.h"

#include <array>
#include <fmt/format.h>

#include "base/text.h"
#include "pages/csv.h"
#include "rules/gap_words.h"

namespace qunying {
namespace {

// A date that nobody wrote down leaves no hole in the sentence.
std::string sentence(const char* pattern, const std::string& detail) {
    std::string text = replace_all(pattern, "{}", detail);
    return replace_all(replace_all(text, "  ", ""), " ，", "，");
}

std::string status_of(const Site& site, RecordId id) {
    if (!site[id].readable) return {};
    const FieldValue& value = field_of(site, id, "status");
    const auto* choice = std::get_if<ChoiceValue>(&value.content);
    if (!choice) return {};
    const Kind& kind = site.kind_of(id);
    return kind.fields[*kind.find("status")].choices[choice->index].label;
}

}  // namespace

std::string gap_csv(const Site& site, const Sources& sources, const std::vector<GapFinding>& gaps,
                    Language language) {
    CsvWriter csv;
    if (language == Language::chinese)
        csv.row({"问题", "类别", "编号", "名称", "所属单位", "状态", "文件", "说明", "怎么办"});
    else
        csv.row({"gap", "kind", "id", "name", "unit", "status", "file", "what", "cure"});
    for (const GapFinding& gap : gaps) {
        const Record& record = site[gap.record];
        const Kind& kind = site.kind_of(gap.record);
        const GapWords& words = words_of(gap.gap, language);
        const std::string unit(record.readable ? text_of(site, gap.record, "org") : std::string_view());
        csv.row({words.label, language == Language::chinese ? kind.label : kind.key, record.slug,
                 record.title, unit, status_of(site, gap.record),
                 record.where.known() ? sources[record.where.source].path : std::string(),
                 sentence(words.what, gap.detail), words.cure});
    }
    return csv.finish();
}

std::string gap_sums(const std::vector<GapFinding>& gaps, Language language) {
    std::array<std::size_t, gap_count> counts{};
    for (const GapFinding& gap : gaps) ++counts[static_cast<std::size_t>(gap.gap)];
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < gap_count; ++i) {
        if (counts[i] > 0)
            parts.push_back(fmt::format("{} {}", words_of(static_cast<Gap>(i), language).label, counts[i]));
    }
    return join(parts, language == Language::chinese ? "，" : ", ");
}

}  // namespace qunying
