#pragma once
// Every page of the site, and the view that its template sees (docs/themes.md is the contract).
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/characters.h"
#include "base/date.h"
#include "model/relations.h"
#include "model/site.h"
#include "pages/image_plan.h"
#include "pages/routes.h"
#include "pages/site_index.h"
#include "pages/theme.h"
#include "template/value.h"

namespace qunying {

struct SharedViews;

// Where the html of stories is that are put by.
class StoryTexts {
  public:
    virtual ~StoryTexts() = default;
    // The runs of html of the story at `place` (Story::span), in their order.
    virtual std::vector<std::string> html_runs(Span place) const = 0;
};

// Whether views hold the html of stories, or only what tells it from any other: enough to see that a page is
// as it was.
enum class StoryDetail : std::uint8_t { whole, told_apart };

// The poster of each record that has one.
using PosterTable = std::map<RecordId, DownloadFile>;

// Everything that pages are made of. All parts are complete and do not change any more.
struct PageContext {
    const Site& site;
    const Relations& relations;
    const Routes& routes;
    const SiteIndex& index;
    const ImageTable& images;
    const ThemeConfig& theme;
    // hall.css → static/hall-1a2b3c4d.css
    std::map<std::string, std::string> assets = {};
    // Site path of a sound, film or subtitle → media/NAME-HASH8.mp3
    std::map<std::string, std::string> media = {};
    Audience audience = Audience::web;
    PartialDate as_of = {};
    bool preview = false;
    const SharedViews* shared = nullptr;  // share_views; may be absent
    const StoryTexts* stories = nullptr;  // there, when any story is put by
    StoryDetail story_detail = StoryDetail::whole;
    // What the theme's title face can set, in all that the site brings along of that font; null where there
    // is no such face.
    const CharacterSet* title_face = nullptr;
    // Of a venue's site, by RecordId: what is published on the web too; null elsewhere.
    const std::vector<bool>* on_web = nullptr;
    // What was made to be handed on, by record; null where there are no posters.
    const PosterTable* posters = nullptr;
    std::string_view generator = {};  // name and version of the program, for those who look after a kiosk
};

enum class PageType : std::uint8_t {
    home,
    record,
    list,
    roll,
    exhibit,
    photo,
    not_found,
    forward,
    withdrawn,
    search,
    booklet,
    kiosk,
    kiosk_find
};

// What to build one view from; cheap.
struct PageJob {
    std::string path;     // people/wang-yangli.html
    std::string program;  // template: person.html
    PageType type = PageType::home;
    RecordId record = no_record;  // of record, exhibit, photo, booklet; the target of forward
    KindId kind = {};             // of list
    std::size_t facet = 0;        // of roll: 0 for the whole roll, else 1 + index in facets, then in indexes
    std::size_t option = 0;       // of roll: index in the facet's options
    std::size_t number = 1;       // exhibit, photo or page of a list, from 1
};

// Whether the page shows the story of its record. No page shows another's.
inline bool tells_story(const PageJob& job) { return job.type == PageType::record; }

// Sorted by path.
std::vector<PageJob> plan_pages(const PageContext& context);

// Pure and safe on several threads at once: views are made one by one, so that they are never all in memory.
// A view points at texts of the context, which must outlive it.
Value view_of(const PageContext& context, const PageJob& job);

}  // namespace qunying
