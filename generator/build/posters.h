#pragma once
// Posters through two workers and the cache: the font worker sets their texts, the picture worker draws them;
// one that is remembered costs neither.
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "build/memo.h"
#include "build/poster_layout.h"
#include "build/progress.h"
#include "images/poster.h"
#include "pages/poster_plan.h"
#include "pages/theme.h"
#include "system/output_stage.h"
#include "system/source_tree.h"
#include "system/worker_pool.h"

namespace qunying {

// What posters need from outside.
struct PosterShop {
    Memo& memo;
    const SourceTree& tree;
    WorkerPool& pictures;
    WorkerCommand fonts;
    const Progress& progress;
    Scans scans = Scans::refused;
    unsigned threads = 1;
};

// One poster as it is to be published.
struct MadePoster {
    std::size_t request = 0;  // index in Posters::requests
    Digest key;               // of its bytes in the cache
    std::string path;
    OutputFile expected;
};

struct Posters {
    std::vector<PosterRequest> requests;
    PosterFonts fonts;
    std::vector<MadePoster> made;
    PosterTable table;  // what pages say of them
    std::size_t drawn = 0, reused = 0;
    bool complete = true;  // false: one failed, which may go well next time
};

// Makes every poster that the cache does not hold. One that cannot be made is reported, and its page offers
// none.
Posters make_posters(std::vector<PosterRequest> requests, const ThemeConfig& theme, PosterShop shop,
                     Diagnostics& diagnostics);

// Puts them into the stage; those that the release before holds already are not even read.
void stage_posters(const Posters& posters, PosterShop shop, OutputStage& stage, Diagnostics& diagnostics);

}  // namespace qunying
