// Consent to publish a person (domain: rules 4 and 5; 个人信息保护法 arts 13, 25, 27; 民法典 arts 994, 1019,
// 1023).
#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "hanzi/names.h"
#include "rules/consent_view.h"
#include "rules/rule_list.h"

namespace qunying {
namespace {

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

// Spouse, child or parent: who may decide for the dead (民法典 art. 994).
bool is_near_kin(std::string_view words) {
    for (const std::string_view kin : {"配偶", "妻", "夫", "子", "女", "父", "母", "爱人", "老伴", "儿"}) {
        if (contains(words, kin)) return true;
    }
    return false;
}

void check_published_material(const Site& site, RecordId person, const ConsentView& consent,
                              Diagnostics& diagnostics) {
    const std::string& name = site[person].title;
    if (consent.portrait || consent.voice) {
        diagnostics.report(DiagnosticKind::consent_contradiction, consent.span,
                           {name, "依据是公开材料，却写了肖像或声音"});
    }
    if (text_of(site, person, "source").empty()) {
        diagnostics.report(DiagnosticKind::consent_incomplete, consent.span,
                           {name, "来源（公开材料的出处）"});
    }
}

void check_signed(const Site& site, RecordId person, const ConsentView& consent, Diagnostics& diagnostics) {
    const std::string& name = site[person].title;
    const auto lacks = [&](std::string what) {
        diagnostics.report(DiagnosticKind::consent_incomplete, consent.span, {name, std::move(what)});
    };
    if (consent.signer.empty()) lacks("签署人");
    if (!consent.date.stated()) lacks("签署日期");
    if (!consent.scope_stated) lacks("范围");
    const bool by_self = contains(consent.signer, "本人") || normal_name(consent.signer) == name;
    if (consent.basis == "self" && !consent.signer.empty() && !by_self) {
        diagnostics.report(DiagnosticKind::signer_not_entitled, consent.span,
                           {name, std::string(consent.signer)});
    }
    const std::string kin_words = std::string(consent.signer) + std::string(consent.relation);
    if (consent.basis == "kin" && !consent.signer.empty() && (by_self || !is_near_kin(kin_words))) {
        diagnostics.report(DiagnosticKind::signer_not_entitled, consent.span,
                           {name, std::string(consent.signer)});
    }
    if (ends_before_it_begins(consent))
        diagnostics.report(DiagnosticKind::consent_contradiction, consent.span, {name, "期限早于签署日期"});
}

void check_consent(const Site& site, RecordId person, const ConsentView& consent, Diagnostics& diagnostics) {
    const std::string& name = site[person].title;
    if (consent.basis == "published" && consent.given)
        return check_published_material(site, person, consent, diagnostics);
    if (!consent.given || !consent.text) {
        const bool contradicts = consent.given && consent.text_stated && (consent.portrait || consent.voice);
        if (contradicts)
            return diagnostics.report(DiagnosticKind::consent_contradiction, consent.span,
                                      {name, "文字写“否”，肖像或声音却写“是”"});
        return diagnostics.report(DiagnosticKind::missing_consent, consent.span, {name});
    }
    check_signed(site, person, consent, diagnostics);
}

// Whether a group is a photograph: a picture, a photograph of an album, an exhibit with one.
bool is_photograph(const FieldSpec& spec, const GroupValue& group) {
    if (spec.find("file") && spec.find("alt")) return true;
    return spec.key == "exhibits" && spec.find("photo") && part_of(spec, group, "photo").present();
}

// Every person named within a photograph: in `people` or in one of its rows.
void check_pictured(const Site& site, const FieldValue& value, Diagnostics& diagnostics) {
    const RecordId id = reference_in(value);
    const bool person = id != no_record && site.kind_of(id).key == "person";
    if (person && is_meant_for_publication(site, id) && consent_of(site, id).given &&
        !consent_of(site, id).portrait)
        diagnostics.report(DiagnosticKind::portrait_without_consent, value.span, {site[id].title});
    for (const FieldValue& item : items_in(value)) check_pictured(site, item, diagnostics);
    if (const GroupValue* group = group_in(value)) {
        for (const FieldValue& part : group->fields) check_pictured(site, part, diagnostics);
    }
}

// Looks for photographs in a field, however deep.
void check_photographs(const Site& site, const FieldSpec& spec, const FieldValue& value,
                       Diagnostics& diagnostics) {
    if (spec.type != FieldType::group && spec.type != FieldType::picture) return;
    for (const FieldValue& item : items_in(value)) check_photographs(site, spec, item, diagnostics);
    const GroupValue* group = group_in(value);
    if (!group) return;
    if (is_photograph(spec, *group)) return check_pictured(site, value, diagnostics);
    group->fields.each([&](std::size_t i, const FieldValue& part) {
        check_photographs(site, spec.fields[i], part, diagnostics);
    });
}

void check_person_media(const Site& site, RecordId person, Diagnostics& diagnostics) {
    constexpr std::string_view pictures[] = {"portrait", "gallery"};
    const auto has = [&](std::string_view key) { return field_of(site, person, key).present(); };
    if (std::none_of(std::begin(pictures), std::end(pictures), has) && !has("reading")) return;
    const ConsentView consent = consent_of(site, person);
    const std::string& name = site[person].title;
    const auto span_of = [&](std::string_view key) {
        const FieldValue& value = field_of(site, person, key);
        return value.key_span.known() ? value.key_span : value.span;
    };
    if (!consent.given) return;  // reported as missing
    for (const std::string_view key : pictures) {
        if (has(key) && !consent.portrait) {
            diagnostics.report(DiagnosticKind::portrait_without_consent, span_of(key), {name});
        }
    }
    if (has("reading") && !consent.voice) {
        diagnostics.report(DiagnosticKind::voice_without_consent, span_of("reading"), {name});
    }
}

void check_photographs_of(const Site& site, RecordId id, Diagnostics& diagnostics) {
    const std::vector<FieldSpec>& specs = site.kind_of(id).fields;
    site[id].fields.each([&](std::size_t i, const FieldValue& value) {
        check_photographs(site, specs[i], value, diagnostics);
    });
}

}  // namespace

// 4 E: whoever is published has agreed, or the family has, or a public source is named.
void check_consents(const RuleInput& input, Diagnostics& diagnostics) {
    const Consents consents(input.site);
    for (const RecordId person : input.site.of_kind("person")) {
        if (is_meant_for_publication(input.site, person))
            check_consent(input.site, person, consents.of(person), diagnostics);
    }
}

// 5 E: portrait and voice each need a consent of their own.
void check_portraits_and_voices(const RuleInput& input, Diagnostics& diagnostics) {
    const Site& site = input.site;
    for (const RecordId person : site.of_kind("person")) {
        if (is_meant_for_publication(site, person)) check_person_media(site, person, diagnostics);
    }
    for (std::size_t i = 0; i < site.records.size(); ++i) {
        const auto id = static_cast<RecordId>(i);
        if (is_meant_for_publication(site, id)) check_photographs_of(site, id, diagnostics);
    }
    for (const RecordId oral : site.of_kind("oral")) {
        const RecordId narrator = reference_of(site, oral, "narrator");
        const FieldValue& audio = field_of(site, oral, "audio");
        if (narrator == no_record || !audio.present() || !is_meant_for_publication(site, oral)) continue;
        if (!consent_of(site, narrator).voice)
            diagnostics.report(DiagnosticKind::voice_without_consent, audio.span, {site[narrator].title});
    }
}

}  // namespace qunying
