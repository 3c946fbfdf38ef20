#include "pages/poster_plan.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "pages/card_view.h"
#include "pages/exhibit_view.h"
#include "pages/exhibits.h"
#include "pages/field_view.h"
#include "pages/frame_view.h"
#include "pages/honour_view.h"
#include "pages/honours.h"

namespace qunying {
namespace {

constexpr std::size_t most_photos = 6;
constexpr std::size_t longest_quote = 60;  // characters

std::string_view text_at(const Value& map, std::string_view key) {
    const Value* value = map.find(key);
    return value && value->is_string() ? value->as_text() : std::string_view();
}

// As pages show it: none where it may not be shown or could not be read.
PosterPhoto photo_of(const PageContext& context, const FacePicture& face) {
    PosterPhoto photo;
    if (face.owner == no_record || !may_show(context.site, *face.spec, *face.group)) return photo;
    const std::string_view file = file_in(part_of(*face.spec, *face.group, picture_part(*face.spec)));
    const Treatment treatment = treatment_in(*face.spec, *face.group);
    const ImageEntry* entry = file.empty() ? nullptr : context.images.find(file, treatment);
    if (!entry || entry->broken) return photo;
    photo.file = file;
    photo.treatment = treatment;
    return photo;
}

std::string tile_of(const PageContext& context, RecordId id) {
    return context.index.names[static_cast<std::size_t>(id)].surname;
}

// 国家级 · 2019年, and who gave it.
void set_honour(const Scope& scope, RecordId person, PosterSheet& sheet) {
    const Site& site = scope.site();
    const auto honours = shown_honours(site, scope.context.relations, person);
    if (honours.empty()) return;
    const Value honour = honour_value(scope, site.conferrals[honours.front()]);
    sheet.honour = text_at(honour, "title");
    std::vector<std::string> parts;
    if (const Value* level = honour.find("level"); level && level->is_map()) {
        sheet.seal = text_at(*level, "seal");
        parts.emplace_back(text_at(*level, "label"));
    }
    if (const Value* year = honour.find("year"); year && year->is_number())
        parts.push_back(fmt::format("{}年", year->as_integer()));
    sheet.authority = text_at(honour, "authority");
    sheet.honour_note = join(parts, " · ");
}

std::string quote_of(const Site& site, RecordId person) {
    const std::string_view quote = trim(text_of(site, person, "quote"));
    if (!quote.empty()) return quote.starts_with("“") ? std::string(quote) : fmt::format("“{}”", quote);
    for (const std::string_view key : {"citation", "summary"}) {
        const std::string_view text = trim(text_of(site, person, key));
        if (!text.empty()) return opening_of(text, longest_quote);
    }
    return {};
}

void set_person(const Scope& scope, RecordId person, PosterSheet& sheet) {
    const Site& site = scope.site();
    sheet.kind = PosterKind::person;
    sheet.quiet = is_deceased(site, person);
    sheet.over = text_of(site, person, "epithet");
    sheet.years = years_of(site, person);
    for (const std::string_view key : {"former_post", "org", "region"}) {
        if (sheet.facts.empty()) sheet.facts = text_of(site, person, key);
    }
    set_honour(scope, person, sheet);
    sheet.quote = quote_of(site, person);
    PosterPhoto photo = photo_of(scope.context, scope.face(person));
    photo.tile = tile_of(scope.context, person);
    sheet.photos.push_back(std::move(photo));
}

std::string dates_of(const Site& site, RecordId exhibition) {
    const PartialDate opened = date_of(site, exhibition, "opened"),
                      closed = date_of(site, exhibition, "closed");
    if (!opened.stated()) return {};
    return chinese_date(opened) + (closed.stated() ? "—" + chinese_date(closed) : "");
}

// The first who have a photograph, each once.
void add_exhibits(const PageContext& context, RecordId exhibition, PosterSheet& sheet) {
    const auto exhibits = context.index.exhibits_in(exhibition);
    for (std::size_t i = 0; i < exhibits.size() && sheet.photos.size() < most_photos; ++i) {
        const ExhibitPlace& place = exhibits[i];
        PosterPhoto photo = photo_of(context, {exhibition, place.spec, place.group});
        if (photo.file.empty() && place.person != no_record)
            photo = photo_of(context, context.index.faces[static_cast<std::size_t>(place.person)]);
        photo.caption = exhibit_title(context.site, place, i + 1);
        const auto is_same = [&](const PosterPhoto& other) {
            return other.file == photo.file || other.caption == photo.caption;
        };
        if (photo.file.empty() || std::any_of(sheet.photos.begin(), sheet.photos.end(), is_same)) continue;
        if (place.person != no_record) sheet.names.push_back(photo.caption);
        sheet.photos.push_back(std::move(photo));
    }
}

void set_exhibition(const Scope& scope, RecordId exhibition, PosterSheet& sheet) {
    const Site& site = scope.site();
    sheet.kind = PosterKind::exhibition;
    const Kind& kind = site.kind_of(exhibition);
    const auto* choice = std::get_if<ChoiceValue>(&field_of(site, exhibition, "kind").content);
    sheet.over = choice ? kind.fields[*kind.find("kind")].choices[choice->index].label : kind.label;
    sheet.years = dates_of(site, exhibition);
    std::vector<std::string> facts;
    for (const std::string_view key : {"curator", "venue"}) {
        if (const std::string_view fact = text_of(site, exhibition, key); !fact.empty())
            facts.emplace_back(fact);
    }
    sheet.facts = join(facts, " · ");
    sheet.quote = opening_of(trim(text_of(site, exhibition, "summary")), 2 * longest_quote);
    add_exhibits(scope.context, exhibition, sheet);
}

bool is_wanted(const SiteSettings& settings, std::string_view kind) {
    return std::find(settings.posters.begin(), settings.posters.end(), kind) != settings.posters.end();
}

PosterRequest request_of(const Scope& scope, RecordId id) {
    const Site& site = scope.site();
    PosterRequest request{id, media_name(site[id].slug), {}, site[id].title_span};
    PosterSheet& sheet = request.sheet;
    sheet.site_title = site.settings.title;
    sheet.organisation = site.settings.organisation;
    sheet.title = site[id].title;
    sheet.names = {sheet.title};
    sheet.address = absolute_url(scope.context, scope.context.routes.page(id));
    if (site.kind_of(id).key == "person") {
        set_person(scope, id, sheet);
    } else {
        set_exhibition(scope, id, sheet);
    }
    return request;
}

}  // namespace

std::string opening_of(std::string_view text, std::size_t most) {
    const std::u32string all = to_utf32(text.substr(0, text.find('\n')));
    if (all.size() <= most) return to_utf8(all);
    const auto last_of = [&](std::u32string_view marks) {
        const std::size_t at = std::u32string_view(all).substr(0, most).find_last_of(marks);
        return at == std::u32string_view::npos ? 0 : at + 1;
    };
    std::size_t end = last_of(U"。！？");
    if (end > 0) {
        while (end < all.size() && (all[end] == U'”' || all[end] == U'’' || all[end] == U'』')) ++end;
        return to_utf8(all.substr(0, end));
    }
    end = last_of(U"，；、");
    return to_utf8(all.substr(0, end > 0 ? end - 1 : most)) + "……";
}

void check_poster_settings(const SiteSettings& settings, Audience audience, Diagnostics& diagnostics) {
    if (settings.posters.empty() || audience != Audience::web || !settings.base_url.empty()) return;
    diagnostics.report(DiagnosticKind::poster_needs_address, settings.posters_span, {});
}

std::vector<PosterRequest> plan_posters(const PageContext& context) {
    const Site& site = context.site;
    const SiteSettings& settings = site.settings;
    if (settings.base_url.empty() || context.audience != Audience::web) return {};
    const Scope scope{context, "../"};
    std::vector<PosterRequest> requests;
    for (const std::string_view kind : {"person", "exhibition"}) {
        if (!is_wanted(settings, kind)) continue;
        for (const RecordId id : context.index.by_kind[static_cast<std::size_t>(site.kinds.must(kind))]) {
            if (!context.routes.page(id).empty()) requests.push_back(request_of(scope, id));
        }
    }
    return requests;
}

}  // namespace qunying
