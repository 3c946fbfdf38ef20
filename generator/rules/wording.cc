// Words and characters (domain: rules 11 and 17), and two small courtesies: regions and sources.
#include <algorithm>
#include <array>

#include "base/byte_scan.h"
#include "base/private_data.h"
#include "base/text.h"
#include "hanzi/names.h"
#include "rules/consent_view.h"
#include "rules/masks.h"
#include "rules/rule_list.h"

namespace qunying {
namespace {

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

void check_story_masks(const RuleInput& input, const Record& record, Diagnostics& diagnostics) {
    const std::string_view body = source_text(input, record.story.span);
    const StoryMasks masks(body, record.story.stars_left);
    for (Found found = masks.next(0); found.any(); found = masks.next(found.at + found.length))
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

// The next look-alike of · between two hanzi: a full stop, or what begins with one of the bytes that any of
// is_separator_lookalike begins with.
Found next_wrong_dot(std::string_view text, std::size_t from) {
    const auto next_candidate = [&](std::size_t at) {
        return find_byte_of<'.', '\xCB', '\xCE', '\xE1', '\xE2', '\xE3', '\xEA', '\xEF', '\xF0'>(text, at);
    };
    for (std::size_t at = next_candidate(from); at < text.size(); at = next_candidate(at)) {
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
           StoryMasks(body, stars_left).next(0).any() || finds(next_wrong_dot(body, 0)) ||
           holds_private_data(front) || holds_private_data(body) ||
           front.find('\\') != std::string_view::npos ||
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
                      for (Found found = next_mask(text, 0); found.any();
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
    const Consents consents(input.site);
    each_published(input.site, [&](RecordId id) {
        const bool page = input.site.kind_of(id).key == "page";
        // Under 公开材料 the source is part of the consent, where its absence is an error.
        const bool person = input.site.kind_of(id).key == "person";
        if (person && consents.of(id).basis == "published") return;
        if (!page && !field_of(input.site, id, "source").present())
            diagnostics.report(DiagnosticKind::missing_source, input.site[id].title_span);
    });
}

}  // namespace qunying
