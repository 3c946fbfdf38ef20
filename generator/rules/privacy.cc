// Rule 10: no numbers of identity cards, mobiles and bank cards, no home addresses below township and
// subdistrict, no plates of cars. Private fields and remarks are looked at, too: files of a site are copied,
// mailed and handed on as they are, so such numbers belong into none of them.
#include "rules/privacy.h"

#include <algorithm>
#include <array>
#include <set>

#include "rules/rule_list.h"

namespace qunying {
namespace {

// What is written of somebody, where an address is that of a home unless it is plainly none.
Addresses addresses_of(const Kind& kind) {
    const bool of_persons = kind.key == "person" || kind.key == "oral" || kind.key == "photo";
    return of_persons ? Addresses::all : Addresses::homes_alone;
}

// Escapes may write a number so that nobody sees it in the file.
struct Decoded {
    const SourceFile& file;
    Addresses addresses;
    std::span<const std::string> allowed;
    Diagnostics& diagnostics;

    void fields(const FieldTable& table) const {
        table.each([this](std::size_t, const FieldValue& value) { look_at(value); });
    }
    void look_at(const FieldValue& value) const {
        for (const FieldValue& item : items_in(value)) look_at(item);
        if (const GroupValue* group = group_in(value)) fields(group->fields);
        const auto* content = std::get_if<std::string>(&value.content);
        if (!content || value.span.source != file.id) return;
        const std::string_view text = file.text;
        const std::string_view written = text.substr(std::min<std::size_t>(value.span.begin, text.size()),
                                                     value.span.end - value.span.begin);
        if (written.find('\\') == std::string_view::npos || holds_private_data(written)) return;
        // The line itself shows the number to whoever knows the escape, so it is named and not shown.
        const std::string line = std::to_string(line_column(file.text, value.span.begin).line);
        for (const PrivateMatch& match : find_private_data(*content)) {
            if (is_to_be_said(match, *content, addresses, allowed))
                diagnostics.report(finding_of(match.kind), {file.id, 0, 0},
                                   {masked(*content, match), "第 " + line + " 行的转义字符里",
                                    " behind an escape in line " + line});
        }
    }
};

void check_record(const RuleInput& input, const Record& record, Diagnostics& diagnostics) {
    const SourceFile& file = input.sources[record.where.source];
    const auto& allowed = input.site.settings.allowed_words;
    report_private_data(file.path, {file.id, 0, 0}, "文件名里", " in the name of the file", allowed,
                        diagnostics);
    if (!file.loaded) return;
    const Addresses addresses = addresses_of(input.site.kinds[record.kind]);
    report_private_data(file.text, {file.id, 0, 0}, addresses, allowed, diagnostics);
    Decoded{file, addresses, allowed, diagnostics}.fields(record.fields);
}

}  // namespace

DiagnosticKind finding_of(PrivateKind kind) {
    switch (kind) {
        case PrivateKind::id_number:
            return DiagnosticKind::id_number;
        case PrivateKind::mobile:
            return DiagnosticKind::mobile_number;
        case PrivateKind::bank_card:
            return DiagnosticKind::bank_card;
        case PrivateKind::address:
            return DiagnosticKind::home_address;
        case PrivateKind::plate:
            break;
    }
    return DiagnosticKind::car_plate;
}

bool is_to_be_said(const PrivateMatch& match, std::string_view text, Addresses addresses,
                   std::span<const std::string> allowed) {
    if (match.maybe_office && addresses == Addresses::homes_alone) return false;
    return !is_allowed(text.substr(match.begin, match.length), allowed);
}

void report_private_data(std::string_view text, Span base, Addresses addresses,
                         std::span<const std::string> allowed, Diagnostics& diagnostics) {
    for (const PrivateMatch& match : find_private_data(text)) {
        if (!is_to_be_said(match, text, addresses, allowed)) continue;
        const auto begin = base.begin + static_cast<std::uint32_t>(match.begin);
        diagnostics.report(finding_of(match.kind),
                           {base.source, begin, begin + static_cast<std::uint32_t>(match.length)},
                           {masked(text, match), "", ""});
    }
}

void report_private_data(std::string_view text, Span where, std::string_view chinese,
                         std::string_view english, std::span<const std::string> allowed,
                         Diagnostics& diagnostics) {
    for (const PrivateMatch& match : find_private_data(text)) {
        if (!is_to_be_said(match, text, Addresses::homes_alone, allowed)) continue;
        diagnostics.report(finding_of(match.kind), where,
                           {masked(text, match), std::string(chinese), std::string(english)});
    }
}

// 10 E: of files that are no records build/private_files.h sees to.
void check_private_data(const RuleInput& input, Diagnostics& diagnostics) {
    const SiteSettings& settings = input.site.settings;
    std::set<SourceId> seen;
    if (settings.source != no_source) {
        report_private_data(input.sources[settings.source].text, {settings.source, 0, 0},
                            Addresses::homes_alone, settings.allowed_words, diagnostics);
    }
    for (const Record& record : input.site.records) {
        if (record.meant && record.where.known() && seen.insert(record.where.source).second)
            check_record(input, record, diagnostics);
    }
}

}  // namespace qunying
