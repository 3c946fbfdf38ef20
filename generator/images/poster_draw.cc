// Posters, pixel by pixel: what is laid on what is plain arithmetic, so libvips only brings photographs and
// writes the file.
#include <algorithm>

#include "images/pixels.h"
#include "images/poster.h"

namespace qunying {
namespace {

using vips::VImage;

constexpr int bands = 3;

std::uint8_t band_of(std::uint32_t colour, int band) {
    return static_cast<std::uint8_t>(colour >> (8 * (bands - 1 - band)) & 0xff);
}

class Canvas {
  public:
    Canvas(int width, int height, std::uint32_t paper)
        : width_(width),
          height_(height),
          pixels_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * bands) {
        lay(PosterArea{{0, 0, width, height}, paper});
    }

    void lay(const PosterArea& area) {
        each_pixel(area.box, [&](std::uint8_t* pixel, std::size_t) {
            for (int band = 0; band < bands; ++band) pixel[band] = band_of(area.colour, band);
        });
    }
    void lay(const PosterInk& ink) {
        each_pixel(ink.box, [&](std::uint8_t* pixel, std::size_t at) {
            const int part = static_cast<std::uint8_t>(ink.coverage[at]);
            for (int band = 0; band < bands; ++band) {
                const int mixed = pixel[band] * (255 - part) + band_of(ink.colour, band) * part;
                pixel[band] = static_cast<std::uint8_t>((mixed + 127) / 255);
            }
        });
    }
    // Three bands, as large as the box.
    void lay(const PixelBox& box, const std::uint8_t* picture) {
        each_pixel(box, [&](std::uint8_t* pixel, std::size_t at) {
            std::copy_n(picture + at * bands, bands, pixel);
        });
    }

    VImage image() {
        const VImage raw = VImage::new_from_memory(pixels_.data(), pixels_.size(), width_, height_, bands,
                                                   VIPS_FORMAT_UCHAR);
        return raw.copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
    }

  private:
    // Calls `each(pixel, place in the box)` for what of the box lies on the canvas.
    template <class Each>
    void each_pixel(const PixelBox& box, Each each) {
        const int right = std::min(width_, box.left + box.width);
        const int bottom = std::min(height_, box.top + box.height);
        for (int y = std::max(0, box.top); y < bottom; ++y) {
            for (int x = std::max(0, box.left); x < right; ++x) {
                const auto place =
                    static_cast<std::size_t>(y - box.top) * static_cast<std::size_t>(box.width) +
                    static_cast<std::size_t>(x - box.left);
                const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
                                static_cast<std::size_t>(x);
                each(&pixels_[at * bands], place);
            }
        }
    }

    int width_, height_;
    std::vector<std::uint8_t> pixels_;
};

void lay_picture(Canvas& canvas, const PosterPicture& picture, Scans scans) {
    const PixelSize size{picture.box.width, picture.box.height};
    const VImage found =
        one_cut(picture.bytes, picture.treatment, scans, poster_recipe(size, picture.treatment));
    VImage image = reduce(found, size);
    if (image.bands() == 1) image = image.bandjoin({image, image});
    std::size_t bytes = 0;
    const std::unique_ptr<void, decltype(&g_free)> memory(
        image.cast(VIPS_FORMAT_UCHAR).write_to_memory(&bytes), g_free);
    if (image.bands() != bands ||
        bytes != static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * bands)
        throw Unusable{PictureProblem::damaged, "not in colour"};
    canvas.lay(picture.box, static_cast<const std::uint8_t*>(memory.get()));
}

}  // namespace

PosterResult draw_poster(const PosterJob& job) {
    Canvas canvas(job.width, job.height, job.paper);
    for (const PosterArea& area : job.areas) canvas.lay(area);
    for (const PosterPicture& picture : job.pictures) lay_picture(canvas, picture, job.scans);
    for (const PosterInk& ink : job.inks) canvas.lay(ink);
    PosterResult result;
    result.png = save_png(canvas.image());
    return result;
}

}  // namespace qunying
