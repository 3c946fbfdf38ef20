#pragma once
// Which records get a poster, and what it says: one picture to be handed on, for chats show no page of a
// static site as its maker would like. How it looks is build/poster_layout.h.
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "images/treatment.h"
#include "pages/page_plan.h"

namespace qunying {

enum class PosterKind : std::uint8_t { person, exhibition };

// A photograph on a poster; where there is none the tile of the name.
struct PosterPhoto {
    std::string file;  // from the site's root; empty: the tile
    Treatment treatment;
    std::string tile;     // 王
    std::string caption;  // of an exhibition
    bool operator==(const PosterPhoto&) const = default;
};

// Everything that a poster shows; what is empty is not there.
struct PosterSheet {
    PosterKind kind = PosterKind::person;
    bool quiet = false;  // of somebody who has died: without red
    std::string site_title, organisation;
    std::string over;   // above the title: the epithet, or what kind of exhibition it is
    std::string title;  // the name
    std::string years;  // 1924—2021; or the dates of an exhibition
    std::string facts;  // unit and post; or curator and place
    std::string seal;   // of the highest honour: 国
    std::string honour, honour_note, authority;
    std::string quote;
    std::vector<std::string> names;  // that no line breaks
    std::vector<PosterPhoto> photos;
    std::string address;  // of the page, absolute
    bool operator==(const PosterSheet&) const = default;
};

struct PosterRequest {
    RecordId record = no_record;
    std::string name;  // posters/NAME-HASH8.png
    PosterSheet sheet;
    Span where;  // of the record's title
    bool operator==(const PosterRequest&) const = default;
};

// Says so where posters are wanted and the site has no address for their codes.
void check_poster_settings(const SiteSettings& settings, Audience audience, Diagnostics& diagnostics);

// In the site's order. Nothing where the site asks for none, has no address, or is for a venue.
std::vector<PosterRequest> plan_posters(const PageContext& context);

// The beginning of a text, in whole sentences of together at most so many characters; where the first is
// longer, as much of it as ends at a comma, and ……
std::string opening_of(std::string_view text, std::size_t most);

}  // namespace qunying
