#pragma once
// The order of things: from the files of a site to a published folder. Reads like the list in
// docs/architecture.md; each stage is a room of its own and knows nothing of this one.
#include <array>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "build/fonts.h"
#include "build/memo.h"
#include "build/pictures.h"
#include "build/progress.h"
#include "build/stages.h"
#include "pages/picture_list.h"
#include "rules/publication.h"
#include "system/disk.h"
#include "system/media_tools.h"
#include "system/memory_stage.h"
#include "system/output_stage.h"
#include "system/worker_pool.h"

namespace qunying {

struct BuildOptions {
    Audience audience = Audience::web;
    PartialDate as_of;     // today
    std::string base_url;  // beats the one of site.yaml unless empty
    unsigned threads = 1;
    bool preview = false;
    bool precompress = false;  // .gz and .br beside files of text
    std::string venue;         // key of site.yaml, for a venue's build; empty: the site's own kiosk settings
    bool strict = false;       // warnings count as errors
    bool pictures = true;      // check --no-pictures leaves them out
    bool posters = true;       // a preview does without
    bool measure = false;      // times the parts of stages, too
    std::string generator;     // name, version and build of the program: part of every memo key
    WorkerCommand worker;      // how a picture worker is started
    WorkerCommand font_worker;
    FontQuality font_quality = FontQuality::release;
    MediaTools tools;  // which of them are installed
    Progress progress;
};

// Why a page was made anew, for --explain.
enum class Reason { new_page, template_changed, content_changed, lost };
struct Explanation {
    std::string path;
    Reason reason = Reason::new_page;
};

struct BuildSummary {
    std::size_t records = 0;                              // content files that could be read
    std::array<std::size_t, standing_count> standings{};  // by Standing
    std::size_t pages = 0, pages_rendered = 0;
    std::size_t pictures_made = 0, pictures_reused = 0, pictures_decoded = 0;
    std::size_t posters_made = 0, posters_reused = 0;
    std::vector<FontFacts> fonts;
    CommitReport commit;
};

struct BuildResult {
    SourceTree tree;          // what the diagnostics point into
    Diagnostics diagnostics;  // settled
    BuildSummary summary;
    std::vector<Explanation> explanations;
    std::vector<StageTime> stages;
    bool published = false;  // false: there were errors, and what was published is as it was
};

// Everything but rendering and writing: all findings in one run.
BuildResult check_site(Disk& site, Memo& memo, const BuildOptions& options);

// Checks, and where there is no error renders into `stage` and commits it.
BuildResult build_site(Disk& site, Memo& memo, OutputStage& stage, const BuildOptions& options);

class Run;

// A build that stays at hand: for a preview, so that a change of words is on its page at once; for a program
// that ends with it, so that none of its memory is given back.
class KeptBuild {
  public:
    // Both must outlive it.
    KeptBuild(Disk& site, Memo& memo);
    ~KeptBuild();
    KeptBuild(const KeptBuild&) = delete;
    KeptBuild& operator=(const KeptBuild&) = delete;

    // As check_site and build_site. The result is good until the next call.
    const BuildResult& check(const BuildOptions& options);
    const BuildResult& build(OutputStage& stage, const BuildOptions& options);
    // The same result, sooner, for a site that is as the last build or retelling found it but for these
    // files; null, and nothing committed, where more than the words of stories may have changed. `stage` must
    // stand on the tree of that build.
    const BuildResult* retell(const std::set<std::string>& paths, MemoryStage& stage);

    // The pictures of the site as the last build found it; nothing where that stopped before it knew them,
    // for then they are as they were.
    std::optional<PictureList> pictures() const;

  private:
    std::unique_ptr<Run> begin(const BuildOptions& options);

    Disk& site_;
    Memo& memo_;
    BuildOptions options_;
    std::unique_ptr<Run> run_;
};

}  // namespace qunying
