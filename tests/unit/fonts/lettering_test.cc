#include "fonts/lettering.h"

#include <doctest/doctest.h>

using namespace qunying;

namespace {

LetteringJob job() {
    Paragraph p;
    p.text = "王样例";
    p.face = {"Noto Serif CJK SC", 700};
    p.other = {"Noto Sans CJK SC", 400};
    p.size = 108;
    p.least_size = 60.5;
    p.leading = 1.25;
    p.spacing = 0.5;
    p.width = 324;
    p.lines = 2;
    p.unbroken = {"王样例", "阿卜杜拉·样例"};
    return {{p, Paragraph{}}};
}

LetteringResult result() {
    LetteringResult result;
    result.detail = "why";
    result.paragraphs = {{108, 1, 320, 135, {-3, 8, 2, 2, std::string("\0\x01\x80\xff", 4)}}, {}};
    result.missing = U"𬭎";
    result.made_with = {"/fonts/a.ttc", "/fonts"};
    return result;
}

}  // namespace

TEST_CASE("a job and its result come over as they were") {
    CHECK(decode_lettering_job(encode_job(job())) == job());
    CHECK(decode_lettering(encode_result(result())) == result());
}

TEST_CASE("bytes that are something else, cut or lying are refused") {
    const std::string asked = encode_job(job()), answered = encode_result(result());
    CHECK_FALSE(decode_lettering_job(answered));
    CHECK_FALSE(decode_lettering(asked));
    for (std::size_t size = 0; size < asked.size(); ++size)
        CHECK_FALSE(decode_lettering_job(std::string_view(asked).substr(0, size)));
    for (std::size_t size = 0; size < answered.size(); ++size)
        CHECK_FALSE(decode_lettering(std::string_view(answered).substr(0, size)));
    LetteringResult lying = result();
    lying.paragraphs[0].ink.width = 3;  // of two columns of bytes
    CHECK_FALSE(decode_lettering(encode_result(lying)));
}
