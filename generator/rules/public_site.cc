// Takes out of the site whatever the audience shall not see.
#include <algorithm>

#include "base/parallel.h"
#include "rules/publication.h"

namespace qunying {
namespace {

struct Remover {
    const Kinds& kinds;
    const std::vector<Record>& records;  // those that are not published are still whole
    const Publication& publication;

    bool gone(RecordId id) const { return id != no_record && !publication.published(id); }
    bool is_person(RecordId id) const {
        return kinds[records[static_cast<std::size_t>(id)].kind].key == "person";
    }

    // A photograph or exhibit that shows somebody unpublished goes as a whole.
    bool shows_somebody_gone(const FieldSpec& spec, const FieldValue& value) const {
        const GroupValue* group = group_in(value);
        if (!group || !spec.find("file")) {
            if (!group || !spec.find("photo") || spec.key != "exhibits") return false;
        }
        return names_somebody_gone(value);
    }

    // In `people`, in one of the rows, or wherever else a picture names those it shows.
    bool names_somebody_gone(const FieldValue& value) const {
        const RecordId id = reference_in(value);
        if (gone(id) && is_person(id)) return true;
        for (const FieldValue& item : items_in(value)) {
            if (names_somebody_gone(item)) return true;
        }
        const GroupValue* group = group_in(value);
        if (!group) return false;
        return std::any_of(group->fields.begin(), group->fields.end(),
                           [this](const FieldValue& part) { return names_somebody_gone(part); });
    }

    // Empties what is private or names somebody gone. True when the value may stay.
    bool clean(const FieldSpec& spec, FieldValue& value) const {
        if (spec.visibility == FieldVisibility::secret || gone(reference_in(value)) ||
            shows_somebody_gone(spec, value)) {
            value = {};
            return false;
        }
        if (auto* list = std::get_if<ListValue>(&value.content)) {
            std::erase_if(list->items, [&](FieldValue& item) { return !clean_row(spec, item); });
            if (list->items.empty()) value = {};
        } else if (auto* group = std::get_if<GroupValue>(&value.content)) {
            group->fields.each([&](std::size_t i, FieldValue& part) { clean(spec.fields[i], part); });
        }
        return true;
    }

    // A row of a list stays unless the record it is about is gone: {team, role}, {to, grade}, {person,
    // label}.
    bool clean_row(const FieldSpec& spec, FieldValue& item) const {
        bool about_somebody_gone = false;
        if (const GroupValue* group = group_in(item)) {
            for (const FieldValue& part : group->fields)
                about_somebody_gone = about_somebody_gone || gone(reference_in(part));
        }
        return !about_somebody_gone && clean(spec, item);
    }
};

// The words that stand where a link led to somebody who is not published.
constexpr const char* nameless_person = "一位老同志";

void clean_story(Story& story, const Remover& remover, Diagnostics& diagnostics) {
    for (StoryPart& part : story.parts) {
        auto* link = std::get_if<StoryLink>(&part);
        if (!link || !remover.gone(link->target)) continue;
        const Record& target = remover.records[static_cast<std::size_t>(link->target)];
        if (target.readable)  // a broken one has been reported
            diagnostics.report(DiagnosticKind::link_to_unpublished, link->span, {target.slug});
        const bool person = remover.is_person(link->target);
        // The plain text holds the words of links; it is made anew from what is left.
        if (person || link->text.empty()) story.opening.clear();
        if (person) link->text = nameless_person;
        // Its title is as unpublished as itself, and may name somebody.
        if (!person && link->text.empty()) link->text = "相关" + remover.kinds[target.kind].label;
        link->target = no_record;
    }
}

void clean_record(Record& record, const Remover& remover, Diagnostics& diagnostics) {
    const Kind& kind = remover.kinds[record.kind];
    record.fields.each([&](std::size_t i, FieldValue& value) { remover.clean(kind.fields[i], value); });
    clean_story(record.story, remover, diagnostics);
    record.content_digest.clear();
}

void empty_record(Record& record) {
    Record left;
    left.kind = record.kind;
    left.slug = record.slug;
    left.readable = record.readable;
    left.live = false;
    record = std::move(left);
}

}  // namespace

Site public_site(Site site, const Publication& publication, Diagnostics& diagnostics, unsigned threads) {
    const Remover remover{site.kinds, site.records, publication};
    parallel_map(threads, site.records.size(), diagnostics, [&](std::size_t i, Diagnostics& own) {
        if (publication.of[i] == Standing::published) clean_record(site.records[i], remover, own);
        return 0;
    });
    // Cleaning looks at the kinds and slugs of those that go, so they are emptied last.
    for (std::size_t i = 0; i < site.records.size(); ++i) {
        if (publication.of[i] == Standing::published) continue;
        empty_record(site.records[i]);
        site.records[i].withdrawn = publication.of[i] == Standing::withdrawn;
    }
    std::erase_if(site.conferrals, [&](const Conferral& c) {
        return c.revoked || c.recipient == no_record || remover.gone(c.recipient) || remover.gone(c.batch);
    });
    return site;
}

}  // namespace qunying
