// The last stage before publishing: every page and every other file, made where it is not as it was.
#include <memory>
#include <optional>

#include "base/parallel.h"
#include "build/run.h"
#include "pages/kiosk_files.h"
#include "pages/plain_files.h"
#include "pages/roll_files.h"

namespace qunying {
namespace {

template <class Work>
auto timed(CpuTime* time, Work work) {
    const CpuTimer timer(time);
    return work();
}

}  // namespace

PageRecord Run::make_fonts(OutputStage& stage, Diagnostics& diagnostics) {
    result_.summary.fonts = stage_fonts(checked_.fonts, font_shop(), stage, diagnostics);
    return {};
}

PageRecord Run::make_file(const PlainFile& file, OutputStage& stage) const {
    const CpuTimer timer(part(parts_.files));
    const PageRecord* before = file.key == Digest{} ? nullptr : pages_before_.find(file.path);
    if (before && before->key == file.key && stage.keep(file.path, before->output)) return *before;
    return {{}, {}, stage.add(file.path, file.make()), file.key};
}

// The files of a part are its own business; it has no record by itself.
PageRecord Run::make_part(SearchFiles& search, std::size_t part_number) const {
    const CpuTimer timer(part(parts_.search));
    search.make(part_number);
    return {};
}

Digest Run::digest_of_view(const Value& view) const {
    DigestBuilder builder;
    builder.add(options_.generator);
    view.add_to(builder);
    return builder.finish();
}

PageRecord Run::make_page(const PageMaking& making, std::size_t number, Diagnostics& diagnostics,
                          std::optional<Reason>& reason) const {
    const PageJob& job = jobs_[number];
    const auto program = checked_.programs.find(job.program);
    if (!program) {
        diagnostics.report(DiagnosticKind::template_missing, {}, {checked_.theme.name, job.program});
        return {};
    }
    // A page that was there is most likely as it was. To see that, its view need not be made; and where it
    // must, no story is fetched.
    const PageRecord* before = pages_before_.find(job.path, number);
    const bool known = before != nullptr;
    PageRecord now;
    now.program = program_digest(checked_.programs, *program);
    now.key = timed(part(parts_.keys), [&] { return making.keys.page(job); }).value_or(Digest{});
    const bool same_key = known && before->program == now.program && before->key == now.key;
    if (same_key && now.key != Digest{} && making.stage.keep(job.path, before->output)) return *before;
    Value view =
        timed(part(parts_.view), [&] { return view_of(known ? making.told_apart : making.whole, job); });
    now.view = timed(part(parts_.digest), [&] { return digest_of_view(view); });
    if (!known) {
        reason = Reason::new_page;
    } else if (before->program != now.program) {
        reason = Reason::template_changed;
    } else if (before->view != now.view) {
        reason = Reason::content_changed;
    } else if (making.stage.keep(job.path, before->output)) {
        now.output = before->output;
        return now;
    } else {
        reason = Reason::lost;
    }
    if (known) view = timed(part(parts_.view), [&] { return view_of(making.whole, job); });
    const std::string html = timed(
        part(parts_.render), [&] { return qunying::render(checked_.programs, *program, view, diagnostics); });
    if (!diagnostics.has_errors())
        now.output = timed(part(parts_.stage), [&] { return making.stage.add(job.path, html); });
    if (!diagnostics.empty()) now.program = {};  // what was said of it must be said again
    return now;
}

void Run::render(const PageContext& pages, const std::vector<PageJob>& jobs, OutputStage& stage) {
    options_.progress(Step::render, 0, jobs.size());
    pages_before_ = memo_.load_pages(edition());
    std::vector<std::optional<Reason>> reasons(jobs.size());
    PageContext told_apart = pages;
    told_apart.story_detail = StoryDetail::told_apart;
    const PageKeys keys =
        timed(part(parts_.keys), [&] { return PageKeys(pages, outside_of_pages(), options_.threads); });
    const PageMaking making{pages, told_apart, keys, stage};
    // The other files are few, but long: they are made first, beside the pages.
    std::vector<PlainFile> files = plan_plain_files(pages, jobs, keys.data());
    for (PlainFile& file : plan_roll_files(pages, keys)) files.push_back(std::move(file));
    for (PlainFile& file : plan_kiosk_files(pages, jobs, keys)) files.push_back(std::move(file));
    std::vector<SearchPart> parts;
    if (!search_page(checked_.theme).empty()) {
        search_ = std::make_shared<SiteSearch>(pages);
        parts = plan_search(search_, keys);
    }
    SearchFiles search(std::move(parts), pages_before_, stage);
    // The fonts are pressed by a process of their own, which this thread only waits for.
    const std::size_t fonts = checked_.fonts.declared ? 1 : 0;
    const std::size_t others = fonts + search.size() + files.size();
    const std::vector<PageRecord> made = parallel_map(
        options_.threads, others + jobs.size(), result_.diagnostics, [&](std::size_t i, Diagnostics& own) {
            if (i < fonts) return make_fonts(stage, own);
            if (i < fonts + search.size()) return make_part(search, i - fonts);
            if (i < others) return make_file(files[i - fonts - search.size()], stage);
            const std::size_t page = i - others;
            return make_page(making, page, own, reasons[page]);
        });
    std::vector<PageRecords::Item> records;
    if (search_) search.finish(*search_);
    shards_ = search.take();
    const std::vector<SearchFiles::Record> found = records_of(shards_);
    for (const SearchFiles::Record& each : found) records.push_back({each.path, each.record});
    for (std::size_t i = 0; i < files.size(); ++i)
        records.push_back({files[i].path, made[fonts + search.size() + i]});
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        records.push_back({jobs[i].path, made[others + i]});
        if (reasons[i]) result_.explanations.push_back({jobs[i].path, *reasons[i]});
    }
    pages_now_ = PageRecords(std::move(records));
    clock_.end("render");
    clock_.part("render.files", parts_.files);
    clock_.part("render.search", parts_.search);
    clock_.part("render.keys", parts_.keys);
    clock_.part("render.view", parts_.view);
    clock_.part("render.digest", parts_.digest);
    clock_.part("render.template", parts_.render);
    clock_.part("render.stage", parts_.stage);
    result_.summary.pages = jobs.size();
    result_.summary.pages_rendered = result_.explanations.size();
}

}  // namespace qunying
