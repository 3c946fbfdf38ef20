#pragma once
// Files that are published as they are: the theme's own, assets/, sound and film.
#include <map>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "build/media_shelf.h"
#include "build/memo.h"
#include "model/site.h"
#include "system/output_stage.h"
#include "system/source_tree.h"

namespace qunying {

// A file to publish: its path in the site and in the release.
struct CopiedFile {
    std::string from, to;
    // As it is; without what was recorded beside it; as WebVTT; without remarks (theme_text.h).
    enum class Way { copied, cleaned, subtitles, shortened } way = Way::copied;
};

struct Assets {
    std::map<std::string, std::string> theme;  // hall.css → static/hall-1a2b3c4d.css
    std::map<std::string, std::string> media;  // content/…/reading.mp3 → media/reading-1a2b3c4d.mp3
    std::vector<CopiedFile> files;             // all of them, by `to`
};

// Plans the copies. A type that may not be published and a name that no release may hold are reported.
Assets plan_assets(const SourceTree& tree, const Site& site, Memo& memo, MediaShelf& shelf,
                   Diagnostics& diagnostics);

void stage_assets(const Assets& assets, const SourceTree& tree, Memo& memo, MediaShelf& shelf,
                  OutputStage& stage);

}  // namespace qunying
