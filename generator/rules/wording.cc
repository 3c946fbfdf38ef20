// Words and characters (domain: rules 11 and 17), and two small courtesies: regions and sources.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "hanzi/names.h"
#include "rules/consent_view.h"
#include "rules/rule_list.h"

namespace qunying {
namespace {

struct Found {
    std::size_t at = std::string_view::npos;
    std::size_t length = 0;
};

// 某 that hides a name or a place; 某种, 某些, 某一 are ordinary words.
bool hides_something(std::string_view after) {
    constexpr std::array<std::string_view, 14> hidden = {"某", "省", "市",   "县",   "区",   "局",   "镇",
                                                         "乡", "村", "街道", "单位", "同志", "领导", "公司"};
    return std::any_of(hidden.begin(), hidden.end(),
                       [after](std::string_view word) { return after.starts_with(word); });
}

// Stars that belong to a list item or a rule stand at the front of a line, with blanks only before them.
bool is_markup_line(std::string_view text, std::size_t at) {
    const std::size_t line = text.rfind('\n', at == 0 ? 0 : at - 1);
    const std::string_view before = text.substr(line == std::string_view::npos ? 0 : line + 1,
                                                at - (line == std::string_view::npos ? 0 : line + 1));
    const std::size_t after = text.find_first_not_of('*', at);
    const bool blank_follows = after == std::string_view::npos || text[after] == ' ' || text[after] == '\n';
    return trim(before).empty() && blank_follows;
}

bool is_ascii_word(std::string_view text, std::size_t at) {
    const char c = at < text.size() ? text[at] : ' ';
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// XX, xx and ××, but not the xx of Foxx or XXL.
bool is_row_of_crosses(std::string_view text, std::size_t at) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("××")) return true;
    if (!rest.starts_with("XX") && !rest.starts_with("xx")) return false;
    return (at == 0 || !is_ascii_word(text, at - 1)) &&
           !is_ascii_word(rest, std::min(rest.find_first_not_of(rest[0]), rest.size()));
}

// Bytes with which a mask may begin: * X x, and the first bytes of × and 某. Everything else is passed over
// at the speed of a table, since nearly every text is free of masks.
constexpr std::array<bool, 256> mask_beginnings() {
    std::array<bool, 256> may{};
    for (const char c : {'*', 'X', 'x', '\xC3', '\xE6'}) may[static_cast<unsigned char>(c)] = true;
    return may;
}

// One hanzi in six begins with the first byte of 某.
bool is_some_other_hanzi(std::string_view text, std::size_t at) {
    return text[at] == '\xE6' && text.substr(at + 1, 2) != "\x9F\x90";
}

std::size_t next_beginning(std::string_view text, std::size_t from) {
    static constexpr std::array<bool, 256> may_begin = mask_beginnings();
    for (; from < text.size(); ++from) {
        if (may_begin[static_cast<unsigned char>(text[from])] && !is_some_other_hanzi(text, from)) break;
    }
    return from;
}

Found next_mask(std::string_view text, std::size_t from) {
    constexpr std::string_view mou = "某", cross = "×";
    for (std::size_t at = next_beginning(text, from); at < text.size(); at = next_beginning(text, at + 1)) {
        const std::string_view rest = text.substr(at);
        if (rest[0] == '*') {
            const std::size_t end = std::min(text.find_first_not_of('*', at), text.size());
            if (!is_markup_line(text, at)) return {at, end - at};
            at = end - 1;
        } else if (is_row_of_crosses(text, at)) {
            const std::size_t unit = rest[0] == 'X' || rest[0] == 'x' ? 1 : cross.size();
            std::size_t length = 0;
            while (rest.substr(length).starts_with(rest.substr(0, unit))) length += unit;
            return {at, length};
        } else if (rest.starts_with(mou) && hides_something(rest.substr(mou.size()))) {
            return {at, mou.size()};
        }
    }
    return {};
}

void report_mask(const Found& found, std::string_view text, Span base, Diagnostics& diagnostics) {
    const auto begin = base.begin + static_cast<std::uint32_t>(found.at);
    diagnostics.report(DiagnosticKind::mask_left,
                       {base.source, begin, begin + static_cast<std::uint32_t>(found.length)},
                       {std::string(text.substr(found.at, found.length))});
}

// Calls `each` for every text value of a record, those of groups and lists among them, but not for private
// ones.
template <class Each>
void each_text(const std::vector<FieldSpec>& specs, const FieldTable& fields, Each each);

template <class Each>
void each_text_in(const FieldSpec& spec, const FieldValue& value, Each each) {
    if (spec.visibility == FieldVisibility::secret) return;
    if (std::holds_alternative<std::string>(value.content)) each(spec, value);
    for (const FieldValue& item : items_in(value)) each_text_in(spec, item, each);
    if (const GroupValue* group = group_in(value)) each_text(spec.fields, group->fields, each);
}

template <class Each>
void each_text(const std::vector<FieldSpec>& specs, const FieldTable& fields, Each each) {
    fields.each([&](std::size_t i, const FieldValue& value) { each_text_in(specs[i], value, each); });
}

// Empty where the text is not there because it does not concern the wording.
std::string_view source_text(const RuleInput& input, Span span) {
    if (!span.known() || !input.sources[span.source].loaded) return {};
    return std::string_view(input.sources[span.source].text).substr(span.begin, span.end - span.begin);
}

// The next mask of a story. Stars that Markdown took for emphasis are none; as many runs as its plain text
// still shows are masks. Two stars and more are reported where they stay open (unclosed-emphasis).
Found next_story_mask(std::string_view body, std::size_t from, bool stars_left) {
    Found found = next_mask(body, from);
    while (found.at != std::string_view::npos && body[found.at] == '*' && (!stars_left || found.length >= 2))
        found = next_mask(body, found.at + found.length);
    return found;
}

void check_story_masks(const RuleInput& input, const Record& record, Diagnostics& diagnostics) {
    const std::string_view body = source_text(input, record.story.span);
    const auto next = [&](std::size_t from) { return next_story_mask(body, from, record.story.stars_left); };
    for (Found found = next(0); found.at != std::string_view::npos; found = next(found.at + found.length))
        report_mask(found, body, record.story.span, diagnostics);
}

template <class Each>
void each_published(const Site& site, Each each) {
    for (std::size_t i = 0; i < site.records.size(); ++i) {
        if (is_meant_for_publication(site, static_cast<RecordId>(i))) each(static_cast<RecordId>(i));
    }
}

char32_t last_code_point(std::string_view text) {
    std::size_t begin = text.size();
    while (begin > 0 && text.size() - begin < 4) {
        --begin;
        if ((static_cast<unsigned char>(text[begin]) & 0xC0) != 0x80) break;
    }
    return begin < text.size() ? decode_first(text.substr(begin)).value : 0;
}

// The next look-alike of · between two hanzi. Only full stops and what lies outside ASCII, Latin-1 and the
// hanzi of U+4000 to U+9FFF can be one, which passes over most of a text by its bytes.
Found next_wrong_dot(std::string_view text, std::size_t from) {
    for (std::size_t at = from; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if ((byte < 0xC9 && byte != '.') || (byte >= 0xE4 && byte <= 0xE9)) {
            at += byte < 0xE4 ? 1 : 3;
            continue;
        }
        const CodePoint c = decode_first(text.substr(at));
        const std::string_view rest = text.substr(std::min(at + c.bytes, text.size()));
        if (is_separator_lookalike(c.value) && !rest.empty() && is_hanzi(decode_first(rest).value) &&
            is_hanzi(last_code_point(text.substr(0, at))))
            return {at, c.bytes};
        at += c.bytes;
    }
    return {};
}

void check_dots_in(std::string_view text, Span base, Diagnostics& diagnostics) {
    for (Found found = next_wrong_dot(text, 0); found.at != std::string_view::npos;
         found = next_wrong_dot(text, found.at + found.length)) {
        const auto begin = base.begin + static_cast<std::uint32_t>(found.at);
        diagnostics.report(DiagnosticKind::wrong_name_dot,
                           {base.source, begin, begin + static_cast<std::uint32_t>(found.length)},
                           {std::string(text.substr(found.at, found.length))});
    }
}

bool finds(const Found& found) { return found.at != std::string_view::npos; }

}  // namespace

bool concerns_wording(std::string_view front, std::string_view body, bool stars_left) {
    return finds(next_mask(front, 0)) || finds(next_wrong_dot(front, 0)) ||
           finds(next_story_mask(body, 0, stars_left)) || finds(next_wrong_dot(body, 0)) ||
           (tells_of_a_death(front) && speaks_of_the_living(body));
}

// 11 E: no * *** XX 某 masks in a public text.
void check_masks(const RuleInput& input, Diagnostics& diagnostics) {
    each_published(input.site, [&](RecordId id) {
        const Record& record = input.site[id];
        if (!input.sources[record.where.source].loaded) return;
        each_text(input.site.kind_of(id).fields, record.fields,
                  [&](const FieldSpec&, const FieldValue& value) {
                      const std::string_view text = source_text(input, value.span);
                      for (Found found = next_mask(text, 0); found.at != std::string_view::npos;
                           found = next_mask(text, found.at + found.length))
                          report_mask(found, text, value.span, diagnostics);
                  });
        check_story_masks(input, record, diagnostics);
    });
}

// 17 E: the separator in names is U+00B7 (民委发〔2016〕33号).
void check_name_dots(const RuleInput& input, Diagnostics& diagnostics) {
    each_published(input.site, [&](RecordId id) {
        const Record& record = input.site[id];
        if (!input.sources[record.where.source].loaded) return;
        each_text(input.site.kind_of(id).fields, record.fields,
                  [&](const FieldSpec& spec, const FieldValue& value) {
                      const bool name = spec.key == "name" || spec.key == "title" || spec.key == "epithet";
                      if (name) check_dots_in(source_text(input, value.span), value.span, diagnostics);
                  });
        check_dots_in(source_text(input, record.story.span), record.story.span, diagnostics);
    });
}

// W: a region that site.yaml does not list has no place in the official order.
void check_regions(const RuleInput& input, Diagnostics& diagnostics) {
    const auto& regions = input.site.settings.regions;
    if (regions.empty()) return;
    each_published(input.site, [&](RecordId id) {
        const FieldValue& value = field_of(input.site, id, "region");
        const bool known = std::any_of(regions.begin(), regions.end(),
                                       [&](const Region& r) { return r.name == text_in(value); });
        if (value.present() && value.span.known() && !known) {
            diagnostics.report(DiagnosticKind::unknown_region, value.span, {std::string(text_in(value))});
        }
    });
}

// W: a record says where it comes from.
void check_sources_given(const RuleInput& input, Diagnostics& diagnostics) {
    each_published(input.site, [&](RecordId id) {
        const bool page = input.site.kind_of(id).key == "page";
        // Under 公开材料 the source is part of the consent, where its absence is an error.
        const bool person = input.site.kind_of(id).key == "person";
        if (person && consent_of(input.site, id).basis == "published") return;
        if (!page && !field_of(input.site, id, "source").present())
            diagnostics.report(DiagnosticKind::missing_source, input.site[id].title_span);
    });
}

}  // namespace qunying
