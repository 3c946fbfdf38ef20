// Photographs through a real worker process: pictures of other programs' making, broken ones, hostile ones,
// and the derivatives read back by a program that is not ours.
#include <cstdlib>
#include <doctest/doctest.h>
#include <map>
#include <random>
#include <vips/vips8>

#include "pictures/workshop.h"

using namespace qunying;
using namespace std::chrono_literals;
using namespace std::string_literals;
using vips::VImage;

// x265 keeps some blocks of every encoder it has had; the tests write HEIC, the program never does.
extern "C" const char* __lsan_default_suppressions() { return "leak:libx265"; }

namespace {

std::string text_of(VipsBlob* blob) {
    std::size_t size = 0;
    const void* bytes = vips_blob_get(blob, &size);
    std::string out(static_cast<const char*>(bytes), size);
    vips_area_unref(VIPS_AREA(blob));
    return out;
}

std::string saved(const VImage& image, const char* suffix) {
    void* bytes = nullptr;
    std::size_t size = 0;
    image.write_to_buffer(suffix, &bytes, &size);
    std::string out(static_cast<const char*>(bytes), size);
    g_free(bytes);
    return out;
}

}  // namespace

TEST_CASE("a worker starts in its sandbox and says so") {
    WorkerPool pool = picture_pool(1);
    CHECK(pool.greeting().find("libvips") != std::string::npos);
    CHECK(pool.greeting().find("no_new_privs yes") != std::string::npos);
}

TEST_CASE("what names the encoder here is what the worker makes pictures with") {
    WorkerPool pool = picture_pool(1);
    CHECK(pool.greeting().substr(0, pool.greeting().find('\n')) == encoder_version());
}

TEST_CASE("orientation is applied in PNG and HEIC too") {
    const Workshop shop;
    shop.make("convert -size 120x60 xc:red -fill blue -draw 'rectangle 60,0 119,59' upright.png");
    shop.make(
        "convert upright.png -rotate -90 stored.png && exiftool -q -overwrite_original -Orientation#=6 "
        "stored.png");
    shop.make("convert stored.png stored.jpg && exiftool -q -overwrite_original -Orientation#=6 stored.jpg");
    shop.make("convert upright.png -quality 95 upright.jpg && heif-enc -q 90 upright.jpg -o upright.heic");
    for (const char* name : {"stored.png", "stored.jpg", "upright.heic"}) {
        CAPTURE(name);
        const PictureResult result = derive_one(shop.read(name));
        REQUIRE(result.problem == PictureProblem::none);
        CHECK(result.source_width == 120);
        CHECK(result.source_height == 60);
        shop.write("out.jpg", result.outputs.front().front().bytes);
        shop.make(
            "convert out.jpg -format '%[fx:int(p{30,30}.r*9)] %[fx:int(p{90,30}.b*9)]' info:- > colours && "
            "grep -Eq '^[89] [89]$' colours");
    }
}

TEST_CASE("pictures of other programs' making come out right") {
    const Workshop shop;
    shop.make("convert -size 200x100 gradient:gray20-gray80 -colorspace Gray grey.jpg");
    shop.make("convert -size 200x100 xc:'rgb(120,150,200)' -colorspace CMYK -quality 95 cmyk.jpg");
    shop.make("convert -size 200x100 xc:'rgb(120,150,200)' -depth 16 deep.png");
    shop.make("convert -size 200x100 xc:none clear.png");
    shop.make("convert -size 200x100 xc:'rgb(120,150,200)' -interlace JPEG progressive.jpg");
    shop.make("convert -size 200x100 xc:'rgb(120,150,200)' -interlace PNG adam7.png");
    shop.make("convert -size 200x100 xc:'rgb(120,150,200)' -define webp:lossless=true lossless.webp");
    shop.make("convert -delay 10 -size 200x100 xc:'rgb(120,150,200)' xc:red moving.webp");
    shop.make("convert -size 200x100 xc:'rgb(120,150,200)' png8:palette.png");
    shop.make("convert -delay 10 -size 200x100 xc:'rgb(120,150,200)' xc:red moving.gif");
    shop.make("convert -size 200x100 xc:'rgb(120,150,200)' -depth 16 -compress LZW scan.tif");
    shop.make("convert -size 200x100 xc:'rgb(120,150,200)' -compress JPEG -quality 95 jpeg.tif");
    const auto colour = [&](const char* name) {
        CAPTURE(name);
        const PictureResult result = derive_one(shop.read(name));
        CHECK(result.problem == PictureProblem::none);
        return result.average_rgb;
    };
    const auto near = [](std::uint32_t found, std::uint32_t wanted, int tolerance) {
        for (const int shift : {0, 8, 16}) {
            const int difference =
                static_cast<int>(found >> shift & 255) - static_cast<int>(wanted >> shift & 255);
            if (std::abs(difference) > tolerance) return false;
        }
        return true;
    };
    CHECK(near(colour("grey.jpg"), 0x7f7f7f, 3));
    CHECK(near(colour("cmyk.jpg"), 0x7896c8, 60));  // no profile: any reading of it is a guess
    CHECK(near(colour("clear.png"), 0xfaf7f1, 1));
    for (const char* name : {"deep.png", "progressive.jpg", "adam7.png", "lossless.webp", "moving.webp",
                             "palette.png", "moving.gif", "scan.tif", "jpeg.tif"}) {
        CHECK(near(colour(name), 0x7896c8, 3));
    }
}

TEST_CASE("what is named like a photograph and is none is refused") {
    const Workshop shop;
    shop.make(
        "convert -size 20x20 xc:red bmp3:a.jpg && convert -size 20x20 xc:red a.ico && convert -size 20x20 "
        "xc:red psd:b.jpg");
    const std::map<std::string, std::string> cases = {{"a.jpg", "BMP"}, {"a.ico", "ICO"}, {"b.jpg", "PSD"}};
    for (const auto& [name, kind] : cases) {
        const PictureResult result = derive_one(shop.read(name));
        CHECK(result.problem == PictureProblem::unsupported_format);
        CHECK(result.detail == kind);
    }
}

TEST_CASE("a thousand ways to be broken never reach the caller") {
    const Workshop shop;
    shop.make("convert -size 160x120 plasma:red-blue -quality 90 a.jpg");
    shop.make(
        "convert a.jpg -interlace JPEG b.jpg && convert a.jpg a.png && convert a.jpg -quality 80 a.webp");
    shop.make("heif-enc a.jpg -o a.heic && heif-enc -A a.jpg -o a.avif");
    shop.make("convert a.jpg a.gif && convert a.jpg -compress LZW a.tif");
    std::vector<std::string> originals;
    for (const char* name : {"a.jpg", "b.jpg", "a.png", "a.webp", "a.heic", "a.avif", "a.gif", "a.tif"})
        originals.push_back(shop.read(name));
    const char* wanted = std::getenv("QUNYING_BROKEN_PICTURES");  // more on demand
    const std::size_t count = wanted != nullptr ? std::strtoul(wanted, nullptr, 10) : 204;
    std::mt19937 random(20200101);
    std::vector<std::string> broken;
    for (std::size_t i = 0; i < count; ++i) {
        std::string bytes = originals[i % originals.size()];
        // Half of them near the beginning, where the structure is.
        const std::size_t reach =
            i / originals.size() % 2 == 0 ? std::min<std::size_t>(bytes.size(), 700) : bytes.size();
        for (unsigned flips = 1 + random() % 8; flips > 0; --flips) {
            bytes[random() % reach] = static_cast<char>(random());
        }
        broken.push_back(std::move(bytes));
    }
    WorkerPool pool = picture_pool();
    const auto results = derive(pool, broken, {web()});
    CHECK(results.size() == count);
    std::map<PictureProblem, int> met;
    for (const PictureResult& result : results) {
        ++met[result.problem];
        CHECK((result.problem == PictureProblem::none) == result.decoded);
    }
    for (const auto& [problem, times] : met)
        MESSAGE("problem " << static_cast<int>(problem) << ": " << times);
    CHECK(met[PictureProblem::none] < static_cast<int>(count));
    CHECK(derive(pool, {originals.front()}, {web()}).front().decoded);
}

TEST_CASE("bombs take no more than a worker's memory and time") {
    // Under sanitizers nothing is said of memory, and pictures of any size take the same way.
    const int side = sanitized() ? 1400 : 7000;
    const VImage band = VImage::black(side, side);
    const VImage half = band.bandjoin(band).bandjoin(band);
    const VImage whole = half.replicate(2, 2).crop(0, 0, side * 10 / 7, side * 99 / 70);
    const auto interlaced = [] { return VImage::option()->set("interlace", true); };
    std::map<std::string, std::string> bombs;
    bombs["plain.png"] = saved(whole, ".png");
    bombs["interlaced.png"] = text_of(whole.pngsave_buffer(interlaced()));
    bombs["progressive.jpg"] = text_of(whole.jpegsave_buffer(interlaced()));
    bombs["lossless.webp"] =
        text_of(whole.webpsave_buffer(VImage::option()->set("lossless", true)->set("effort", 0)));
    bombs["flat.avif"] =
        text_of(half.heifsave_buffer(VImage::option()->set("compression", 4)->set("effort", 0)));
    bombs["flat.heic"] =
        text_of(half.heifsave_buffer(VImage::option()->set("compression", 1)->set("effort", 0)));
    WorkerPool pool = picture_pool(1);
    for (const auto& [name, bytes] : bombs) {
        const auto start = std::chrono::steady_clock::now();
        const PictureResult result = derive(pool, {bytes}, {web()}).front();
        const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        MESSAGE(name << ": problem " << static_cast<int>(result.problem) << ", " << seconds
                     << " s, peak of a worker so far " << (pool.largest_worker() >> 20) << " MiB");
        CHECK((result.decoded || result.problem == PictureProblem::out_of_memory));
    }
    CHECK(pool.largest_worker() > 0);
    if (sanitized()) return;
    CHECK(pool.largest_worker() <= std::uint64_t{512} << 20);
    const VImage over = half.replicate(2, 2);
    CHECK(derive(pool, {saved(over, ".jpg")}, {web()}).front().detail == "14000×14000");
    const VImage over_heif = over.crop(0, 0, 7100, 7100);
    CHECK(derive(
              pool,
              {text_of(over_heif.heifsave_buffer(VImage::option()->set("compression", 1)->set("effort", 0)))},
              {web()})
              .front()
              .detail == "7100×7100");
}

TEST_CASE("a picture that takes too long or too much is given up and named") {
    const VImage band = VImage::black(6000, 6000);
    const VImage large = band.bandjoin(band).bandjoin(band);
    const std::string jpeg = saved(large.replicate(2, 2).crop(0, 0, 10000, 9900), ".jpg");
    WorkerLimits hasty;
    hasty.deadline = 60ms;
    WorkerPool short_of_time = picture_pool(1, hasty);
    CHECK(derive(short_of_time, {jpeg}, {web()}).front().problem == PictureProblem::timed_out);
    if (sanitized()) return;
    const std::string avif =
        text_of(large.heifsave_buffer(VImage::option()->set("compression", 4)->set("effort", 0)));
    WorkerLimits narrow;
    narrow.memory = std::uint64_t{80} << 20;
    WorkerPool short_of_memory = picture_pool(1, narrow);
    const PictureResult result = derive(short_of_memory, {avif}, {web()}).front();
    CAPTURE(result.detail);
    CHECK(result.problem == PictureProblem::out_of_memory);
    CHECK(derive(short_of_memory, {jpeg}, {web()}).front().decoded);
}

TEST_CASE("pools of any size give the same bytes") {
    const Workshop shop;
    std::vector<std::string> originals;
    for (int i = 0; i < 6; ++i) {
        shop.make("convert -seed " + std::to_string(i) + " -size 500x400 plasma:red-blue -quality 90 a.jpg");
        originals.push_back(shop.read("a.jpg"));
    }
    WorkerPool one = picture_pool(1), three = picture_pool(3);
    CHECK(derive(one, originals, {web()}) == derive(three, originals, {web()}));
}
