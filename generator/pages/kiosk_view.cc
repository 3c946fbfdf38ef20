#include "pages/kiosk_view.h"

#include <algorithm>
#include <string_view>

#include "pages/card_view.h"
#include "pages/exhibit_view.h"
#include "pages/kiosk_people.h"
#include "pages/list_view.h"

namespace qunying {
namespace {

constexpr std::int64_t usual_seconds = 12;

// The editor's number of seconds; 0 where the exhibition is not marked for the loop.
std::int64_t seconds_of(const Site& site, RecordId exhibition) {
    const FieldValue& value = field_of(site, exhibition, "kiosk_loop");
    return value.present() ? std::clamp<std::int64_t>(number_in(value), 5, 120) : 0;
}

bool is_published(const Site& site, RecordId id) { return is_shown(site, id); }

std::optional<RecordId> named_exhibition(const Site& site, std::string_view slug) {
    const auto id = site.find(site.kinds.must("exhibition"), slug);
    return id && is_published(site, *id) ? id : std::nullopt;
}

// The exhibits of one exhibition as slides: what shows neither a person nor a picture is none.
void add_slides(const Scope& scope, RecordId exhibition, std::vector<Value>& slides) {
    const auto exhibits = scope.context.index.exhibits_in(exhibition);
    const std::int64_t marked = seconds_of(scope.site(), exhibition);
    for (std::size_t n = 1; n <= exhibits.size(); ++n) {
        Value::Map slide;
        slide.set("exhibit", exhibit_value(scope, exhibition, exhibits, n));
        slide.set("exhibition", card_value(scope, exhibition));
        slide.set("seconds", marked > 0 ? marked : usual_seconds);
        slides.push_back(std::move(slide).build());
    }
}

}  // namespace

std::string kiosk_page(const ThemeConfig& theme) { return theme.has("kiosk") ? "kiosk/index.html" : ""; }

std::string kiosk_find_page(const ThemeConfig& theme) { return theme.has("kiosk") ? "kiosk/find.html" : ""; }

std::vector<RecordId> looped_exhibitions(const Site& site, const SiteIndex& index) {
    std::vector<RecordId> found;
    for (const std::string& slug : site.settings.kiosk.exhibitions) {
        if (const auto id = named_exhibition(site, slug)) found.push_back(*id);
    }
    if (!site.settings.kiosk.exhibitions.empty()) return found;
    for (const RecordId id : index.by_kind[static_cast<std::size_t>(site.kinds.must("exhibition"))]) {
        if (seconds_of(site, id) > 0) found.push_back(id);
    }
    return found;
}

std::vector<RecordId> looped_exhibitions(const Site& site) {
    SiteIndex unordered;
    unordered.by_kind.resize(site.kinds.all().size());
    for (std::size_t i = 0; i < site.records.size(); ++i) {
        const auto id = static_cast<RecordId>(i);
        if (is_published(site, id)) unordered.by_kind[static_cast<std::size_t>(site[id].kind)].push_back(id);
    }
    return looped_exhibitions(site, unordered);
}

void check_looped_exhibitions(const Site& site, Diagnostics& diagnostics) {
    const KioskSettings& kiosk = site.settings.kiosk;
    for (std::size_t i = 0; i < kiosk.exhibitions.size(); ++i) {
        if (!named_exhibition(site, kiosk.exhibitions[i]))
            diagnostics.report(DiagnosticKind::kiosk_exhibition_unknown, kiosk.exhibition_spans[i],
                               {kiosk.exhibitions[i]});
    }
}

Value kiosk_value(const Scope& scope) {
    std::vector<Value> slides;
    for (const RecordId id : looped_exhibitions(scope.site(), scope.context.index))
        add_slides(scope, id, slides);
    Value::Map map;
    map.set("name", text_or_none(scope.site().settings.kiosk.name)).set("slides", std::move(slides));
    map.set("find_url", scope.url(kiosk_find_page(scope.context.theme)));
    return std::move(map).build();
}

Value kiosk_find_value(const Scope& scope) {
    std::vector<Value> letters;
    for (const LetterOfPeople& letter : people_by_letter(scope.context)) {
        Value::Map map;
        map.set("letter", std::string(1, letter.letter)).set("count", letter.people.size());
        letters.push_back(std::move(map).build());
    }
    Value::Map map;
    map.set("letters", std::move(letters)).set("facets", Value::list(roll_facets(scope)));
    map.set("wall_url", scope.url("honors/index.html"));
    map.set("batches_url", url_or_none(scope, scope.context.routes.list(scope.site().kinds.must("batch"))));
    return std::move(map).build();
}

}  // namespace qunying
