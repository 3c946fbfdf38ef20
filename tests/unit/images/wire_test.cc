#include <doctest/doctest.h>

#include "images/derive.h"

using namespace qunying;

namespace {

PictureJob a_job() {
    Recipe card;
    card.name = "卡片";
    card.widths = {240, 480};
    card.ratio_width = 3;
    card.ratio_height = 4;
    card.crop = Crop::focus;
    card.formats = {PictureFormat::webp, PictureFormat::avif};
    card.webp_quality = 70;
    card.longest = 480;
    card.least = 240;
    const Treatment portrait{.focus = Focus{0.25, 0.75},
                             .head = 0.4,
                             .turn = -1.5,
                             .trim = true,
                             .old_print = true,
                             .portrait = true};
    return {.bytes = std::string_view("\0\xff picture", 10),
            .uses = {{portrait, {card, Recipe{}}}, {{}, {Recipe{}}}}};
}

PictureResult a_result() {
    PictureResult result;
    result.decoded = true;
    result.detail = "细节";
    result.source_width = 4000;
    result.source_height = 3000;
    result.average_rgb = 0x123456;
    result.outputs = {{{PictureFormat::jpeg, 320, 240, "bytes"}, {PictureFormat::webp, 320, 240, ""}}, {}};
    return result;
}

}  // namespace

TEST_CASE("jobs and results read back as they were written") {
    CHECK(decode_job(encode_job(a_job())) == a_job());
    CHECK(decode_job(encode_job({})) == PictureJob{});
    CHECK(decode_result(encode_result(a_result())) == a_result());
    const PictureResult failed = failed_picture(PictureProblem::crashed, "11");
    CHECK(decode_result(encode_result(failed)) == failed);
    CHECK(decode_results(encode_results({a_result(), failed})) == std::vector{a_result(), failed});
    CHECK(encode_job_before_bytes(a_job()).append(a_job().bytes) == encode_job(a_job()));
}

TEST_CASE("cut or lengthened bytes are refused") {
    const std::string job = encode_job(a_job()), result = encode_result(a_result());
    const std::string answer = encode_results({a_result(), a_result()});
    for (std::size_t size = 0; size < job.size(); ++size) CHECK_FALSE(decode_job(job.substr(0, size)));
    for (std::size_t size = 0; size < answer.size(); ++size)
        CHECK_FALSE(decode_results(answer.substr(0, size)));
    CHECK_FALSE(decode_results(answer + "x"));
    CHECK_FALSE(decode_results(result));
    for (std::size_t size = 0; size < result.size(); ++size)
        CHECK_FALSE(decode_result(result.substr(0, size)));
    CHECK_FALSE(decode_job(job + "x"));
    CHECK_FALSE(decode_result(result + "x"));
    CHECK_FALSE(decode_job(result));
    CHECK_FALSE(decode_result(job));
}

TEST_CASE("no changed byte makes a reader allocate what is not there") {
    const std::string job = encode_job(a_job()), result = encode_result(a_result());
    for (const char value : {'\0', '\x7f', '\xff'}) {
        for (std::size_t at = 0; at < std::max(job.size(), result.size()); ++at) {
            std::string changed_job = job, changed_result = result;
            if (at < job.size()) changed_job[at] = value;
            if (at < result.size()) changed_result[at] = value;
            if (const auto read = decode_job(changed_job)) CHECK(read->bytes.size() <= job.size());
            if (const auto read = decode_job(changed_job)) CHECK(read->uses.size() <= job.size());
            if (const auto read = decode_result(changed_result)) CHECK(read->outputs.size() <= result.size());
        }
    }
}
