#include "build/pictures.h"

#include <algorithm>
#include <cmath>

#include "base/failure.h"
#include "base/json.h"
#include "images/derive.h"

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

// One request on its way.
struct Work {
    const ImageRequest* request = nullptr;
    const MediaFile* file = nullptr;  // nullptr where it is missing
    Digest key;
    std::optional<PictureFacts> facts;
};

std::vector<Work> look_up(const std::vector<ImageRequest>& requests, const ThemeConfig& theme,
                          const PictureStudio& studio) {
    std::vector<Work> all;
    for (const ImageRequest& request : requests) {
        Work work{&request, studio.tree.find_media(request.file), {}, std::nullopt};
        if (work.file) {
            work.key = picture_key(studio.memo.file_digest(*work.file), request.treatment, studio.scans,
                                   recipes_of(request, theme));
            if (const auto known = studio.memo.cache().get("picture-facts", work.key))
                work.facts = read_facts(*known);
        }
        all.push_back(std::move(work));
    }
    return all;
}

// Equal contents under several names are derived once: the first stands for the others.
std::vector<Work*> missing_ones(std::vector<Work>& all) {
    std::vector<Work*> missing;
    std::map<Digest, Work*> seen;
    for (Work& work : all) {
        if (work.file && !work.facts && seen.emplace(work.key, &work).second) missing.push_back(&work);
    }
    return missing;
}

void derive_missing(std::vector<Work>& all, const ThemeConfig& theme, const PictureStudio& studio) {
    const std::vector<Work*> missing = missing_ones(all);
    studio.progress(Step::pictures, 0, missing.size());
    const auto make_job = [&](std::size_t i) {
        return encode_job({studio.memo.site().read_file(missing[i]->file->path),
                           recipes_of(*missing[i]->request, theme), missing[i]->request->treatment,
                           studio.scans});
    };
    studio.workers.run(missing.size(), make_job, [&](std::size_t i, WorkerReply reply) {
        const PictureResult result = picture_of(std::move(reply));
        missing[i]->facts = facts_of(result);
        if (result.decoded) studio.memo.cache().put("picture-bytes", missing[i]->key, encode_result(result));
        if (may_be_remembered(result.problem))
            studio.memo.cache().put("picture-facts", missing[i]->key, write_facts(*missing[i]->facts));
        studio.progress(Step::pictures, i + 1, missing.size());
    });
    std::map<Digest, const Work*> done;
    for (const Work* work : missing) done.emplace(work->key, work);
    for (Work& work : all) {
        if (work.file && !work.facts) work.facts = done.at(work.key)->facts;
    }
}

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
    ImageEntry entry{false, result.source_width, result.source_height, result.average_rgb, {}};
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

Digest picture_key(const Digest& original, const Treatment& treatment, Scans scans,
                   const std::vector<Recipe>& recipes) {
    DigestBuilder builder;
    builder.add(encoder_version()).add(original);
    add_to(builder, treatment);
    builder.add(static_cast<std::uint64_t>(scans));
    for (const Recipe& recipe : recipes) add_to(builder, recipe);
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
        return encode_job({studio.memo.site().read_file(picture.original), picture.recipes, picture.treatment,
                           studio.scans});
    };
    studio.workers.run(1, make_job,
                       [&](std::size_t, WorkerReply reply) { made = picture_of(std::move(reply)); });
    if (!made.decoded)
        throw Failure("make a picture again", picture.original, std::make_error_code(std::errc::io_error));
    studio.memo.cache().put("picture-bytes", picture.key, encode_result(made));
    return made;
}

DerivedPictures derive_pictures(const std::vector<ImageRequest>& requests, const ThemeConfig& theme,
                                PictureStudio studio, Diagnostics& diagnostics) {
    DerivedPictures derived;
    std::vector<Work> all = look_up(requests, theme, studio);
    for (const Work& work : all) derived.reused += work.facts ? 1 : 0;
    derive_missing(all, theme, studio);
    for (const Work& work : all) {
        const ImageRequest& request = *work.request;
        if (work.facts)
            report_picture(diagnostics, request.where, request.file, work.facts->result,
                           recipes_of(request, theme));
        if (!work.facts || !work.facts->result.decoded) {
            derived.table.add(request.file, request.treatment, {true, 0, 0, 0, {}});
            continue;
        }
        derived.derived.push_back({work.key, request.file, recipes_of(request, theme), request.treatment});
        derived.table.add(request.file, request.treatment,
                          enter(work, theme, derived.derived.size() - 1, derived.files));
    }
    derived.made = derived.derived.size() - std::min(derived.derived.size(), derived.reused);
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
