#pragma once
// One build, step by step: what its steps share, and what is left of it for a preview that builds again.
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "build/assets.h"
#include "build/build.h"
#include "build/media_shelf.h"
#include "build/page_records.h"
#include "build/parse.h"
#include "build/posters.h"
#include "build/search_files.h"
#include "build/survey.h"
#include "pages/page_keys.h"
#include "pages/page_plan.h"
#include "pages/plain_files.h"
#include "pages/shared_views.h"
#include "system/memory_stage.h"
#include "template/program.h"

namespace qunying {

// All that is known once the site has been checked; pages are made from it and nothing else.
struct CheckedSite {
    Site site;  // the public one
    Relations relations;
    Routes routes;
    SiteIndex index;
    ThemeConfig theme;
    ProgramSet programs;
    Assets assets;
    DerivedPictures pictures;
    SiteFonts fonts;
    Posters posters;
    std::vector<bool> on_web;  // of a venue's site, by RecordId: what is published on the web too
};

struct OutputText {
    std::string path;
    std::string bytes;
};

// The way a build goes; holds what its steps share.
class Run {
  public:
    // All three must outlive it.
    Run(Disk& site, Memo& memo, const BuildOptions& options);

    // One of the two, once.
    void check_all();
    void build(OutputStage& stage);

    // After build(): brings the site up to date with these files, of which nothing but stories may have
    // changed, and commits it to `stage`. False, and nothing committed, where that is not certain; then this
    // run has had its day.
    bool retell(const std::set<std::string>& paths, MemoryStage& stage);

    // Instead of the two: only looks (build/survey.h).
    Survey survey();
    bool cut_portraits(const EachPortrait& each);

    // After a build or check that came so far: the pictures of the site as it is shown.
    PictureList pictures() const;
    bool has_pictures() const { return !checked_.theme.recipes.empty(); }

    const BuildResult& result() const { return result_; }
    BuildResult take() { return std::move(result_); }

  private:
    void look_round(OutputStage& stage);
    void read();
    void check();
    bool unchanged(const OutputStage& stage);
    void check_previous(const OutputStage& stage);
    void publish(OutputStage& stage);
    void publish_or_press(OutputStage& stage);
    void remember();
    void finish();
    bool has_errors() const;
    // Pages of a venue are remembered apart from those of the web, so that neither makes the other's anew.
    std::string edition() const;

    struct Retold;
    std::optional<ParsedRecord> parsed_before(SourceId source) const;
    RecordId record_of(SourceId source) const;
    std::optional<Retold> look_again(const std::string& path) const;
    void put_in_place(const Retold& retold);
    std::optional<std::vector<OutputText>> print_again(const std::vector<Retold>& retold) const;
    bool index_again(const std::vector<Retold>& retold, MemoryStage& stage, std::set<std::string>& fresh);

    Site load();
    Site decide(Site site);
    void read_for_rules(const Site& site);
    std::vector<bool> published_on_web(const Site& site) const;
    void read_for_findings();
    void store_findings();
    Digest digest_of_view(const Value& view) const;
    Digest outside_of_pages() const;
    void prepare_theme();
    void prepare_pictures();
    void prepare_fonts();
    void prepare_posters();
    PageContext context() const;
    void render(const PageContext& pages, const std::vector<PageJob>& jobs, OutputStage& stage);
    PageRecord make_file(const PlainFile& file, OutputStage& stage) const;
    PageRecord make_fonts(OutputStage& stage, Diagnostics& diagnostics);
    PageRecord make_part(SearchFiles& search, std::size_t part_number) const;
    // What pages are made of, and where they go.
    struct PageMaking {
        const PageContext& whole;
        const PageContext& told_apart;
        const PageKeys& keys;
        OutputStage& stage;
    };
    // The job of that number.
    PageRecord make_page(const PageMaking& making, std::size_t number, Diagnostics& diagnostics,
                         std::optional<Reason>& reason) const;
    Digest inputs() const;
    ReleaseFacts facts() const;
    SourceTreeOptions reading() const { return {.threads = options_.threads, .known = &memo_.files()}; }
    FontShop font_shop() const {
        return {memo_, options_.font_worker, options_.generator, options_.font_quality, options_.threads};
    }
    PictureStudio studio() {
        const SiteSettings& settings = checked_.site.settings;
        return {memo_,
                result_.tree,
                *workers_,
                options_.progress,
                settings.takes_tiff ? Scans::allowed : Scans::refused,
                {settings.picture_credit, settings.picture_copyright},
                &shelf_};
    }

    PosterShop poster_shop() {
        return {memo_,
                result_.tree,
                *workers_,
                options_.font_worker,
                options_.progress,
                checked_.site.settings.takes_tiff ? Scans::allowed : Scans::refused,
                options_.threads};
    }

    Disk& disk_;
    Memo& memo_;
    const BuildOptions& options_;
    std::optional<WorkerPool> workers_;  // until the end of the build
    BuildResult result_;
    MediaShelf shelf_;
    CheckedSite checked_;
    SharedViews shared_;
    std::optional<PageContext> pages_;  // once all is known; the shared views point into it
    std::vector<PageJob> jobs_;
    std::shared_ptr<const SiteSearch> search_;  // of pages_; null where the theme goes without
    SearchFiles::Shards shards_;                // of the index, as they were published
    bool hides_names_ = false;                  // some name must stand in no text
    PageRecords pages_before_, pages_now_;
    Diagnostics vanished_;
    // Clocks cost a system call, so parts are timed only for whoever asks.
    CpuTime* part(CpuTime& time) const { return options_.measure ? &time : nullptr; }
    const PackedStories stories_{result_.tree, memo_, options_.generator};
    StageClock clock_;
    mutable StageParts parts_;
    const std::int64_t started_ = reading_time();
    std::map<SourceId, ParsedRecord> retold_;  // what retell() made of files since the build
};

}  // namespace qunying
