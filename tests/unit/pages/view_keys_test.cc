// docs/themes.md promises that every key named there is always present; this is its list, and it is kept for
// the fullest and for the emptiest record of every kind.
#include <map>
#include <string>
#include <vector>

#include "base/text.h"
#include "unit/pages/built_site.h"
#include "unit/pages/full_site.h"

using namespace qunying;
using namespace qunying::test;

namespace {

void check_keys(const Value& map, std::string_view keys, std::string_view where) {
    CHECK_MESSAGE(map.is_map(), std::string(where));
    for (const std::string_view key : split(keys, ' ')) {
        if (key.empty()) continue;
        CHECK_MESSAGE(map.find(key) != nullptr, std::string(where), " lacks ", std::string(key));
    }
}

void check_each(const Value& list, std::string_view keys, std::string_view where) {
    CHECK_MESSAGE(list.is_list(), std::string(where));
    for (const Value& item : list.items()) check_keys(item, keys, where);
}

constexpr std::string_view site_keys =
    "title subtitle description organisation language audience preview mourning base_url government_meta "
    "plain_face navigation footer settings";
constexpr std::string_view page_keys =
    "type kind title heading plain_face description path root home_url feed_url canonical image crumbs "
    "noindex meta "
    "json_ld code";
constexpr std::string_view card_keys =
    "id kind kind_label title url summary note distinction picture tile level org region post epithet "
    "deceased "
    "framed years date name_length plain_face featured";
constexpr std::string_view picture_keys = "alt caption photographer year people tone broken card square wide";
constexpr std::string_view every_record =
    "story source updated own_fields exhibitions albums videos oral coverage events lectures bases projects "
    "brands "
    "columns stories stats previous next list_url list_label share_poster";
constexpr std::string_view honour_keys =
    "title grade level year award batch authorities authority doc_no date claim source post";
constexpr std::string_view exhibit_keys = "number total person picture title label text people section url";
constexpr std::string_view photo_keys = "number total picture title url rows";

const std::map<std::string, std::string_view>& keys_of_kind() {
    static const std::map<std::string, std::string_view> keys = {
        {"person",
         "name sex ethnicity native_place birth retire_kind work_since party_since retired_on former_post "
         "life died "
         "quote citation timeline portrait gallery works reading honors highest teams work_since_label rails "
         "tutor_at facts name_html"},
        {"team",
         "name kind_field leader since size parent brand services when_where photo members honors highest "
         "children"},
        {"award", "name category target grades since batches"},
        {"batch",
         "award year authorities doc_no decision quota list_order notice_period award_card award_level "
         "authority "
         "year_number order_label total groups same_award regions"},
        {"brand", "name owner parent slogan since mark children teams"},
        {"project", "name brand partners start end beneficiaries award teams photo honors highest results"},
        {"exhibition", "kind_field curator opened closed venue closing kiosk_loop sections total first_url"},
        {"album", "place about photos total"},
        {"video", "file poster duration subtitles transcript about external_url maker"},
        {"oral", "narrator collector collected_by place topic audio video transcript checked film"},
        {"column", "outlet since text reports"},
        {"coverage", "outlet outlet_level headline url_field scan quote column about"},
        {"event", "kind_field end place sessions people of at photo"},
        {"base", "name kind_field batch tutors opening address capacity booking brand photo"},
        {"lecture", "topic lecturer audience duration way phone"},
        {"page", "in_nav"},
    };
    return keys;
}

void check_frame(const Value& view, const std::string& path) {
    check_keys(view, "site page assets", path);
    check_keys(*view.find("site"), site_keys, path + " site");
    check_keys(*view.find("page"), page_keys, path + " page");
    check_keys(at(view, "site.footer"), "host_unit contact icp police site_code party_mark",
               path + " footer");
    check_each(at(view, "site.navigation"), "label url current exact", path + " navigation");
    check_each(at(view, "page.crumbs"), "title url", path + " crumbs");
    check_each(at(view, "page.meta"), "name content", path + " meta");
}

void check_record(const Value& record, const std::string& path) {
    check_keys(record, card_keys, path);
    check_keys(record, every_record, path);
    check_keys(at(record, "story"), "html headings present", path);
    check_keys(record, keys_of_kind().at(text_at(record, "kind")), path);
    for (const char* list : {"exhibitions", "albums", "videos", "coverage", "stories"})
        check_each(at(record, list), card_keys, path + " " + list);
    if (record.find("honors")) check_each(at(record, "honors"), honour_keys, path + " honors");
    if (record.find("members")) check_each(at(record, "members"), "person role leads", path);
    if (record.find("rails")) check_each(at(record, "rails"), "reason title items url", path);
    if (record.find("facts")) check_each(at(record, "facts"), "label text", path);
    if (record.find("groups")) {
        check_each(at(record, "groups"), "heading title kind count rows", path);
        for (const Value& group : at(record, "groups").items())
            check_each(
                *group.find("rows"),
                "recipient title url note distinction post grade number region deceased framed name_length",
                path);
    }
    if (record.find("batches")) check_each(at(record, "batches"), "batch year count authority", path);
    if (record.find("sections")) {
        check_each(at(record, "sections"), "title text exhibits", path);
        for (const Value& section : at(record, "sections").items())
            check_each(*section.find("exhibits"), exhibit_keys, path);
    }
    if (record.find("photos")) check_each(at(record, "photos"), photo_keys, path);
}

}  // namespace

TEST_CASE("every page has the frame that themes rely on") {
    const BuiltSite built(full_site());
    for (const PageJob& job : built.jobs) check_frame(view_of(built.context, job), job.path);
}

TEST_CASE("every kind's page has every promised key, in the fullest and in the emptiest record") {
    const BuiltSite built(full_site());
    for (const auto& [kind, keys] : keys_of_kind()) {
        const std::string folder = built.site.kinds[built.site.kinds.must(kind)].folder;
        for (const char* which : {"full-", "empty-"}) {
            const std::string path = folder + "/" + which + kind + ".html";
            check_record(at(built.view(path), "record"), path);
        }
    }
    CHECK(keys_of_kind().size() == 16);
}

TEST_CASE("lists, the roll and the home page have every promised key") {
    const BuiltSite built(full_site());
    for (const PageJob& job : built.jobs) {
        const Value view = view_of(built.context, job);
        if (job.type == PageType::list) {
            check_keys(at(view, "list"), "label kind total groups pagination order_label", job.path);
            check_each(at(view, "list.groups"), "title items", job.path);
            for (const Value& group : at(view, "list.groups").items())
                check_each(*group.find("items"), card_keys, job.path);
            check_keys(at(view, "list.pagination"), "page pages total previous_url next_url links", job.path);
        }
        if (job.type == PageType::roll) {
            check_keys(at(view, "roll"), "facet facets indexes order_label items total pagination", job.path);
            check_each(at(view, "roll.items"), card_keys, job.path);
            for (const char* list : {"roll.facets", "roll.indexes"}) {
                check_each(at(view, list), "name label options", job.path);
                for (const Value& facet : at(view, list).items())
                    check_each(*facet.find("options"), "key label url count current", job.path);
            }
            if (job.facet > 0) check_keys(at(view, "roll.facet"), "name label value title", job.path);
        }
    }
    check_each(at(built.view("index.html"), "blocks"), "name title url items", "home");
    check_each(at(built.view("404.html"), "links"), "label url", "404");
}

TEST_CASE("rows hold the fields of their kind, and the number of what they show") {
    const BuiltSite built(full_site());
    for (const auto& [kind, keys] : keys_of_kind()) {
        if (kind == "person" || kind == "page") continue;
        const std::string folder = built.site.kinds[built.site.kinds.must(kind)].folder;
        const Value groups = at(built.view(folder + "/index.html"), "list.groups");
        for (const Value& group : groups.items()) check_each(*group.find("items"), "total", kind);
    }
    const Value stats = at(built.view("stats/index.html"), "list.groups");
    for (const Value& group : stats.items())
        check_each(*group.find("items"), "display label scope as_of source about value unit approx", "stats");
    const Value batch = at(built.view("batches/index.html"), "list.groups.0.items.0");
    CHECK(at(batch, "total").as_integer() == 3);
    CHECK(at(batch, "conferrals").size() == 0);
}

TEST_CASE("exhibits and photographs have every promised key") {
    const BuiltSite built(full_site());
    const Value exhibit = built.view("exhibitions/full-exhibition-1.html");
    check_keys(exhibit, "exhibit exhibition previous next whole_url", "exhibit");
    check_keys(at(exhibit, "exhibit"), exhibit_keys, "exhibit");
    check_keys(at(exhibit, "exhibit.picture"), picture_keys, "exhibit picture");
    const Value photo = built.view("albums/full-album-1.html");
    check_keys(photo, "photo album previous_url next_url whole_url", "photo");
    check_keys(at(photo, "photo"), photo_keys, "photo");
    check_each(at(photo, "photo.rows"), "label people", "photo rows");
    check_keys(at(photo, "photo.picture"), picture_keys, "photo picture");
    check_keys(at(photo, "photo.picture.wide"), "src width height srcset sizes sources", "rendition");
    check_each(at(photo, "photo.picture.wide.sources"), "type srcset sizes", "sources");
}
