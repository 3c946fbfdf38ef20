#include "build/build.h"

#include <algorithm>
#include <optional>

#include "base/parallel.h"
#include "build/assets.h"
#include "build/review_seal.h"
#include "build/vanished.h"
#include "load/load.h"
#include "pages/page_plan.h"
#include "pages/plain_files.h"
#include "pages/shared_views.h"
#include "rules/rules.h"
#include "template/program.h"

namespace qunying {
namespace {

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
};

// The way a build goes; holds what its steps share.
class Run {
  public:
    Run(Disk& site, Memo& memo, const BuildOptions& options)
        : disk_(site),
          memo_(memo),
          options_(options),
          workers_(options.worker, std::max(1U, options.threads)) {}

    void read();
    void check();
    bool unchanged(const OutputStage& stage) const;
    void check_previous(const OutputStage& stage);
    void publish(OutputStage& stage);
    BuildResult finish();
    bool has_errors() const {
        return result_.diagnostics.has_errors() || (options_.strict && !result_.diagnostics.empty());
    }

  private:
    Site load();
    Site decide(Site site);
    void prepare_theme();
    void prepare_pictures();
    PageContext context() const;
    void render(const PageContext& pages, const std::vector<PageJob>& jobs, OutputStage& stage);
    PageRecord make_page(const PageContext& pages, const PageJob& job, OutputStage& stage,
                         Diagnostics& diagnostics, std::optional<Reason>& reason) const;
    std::string inputs() const;
    ReleaseFacts facts() const;
    PictureStudio studio() { return {memo_, result_.tree, workers_, options_.progress}; }

    Disk& disk_;
    Memo& memo_;
    const BuildOptions& options_;
    WorkerPool workers_;
    BuildResult result_;
    CheckedSite checked_;
    PageRecords pages_before_, pages_now_;
};

void Run::read() {
    options_.progress(Step::read, 0, 0);
    result_.tree = read_source_tree(disk_, {"assets", "content", "themes"}, result_.diagnostics,
                                    {.threads = options_.threads});
}

Site Run::load() {
    options_.progress(Step::load, 0, 0);
    FileSet files;
    for (const MediaFile& file : result_.tree.media) files.insert(file.path);
    for (const SourceId id : result_.tree.texts) files.insert(result_.tree.sources[id].path);
    Site site =
        load_site({result_.tree.sources, result_.tree.texts, files, options_.threads}, result_.diagnostics);
    if (!options_.base_url.empty()) site.settings.base_url = options_.base_url;
    return site;
}

// Rules look at the whole site; from there on only the public one is left.
Site Run::decide(Site site) {
    options_.progress(Step::check, 0, 0);
    seal_reviewed_records(site, result_.tree, memo_);
    check_rules({site, relate(site), result_.tree.sources, options_.as_of}, result_.diagnostics);
    const Publication publication =
        decide_publication(site, {options_.audience, options_.as_of, options_.preview}, result_.diagnostics);
    check_names_left(site, publication, result_.tree.sources, result_.diagnostics);
    result_.summary.records = site.records.size();
    result_.summary.standings = publication.counts;
    return public_site(std::move(site), publication, result_.diagnostics);
}

void Run::prepare_theme() {
    const std::string folder = "themes/" + checked_.site.settings.theme + "/";
    const SourceFile* config = result_.tree.find_text(folder + "theme.yaml");
    if (!config) {
        return result_.diagnostics.report(DiagnosticKind::theme_not_found, checked_.site.settings.theme_span,
                                          {checked_.site.settings.theme});
    }
    checked_.theme = read_theme(*config, result_.diagnostics);
    std::vector<TemplateFile> templates;
    for (const SourceId id : result_.tree.texts) {
        const SourceFile& file = result_.tree.sources[id];
        const std::string prefix = folder + "templates/";
        if (file.path.starts_with(prefix)) templates.push_back({file.path.substr(prefix.size()), &file});
    }
    checked_.programs = compile_templates(templates, result_.diagnostics);
}

void Run::prepare_pictures() {
    if (!options_.pictures) return;
    const auto requests = plan_images(checked_.site, checked_.theme, result_.diagnostics);
    checked_.pictures = derive_pictures(requests, checked_.theme, studio(), result_.diagnostics);
    result_.summary.pictures_made = checked_.pictures.made;
    result_.summary.pictures_reused = checked_.pictures.reused;
}

void Run::check() {
    checked_.site = decide(load());
    // From here nothing unpublished is in memory, and no record changes.
    prepare_theme();
    checked_.relations = relate(checked_.site);
    checked_.routes = route(checked_.site, checked_.relations, result_.diagnostics, checked_.theme);
    // From here no address changes.
    checked_.index = index_site(checked_.site, checked_.relations, options_.threads, checked_.theme);
    checked_.assets = plan_assets(result_.tree, checked_.site, memo_, result_.diagnostics);
    prepare_pictures();
    // From here every file that a page may name is known.
}

PageContext Run::context() const {
    const CheckedSite& c = checked_;
    return {c.site,         c.relations,    c.routes,          c.index,        c.pictures.table, c.theme,
            c.assets.theme, c.assets.media, options_.audience, options_.as_of, options_.preview};
}

std::string Run::inputs() const {
    DigestBuilder builder;
    builder.add(memo_.content_digest(result_.tree))
        .add(options_.generator)
        .add(static_cast<std::uint64_t>(options_.audience));
    builder.add(iso_date(options_.as_of))
        .add(options_.base_url)
        .add(static_cast<std::uint64_t>(options_.preview));
    return builder.finish().hex();
}

// A release with findings names no inputs, so that the next build says them again.
ReleaseFacts Run::facts() const {
    ReleaseFacts facts = {{"generator", options_.generator.substr(0, options_.generator.find(','))},
                          {"audience", options_.audience == Audience::web ? "web" : "venue"},
                          {"as_of", iso_date(options_.as_of)},
                          {"preview", options_.preview ? "yes" : "no"}};
    if (result_.diagnostics.empty()) facts.emplace_back("inputs", inputs());
    return facts;
}

bool Run::unchanged(const OutputStage& stage) const {
    const Release* before = stage.previous();
    return before && before->whole && before->manifest.fact("inputs") == inputs();
}

void Run::check_previous(const OutputStage& stage) {
    // Drafts come and go, and nothing of a preview is printed on a plaque.
    if (stage.previous() && !options_.preview)
        check_vanished(stage.previous()->manifest, checked_.site, checked_.routes, result_.diagnostics);
}

PageRecord Run::make_page(const PageContext& pages, const PageJob& job, OutputStage& stage,
                          Diagnostics& diagnostics, std::optional<Reason>& reason) const {
    const auto program = checked_.programs.find(job.program);
    if (!program) {
        diagnostics.report(DiagnosticKind::template_missing, {}, {checked_.theme.name, job.program});
        return {};
    }
    const Value view = view_of(pages, job);
    DigestBuilder view_digest;
    view_digest.add(options_.generator);
    view.add_to(view_digest);
    PageRecord now{program_digest(checked_.programs, *program), view_digest.finish(), {}};
    const auto before = pages_before_.find(job.path);
    if (before == pages_before_.end()) {
        reason = Reason::new_page;
    } else if (before->second.program != now.program) {
        reason = Reason::template_changed;
    } else if (before->second.view != now.view) {
        reason = Reason::content_changed;
    } else if (stage.keep(job.path, before->second.output)) {
        now.output = before->second.output;
        return now;
    } else {
        reason = Reason::lost;
    }
    const std::string html = qunying::render(checked_.programs, *program, view, diagnostics);
    if (!diagnostics.has_errors()) now.output = stage.add(job.path, html);
    return now;
}

void Run::render(const PageContext& pages, const std::vector<PageJob>& jobs, OutputStage& stage) {
    options_.progress(Step::render, 0, jobs.size());
    pages_before_ = memo_.load_pages();
    std::vector<std::optional<Reason>> reasons(jobs.size());
    const auto made = parallel_map(
        options_.threads, jobs.size(), result_.diagnostics,
        [&](std::size_t i, Diagnostics& own) { return make_page(pages, jobs[i], stage, own, reasons[i]); });
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        pages_now_.emplace(jobs[i].path, made[i]);
        if (reasons[i]) result_.explanations.push_back({jobs[i].path, *reasons[i]});
    }
    result_.summary.pages = jobs.size();
    result_.summary.pages_rendered = result_.explanations.size();
}

void Run::publish(OutputStage& stage) {
    options_.progress(Step::plan, 0, 0);
    PageContext pages = context();
    const SharedViews shared = share_views(pages, options_.threads);
    pages.shared = &shared;
    const std::vector<PageJob> jobs = plan_pages(pages);
    render(pages, jobs, stage);
    if (has_errors()) return;
    for (const OutputText& file : plain_files(pages, jobs)) stage.add(file.path, file.bytes);
    stage_assets(checked_.assets, result_.tree, memo_, stage);
    stage_pictures(checked_.pictures, studio(), stage);
    options_.progress(Step::write, 0, 0);
    result_.summary.commit = stage.commit(facts());
    result_.published = true;
    memo_.store_pages(pages_now_);
}

BuildResult Run::finish() {
    if (options_.strict) result_.diagnostics.promote_warnings();
    result_.diagnostics.settle(result_.tree.sources);
    return std::move(result_);
}

}  // namespace

BuildResult check_site(Disk& site, Memo& memo, const BuildOptions& options) {
    Run run(site, memo, options);
    run.read();
    run.check();
    return run.finish();
}

BuildResult build_site(Disk& site, Memo& memo, OutputStage& stage, const BuildOptions& options) {
    Run run(site, memo, options);
    run.read();
    if (run.unchanged(stage)) {
        BuildResult result = run.finish();
        result.published = true;
        result.summary.commit.unchanged = stage.previous()->manifest.files.size();
        return result;
    }
    run.check();
    run.check_previous(stage);
    if (!run.has_errors()) run.publish(stage);
    return run.finish();
}

}  // namespace qunying
