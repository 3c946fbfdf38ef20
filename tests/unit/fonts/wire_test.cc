#include <doctest/doctest.h>

#include "fonts/faces.h"

using namespace qunying;

namespace {

FacePlan full_plan() {
    FacePlan plan;
    plan.problem = FontProblem::failed;
    plan.detail = "why";
    plan.parts = {{{"/a.ttc", 2}, digest_of("a"), U"王䶮"}, {{"/b.otf", 0}, {}, U"𬭎"}};
    plan.missing = U"\uE000";
    plan.made_with = {"/a.ttc", "/lib.so"};
    return plan;
}

// Bytes that are cut short or longer are nothing.
template <class Decode>
void check_torn(const std::string& bytes, Decode decode) {
    for (std::size_t size = 0; size < bytes.size(); ++size) CHECK_FALSE(decode(bytes.substr(0, size)));
    CHECK_FALSE(decode(bytes + "x"));
    CHECK(decode(bytes));
}

}  // namespace

TEST_CASE("jobs and results come back as they went") {
    const FacePlanJob plan_job{"Noto Serif CJK SC", 700, U"䶮", U"王样例", 80'000, true};
    CHECK(decode_plan_job(encode_job(plan_job)) == plan_job);
    const FontCutJob cut_job{{"/a.ttc", 2}, U"王䶮", 11};
    CHECK(decode_cut_job(encode_job(cut_job)) == cut_job);
    CHECK(decode_plan(encode_result(full_plan())) == full_plan());
    const FontCut cut{std::string("wOF2\0x", 6), "detail"};
    CHECK(decode_cut(encode_result(cut)) == cut);
}

TEST_CASE("one kind of bytes is never taken for another, and torn ones for none") {
    const std::string plan_job = encode_job(FacePlanJob{"F", 400, U"王", {}, 0, false});
    const std::string cut_job = encode_job(FontCutJob{{"/a", 0}, U"王", 9});
    CHECK_FALSE(decode_cut_job(plan_job));
    CHECK_FALSE(decode_plan_job(cut_job));
    CHECK_FALSE(decode_plan(encode_result(FontCut{})));
    CHECK_FALSE(decode_cut(encode_result(FacePlan{})));
    check_torn(plan_job, decode_plan_job);
    check_torn(cut_job, decode_cut_job);
    check_torn(encode_result(full_plan()), decode_plan);
    check_torn(encode_result(FontCut{"wOF2", "d"}), decode_cut);
}
