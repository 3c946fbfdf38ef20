#include "rules/gaps.h"

#include <algorithm>
#include <chrono>

#include "rules/consent_view.h"

namespace qunying {
namespace {

std::chrono::sys_days day_of(PartialDate date) {
    return std::chrono::year{date.year} / date.month / date.day;
}

// Who has an honour, and who is listed by a batch.
struct Honours {
    std::vector<bool> honoured, lists;  // by RecordId

    explicit Honours(const Site& site) : honoured(site.records.size()), lists(site.records.size()) {
        for (const Conferral& conferral : site.conferrals) {
            if (conferral.recipient != no_record)
                honoured[static_cast<std::size_t>(conferral.recipient)] = true;
            if (conferral.batch != no_record) lists[static_cast<std::size_t>(conferral.batch)] = true;
        }
    }
};

// The part that names the file of a picture: what has words for those who cannot see it is one.
const char* picture_key(const FieldSpec& spec) {
    if (!spec.find("alt")) return nullptr;
    return spec.find("file") ? "file" : spec.find("photo") ? "photo" : nullptr;
}

bool has_own_pages(const Kind& kind) { return kind.pages == KindPages::own; }

class GapFinder {
  public:
    GapFinder(const Site& site, const Publication& publication, const GapOptions& options)
        : site_(site), publication_(publication), options_(options), honours_(site) {}

    std::vector<GapFinding> find() {
        for (std::size_t i = 0; i < site_.records.size(); ++i) {
            id_ = static_cast<RecordId>(i);
            if (site_.records[i].readable)
                record();
            else
                add(Gap::unreadable);
        }
        claims();
        std::stable_sort(found_.begin(), found_.end(),
                         [](const GapFinding& a, const GapFinding& b) { return a.gap < b.gap; });
        return std::move(found_);
    }

  private:
    void add(Gap gap, std::string detail = {}) { found_.push_back({gap, id_, std::move(detail)}); }
    const FieldValue& field(std::string_view key) const { return field_of(site_, id_, key); }
    bool lacks(std::string_view key) const { return !field(key).present(); }

    void record() {
        standing();
        if (choice_of(site_, id_, "status") == "withdrawn") return;
        const Kind& kind = site_.kind_of(id_);
        if (kind.key == "person") person();
        if (kind.key == "batch") batch();
        if (kind.key == "team" && !honours_.honoured[static_cast<std::size_t>(id_)]) add(Gap::no_honour);
        if (kind.find("photo") && lacks("photo")) add(Gap::no_picture);
        if (has_own_pages(kind) && kind.key != "page") source();
        pictures();
    }

    void standing() {
        switch (publication_.of[static_cast<std::size_t>(id_)]) {
            case Standing::draft:
                return add(choice_of(site_, id_, "status") == "reviewing" ? Gap::under_review : Gap::draft);
            case Standing::internal:
                return add(Gap::internal);
            case Standing::other_audience:
                return add(Gap::out_of_scope);
            case Standing::too_early:
                return add(Gap::not_yet, iso_date(date_of(site_, id_, "publish_on")));
            case Standing::too_late:
                return add(Gap::no_longer, iso_date(date_of(site_, id_, "publish_until")));
            case Standing::with_person:
                return add(Gap::held);
            case Standing::withdrawn:
                return add(Gap::withdrawn, iso_date(date_of(site_, id_, "withdrawn_on")));
            case Standing::published:
            case Standing::withheld:  // the consent says it
            case Standing::broken:
                return;
        }
    }

    void person() {
        consent();
        if (lacks("portrait")) add(Gap::no_picture);
        const bool told = !site_[id_].story.empty();
        if (!told) add(lacks("summary") ? Gap::no_summary : Gap::no_story);
        if (!honours_.honoured[static_cast<std::size_t>(id_)]) add(Gap::no_honour);
    }

    void consent() {
        const ConsentView consent = consent_of(site_, id_);
        if (!consent.given) return add(Gap::no_consent);
        if (consent.withdrawn.stated() && earliest_day(consent.withdrawn) <= options_.as_of)
            return add(Gap::consent_withdrawn, iso_date(consent.withdrawn));
        if (!consent.until.stated()) return;
        const PartialDate last = latest_day(consent.until);
        if (last < options_.as_of) return add(Gap::consent_expired, iso_date(consent.until));
        if (last.year > 0 && day_of(last) - day_of(options_.as_of) <= std::chrono::days(options_.days))
            add(Gap::consent_expiring, iso_date(consent.until));
    }

    void batch() {
        if (lacks("doc_no")) add(Gap::no_document_number);
        if (lacks("date")) add(Gap::no_decision_date);
        if (!honours_.lists[static_cast<std::size_t>(id_)]) add(Gap::no_names);
    }

    // Under 公开材料 the source is part of the consent, and check speaks of it.
    void source() {
        const bool material =
            site_.kind_of(id_).key == "person" && consent_of(site_, id_).basis == "published";
        if (!material && lacks("source")) add(Gap::no_origin);
    }

    void pictures() {
        const Kind& kind = site_.kind_of(id_);
        site_[id_].fields.each(
            [&](std::size_t i, const FieldValue& value) { pictures_in(kind.fields[i], value); });
        for (const StoryPart& part : site_[id_].story.parts) {
            const auto* figure = std::get_if<StoryFigure>(&part);
            if (figure && !figure->file.path.empty()) picture(figure->file.path, figure->alt);
        }
    }

    void pictures_in(const FieldSpec& spec, const FieldValue& value) {
        if (spec.visibility == FieldVisibility::secret) return;
        for (const FieldValue& item : items_in(value)) pictures_in(spec, item);
        const GroupValue* group = group_in(value);
        if (!group) return;
        if (const char* key = picture_key(spec))
            return picture(file_in(part_of(spec, *group, key)), text_in(part_of(spec, *group, "alt")));
        group->fields.each([&](std::size_t i, const FieldValue& part) { pictures_in(spec.fields[i], part); });
    }

    void picture(std::string_view file, std::string_view alternative) {
        if (file.empty()) return;
        if (!options_.has_file(file)) return add(Gap::missing_picture, std::string(file));
        if (alternative.empty()) add(Gap::no_alternative_text, std::string(file));
    }

    void claims() {
        for (const Conferral& conferral : site_.conferrals) {
            if (conferral.recipient == no_record || conferral.batch != no_record || conferral.claim.empty())
                continue;
            id_ = conferral.recipient;
            if (!site_[id_].readable) continue;
            if (choice_of(site_, id_, "status") != "withdrawn") add(Gap::honour_unproved, conferral.claim);
        }
    }

    const Site& site_;
    const Publication& publication_;
    const GapOptions& options_;
    const Honours honours_;
    RecordId id_ = no_record;
    std::vector<GapFinding> found_;
};

}  // namespace

std::vector<GapFinding> find_gaps(const Site& site, const Publication& publication,
                                  const GapOptions& options) {
    return GapFinder(site, publication, options).find();
}

}  // namespace qunying
