#include "rules/consent_view.h"

namespace qunying {

bool ends_before_it_begins(const ConsentView& consent) {
    return consent.until.stated() && latest_day(consent.until) < earliest_day(consent.date);
}

ConsentView consent_of(const Site& site, RecordId person) {
    ConsentView view;
    const Kind& kind = site.kind_of(person);
    const FieldSpec& spec = kind.fields[*kind.find("consent")];
    const FieldValue& value = field_of(site, person, "consent");
    const GroupValue* group = group_in(value);
    view.span = site[person].title_span;
    view.basis = "self";
    if (!group) return view;
    const auto part = [&](std::string_view key) -> const FieldValue& { return part_of(spec, *group, key); };
    view.given = true;
    view.span = value.key_span.known() ? value.key_span : value.span;
    const std::string_view basis = choice_in(spec.fields[*spec.find("basis")], part("basis"));
    if (!basis.empty()) view.basis = basis;
    view.text_stated = part("text").present();
    view.text = flag_in(part("text"));
    view.portrait = flag_in(part("portrait"));
    view.voice = flag_in(part("voice"));
    view.signer = text_in(part("signer"));
    view.relation = text_in(part("relation"));
    view.date = date_in(part("date"));
    view.until = date_in(part("until"));
    view.withdrawn = date_in(part("withdrawn"));
    const FieldSpec& scope = spec.fields[*spec.find("scope")];
    for (const FieldValue& item : items_in(part("scope"))) {
        view.scope_stated = true;
        view.internet = view.internet || choice_in(scope, item) == "internet";
        view.venue = view.venue || choice_in(scope, item) == "venue";
    }
    return view;
}

}  // namespace qunying
