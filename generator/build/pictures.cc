#include "build/pictures.h"

#include <algorithm>

#include "base/failure.h"
#include "build/picture_facts.h"
#include "images/derive.h"
#include "images/effort.h"
#include "images/geometry.h"

namespace qunying {
namespace {

// The worker's fault may be gone tomorrow; the picture's will not.
bool may_be_remembered(PictureProblem problem) {
    return problem != PictureProblem::timed_out && problem != PictureProblem::crashed &&
           problem != PictureProblem::out_of_memory;
}

// One request on its way, or the picture to download of it.
struct Work {
    const ImageRequest* request = nullptr;
    PictureUse use;
    const MediaFile* file = nullptr;  // nullptr where it is missing
    Digest original = {};
    std::size_t group = 0, place = 0;  // its group, and which use there
    Digest key = {};
    std::optional<PictureFacts> facts = std::nullopt;
};

// What is made of one decode, each use once, in an order that no file name decides.
struct Group {
    std::vector<PictureUse> uses;
    std::vector<Work*> works;
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

PictureEffort effort_for(const Group& group, const PictureStudio& studio) {
    const MediaFile& file = *group.works.front()->file;
    std::vector<Recipe> recipes;
    for (const PictureUse& use : group.uses)
        recipes.insert(recipes.end(), use.recipes.begin(), use.recipes.end());
    const bool frame = studio.shelf && studio.shelf->frame_key(file.path);
    const std::string beginning =
        frame ? studio.shelf->frame(file.path) : studio.memo.site().read_beginning(file.path, telling_bytes);
    return effort_of(beginning, frame ? beginning.size() : file.status.size, recipes);
}

Digest digest_of(const PictureUse& use) {
    DigestBuilder builder;
    add_to(builder, use.treatment);
    for (const Recipe& recipe : use.recipes) add_to(builder, recipe);
    return builder.finish();
}

// Several uses share a decode as large as the most demanding of them wants it, so each is made of more pixels
// than it would be alone.
Digest key_in_group(const Digest& original, const std::vector<PictureUse>& uses, std::size_t place,
                    const PictureStudio& studio) {
    const PictureUse& use = uses[place];
    const Digest alone = picture_key(original, use.treatment, studio.scans, use.recipes, studio.credit);
    if (uses.size() == 1) return alone;
    DigestBuilder builder;
    builder.add(alone).add("beside");
    for (const PictureUse& each : uses) builder.add(digest_of(each));
    return builder.finish();
}

void look_up(Group& group, const PictureStudio& studio) {
    std::map<Digest, PictureUse> uses;
    for (const Work* work : group.works) uses.emplace(digest_of(work->use), work->use);
    for (const auto& [digest, use] : uses) group.uses.push_back(use);
    for (Work* work : group.works) {
        work->place = static_cast<std::size_t>(std::distance(uses.begin(), uses.find(digest_of(work->use))));
        work->key = key_in_group(work->original, group.uses, work->place, studio);
        if (const auto known = studio.memo.cache().get("picture-facts", work->key))
            work->facts = read_facts(*known);
    }
}

// Works of equal `key_of` belong together.
template <class Key>
std::vector<Group> grouped(std::vector<Work>& works, const PictureStudio& studio, Key key_of) {
    std::vector<Group> groups;
    std::map<Digest, std::size_t> places;
    for (Work& work : works) {
        work.file = studio.tree.find_media(work.request->file);
        if (!work.file) continue;
        work.original = original_digest(*work.file, studio);
        const auto [place, fresh] = places.try_emplace(key_of(work), groups.size());
        if (fresh) groups.emplace_back();
        groups[place->second].works.push_back(&work);
    }
    for (Group& group : groups) look_up(group, studio);
    return groups;
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
    std::vector<Group> groups;
};

AllWork look_up(const std::vector<ImageRequest>& requests, const ThemeConfig& theme,
                const PictureStudio& studio) {
    AllWork all;
    for (const ImageRequest& request : requests) {
        all.shown.push_back({&request, {request.treatment, recipes_of(request, theme)}});
        if (request.download)
            all.downloads.push_back({&request, {for_download(request.treatment), {download_recipe()}}});
    }
    all.groups = grouped(all.shown, studio, [](const Work& work) { return work.original; });
    // A picture too large to be offered whole shall be shown all the same: each is a job of its own.
    for (Group& group : grouped(all.downloads, studio, [](const Work& work) {
             return DigestBuilder().add(work.original).add(digest_of(work.use)).finish();
         }))
        all.groups.push_back(std::move(group));
    for (std::size_t i = 0; i < all.groups.size(); ++i)
        for (Work* work : all.groups[i].works) work->group = i;
    return all;
}

PictureResult credited(PictureResult result, const Credit& credit) {
    for (auto& outputs : result.outputs) {
        for (PictureOutput& output : outputs)
            output.bytes = credited(std::move(output.bytes), output.format, credit);
    }
    return result;
}

std::vector<Group*> missing_ones(AllWork& all) {
    std::vector<Group*> missing;
    for (Group& group : all.groups) {
        const bool known = std::all_of(group.works.begin(), group.works.end(),
                                       [](const Work* work) { return work->facts.has_value(); });
        if (!known) missing.push_back(&group);
    }
    return missing;
}

// How far the making of pictures has come, told by their pixels: a scan of fifty megapixels takes as long as
// fifty small pictures.
class PictureProgress {
  public:
    PictureProgress(const Progress& progress, const std::vector<Group*>& groups,
                    const std::vector<PictureEffort>& efforts)
        : progress_(progress), groups_(groups), efforts_(efforts) {
        for (const PictureEffort& effort : efforts) total_ += effort.pixels + each_;
        tell(0);
    }
    void tell(std::size_t done) {
        if (done > 0) done_ += efforts_[done - 1].pixels + each_;
        const std::string_view in_hand = done < groups_.size()
                                             ? std::string_view(groups_[done]->works.front()->file->path)
                                             : std::string_view();
        progress_(ProgressNews{Step::pictures, done, groups_.size(), done_, total_, in_hand});
    }

  private:
    static constexpr std::uint64_t each_ = 500'000;  // what any picture costs beside its pixels
    const Progress& progress_;
    const std::vector<Group*>& groups_;
    const std::vector<PictureEffort>& efforts_;
    std::uint64_t done_ = 0, total_ = 0;
};

PoolJob job_for(const std::string& path, const std::vector<PictureUse>& uses, std::uint64_t memory,
                const PictureStudio& studio) {
    std::string bytes = original_bytes(path, studio);
    std::string before = encode_job_before_bytes({bytes, uses, studio.scans});
    return {std::move(before), std::move(bytes), memory};
}

// What was made for one use, for all works that want it.
void keep(const Group& group, std::size_t place, PictureResult made, const PictureStudio& studio) {
    const PictureResult result = credited(std::move(made), studio.credit);
    const PictureFacts facts = facts_of(result);
    const Work* first = nullptr;
    for (Work* work : group.works) {
        if (work->place != place || work->facts) continue;
        work->facts = facts;
        first = work;
    }
    if (!first) return;  // was known before
    if (result.decoded) studio.memo.cache().put("picture-bytes", first->key, encode_result(result));
    if (may_be_remembered(result.problem))
        studio.memo.cache().put("picture-facts", first->key, write_facts(facts));
}

// How many had to be decoded.
std::size_t derive_missing(AllWork& all, const PictureStudio& studio) {
    const std::vector<Group*> missing = missing_ones(all);
    std::vector<PictureEffort> efforts;
    for (const Group* group : missing) efforts.push_back(effort_for(*group, studio));
    PictureProgress progress(studio.progress, missing, efforts);
    const auto make_job = [&](std::size_t i) {
        return job_for(missing[i]->works.front()->file->path, missing[i]->uses, efforts[i].memory, studio);
    };
    studio.workers.run(missing.size(), make_job, [&](std::size_t i, WorkerReply reply) {
        auto results = pictures_of(std::move(reply), missing[i]->uses.size());
        for (std::size_t place = 0; place < results.size(); ++place)
            keep(*missing[i], place, std::move(results[place]), studio);
        progress.tell(i + 1);
    });
    return missing.size();
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
    std::string path = rendition_path(work, work.use.recipes.front(), output);
    derived.files.push_back({path, file, derived.derived.size(), 0, 0});
    derived.derived.push_back({work.key, work.request->file, {work.use}, 0});
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

std::vector<PictureResult> pictures_of(WorkerReply reply, std::size_t uses) {
    const auto each = [uses](const PictureResult& result) { return std::vector(uses, result); };
    if (reply.outcome == WorkerOutcome::timed_out) return each(failed_picture(PictureProblem::timed_out));
    if (reply.outcome == WorkerOutcome::crashed) {
        const bool memory = reply.exit_status == out_of_memory_status;
        return each(failed_picture(memory ? PictureProblem::out_of_memory : PictureProblem::crashed));
    }
    auto results = decode_results(reply.bytes);
    const bool sound = results && results->size() == uses;
    return sound ? std::move(*results) : each(failed_picture(PictureProblem::crashed, "broken answer"));
}

PictureResult picture_of(WorkerReply reply) { return std::move(pictures_of(std::move(reply), 1).front()); }

PictureResult fetch_picture(const DerivedPicture& picture, PictureStudio studio) {
    if (const auto stored = studio.memo.cache().get("picture-bytes", picture.key)) {
        if (auto result = decode_result(*stored)) return std::move(*result);
    }
    PictureResult made;
    studio.workers.run(
        1, [&](std::size_t) { return job_for(picture.original, picture.uses, 0, studio); },
        [&](std::size_t, WorkerReply reply) {
            auto results = pictures_of(std::move(reply), picture.uses.size());
            made = credited(std::move(results[picture.place]), studio.credit);
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
    derived.decoded = derive_missing(all, studio);
    for (const Work& work : all.shown) {
        const ImageRequest& request = *work.request;
        if (work.facts)
            report_picture(diagnostics, request.where, request.file, work.facts->result, work.use.recipes);
        if (may_end_otherwise(work)) derived.complete = false;
        if (!is_made(work)) {
            derived.table.add(request.file, request.treatment, {true, 0, 0, 0, {}, {}});
            continue;
        }
        derived.derived.push_back({work.key, request.file, all.groups[work.group].uses, work.place});
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
