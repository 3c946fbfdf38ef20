#include "support/told_site.h"

#include <fmt/format.h>

namespace qunying {
namespace {

std::string place(Span span) {
    if (!span.known()) return "@-";
    return fmt::format("@{}:{}-{}", static_cast<std::uint32_t>(span.source), span.begin, span.end);
}

// The values of a record's fields, as the table of kinds has them.
struct Teller {
    const Site& site;

    std::string told(RecordId id) const {
        return id == no_record ? "#-" : "#" + site.records.at(static_cast<std::size_t>(id)).slug;
    }
    std::string told(const FieldTable& fields, const std::vector<FieldSpec>& specs) const {
        std::string out = fmt::format("{} fields\n", fields.size());
        fields.each([&](std::size_t i, const FieldValue& value) {
            out += fmt::format("{} ({}): {}\n", i, &value - fields.begin(), told(value, specs.at(i)));
        });
        return out;
    }
    std::string told(const FieldValue& value, const FieldSpec& spec) const {
        std::string out =
            fmt::format("{} {} {} ", value.content.index(), place(value.span), place(value.key_span));
        if (const auto* group = group_in(value)) return out + "{" + told(group->fields, spec.fields) + "}";
        if (const auto* choice = std::get_if<ChoiceValue>(&value.content))
            return out + spec.choices.at(choice->index).key;
        if (std::holds_alternative<RecordId>(value.content)) return out + told(reference_in(value));
        const PartialDate date = date_in(value);
        out += fmt::format("{}|{}|{}|{}.{}.{}|{}|", text_in(value), number_in(value), flag_in(value),
                           date.year, date.month, date.day, file_in(value));
        for (const FieldValue& item : items_in(value)) out += "[" + told(item, spec) + "]";
        return out;
    }
    std::string told(const StoryPart& part) const;
    std::string told(const Story& story) const;
    std::string told(const Record& record) const;
    std::string told(const Conferral& conferral) const;
};

std::string Teller::told(const StoryPart& part) const {
    if (const auto* run = std::get_if<StoryText>(&part))
        return "html " + run->html + " " + run->digest.hex() + "\n";
    if (const auto* link = std::get_if<StoryLink>(&part))
        return "link " + told(link->target) + link->text + place(link->span) + "\n";
    const auto& figure = std::get<StoryFigure>(part);
    return fmt::format("figure {}|{}|{}|{}{}\n", figure.file.path, figure.alt, figure.caption, figure.block,
                       place(figure.span));
}

std::string Teller::told(const Story& story) const {
    std::string out =
        fmt::format("story {} {} {} {}\n", place(story.span), story.stars_left, story.put_by, story.opening);
    for (const StoryPart& part : story.parts) out += told(part);
    for (const Heading& heading : story.headings)
        out += fmt::format("{} {} {}\n", heading.level, heading.text, heading.id);
    return out;
}

std::string Teller::told(const Conferral& c) const {
    return fmt::format("conferral {} {} {}|{}|{}|{}|{}|{}|{}|{} {} {}\n", told(c.batch), told(c.recipient),
                       c.grade, c.number, c.post, c.revoked, c.revoked_by, c.claim, c.claim_level,
                       c.claim_source, place(c.in_batch), place(c.in_profile));
}

std::string Teller::told(const Record& record) const {
    return fmt::format("{} {} “{}” {} {} {} {}{}{}{} {}\n", static_cast<std::size_t>(record.kind),
                       record.slug, record.title, place(record.where), place(record.title_span),
                       record.folder, record.readable, record.meant, record.live, record.withdrawn,
                       record.content_digest) +
           told(record.fields, site.kinds[record.kind].fields) + told(record.story);
}

}  // namespace

std::string told(const Site& site) {
    const Teller teller{site};
    std::string out;
    for (const Record& record : site.records) out += teller.told(record);
    for (const Conferral& conferral : site.conferrals) out += teller.told(conferral);
    return out;
}

}  // namespace qunying
