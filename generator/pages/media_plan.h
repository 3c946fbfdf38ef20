#pragma once
// Sound, films and subtitles: published as they are under a name that holds their hash.
#include <string>
#include <string_view>
#include <vector>

#include "model/site.h"

namespace qunying {

struct MediaRequest {
    std::string file;  // from the site's root
    Span where;        // where it is first referred to

    bool operator==(const MediaRequest&) const = default;
};

// Every file that a page plays or offers, each once, by file. Pictures are not among them.
std::vector<MediaRequest> plan_media(const Site& site);

// media/NAME-HASH8.mp3; `hash` is at least eight hexadecimal characters.
std::string published_media_path(std::string_view site_path, std::string_view hash);

}  // namespace qunying
