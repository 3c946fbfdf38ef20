#include "pages/scope.h"

#include <algorithm>

#include "base/text.h"
#include "pages/shared_views.h"

namespace qunying {

bool is_shown(const Site& site, RecordId id) { return id != no_record && site[id].live && site[id].readable; }

Value text_or_none(std::string_view text) { return text.empty() ? Value() : Value::text(text); }

Value lasting_or_none(std::string_view text) { return text.empty() ? Value() : Value::lasting(text); }

Value url_or_none(const Scope& scope, std::string_view path) {
    return path.empty() ? Value() : Value::text(scope.url(path));
}

Value date_value(PartialDate date) {
    if (!date.stated()) return {};
    Value::Map map;
    map.set("iso", iso_date(date)).set("text", chinese_date(date));
    map.set("year", date.year == 0 ? Value() : Value::integer(date.year));
    return std::move(map).build();
}

Value level_value(const Site& site, std::string_view key) {
    constexpr std::string_view seals[] = {"国", "省", "市", "县", "系"};
    const int rank = level_rank(key);
    if (key.empty() || rank > 4) return {};
    const Kind& award = site.kinds[site.kinds.must("award")];
    const FieldSpec& spec = award.fields[*award.find("level")];
    Value::Map map;
    const Choice& choice = spec.choices[*spec.find_choice(key)];
    map.set("key", Value::lasting(choice.key)).set("label", Value::lasting(choice.label));
    map.set("seal", Value::lasting(seals[rank]));
    return std::move(map).build();
}

Value shared_level(const PageContext& context, std::string_view key) {
    if (!context.shared) return level_value(context.site, key);
    const auto found = context.shared->levels.find(key);
    return found == context.shared->levels.end() ? Value() : found->second;
}

Value paragraphs(std::string_view prose) {
    std::vector<Value> all;
    for (const std::string_view line : split(prose, '\n')) {
        if (!trim(line).empty()) all.push_back(Value::lasting(trim(line)));
    }
    return Value::list(std::move(all));
}

Value texts(const std::vector<FieldValue>& items) {
    std::vector<Value> all;
    for (const FieldValue& item : items) all.push_back(Value::lasting(text_in(item)));
    return Value::list(std::move(all));
}

std::string joined_texts(const std::vector<FieldValue>& items, std::string_view separator) {
    std::vector<std::string> all;
    for (const FieldValue& item : items) all.emplace_back(text_in(item));
    return join(all, separator);
}

std::string list_label(const Site& site, KindId id) {
    const Kind& kind = site.kinds[id];
    for (const NavigationItem& item : site.settings.navigation) {
        if (item.target == kind.folder || item.target == kind.folder_label) return item.label;
    }
    if (kind.key == "exhibition") return "风采录";
    return kind.key == "coverage" ? "好声音" : kind.label;
}

}  // namespace qunying
