// Posters through the real picture worker, in its sandbox.
#include <cstdlib>
#include <doctest/doctest.h>

#include "base/text.h"
#include "build/poster_layout.h"
#include "images/poster.h"
#include "pages/qr_code.h"
#include "pictures/workshop.h"

using namespace qunying;

namespace {

PosterResult draw(const PosterJob& job) {
    WorkerPool pool = picture_pool(1);
    PosterResult result;
    pool.run(
        1, [&](std::size_t) { return encode_job(job); },
        [&](std::size_t, const WorkerReply& reply) {
            REQUIRE(reply.outcome == WorkerOutcome::answered);
            const auto read = decode_poster(reply.bytes);
            REQUIRE(read);
            result = *read;
        });
    return result;
}

// A poster without words: as if every paragraph were empty.
PosterJob bare_poster(PosterKind kind, const std::string& address, const std::string& photo) {
    PosterSheet sheet;
    sheet.kind = kind;
    sheet.address = address;
    PosterPhoto shown;
    shown.file = "photo";
    shown.treatment.portrait = true;
    sheet.photos = {shown};
    const std::vector<SetParagraph> set(poster_lettering(sheet, {}).paragraphs.size());
    PosterJob job = arrange_poster(sheet, set, qr_modules(address));
    REQUIRE(job.pictures.size() == 1);
    job.pictures[0].bytes = photo;
    return job;
}

}  // namespace

TEST_CASE("a poster is a PNG of its size without metadata, the same each time, and its code can be read") {
    const Workshop shop;
    shop.make(
        "convert -size 900x1200 gradient:navy-orange photo.jpg && "
        "exiftool -q -overwrite_original -GPSLatitude=30 -Artist=someone -Make=maker photo.jpg");
    const std::string address = "https://example.org/qunying/people/wang-yangli.html";
    for (const PosterKind kind : {PosterKind::person, PosterKind::exhibition}) {
        const PosterJob job = bare_poster(kind, address, shop.read("photo.jpg"));
        const PosterResult poster = draw(job);
        REQUIRE(poster.problem == PictureProblem::none);
        CHECK(draw(job) == poster);
        shop.write("poster.png", poster.png);
        shop.make("identify -format '%m %w %h %[channels]' poster.png > size.txt");
        CHECK(shop.read("size.txt").starts_with("PNG 1080 1440"));
        shop.make(
            "exiftool -a -G1 -s poster.png | grep -v -E "
            "'System|\\[File\\]|PNG-pHYs|ExifTool|Composite|ImageWidth|ImageHeight|"
            "BitDepth|ColorType|Compression|Filter|Interlace' > said.txt || true");
        CHECK(shop.read("said.txt") == "");
        shop.make("zbarimg -q --raw poster.png > code.txt");
        CHECK(trim(shop.read("code.txt")) == address);
        // As a phone shows it.
        shop.make(
            "convert poster.png -resize 540x -quality 60 small.jpg && zbarimg -q --raw small.jpg > code.txt");
        CHECK(trim(shop.read("code.txt")) == address);
    }
}

TEST_CASE("a long address has a code that can be read, too") {
    const Workshop shop;
    shop.make("convert -size 90x120 xc:gray photo.jpg");
    const std::string address =
        "https://www.example.gov.cn/a/very/long/way/" + std::string(120, 'x') + ".html";
    shop.write("poster.png", draw(bare_poster(PosterKind::person, address, shop.read("photo.jpg"))).png);
    shop.make("zbarimg -q --raw poster.png > code.txt");
    CHECK(trim(shop.read("code.txt")) == address);
}

TEST_CASE("a small photograph fills its box, a grey one is in colour, a broken one is told") {
    const Workshop shop;
    shop.make("convert -size 60x80 xc:'gray(40%)' -colorspace gray small.jpg");
    const PosterJob job = bare_poster(PosterKind::person, "https://example.org/", shop.read("small.jpg"));
    const PixelBox box = job.pictures[0].box;
    shop.write("poster.png", draw(job).png);
    for (const auto& [x, y] :
         {std::pair(box.left, box.top), std::pair(box.left + box.width - 1, box.top + box.height - 1)}) {
        shop.make("convert poster.png -format '%[fx:round(255*p{" + std::to_string(x) + "," +
                  std::to_string(y) + "}.r)]' info: > pixel.txt");
        CHECK(std::abs(std::stoi(shop.read("pixel.txt")) - 102) <= 3);
    }
    const std::string whole = shop.read("small.jpg");
    const PosterResult broken =
        draw(bare_poster(PosterKind::person, "https://example.org/", whole.substr(0, whole.size() / 3)));
    CHECK(broken.problem != PictureProblem::none);
    CHECK(broken.png.empty());
}
