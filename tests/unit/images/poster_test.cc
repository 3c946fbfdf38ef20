#include "images/poster.h"

#include <doctest/doctest.h>

using namespace qunying;

namespace {

PosterJob job() {
    PosterJob job;
    job.width = 1080;
    job.height = 1440;
    job.areas = {{{84, 134, 912, 1}, 0xdacfbc}};
    Treatment treatment;
    treatment.focus = Focus{0.48, 0.31};
    treatment.head = 0.4;
    treatment.turn = -1.5;
    treatment.portrait = true;
    job.pictures = {{{102, 194, 504, 672}, "bytes", treatment}};
    job.inks = {{{-3, 5, 2, 2}, 0x221e1a, std::string("\0\x01\x80\xff", 4)}};
    job.scans = Scans::allowed;
    return job;
}

}  // namespace

TEST_CASE("a poster and its result come over as they were") {
    CHECK(decode_poster_job(encode_job(job())) == job());
    const PosterResult result{PictureProblem::damaged, "why", "png"};
    CHECK(decode_poster(encode_result(result)) == result);
}

TEST_CASE("bytes of a poster that are cut or lying are refused") {
    const std::string bytes = encode_job(job());
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK_FALSE(decode_poster_job(std::string_view(bytes).substr(0, size)));
    PosterJob lying = job();
    lying.inks[0].box.width = 3;
    CHECK_FALSE(decode_poster_job(encode_job(lying)));
    PosterJob huge = job();
    huge.width = 100'000;
    CHECK_FALSE(decode_poster_job(encode_job(huge)));
}

TEST_CASE("only of one person a portrait is cut") {
    Treatment treatment;
    treatment.portrait = true;
    CHECK(poster_recipe({288, 384}, treatment).crop == Crop::portrait);
    treatment.portrait = false;
    CHECK(poster_recipe({288, 384}, treatment).crop == Crop::focus);
}
