#pragma once
// One record of every kind, filled to the last field or not at all; and a mark in everything private.
#include <string>

#include "unit/pages/site_builder.h"

namespace qunying::test {

inline constexpr std::string_view private_mark = "绝密PRIVATE";

// Fills records with what each field can hold. References lead to `people` and the like by kind.
class Filler {
  public:
    explicit Filler(SiteBuilder& build) : build_(build) {}

    // Every public field; every text of a private one becomes the mark.
    void fill(RecordId id) {
        const Kind& kind = build_.site.kind_of(id);
        for (std::size_t i = 0; i < kind.fields.size(); ++i) {
            if (is_left_alone(kind.fields[i].key)) continue;
            build_.site[id].fields[i] = value(kind.fields[i], false);
        }
    }

  private:
    // Marks whose value the tests decide themselves.
    static bool is_left_alone(std::string_view key) {
        return key == "id" || key == "aliases" || key == "noindex" || key == "order" || key == "status";
    }

    FieldValue value(const FieldSpec& spec, bool secret) {
        secret = secret || spec.visibility == FieldVisibility::secret;
        if (!spec.list) return single(spec, secret);
        ListValue list;
        list.items.push_back(single(spec, secret));
        return {std::move(list), {}, {}};
    }

    FieldValue single(const FieldSpec& spec, bool secret) {
        switch (spec.type) {
            case FieldType::text:
                return {secret ? std::string(private_mark) : text_for(spec), {}, {}};
            case FieldType::prose:
                return {secret ? std::string(private_mark) : "一段\n又一段", {}, {}};
            case FieldType::number:
                return {std::int64_t{12}, {}, {}};
            case FieldType::boolean:
                return {true, {}, {}};
            case FieldType::date:
                return {PartialDate{2020, 3, 0}, {}, {}};
            case FieldType::choice:
                return {ChoiceValue{0}, {}, {}};
            case FieldType::reference:
                return {target_of(spec), {}, {}};
            case FieldType::file:
                return {
                    FileValue{"content/x/" + std::string(secret ? private_mark : "file") + ".mp3"}, {}, {}};
            case FieldType::picture:
            case FieldType::group:
                return group(spec, secret);
        }
        return {};
    }

    FieldValue group(const FieldSpec& spec, bool secret) {
        GroupValue group;
        for (const FieldSpec& part : spec.fields) group.fields.push_back(value(part, secret));
        return {std::move(group), {}, {}};
    }

    std::string text_for(const FieldSpec& spec) { return spec.key == "focus" ? "0.5" : "样例" + spec.label; }

    RecordId target_of(const FieldSpec& spec) {
        for (std::size_t i = 0; i < build_.site.records.size(); ++i) {
            const std::string& kind = build_.site.kind_of(static_cast<RecordId>(i)).key;
            for (const std::string& target : spec.targets)
                if (kind == target) return static_cast<RecordId>(i);
        }
        return spec.targets.empty() ? RecordId{0} : no_record;
    }

    SiteBuilder& build_;
};

inline RecordId named(const Site& site, std::string_view slug) {
    for (std::size_t i = 0; i < site.records.size(); ++i)
        if (site.records[i].slug == slug) return static_cast<RecordId>(i);
    return no_record;
}

// A full and an empty record of every kind; ids full-KIND and empty-KIND.
inline Site full_site() {
    SiteBuilder build;
    build.site.settings.base_url = "https://example.gov.cn/hall/";
    build.site.settings.government_meta = true;
    build.site.settings.regions = {{"样例区划", "yang-li", {}}};
    std::vector<RecordId> full;
    for (std::size_t kind = 0; kind < build.site.kinds.all().size(); ++kind) {
        const std::string key = build.site.kinds.all()[kind].key;
        if (key == "conferral" || key == "photo") continue;
        full.push_back(build.add(key, "full-" + key, "样例" + build.site.kinds.all()[kind].label));
        build.add(key, "empty-" + key, "空白");
    }
    Filler filler(build);
    for (const RecordId id : full) {
        filler.fill(id);
        build.story(id, {StoryText{"<p>正文</p>"}, StoryLink{full[1], "", {}}});
        build.site[id].story.opening = "正文";
    }
    const RecordId batch = named(build.site, "full-batch");
    for (const char* kind : {"person", "team", "project"})
        build.confer(batch, named(build.site, std::string("full-") + kind), "十佳", 1);
    return build.site;
}

}  // namespace qunying::test
