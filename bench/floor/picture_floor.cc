// What libvips alone takes for the pictures that are raced.
//   picture_floor chain WORKERS FOLDER FILE…   one decode a file, each width from the next larger, both
//   encoders picture_floor codecs WIDTH FILE…           a line for each encoder setting: name, KiB, CPU s,
//   SSIM, each a picture
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <vector>
#include <vips/vips8>

using vips::VImage;

namespace {

constexpr int widths[] = {1600, 960, 640, 320};
constexpr int jpeg_quality = 80, webp_quality = 78;

double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

VImage reduced_file(const std::string& path, int width) {
    const auto options = VImage::option()->set("height", 100000)->set("size", VIPS_SIZE_DOWN);
    return VImage::thumbnail(path.c_str(), width, options->set("export_profile", "srgb")).copy_memory();
}

VImage reduced(const VImage& image, int width) {
    const auto options = VImage::option()->set("height", 100000)->set("size", VIPS_SIZE_DOWN);
    return image.thumbnail_image(width, options).copy_memory();
}

// The same settings as the peers': optimised coding, one scan, chroma halved; WebP of method 4.
void save(const VImage& image, const std::string& stem) {
    image.jpegsave(
        (stem + ".jpg").c_str(),
        VImage::option()->set("Q", jpeg_quality)->set("optimize_coding", true)->set("strip", true));
    image.webpsave((stem + ".webp").c_str(),
                   VImage::option()->set("Q", webp_quality)->set("effort", 4)->set("strip", true));
}

void chain(const std::string& file, const std::string& folder) {
    const std::size_t slash = file.rfind('/') + 1;
    const std::string stem = folder + "/" + file.substr(slash, file.rfind('.') - slash) + "-";
    VImage image = reduced_file(file, widths[0]);
    for (const int width : widths) {
        if (width != widths[0]) image = reduced(image, width);
        save(image, stem + std::to_string(width));
    }
}

int run_chain(unsigned workers, const std::string& folder, const std::vector<std::string>& files) {
    std::atomic<std::size_t> next{0};
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < workers; ++i) {
        threads.emplace_back([&] {
            for (std::size_t at = next++; at < files.size(); at = next++) chain(files[at], folder);
            vips_thread_shutdown();
        });
    }
    for (std::thread& thread : threads) thread.join();
    return 0;
}

VImage luma(const VImage& image) {
    return image.colourspace(VIPS_INTERPRETATION_B_W).extract_band(0).cast(VIPS_FORMAT_FLOAT).copy_memory();
}

// Mean structural similarity of the luma (Wang et al. 2004: Gaussian window of sigma 1.5, K1 0.01, K2 0.03).
double similarity(const VImage& a, const VImage& b) {
    const auto soft = [](const VImage& image) {
        return image.gaussblur(1.5, VImage::option()->set("precision", VIPS_PRECISION_FLOAT));
    };
    const double c1 = 0.01 * 255 * 0.01 * 255, c2 = 0.03 * 255 * 0.03 * 255;
    const VImage mean_a = soft(a), mean_b = soft(b);
    const VImage spread_a = soft(a * a) - mean_a * mean_a, spread_b = soft(b * b) - mean_b * mean_b;
    const VImage both = soft(a * b) - mean_a * mean_b;
    const VImage above = ((mean_a * mean_b) * 2 + c1) * (both * 2 + c2);
    return (above / ((mean_a * mean_a + mean_b * mean_b + c1) * (spread_a + spread_b + c2))).avg();
}

struct Setting {
    std::string name;
    VipsBlob* (*encode)(const VImage&, const Setting&);
    int quality, effort;
};

VipsBlob* jpeg(const VImage& image, const Setting& setting) {
    return image.jpegsave_buffer(VImage::option()
                                     ->set("Q", setting.quality)
                                     ->set("optimize_coding", true)
                                     ->set("interlace", setting.effort > 0));
}
VipsBlob* webp(const VImage& image, const Setting& setting) {
    return image.webpsave_buffer(VImage::option()->set("Q", setting.quality)->set("effort", setting.effort));
}
VipsBlob* avif(const VImage& image, const Setting& setting) {
    return image.heifsave_buffer(VImage::option()
                                     ->set("Q", setting.quality)
                                     ->set("compression", VIPS_FOREIGN_HEIF_COMPRESSION_AV1)
                                     ->set("effort", setting.effort));
}

std::vector<Setting> settings() {
    std::vector<Setting> all;
    for (const int quality : {75, 80, 85}) {
        all.push_back({"JPEG q" + std::to_string(quality), jpeg, quality, 0});
        all.push_back({"JPEG q" + std::to_string(quality) + ", progressive", jpeg, quality, 1});
    }
    const auto add = [&](const char* name, auto encode, int quality, int effort) {
        all.push_back(
            {std::string(name) + " q" + std::to_string(quality) + ", effort " + std::to_string(effort),
             encode, quality, effort});
    };
    for (const int effort : {0, 2, 3, 4, 6}) add("WebP", webp, 78, effort);
    for (const int quality : {70, 84}) add("WebP", webp, quality, 4);
    for (const int effort : {0, 1, 2, 3, 4}) add("AVIF", avif, 50, effort);
    for (const int effort : {2, 4}) add("AVIF", avif, 60, effort);
    return all;
}

int run_codecs(int width, const std::vector<std::string>& files) {
    std::vector<VImage> pictures;
    for (const std::string& file : files) pictures.push_back(reduced_file(file, width));
    for (const Setting& setting : settings()) {
        double size = 0, cpu = 0, likeness = 0;
        for (const VImage& picture : pictures) {
            const double before = cpu_seconds();
            VipsBlob* blob = setting.encode(picture, setting);
            cpu += cpu_seconds() - before;
            std::size_t bytes = 0;
            const void* data = vips_blob_get(blob, &bytes);
            size += static_cast<double>(bytes);
            likeness += similarity(luma(picture), luma(VImage::new_from_buffer(data, bytes, "")));
            vips_area_unref(VIPS_AREA(blob));
        }
        const auto count = static_cast<double>(pictures.size());
        std::printf("%s\t%.1f\t%.3f\t%.4f\n", setting.name.c_str(), size / count / 1024, cpu / count,
                    likeness / count);
    }
    return 0;
}

}  // namespace

int main(int count, char** words) {
    if (count < 4 || VIPS_INIT(words[0]) != 0) return 2;
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    const std::string mode = words[1];
    if (mode == "codecs") return run_codecs(std::atoi(words[2]), {words + 3, words + count});
    return run_chain(static_cast<unsigned>(std::atoi(words[2])), words[3], {words + 4, words + count});
}
