#include "images/derive.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <malloc.h>
#include <new>

#include "base/failure.h"
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

bool wants_head(const std::vector<Recipe>& recipes) {
    return std::any_of(recipes.begin(), recipes.end(),
                       [](const Recipe& recipe) { return recipe.crop == Crop::portrait; });
}

// The original as the recipes see it: upright, set straight and without border, when the editor asks for
// that.
class Source {
  public:
    Source(const Original& original, const Treatment& treatment) : original_(original) {
        turn_ = std::clamp(treatment.turn, -steepest_turn, steepest_turn);
        size_ = original.upright;
        if (turn_ != 0 || treatment.trim) straighten(treatment.trim);
    }

    PixelSize size() const { return size_; }
    // The stated place, in what is left of the picture.
    Head placed(Head head) const {
        if (!straightened_) return head;
        head.eyes = place_after(head.eyes, original_.upright, turn_, turned_, box_);
        head.height = std::min(1.0, head.height * original_.upright.height / box_.height);
        return head;
    }
    VImage master(PixelSize size) const {
        if (!straightened_) return decode_master(original_, size);
        const double scale = static_cast<double>(size.width) / size_.width;
        const VImage whole = turned(decode_master(original_, scaled(original_.upright, scale)), turn_);
        PixelBox box{part(box_.left, scale), part(box_.top, scale), size.width, size.height};
        box.left = std::clamp(box.left, 0, std::max(0, whole.width() - box.width));
        box.top = std::clamp(box.top, 0, std::max(0, whole.height() - box.height));
        return whole.extract_area(box.left, box.top, std::min(box.width, whole.width()),
                                  std::min(box.height, whole.height()));
    }

  private:
    static int part(int length, double scale) { return static_cast<int>(length * scale + 0.5); }
    static PixelSize scaled(PixelSize size, double scale) {
        return {std::max(1, part(size.width, scale)), std::max(1, part(size.height, scale))};
    }
    // On a small copy, for a border is even at any size.
    void straighten(bool trim) {
        constexpr double probe = 800;  // pixels of the longer side
        const double scale =
            std::min(1.0, probe / std::max(original_.upright.width, original_.upright.height));
        const VImage small = turned(decode_master(original_, scaled(original_.upright, scale)), turn_);
        const PixelBox left = trim ? without_border(small) : PixelBox{0, 0, small.width(), small.height()};
        turned_ = {part(small.width(), 1 / scale), part(small.height(), 1 / scale)};
        box_ = {part(left.left, 1 / scale), part(left.top, 1 / scale), part(left.width, 1 / scale),
                part(left.height, 1 / scale)};
        size_ = {box_.width, box_.height};
        straightened_ = true;
    }

    const Original& original_;
    double turn_ = 0;
    bool straightened_ = false;
    PixelSize size_, turned_;
    PixelBox box_;
};

// A photograph with all that its recipes need of it, and where each cuts it.
struct Developed {
    VImage master;
    PicturePlan plan;
};

Developed develop(const PictureJob& job, PictureResult& result) {
    const Original original = open_original(job.bytes, job.scans);
    result.frames = original.frames;
    const Source source(original, job.treatment);
    result.source_width = source.size().width;
    result.source_height = source.size().height;
    result.head = source.placed(stated_head(job.treatment));
    // What draws the eye never makes a crop smaller; a face may, and so may one that the editor points at.
    const bool may_shrink = result.head.height == 0 && load_face_finder();
    PicturePlan plan =
        plan_picture(source.size(), job.recipes, result.head,
                     may_shrink ? master_for_small_heads(source.size(), job.recipes) : PixelSize{});
    VImage master = source.master(plan.master);
    if (wants_head(job.recipes)) {
        result.head = find_head(master, result.head);
        const PixelSize before = plan.master;
        plan = plan_picture(source.size(), job.recipes, result.head, before);
        // A head so small that it wants more pixels than a master usually has: rare, and worth decoding
        // again.
        if (plan.master != before) master = source.master(plan.master);
    }
    return {master, std::move(plan)};
}

Making making_of(const VImage& master, const Treatment& treatment, const Recipe& recipe) {
    const Tone tone = treatment.old_print ? Tone::warm_scan : recipe.tone;
    return {master, tone, tone == Tone::warm_scan ? gentle_contrast(master) : Contrast{}};
}

PictureResult derive(const PictureJob& job) {
    PictureResult result;
    const auto [master, plan] = develop(job, result);
    result.average_rgb = average_colour(cut(master, {0, 0, master.width(), master.height()}, 0xfaf7f1));
    for (std::size_t i = 0; i < job.recipes.size(); ++i) {
        const Making making = making_of(master, job.treatment, job.recipes[i]);
        result.outputs.push_back(make_outputs(making, plan.recipes[i], job.recipes[i]));
    }
    result.decoded = true;
    return result;
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
    PictureResult unused;
    const PictureJob job{std::string(original), {recipe}, treatment, scans};
    const Developed developed = develop(job, unused);
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
    return encode_result(done_or_why_not<PictureResult>([&] { return derive(*job); }));
}

}  // namespace qunying
