#include "build/pictures.h"

#include <algorithm>
#include <cmath>

#include "base/failure.h"
#include "base/json.h"
#include "images/derive.h"
#include "images/effort.h"
#include "images/geometry.h"

namespace qunying {
namespace {

// What is known of a photograph without its bytes: cached apart from them, so that an unchanged photograph
// costs a small read.
struct PictureFacts {
    PictureResult result;  // outputs without bytes
    std::vector<std::vector<OutputFile>> files;
};

constexpr double millionths = 1e6;

std::string write_facts(const PictureFacts& facts) {
    JsonWriter json(JsonWriter::Layout::compact);
    const PictureResult& r = facts.result;
    json.begin_object().key("decoded").boolean(r.decoded).key("problem").number(static_cast<int>(r.problem));
    json.key("detail")
        .text(r.detail)
        .key("width")
        .number(r.source_width)
        .key("height")
        .number(r.source_height);
    json.key("frames").number(r.frames).key("rgb").number(r.average_rgb);
    // Places are kept in millionths: a picture has fewer pixels across.
    json.key("head").begin_array().number(static_cast<int>(r.head.source));
    for (const double place : {r.head.eyes.x, r.head.eyes.y, r.head.height})
        json.number(std::llround(place * millionths));
    json.end_array().key("outputs").begin_array();
    for (std::size_t i = 0; i < r.outputs.size(); ++i) {
        json.begin_array();
        for (std::size_t j = 0; j < r.outputs[i].size(); ++j) {
            const PictureOutput& o = r.outputs[i][j];
            json.begin_array().number(static_cast<int>(o.format)).number(o.width).number(o.height);
            json.text(facts.files[i][j].blake2b.hex())
                .number(static_cast<std::int64_t>(facts.files[i][j].size))
                .end_array();
        }
        json.end_array();
    }
    json.end_array().end_object();
    return json.finish();
}

Head read_head(const JsonValue& places) {
    const auto place = [&](std::size_t i) {
        return static_cast<double>(places.items.at(i).integer) / millionths;
    };
    return {static_cast<Head::Source>(places.items.at(0).integer), {place(1), place(2)}, place(3)};
}

std::optional<PictureFacts> read_facts(std::string_view text) {
    const auto json = read_json(text);
    const JsonValue* outputs = json ? json->find("outputs") : nullptr;
    const JsonValue* head = json ? json->find("head") : nullptr;
    if (!outputs || !head || head->items.size() != 4) return std::nullopt;
    PictureFacts facts;
    PictureResult& r = facts.result;
    r.decoded = json->find("decoded")->boolean;
    r.problem = static_cast<PictureProblem>(json->find("problem")->integer);
    r.detail = json->find("detail")->text;
    r.frames = static_cast<int>(json->find("frames")->integer);
    r.source_width = static_cast<int>(json->find("width")->integer);
    r.source_height = static_cast<int>(json->find("height")->integer);
    r.average_rgb = static_cast<std::uint32_t>(json->find("rgb")->integer);
    r.head = read_head(*head);
    for (const JsonValue& recipe : outputs->items) {
        r.outputs.emplace_back();
        facts.files.emplace_back();
        for (const JsonValue& o : recipe.items) {
            r.outputs.back().push_back({static_cast<PictureFormat>(o.items[0].integer),
                                        static_cast<int>(o.items[1].integer),
                                        static_cast<int>(o.items[2].integer),
                                        {}});
            const auto blake2b = blake2b_from_hex(o.items[3].text);
            if (!blake2b) return std::nullopt;
            facts.files.back().push_back({*blake2b, static_cast<std::uint64_t>(o.items[4].integer)});
        }
    }
    return facts;
}

PictureFacts facts_of(const PictureResult& result) {
    PictureFacts facts;
    facts.result = result;
    for (auto& recipe : facts.result.outputs) {
        facts.files.emplace_back();
        for (PictureOutput& output : recipe) {
            facts.files.back().push_back({blake2b_of(output.bytes), output.bytes.size()});
            output.bytes.clear();
        }
    }
    return facts;
}

// The worker's fault may be gone tomorrow; the picture's will not.
bool may_be_remembered(PictureProblem problem) {
    return problem != PictureProblem::timed_out && problem != PictureProblem::crashed &&
           problem != PictureProblem::out_of_memory;
}

// One request on its way, or the picture to download of it.
struct Work {
    const ImageRequest* request = nullptr;
    std::vector<Recipe> recipes;
    Treatment treatment;
    const MediaFile* file = nullptr;  // nullptr where it is missing
    Digest key;
    std::optional<PictureFacts> facts;
};

// A film stands for its frame.
Digest original_digest(const MediaFile& file, const PictureStudio& studio) {
    const auto frame = studio.shelf ? studio.shelf->frame_key(file.path) : std::nullopt;
    return frame ? *frame : studio.memo.file_digest(file);
}

std::string original_bytes(const std::string& path, const PictureStudio& studio) {
    const bool frame = studio.shelf && studio.shelf->frame_key(path);
    return frame ? studio.shelf->frame(path) : studio.memo.site().read_file(path);
}

PictureEffort effort_for(const Work& work, const PictureStudio& studio) {
    const bool frame = studio.shelf && studio.shelf->frame_key(work.file->path);
    const std::string beginning = frame ? studio.shelf->frame(work.file->path)
                                        : studio.memo.site().read_beginning(work.file->path, telling_bytes);
    return effort_of(beginning, frame ? beginning.size() : work.file->status.size, work.recipes);
}

void look_up(Work& work, const PictureStudio& studio) {
    work.file = studio.tree.find_media(work.request->file);
    if (!work.file) return;
    work.key = picture_key(original_digest(*work.file, studio), work.treatment, studio.scans, work.recipes,
                           studio.credit);
    if (const auto known = studio.memo.cache().get("picture-facts", work.key))
        work.facts = read_facts(*known);
}

// As it was taken, upright and straight: what a recipe makes of its colours and cut is for pages.
Treatment for_download(Treatment treatment) {
    treatment.focus.reset();
    treatment.head = 0;
    treatment.old_print = treatment.portrait = false;
    return treatment;
}

// All that is wanted: first the pictures of pages, then those to download.
struct AllWork {
    std::vector<Work> shown, downloads;
};

AllWork look_up(const std::vector<ImageRequest>& requests, const ThemeConfig& theme,
                const PictureStudio& studio) {
    AllWork all;
    for (const ImageRequest& request : requests) {
        all.shown.push_back({&request, recipes_of(request, theme), request.treatment, nullptr, {}, {}});
        if (request.download)
            all.downloads.push_back(
                {&request, {download_recipe()}, for_download(request.treatment), nullptr, {}, {}});
    }
    for (Work& work : all.shown) look_up(work, studio);
    for (Work& work : all.downloads) look_up(work, studio);
    return all;
}

PictureResult credited(PictureResult result, const Credit& credit) {
    for (auto& outputs : result.outputs) {
        for (PictureOutput& output : outputs)
            output.bytes = credited(std::move(output.bytes), output.format, credit);
    }
    return result;
}

// Equal contents under several names are derived once: the first stands for the others.
std::vector<Work*> missing_ones(AllWork& all) {
    std::vector<Work*> missing;
    std::map<Digest, Work*> seen;
    for (std::vector<Work>* works : {&all.shown, &all.downloads}) {
        for (Work& work : *works) {
            if (work.file && !work.facts && seen.emplace(work.key, &work).second) missing.push_back(&work);
        }
    }
    return missing;
}

// How far the making of pictures has come, told by their pixels: a scan of fifty megapixels takes as long as
// fifty small pictures.
class PictureProgress {
  public:
    PictureProgress(const Progress& progress, const std::vector<Work*>& works,
                    const std::vector<PictureEffort>& efforts)
        : progress_(progress), works_(works), efforts_(efforts) {
        for (const PictureEffort& effort : efforts) total_ += effort.pixels + each_;
        tell(0);
    }
    void tell(std::size_t done) {
        if (done > 0) done_ += efforts_[done - 1].pixels + each_;
        const std::string_view in_hand =
            done < works_.size() ? std::string_view(works_[done]->request->file) : std::string_view();
        progress_(ProgressNews{Step::pictures, done, works_.size(), done_, total_, in_hand});
    }

  private:
    static constexpr std::uint64_t each_ = 500'000;  // what any picture costs beside its pixels
    const Progress& progress_;
    const std::vector<Work*>& works_;
    const std::vector<PictureEffort>& efforts_;
    std::uint64_t done_ = 0, total_ = 0;
};

void derive_missing(AllWork& all, const PictureStudio& studio) {
    const std::vector<Work*> missing = missing_ones(all);
    std::vector<PictureEffort> efforts;
    for (const Work* work : missing) efforts.push_back(effort_for(*work, studio));
    PictureProgress progress(studio.progress, missing, efforts);
    const auto make_job = [&](std::size_t i) {
        const Work& work = *missing[i];
        return PoolJob(
            encode_job({original_bytes(work.file->path, studio), work.recipes, work.treatment, studio.scans}),
            efforts[i].memory);
    };
    studio.workers.run(missing.size(), make_job, [&](std::size_t i, WorkerReply reply) {
        const PictureResult result = credited(picture_of(std::move(reply)), studio.credit);
        missing[i]->facts = facts_of(result);
        if (result.decoded) studio.memo.cache().put("picture-bytes", missing[i]->key, encode_result(result));
        if (may_be_remembered(result.problem))
            studio.memo.cache().put("picture-facts", missing[i]->key, write_facts(*missing[i]->facts));
        progress.tell(i + 1);
    });
    std::map<Digest, const Work*> done;
    for (const Work* work : missing) done.emplace(work->key, work);
    for (std::vector<Work>* works : {&all.shown, &all.downloads}) {
        for (Work& work : *works) {
            if (work.file && !work.facts) work.facts = done.at(work.key)->facts;
        }
    }
}

bool may_end_otherwise(const Work& work) {
    return work.facts && !may_be_remembered(work.facts->result.problem);
}

bool is_made(const Work& work) { return work.facts && work.facts->result.decoded; }

// media/NAME-HASH8-WIDTH.jpg, where the hash covers all that decides the bytes.
std::string rendition_path(const Work& work, const Recipe& recipe, const PictureOutput& output) {
    DigestBuilder builder;
    builder.add(work.key);
    add_to(builder, recipe);
    return "media/" + media_name(work.request->file) + "-" + builder.finish().hex().substr(0, 8) + "-" +
           std::to_string(output.width) + "." + std::string(extension_of(output.format));
}

ImageEntry enter(const Work& work, const ThemeConfig& theme, std::size_t picture,
                 std::vector<PictureFile>& files) {
    const PictureResult& result = work.facts->result;
    ImageEntry entry{false, result.source_width, result.source_height, result.average_rgb, {}, {}};
    entry.renditions.resize(theme.recipes.size());
    for (std::size_t i = 0; i < result.outputs.size() && i < work.request->recipes.size(); ++i) {
        const std::size_t recipe = work.request->recipes[i];
        for (std::size_t j = 0; j < result.outputs[i].size(); ++j) {
            const PictureOutput& output = result.outputs[i][j];
            std::string path = rendition_path(work, theme.recipes[recipe].recipe, output);
            files.push_back({path, work.facts->files[i][j], picture, i, j});
            entry.renditions[recipe].push_back({output.format, output.width, output.height, std::move(path)});
        }
    }
    return entry;
}

// The one picture that is made to be downloaded.
void enter_download(const Work& work, DerivedPictures& derived) {
    const PictureOutput& output = work.facts->result.outputs.at(0).at(0);
    const OutputFile& file = work.facts->files.at(0).at(0);
    std::string path = rendition_path(work, work.recipes.front(), output);
    derived.files.push_back({path, file, derived.derived.size(), 0, 0});
    derived.derived.push_back({work.key, work.request->file, work.recipes, work.treatment});
    ImageEntry entry = *derived.table.find(work.request->file, work.request->treatment);
    entry.download = DownloadFile{std::move(path), output.width, output.height, file.size};
    derived.table.add(work.request->file, work.request->treatment, std::move(entry));
}

void sort_files(std::vector<PictureFile>& files) {
    std::stable_sort(files.begin(), files.end(),
                     [](const PictureFile& a, const PictureFile& b) { return a.path < b.path; });
    const auto same = [](const PictureFile& a, const PictureFile& b) { return a.path == b.path; };
    files.erase(std::unique(files.begin(), files.end(), same), files.end());
}

}  // namespace

std::vector<Recipe> recipes_of(const ImageRequest& request, const ThemeConfig& theme) {
    std::vector<Recipe> recipes;
    for (const std::size_t index : request.recipes)
        recipes.push_back(suited(theme.recipes[index].recipe, request.treatment));
    return recipes;
}

Recipe download_recipe() {
    Recipe recipe;
    recipe.name = "download";
    recipe.widths = {longest_side};  // of any picture its own: none is enlarged
    recipe.jpeg_quality = 92;
    return recipe;
}

Digest picture_key(const Digest& original, const Treatment& treatment, Scans scans,
                   const std::vector<Recipe>& recipes, const Credit& credit) {
    DigestBuilder builder;
    builder.add(encoder_version()).add(original);
    add_to(builder, treatment);
    builder.add(static_cast<std::uint64_t>(scans));
    for (const Recipe& recipe : recipes) add_to(builder, recipe);
    if (!credit.empty()) builder.add("credit").add(credit.artist).add(credit.copyright);
    return builder.finish();
}

PictureResult picture_of(WorkerReply reply) {
    if (reply.outcome == WorkerOutcome::timed_out) return failed_picture(PictureProblem::timed_out);
    if (reply.outcome == WorkerOutcome::crashed) {
        const bool memory = reply.exit_status == out_of_memory_status;
        return failed_picture(memory ? PictureProblem::out_of_memory : PictureProblem::crashed);
    }
    auto result = decode_result(reply.bytes);
    return result ? std::move(*result) : failed_picture(PictureProblem::crashed, "broken answer");
}

PictureResult fetch_picture(const DerivedPicture& picture, PictureStudio studio) {
    if (const auto stored = studio.memo.cache().get("picture-bytes", picture.key)) {
        if (auto result = decode_result(*stored)) return std::move(*result);
    }
    PictureResult made;
    const auto make_job = [&](std::size_t) {
        return encode_job(
            {original_bytes(picture.original, studio), picture.recipes, picture.treatment, studio.scans});
    };
    studio.workers.run(1, make_job, [&](std::size_t, WorkerReply reply) {
        made = credited(picture_of(std::move(reply)), studio.credit);
    });
    if (!made.decoded)
        throw Failure("make a picture again", picture.original, std::make_error_code(std::errc::io_error));
    studio.memo.cache().put("picture-bytes", picture.key, encode_result(made));
    return made;
}

DerivedPictures derive_pictures(const std::vector<ImageRequest>& requests, const ThemeConfig& theme,
                                PictureStudio studio, Diagnostics& diagnostics) {
    DerivedPictures derived;
    AllWork all = look_up(requests, theme, studio);
    for (const Work& work : all.shown) derived.reused += work.facts ? 1 : 0;
    derive_missing(all, studio);
    for (const Work& work : all.shown) {
        const ImageRequest& request = *work.request;
        if (work.facts)
            report_picture(diagnostics, request.where, request.file, work.facts->result, work.recipes);
        if (may_end_otherwise(work)) derived.complete = false;
        if (!is_made(work)) {
            derived.table.add(request.file, request.treatment, {true, 0, 0, 0, {}, {}});
            continue;
        }
        derived.derived.push_back({work.key, request.file, work.recipes, request.treatment});
        derived.table.add(request.file, request.treatment,
                          enter(work, theme, derived.derived.size() - 1, derived.files));
    }
    derived.made = derived.derived.size() - std::min(derived.derived.size(), derived.reused);
    for (const Work& work : all.downloads) {
        const ImageEntry* shown = derived.table.find(work.request->file, work.request->treatment);
        if (may_end_otherwise(work)) derived.complete = false;
        if (shown->broken) continue;  // the one finding says it all
        if (is_made(work)) {
            enter_download(work, derived);
        } else {
            diagnostics.report(DiagnosticKind::picture_download_failed, work.request->where,
                               {work.request->file});
        }
    }
    sort_files(derived.files);
    return derived;
}

void stage_pictures(const DerivedPictures& pictures, PictureStudio studio, OutputStage& stage) {
    // One result holds many files: those that are not there yet are grouped by it.
    std::map<std::size_t, std::vector<const PictureFile*>> wanted;
    for (const PictureFile& file : pictures.files) {
        if (!stage.keep(file.path, file.expected)) wanted[file.picture].push_back(&file);
    }
    for (const auto& [picture, files] : wanted) {
        const PictureResult result = fetch_picture(pictures.derived[picture], studio);
        for (const PictureFile* file : files)
            stage.add(file->path, result.outputs.at(file->recipe).at(file->output).bytes);
    }
}

}  // namespace qunying
