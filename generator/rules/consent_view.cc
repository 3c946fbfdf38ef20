#include "rules/consent_view.h"

namespace qunying {

bool ends_before_it_begins(const ConsentView& consent) {
    return consent.until.stated() && latest_day(consent.until) < earliest_day(consent.date);
}

ConsentView consent_of(const Site& site, RecordId person) { return Consents(site).of(person); }

namespace {

const Kind& person_kind(const Site& site) { return site.kinds[site.kinds.must("person")]; }

}  // namespace

Consents::Consents(const Site& site)
    : site_(site), field_(*person_kind(site).find("consent")), spec_(person_kind(site).fields[field_]) {}

ConsentView Consents::of(RecordId person) const {
    ConsentView view;
    const FieldValue& value = site_[person].fields[field_];
    const GroupValue* group = group_in(value);
    view.span = site_[person].title_span;
    view.basis = "self";
    if (!group) return view;
    const FieldTable& parts = group->fields;
    view.given = true;
    view.span = value.key_span.known() ? value.key_span : value.span;
    const std::string_view basis = choice_in(spec_.fields[basis_], parts[basis_]);
    if (!basis.empty()) view.basis = basis;
    view.text_stated = parts[text_].present();
    view.text = flag_in(parts[text_]);
    view.portrait = flag_in(parts[portrait_]);
    view.voice = flag_in(parts[voice_]);
    view.signer = text_in(parts[signer_]);
    view.relation = text_in(parts[relation_]);
    view.date = date_in(parts[date_]);
    view.until = date_in(parts[until_]);
    view.withdrawn = date_in(parts[withdrawn_]);
    for (const FieldValue& item : items_in(parts[scope_])) {
        view.scope_stated = true;
        view.internet = view.internet || choice_in(spec_.fields[scope_], item) == "internet";
        view.venue = view.venue || choice_in(spec_.fields[scope_], item) == "venue";
    }
    return view;
}

}  // namespace qunying
