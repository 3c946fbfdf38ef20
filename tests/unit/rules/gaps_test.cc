#include "rules/gaps.h"

#include <doctest/doctest.h>

#include "build/survey.h"
#include "rules/gap_words.h"
#include "support/test_site.h"

using namespace qunying;

namespace {

constexpr const char* whole_consent =
    "consent: {basis: 本人授权, text: yes, portrait: yes, voice: no, signer: 本人, date: 2025-03-01, scope: "
    "[互联网]}\n";

// A person who lacks nothing, but for what `instead` says.
struct Profile {
    std::string consent = whole_consent;
    std::string portrait = "portrait: {file: a.jpg, alt: 近照, photographer: 样例}\n";
    std::string summary = "summary: 样例摘要。\n";
    std::string honours = "honors: [{batch: b}]\n";
    std::string source = "source: 样例\n";
    std::string status = "status: approved\nvisibility: public\n";
    std::string story = "样例故事。\n";
};

constexpr const char* batch =
    "---\naward: a\nyear: 2020\nauthorities: [样例局]\ndoc_no: 样字〔2020〕1号\ndate: 2020-11\nsource: 样例\n"
    "conferrals: [{to: 样例甲}]\n---\n";

struct Surveyed {
    MemoryDisk disk;

    Surveyed() {
        disk.put("content/site.yaml",
                 "title: 样例\norganisation: 样例\nregions: [样例区]\ndefaults: {status: approved, "
                 "visibility: public}\n");
        disk.put(
            "content/awards/a.md",
            "---\nname: 样例奖\nlevel: 市级\ncategory: 先进个人\ntarget: 离退休干部\nsource: 样例\n---\n");
        disk.put("content/batches/b.md", batch);
        disk.put("content/people/a.jpg", "J");
        put({});
    }
    void put(const Profile& p) {
        disk.put("content/people/a.md",
                 "---\nname: 样例甲\nretire_kind: 退休\nformer_post: 样例局干部\nlife: living\n" + p.consent +
                     p.portrait + p.summary + p.honours + p.source + p.status + "---\n\n" + p.story);
    }
    // “缺照片 样例甲 …；”, with the detail behind it.
    std::string gaps(int days = 90) {
        Memo memo(disk);
        const Survey survey = survey_site(disk, memo, test_options());
        GapOptions options;
        options.as_of = {2026, 7, 1};
        options.days = days;
        options.has_file = [&](std::string_view path) { return survey.tree.find_media(path) != nullptr; };
        std::string said;
        for (const GapFinding& gap : find_gaps(survey.site, survey.publication, options)) {
            said += std::string(words_of(gap.gap, Language::chinese).label) + " " +
                    survey.site[gap.record].title + (gap.detail.empty() ? "" : " " + gap.detail) + "；";
        }
        return said;
    }
};

std::string consent_until(const std::string& more) {
    std::string consent = whole_consent;
    return consent.insert(consent.size() - 2, ", " + more);
}

}  // namespace

TEST_CASE("a site that lacks nothing has an empty list") { CHECK(Surveyed().gaps() == ""); }

TEST_CASE("a person without photograph, summary, story, honour, source or consent is named for each") {
    Surveyed site;
    std::string without_names = batch;
    without_names.erase(without_names.find("conferrals"),
                        without_names.rfind("---") - without_names.find("conferrals"));
    site.disk.put("content/batches/b.md", without_names);
    Profile bare;
    bare.consent = bare.portrait = bare.summary = bare.honours = bare.source = bare.story = "";
    site.put(bare);
    CHECK(site.gaps() ==
          "缺授权 样例甲；缺照片 样例甲；缺简介 样例甲；缺名单 2020年样例奖；缺荣誉 样例甲；缺来源 样例甲；");
}

TEST_CASE("a summary alone is not a story, and a story needs no summary") {
    Surveyed site;
    Profile profile;
    profile.story = "";
    site.put(profile);
    CHECK(site.gaps() == "缺正文 样例甲；");
    profile.summary = "", profile.story = "样例故事。\n";
    site.put(profile);
    CHECK(site.gaps() == "");
}

TEST_CASE("a consent that has ended, ends soon or was withdrawn") {
    Surveyed site;
    Profile profile;
    profile.consent = consent_until("until: 2026-06-30");
    site.put(profile);
    CHECK(site.gaps() == "授权到期 样例甲 2026-06-30；");
    profile.consent = consent_until("until: 2026-07-31");
    site.put(profile);
    CHECK(site.gaps(30) == "授权将到期 样例甲 2026-07-31；");
    CHECK(site.gaps(29) == "");
    // Its last day counts, and a month means its last day.
    profile.consent = consent_until("until: 2026-07");
    site.put(profile);
    CHECK(site.gaps(29) == "");
    CHECK(site.gaps(30) != "");
    profile.consent = consent_until("withdrawn: 2026-05-01");
    site.put(profile);
    CHECK(site.gaps() == "授权撤回 样例甲 2026-05-01；");
}

TEST_CASE("pictures that are not there or have no words, wherever they stand") {
    Surveyed site;
    Profile profile;
    profile.portrait = "portrait: {file: lost.jpg, alt: 近照}\ngallery: [{file: a.jpg}]\n";
    profile.story = "样例故事。\n\n![](a.jpg)\n";
    site.put(profile);
    CHECK(site.gaps() ==
          "照片不在 样例甲 content/people/lost.jpg；缺替代文字 样例甲 content/people/a.jpg；缺替代文字 "
          "样例甲 content/people/a.jpg；");
}

TEST_CASE("batches without number, date or names, and honours that no batch proves") {
    Surveyed site;
    site.disk.put("content/batches/b.md",
                  "---\naward: a\nyear: 2020\nauthorities: [样例局]\nsource: 样例\n---\n");
    Profile profile;
    profile.honours = "honors: [{claim: 全国先进, source: 样例}]\n";
    site.put(profile);
    CHECK(site.gaps() ==
          "缺文号 2020年样例奖；缺表彰日期 2020年样例奖；缺名单 2020年样例奖；缺荣誉依据 样例甲 全国先进；");
}

TEST_CASE("what waits, and why") {
    Surveyed site;
    const auto with = [&](const char* status) {
        Profile profile;
        profile.status = status;
        site.put(profile);
        return site.gaps();
    };
    CHECK(with("") == "草稿 样例甲；");
    CHECK(with("status: 审核中\n") == "审核中 样例甲；");
    CHECK(with("status: approved\nvisibility: 内部\n") == "限内部 样例甲；");
    CHECK(with("status: approved\nvisibility: 场馆\n") == "不在此公开 样例甲；");
    CHECK(with("status: approved\nvisibility: public\npublish_on: 2026-08-01\n") ==
          "未到日期 样例甲 2026-08-01；");
    CHECK(with("status: approved\nvisibility: public\npublish_until: 2026-06-01\n") ==
          "已过日期 样例甲 2026-06-01；");
    // Who was taken down lacks nothing any more.
    CHECK(with("status: 撤下\nwithdrawn_on: 2026-06-01\nportrait: ''\n") == "已撤下 样例甲 2026-06-01；");
}

TEST_CASE("a record that cannot be read is named, and the list goes on") {
    Surveyed site;
    site.disk.put("content/people/z.md", "---\nname: [\n---\n");
    const std::string gaps = site.gaps();
    CHECK(gaps.starts_with("读不出 "));
    CHECK(gaps.find("；") == gaps.size() - std::string("；").size());
}

TEST_CASE("each gap has words in both languages") {
    for (std::size_t i = 0; i < gap_count; ++i) {
        for (const Language language : {Language::chinese, Language::english}) {
            const GapWords& words = words_of(static_cast<Gap>(i), language);
            CHECK(std::string(words.label) != "");
            CHECK(std::string(words.what) != "");
            CHECK(std::string(words.cure) != "");
        }
    }
}
