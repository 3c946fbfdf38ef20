#include "images/derive.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <malloc.h>
#include <map>
#include <new>

#include "base/failure.h"
#include "images/develop.h"
#include "images/faces.h"
#include "images/pixels.h"

namespace qunying {
namespace {

using vips::VImage;

[[noreturn]] void end_for_lack_of_memory() { std::_Exit(out_of_memory_status); }

// GLib ends the process when memory runs out, and says so first; the pool shall know why.
void on_library_message(const gchar*, GLogLevelFlags level, const gchar* message, gpointer) {
    const bool fatal = (level & (G_LOG_FLAG_FATAL | G_LOG_LEVEL_ERROR)) != 0;
    if (fatal && message != nullptr && std::strstr(message, "allocat") != nullptr) end_for_lack_of_memory();
}

// Makes each saver and loader do its work once: what they open or load only then is open before the sandbox
// closes.
void warm_up() {
    const VImage square =
        (VImage::black(16, 16, VImage::option()->set("bands", 3)) + 128).cast(VIPS_FORMAT_UCHAR);
    const VImage image = square.copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
    for (const PictureFormat format : {PictureFormat::jpeg, PictureFormat::webp, PictureFormat::avif}) {
        try {
            const std::string bytes = save_picture(image, format, Recipe{});
            decode_master(open_original(bytes), {8, 8});
        } catch (const vips::VError&) {  // this build of libvips lacks the format; said when one is met
            vips_error_clear();
        } catch (const Unusable&) {
        }
    }
    save_png(image);
}

// What a recipe makes of the master.
struct Making {
    const VImage& master;
    Tone tone;
    Contrast contrast;
};

VImage finished(const VImage& image, bool reduced, const Making& making, const Recipe& recipe) {
    const VImage sharp = reduced ? sharpened(image, recipe.sharpening) : image;
    return toned(sharp, making.tone, recipe, making.contrast);
}

// From the largest down: each size is made of the one before.
std::vector<PictureOutput> make_outputs(const Making& making, const RecipePlan& plan, const Recipe& recipe) {
    std::vector<PictureOutput> outputs;
    VImage image = cut(making.master, plan.box, recipe.background);
    const std::vector<PictureFormat> formats = formats_of(recipe);
    for (auto size = plan.sizes.rbegin(); size != plan.sizes.rend(); ++size) {
        const bool reduced = size->width < plan.cut_width;
        image = reduce(image, *size);
        const VImage made = finished(image, reduced, making, recipe);
        for (auto format = formats.rbegin(); format != formats.rend(); ++format) {
            outputs.push_back({*format, size->width, size->height, save_picture(made, *format, recipe)});
        }
    }
    return {std::make_move_iterator(outputs.rbegin()), std::make_move_iterator(outputs.rend())};
}

Making making_of(const VImage& master, const Treatment& treatment, const Recipe& recipe) {
    const Tone tone = treatment.old_print ? Tone::warm_scan : recipe.tone;
    return {master, tone, tone == Tone::warm_scan ? gentle_contrast(master) : Contrast{}};
}

// What several uses of a photograph want alike is made once.
class Outputs {
  public:
    std::vector<PictureOutput> of(const Developed& developed, const PictureUse& use, std::size_t recipe) {
        const RecipePlan& plan = developed.plan.recipes[recipe];
        auto& made = made_[what_decides(plan, use, use.recipes[recipe])];
        if (made.empty())
            made = make_outputs(making_of(developed.master, use.treatment, use.recipes[recipe]), plan,
                                use.recipes[recipe]);
        return made;
    }

  private:
    // Beside the original and the decode, which they share.
    static Digest what_decides(const RecipePlan& plan, const PictureUse& use, const Recipe& recipe) {
        DigestBuilder key;
        Treatment pixels;  // of it all that changes some, but for where they are cut
        pixels.turn = use.treatment.turn;
        pixels.trim = use.treatment.trim;
        pixels.old_print = use.treatment.old_print;
        add_to(key, pixels);
        add_to(key, recipe);
        std::vector<int> places = {plan.box.left, plan.box.top, plan.box.width, plan.box.height,
                                   plan.cut_width};
        for (const PixelSize size : plan.sizes) places.insert(places.end(), {size.width, size.height});
        for (const int place : places) key.add(static_cast<std::uint64_t>(place));
        return key.finish();
    }

    std::map<Digest, std::vector<PictureOutput>> made_;
};

PictureResult derive(const Developed& developed, const PictureUse& use, Outputs& outputs) {
    PictureResult result;
    const VImage& master = developed.master;
    result.source_width = developed.source.width;
    result.source_height = developed.source.height;
    result.head = developed.head;
    result.average_rgb = average_colour(cut(master, {0, 0, master.width(), master.height()}, 0xfaf7f1));
    for (std::size_t i = 0; i < use.recipes.size(); ++i)
        result.outputs.push_back(outputs.of(developed, use, i));
    result.decoded = true;
    return result;
}

std::vector<PictureResult> derive(const PictureJob& job) {
    const Original original = open_original(job.bytes, job.scans);
    const std::vector<Developed> developed = develop(original, job.uses);
    Outputs outputs;
    std::vector<PictureResult> results;
    for (std::size_t i = 0; i < job.uses.size(); ++i) {
        results.push_back(derive(developed[i], job.uses[i], outputs));
        results.back().frames = original.frames;
    }
    return results;
}

// What `work` yields, or a Result that says why there is none.
template <class Result, class Work>
Result done_or_why_not(Work work) {
    Result failed;
    try {
        return work();
    } catch (const Unusable& unusable) {
        // The next worker begins with all its memory free: the pool tries the job once more there.
        if (unusable.problem == PictureProblem::out_of_memory) end_for_lack_of_memory();
        failed.problem = unusable.problem;
        failed.detail = unusable.detail;
    } catch (const vips::VError& error) {
        const std::string message = error.what();
        vips_error_clear();
        failed.problem = PictureProblem::damaged;
        failed.detail = message.substr(0, message.find('\n'));
    }
    return failed;
}

// Large blocks go back to the system at once: what one photograph took is there for the next.
void keep_no_memory() {
#ifdef __GLIBC__
    constexpr int large_block = 1 << 20;  // bytes
    mallopt(M_MMAP_THRESHOLD, large_block);
    mallopt(M_TRIM_THRESHOLD, 8 * large_block);
#endif
}

}  // namespace

vips::VImage one_cut(std::string_view original, const Treatment& treatment, Scans scans,
                     const Recipe& recipe) {
    const Original opened = open_original(original, scans);
    const Developed developed = develop(opened, {{treatment, {recipe}}}).front();
    const RecipePlan& plan = developed.plan.recipes.front();
    const Making making = making_of(developed.master, treatment, recipe);
    const VImage whole = cut(making.master, plan.box, recipe.background);
    const PixelSize size = plan.sizes.back();
    return finished(reduce(whole, size), size.width < plan.cut_width, making, recipe);
}

std::string start_picture_engine() {
    keep_no_memory();
    std::set_new_handler(end_for_lack_of_memory);
    g_log_set_default_handler(on_library_message, nullptr);
    QY_CHECK(VIPS_INIT("qunying") == 0);
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    vips_operation_block_set("VipsForeignLoad", TRUE);
    for (const char* loader : {"VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp",
                               "VipsForeignLoadHeif", "VipsForeignLoadNsgif", "VipsForeignLoadTiff"}) {
        vips_operation_block_set(loader, FALSE);
    }
    load_face_finder();
    warm_up();
    return std::string(encoder_version());
}

std::string answer_picture_job(std::string_view bytes) {
    if (const auto poster = decode_poster_job(bytes))
        return encode_result(done_or_why_not<PosterResult>([&] { return draw_poster(*poster); }));
    const std::optional<PictureJob> job = decode_job(bytes);
    QY_CHECK(job.has_value());
    std::vector<PictureResult> results;
    const PictureResult outcome = done_or_why_not<PictureResult>([&] {
        results = derive(*job);
        return PictureResult{};
    });
    if (outcome.problem != PictureProblem::none) results.assign(job->uses.size(), outcome);
    return encode_results(results);
}

}  // namespace qunying
