#include "build/build.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "base/failure.h"
#include "base/parallel.h"
#include "base/text.h"
#include "build/precompress.h"
#include "build/private_files.h"
#include "build/review_seal.h"
#include "build/run.h"
#include "build/site_id.h"
#include "build/vanished.h"
#include "load/load.h"
#include "load/settings.h"
#include "pages/kiosk_view.h"
#include "rules/rules.h"

namespace qunying {
namespace {

// What a worker takes for a photograph of 24 megapixels, if the site does not say how much all may take.
std::uint64_t picture_memory(const SiteSettings& settings, unsigned threads) {
    constexpr std::uint64_t usual = std::uint64_t{128} << 20;
    return settings.picture_memory > 0 ? settings.picture_memory : usual * std::max(threads, 2U);
}

void choose_venue(const std::string& key, SiteSettings& settings, Diagnostics& diagnostics) {
    std::vector<std::string> known;
    for (const KioskSettings& venue : settings.venues) {
        known.push_back(venue.venue);
        if (venue.venue == key) settings.kiosk = venue;
    }
    if (settings.kiosk.venue == key) return;
    diagnostics.report(DiagnosticKind::venue_unknown, {settings.source, 0, 0},
                       {key, known.empty() ? "（没有）" : join(known, "、")});
}

std::string theme_folder(const Site& site) { return "themes/" + site.settings.theme + "/"; }

}  // namespace

Run::Run(Disk& site, Memo& memo, const BuildOptions& options)
    : disk_(site), memo_(memo), options_(options), shelf_(result_.tree, memo, options.tools) {
    workers_.emplace(options.worker, std::max(1U, options.threads));
}

std::string Run::edition() const {
    return options_.audience == Audience::web ? std::string() : "venue " + options_.venue;
}

bool Run::has_errors() const {
    const bool warned = !result_.diagnostics.empty() || !vanished_.empty();
    return result_.diagnostics.has_errors() || vanished_.has_errors() || (options_.strict && warned);
}

// Settings, templates and other small texts are read at once, content files when they are parsed.
void Run::read() {
    options_.progress(Step::read, 0, 0);
    SourceTree& tree = result_.tree;
    tree = find_sources(disk_, {"assets", "content", "themes"}, result_.diagnostics, reading());
    const std::vector<SourceId> records = record_files(tree.sources, tree.texts);
    std::vector<SourceId> others;
    std::set_difference(tree.texts.begin(), tree.texts.end(), records.begin(), records.end(),
                        std::back_inserter(others));
    read_texts(disk_, tree, others, reading());
    clock_.end("read");
}

Site Run::load() {
    options_.progress(Step::load, 0, 0);
    SourceTree& tree = result_.tree;
    const ParseOptions parsing{
        options_.generator, options_.threads, {part(parts_.yaml), part(parts_.markdown)}};
    ContentParser parser(tree, memo_, parsing);
    auto content = parser.files(result_.diagnostics);
    clock_.end("parse");
    clock_.part("parse.yaml", parts_.yaml);
    clock_.part("parse.markdown", parts_.markdown);
    FileSet files;
    for (const MediaFile& file : tree.media) files.insert(files.end(), file.path);
    for (const SourceId id : tree.texts) files.insert(tree.sources[id].path);
    Site site = load_site({tree.sources, tree.texts, files, options_.threads}, std::move(content), parser,
                          result_.diagnostics);
    parser.finish();
    if (!options_.base_url.empty()) site.settings.base_url = options_.base_url;
    if (!options_.venue.empty()) choose_venue(options_.venue, site.settings, result_.diagnostics);
    clock_.end("load");
    return site;
}

// What a reviewer signed is the text as it was written.
void Run::read_for_rules(const Site& site) {
    std::vector<SourceId> reviewed;
    for (const Record& record : site.records) {
        if (record.readable && record.story.span.known() && field_of(site.kinds, record, "review").present())
            reviewed.push_back(record.story.span.source);
    }
    read_texts(disk_, result_.tree, reviewed, reading());
}

// Of a venue's site: what may be looked up on the web too. Said of it is what its own audience is told.
std::vector<bool> Run::published_on_web(const Site& site) const {
    Diagnostics unsaid;
    const Publication web = decide_publication(site, {Audience::web, options_.as_of, false}, unsaid);
    std::vector<bool> published(site.records.size());
    for (std::size_t i = 0; i < published.size(); ++i) published[i] = web.published(static_cast<RecordId>(i));
    return published;
}

// Rules look at the whole site; from there on only the public one is left.
Site Run::decide(Site site) {
    options_.progress(Step::check, 0, 0);
    SourceTree& tree = result_.tree;
    Diagnostics& diagnostics = result_.diagnostics;
    read_for_rules(site);
    seal_reviewed_records(site, tree, memo_);
    check_rules({site, relate(site), tree.sources, options_.as_of}, diagnostics, options_.threads);
    check_private_files(tree, site, memo_, {options_.generator, options_.threads, options_.pictures},
                        diagnostics);
    clock_.end("rules");
    const Publication publication =
        decide_publication(site, {options_.audience, options_.as_of, options_.preview}, diagnostics);
    hides_names_ = has_hidden_names(site, publication);
    if (hides_names_) read_texts(disk_, tree, record_files(tree.sources, tree.texts), reading());
    check_names_left(site, publication, tree.sources, diagnostics, options_.threads);
    result_.summary.records = site.records.size();
    result_.summary.standings = publication.counts;
    if (options_.audience == Audience::venue) {
        checked_.on_web = published_on_web(site);
    }
    site = public_site(std::move(site), publication, diagnostics, options_.threads);
    clock_.end("publication");
    return site;
}

void Run::prepare_theme() {
    const std::string folder = theme_folder(checked_.site);
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
    workers_->set_budget(picture_memory(checked_.site.settings, options_.threads));
    auto requests = plan_images(checked_.site, checked_.theme, result_.diagnostics);
    add_kiosk_portraits(checked_.site, checked_.theme, requests);
    checked_.pictures = derive_pictures(requests, checked_.theme, studio(), result_.diagnostics);
    result_.summary.pictures_made = checked_.pictures.made;
    result_.summary.pictures_reused = checked_.pictures.reused;
    result_.summary.pictures_decoded = checked_.pictures.decoded;
}

// Headings depend on what the title face holds.
void Run::prepare_fonts() {
    if (checked_.theme.faces.empty()) return;
    std::vector<std::string_view> around;
    for (const SourceId id : result_.tree.texts) {
        const SourceFile& file = result_.tree.sources[id];
        if (file.path == settings_path || file.path.starts_with(theme_folder(checked_.site)))
            around.push_back(file.text);
    }
    const SiteCharacters characters =
        characters_of(checked_.site, checked_.theme, around, options_.audience, &stories_, options_.threads);
    checked_.fonts = plan_fonts(checked_.theme, checked_.site, characters, options_.audience, font_shop(),
                                result_.diagnostics);
    clock_.end("fonts");
}

void Run::check() {
    checked_.site = decide(load());
    shelf_.complete(checked_.site,
                    options_.pictures ? MediaShelf::Posters::wanted : MediaShelf::Posters::left_out,
                    result_.diagnostics);
    // From here nothing unpublished is in memory, and no record changes.
    prepare_theme();
    clock_.end("theme");
    checked_.relations = relate(checked_.site);
    checked_.routes = route(checked_.site, checked_.relations, result_.diagnostics, checked_.theme);
    if (options_.audience == Audience::venue) check_looped_exhibitions(checked_.site, result_.diagnostics);
    check_poster_settings(checked_.site.settings, options_.audience, result_.diagnostics);
    // From here no address changes.
    checked_.index = index_site(checked_.site, checked_.relations, options_.threads, checked_.theme);
    clock_.end("index");
    checked_.assets = plan_assets(result_.tree, checked_.site, memo_, shelf_, result_.diagnostics);
    prepare_pictures();
    clock_.end("pictures");
    prepare_fonts();
    // From here every file that a page may name is known.
}

PageContext Run::context() const {
    const CheckedSite& c = checked_;
    PageContext context{c.site,           c.relations,    c.routes,       c.index,           c.pictures.table,
                        c.theme,          c.assets.theme, c.assets.media, options_.audience, options_.as_of,
                        options_.preview, nullptr,        &stories_};
    if (c.fonts.has_title_face) context.title_face = &c.fonts.title_face;
    if (options_.audience == Audience::venue) context.on_web = &c.on_web;
    context.generator = std::string_view(options_.generator).substr(0, options_.generator.find(','));
    return context;
}

Digest Run::inputs() const {
    DigestBuilder builder;
    builder.add(memo_.content_digest(result_.tree))
        .add(options_.generator)
        .add(static_cast<std::uint64_t>(options_.audience));
    builder.add(iso_date(options_.as_of))
        .add(options_.base_url)
        .add(options_.venue)
        .add(static_cast<std::uint64_t>(options_.preview));
    if (options_.precompress) builder.add(precompression());
    return builder.finish();
}

// What could not be made today may be made tomorrow: then nothing is as this build found it. A venue's
// release says whose it is: screens take no other site's.
ReleaseFacts Run::facts() const {
    const bool complete = checked_.fonts.complete && checked_.pictures.complete && checked_.posters.complete;
    ReleaseFacts facts = {{"generator", options_.generator.substr(0, options_.generator.find(','))},
                          {"audience", options_.audience == Audience::web ? "web" : "venue"},
                          {"as_of", iso_date(options_.as_of)},
                          {"preview", options_.preview ? "yes" : "no"},
                          {"inputs", complete ? inputs().hex() : std::string()}};
    if (options_.precompress) facts.emplace_back(precompression_fact, precompression());
    if (options_.audience == Audience::web) return facts;
    facts.insert(facts.begin() + 2, {{"site", site_id(checked_.site.settings)}, {"venue", options_.venue}});
    return facts;
}

// A release with the same inputs is what this build would make; what was found then is said again.
bool Run::unchanged(const OutputStage& stage) {
    const Release* before = stage.previous();
    if (!before || !before->whole || before->manifest.fact("inputs").empty()) return false;
    complete_digests(result_.tree, disk_, options_.threads);
    const Digest now = inputs();
    if (before->manifest.fact("inputs") != now.hex()) return false;
    auto findings = memo_.load_findings(now);
    if (!findings || (options_.strict && !findings->empty())) return false;
    result_.diagnostics.add(std::move(*findings));
    memo_.note_files(result_.tree, started_);
    memo_.save();
    return true;
}

// What vanished is news of this build alone: the next one has this one before it.
void Run::check_previous(const OutputStage& stage) {
    // Drafts come and go, and nothing of a preview is printed on a plaque.
    if (stage.previous() && !options_.preview)
        check_vanished(stage.previous()->manifest, checked_.site, checked_.routes, vanished_);
}

// All that pages are made of and that is no record: what settings, kinds and theme were read from.
Digest Run::outside_of_pages() const {
    DigestBuilder builder;
    builder.add(options_.generator).add(checked_.site.settings.base_url);
    for (const std::string& path : {std::string(settings_path), theme_folder(checked_.site) + "theme.yaml"}) {
        const SourceFile* file = result_.tree.find_text(path);
        builder.add(path).add(file ? std::string_view(file->text) : std::string_view());
    }
    return builder.finish();
}

void Run::prepare_posters() {
    if (!options_.posters || !options_.pictures) return;
    checked_.posters =
        make_posters(plan_posters(*pages_), checked_.theme, poster_shop(), result_.diagnostics);
    if (checked_.posters.requests.empty()) return;
    pages_->posters = &checked_.posters.table;
    result_.summary.posters_made = checked_.posters.drawn;
    result_.summary.posters_reused = checked_.posters.reused;
    clock_.end("posters");
}

void Run::publish(OutputStage& stage) {
    options_.progress(Step::plan, 0, 0);
    pages_.emplace(context());
    prepare_posters();
    shared_ = share_views(*pages_, options_.threads);
    pages_->shared = &shared_;
    jobs_ = plan_pages(*pages_);
    clock_.end("plan");
    render(*pages_, jobs_, stage);
    if (has_errors()) return;
    stage_assets(checked_.assets, result_.tree, memo_, shelf_, stage);
    stage_pictures(checked_.pictures, studio(), stage);
    stage_posters(checked_.posters, poster_shop(), stage, result_.diagnostics);
    options_.progress(Step::write, 0, 0);
    clock_.end("assets");
    result_.summary.commit = stage.commit(facts());
    clock_.end("commit");
    result_.published = true;
    memo_.store_pages(pages_now_, edition());
    store_findings();
}

void Run::publish_or_press(OutputStage& stage) {
    if (!options_.precompress) return publish(stage);
    PrecompressingStage pressing(stage, memo_.cache());
    publish(pressing);
}

void Run::store_findings() {
    Diagnostics findings = result_.diagnostics;
    findings.settle(result_.tree.sources);
    memo_.store_findings(inputs(), findings.items());
}

// Findings show the lines that they speak of.
void Run::read_for_findings() {
    std::vector<SourceId> wanted;
    const auto want = [&](Span span) {
        if (span.known() && !result_.tree.sources[span.source].loaded) wanted.push_back(span.source);
    };
    for (const Diagnostic& finding : result_.diagnostics.items()) {
        want(finding.where);
        if (finding.related) want(*finding.related);
    }
    std::sort(wanted.begin(), wanted.end());
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    try {
        read_texts(disk_, result_.tree, wanted, reading());
    } catch (const Failure&) {  // gone or changed since: the findings stand without their lines
    }
}

void Run::remember() {
    memo_.note_files(result_.tree, started_);
    memo_.save();
    clock_.end("remember");
}

void Run::finish() {
    result_.diagnostics.merge(std::move(vanished_));
    if (options_.strict) result_.diagnostics.promote_warnings();
    read_for_findings();
    result_.diagnostics.settle(result_.tree.sources);
    result_.stages = clock_.take();
    workers_.reset();
}

void Run::check_all() {
    read();
    check();
    remember();
    finish();
}

// The files of the site and those of the release before lie in different folders, and looking at them is the
// kernel's work: side by side it takes half the time.
void Run::look_round(OutputStage& stage) {
    parallel_for(options_.threads, 2, [&](std::size_t i) {
        if (i == 0) return stage.open();
        read();
    });
}

void Run::build(OutputStage& stage) {
    look_round(stage);
    if (unchanged(stage)) {
        result_.published = true;
        result_.summary.commit.unchanged = stage.previous()->manifest.files.size();
        return finish();
    }
    check();
    check_previous(stage);
    if (!has_errors()) publish_or_press(stage);
    remember();
    finish();
}

BuildResult check_site(Disk& site, Memo& memo, const BuildOptions& options) {
    Run run(site, memo, options);
    run.check_all();
    return run.take();
}

BuildResult build_site(Disk& site, Memo& memo, OutputStage& stage, const BuildOptions& options) {
    Run run(site, memo, options);
    run.build(stage);
    return run.take();
}

}  // namespace qunying
