#include "pages/media_plan.h"

#include <map>

#include "base/failure.h"
#include "base/text.h"
#include "pages/image_plan.h"
#include "pages/pictured.h"

namespace qunying {
namespace {

using Found = std::map<std::string, Span, std::less<>>;

void gather(const FieldSpec& spec, const FieldValue& value, Found& found) {
    if (spec.visibility == FieldVisibility::secret) return;
    for (const FieldValue& item : items_in(value)) gather(spec, item, found);
    if (spec.type == FieldType::file && !file_in(value).empty())
        found.try_emplace(std::string(file_in(value)), value.span);
    const GroupValue* group = group_in(value);
    if (!group) return;
    const std::string_view picture = picture_part(spec);
    group->fields.each([&](std::size_t i, const FieldValue& part) {
        if (picture.empty() || spec.fields[i].key != picture) gather(spec.fields[i], part, found);
    });
}

}  // namespace

std::vector<MediaRequest> plan_media(const Site& site) {
    Found found;
    for (const Record& record : site.records) {
        if (!record.live || !record.readable) continue;
        const Kind& kind = site.kinds[record.kind];
        record.fields.each(
            [&](std::size_t i, const FieldValue& value) { gather(kind.fields[i], value, found); });
    }
    std::vector<MediaRequest> requests;
    for (const auto& [file, where] : found) requests.push_back({file, where});
    return requests;
}

std::string published_media_path(std::string_view site_path, std::string_view hash) {
    QY_CHECK(hash.size() >= 8);
    const std::size_t dot = site_path.rfind('.');
    const std::string ending =
        dot == std::string_view::npos ? std::string() : ascii_lower(site_path.substr(dot));
    return "media/" + media_name(site_path) + "-" + std::string(hash.substr(0, 8)) + ending;
}

}  // namespace qunying
