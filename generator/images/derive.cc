#include "images/derive.h"

#include <cstdlib>
#include <cstring>
#include <malloc.h>
#include <new>

#include "base/failure.h"
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
}

std::vector<PictureOutput> make_outputs(const VImage& master, const RecipePlan& plan, const Recipe& recipe) {
    std::vector<PictureOutput> outputs;
    VImage image = cut(master, plan.box);
    const std::vector<PictureFormat> formats = formats_of(recipe);
    for (auto size = plan.sizes.rbegin(); size != plan.sizes.rend(); ++size) {
        image = reduce(image, *size);
        for (auto format = formats.rbegin(); format != formats.rend(); ++format) {
            outputs.push_back({*format, size->width, size->height, save_picture(image, *format, recipe)});
        }
    }
    return {std::make_move_iterator(outputs.rbegin()), std::make_move_iterator(outputs.rend())};
}

PictureResult derive(const PictureJob& job) {
    PictureResult result;
    const Original original = open_original(job.bytes);
    result.source_width = original.upright.width;
    result.source_height = original.upright.height;
    const PicturePlan plan = plan_picture(original.upright, job.recipes, job.focus);
    const VImage master = decode_master(original, plan.master);
    result.average_rgb = average_colour(master);
    for (std::size_t i = 0; i < job.recipes.size(); ++i) {
        result.outputs.push_back(make_outputs(master, plan.recipes[i], job.recipes[i]));
    }
    result.decoded = true;
    return result;
}

PictureResult derive_or_say_why_not(const PictureJob& job) {
    try {
        return derive(job);
    } catch (const Unusable& unusable) {
        // The next worker begins with all its memory free: the pool tries the job once more there.
        if (unusable.problem == PictureProblem::out_of_memory) end_for_lack_of_memory();
        return failed_picture(unusable.problem, unusable.detail);
    } catch (const vips::VError& error) {
        const std::string message = error.what();
        vips_error_clear();
        return failed_picture(PictureProblem::damaged, message.substr(0, message.find('\n')));
    }
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

std::string start_picture_engine() {
    keep_no_memory();
    std::set_new_handler(end_for_lack_of_memory);
    g_log_set_default_handler(on_library_message, nullptr);
    QY_CHECK(VIPS_INIT("qunying") == 0);
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    vips_operation_block_set("VipsForeignLoad", TRUE);
    for (const char* loader :
         {"VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadHeif"}) {
        vips_operation_block_set(loader, FALSE);
    }
    warm_up();
    return std::string(encoder_version());
}

std::string answer_picture_job(std::string_view bytes) {
    const std::optional<PictureJob> job = decode_job(bytes);
    QY_CHECK(job.has_value());
    return encode_result(derive_or_say_why_not(*job));
}

}  // namespace qunying
