// What a build remembers of loaded records shows in nothing but its time.
#include <algorithm>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <random>

#include "build/build.h"
#include "support/test_site.h"
#include "system/release_stage.h"

using namespace qunying;

namespace {

constexpr const char* settings =
    "title: 样例群英谱\norganisation: 样例单位\nregions: [样例区]\n"
    "defaults: {status: approved, visibility: public}\n";

std::string person(const std::string& name, const std::string& story = "样例故事。",
                   const std::string& more = "") {
    return "---\nname: " + name +
           "\nretire_kind: 退休\nformer_post: 样例局退休干部\nlife: living\nsource: 样例\n"
           "consent: {basis: 本人授权, text: yes, portrait: yes, voice: no, signer: 本人, date: 2025-03-01, "
           "scope: [互联网]}\nstatus: approved\nvisibility: public\n" +
           more + "---\n\n" + story + "\n";
}

// What a build says and leaves behind.
struct Built {
    bool published = false;
    std::string findings;
    FileSnapshot release;
    bool operator==(const Built&) const = default;
};

struct TestedSite {
    MemoryDisk disk;
    BuildOptions options = test_options();

    TestedSite() {
        put_theme(disk);
        disk.put("content/site.yaml", settings);
        disk.put("content/people/jia.md", person("样例甲", "与[[样例乙]]共事。"));
        disk.put("content/people/yi.md", person("样例乙"));
    }
    Built build() {
        Memo memo(disk);
        ReleaseStage stage(disk, "public");
        const BuildResult result = build_site(disk, memo, stage, options);
        return {result.published, findings_of(result), disk.snapshot("public")};
    }
    // The same files without anything that was remembered.
    Built clean() const {
        TestedSite other;
        for (const char* folder : {"content", "assets"}) {
            for (const auto& file : other.disk.snapshot(folder))
                other.disk.remove_file(std::string(folder) + "/" + file.first);
            for (const auto& file : disk.snapshot(folder))
                other.disk.put(std::string(folder) + "/" + file.first, file.second);
        }
        return other.build();
    }
    std::string remembered(const std::string& name) const { return disk.snapshot(".qunying/cache").at(name); }
};

}  // namespace

TEST_CASE("the same bytes at another place are another record") {
    TestedSite site;
    REQUIRE(site.build().published);
    site.disk.put("content/people/yi-er.md", person("样例乙"));
    site.disk.put("content/people/jia.md", person("样例甲"));
    const Built built = site.build();
    CHECK(built == site.clean());
    INFO(built.findings);
    CHECK(built.published);
    CHECK(std::any_of(built.release.begin(), built.release.end(),
                      [](const auto& file) { return file.first.find("yi-er") != std::string::npos; }));
}

TEST_CASE("a text that rules would look at is looked at again, though its file is not read") {
    TestedSite site;
    site.disk.put("content/people/yi.md", person("样例乙", "他是最伟大的**英雄，逝世**于家中。* *"));
    const Built first = site.build();
    REQUIRE_FALSE(first.findings.empty());
    site.disk.put("content/people/jia.md", person("样例甲", "与[[样例乙]]同学。"));
    const Built second = site.build();
    CHECK(second.findings == first.findings);
    CHECK(second == site.clean());
}

TEST_CASE("what parsing had to say of a file is said again") {
    TestedSite site;
    site.disk.put("content/people/yi.md", person("样例乙", "#标题"));
    const Built first = site.build();
    REQUIRE_FALSE(first.findings.empty());
    site.disk.put("content/people/jia.md", person("样例甲", "与[[样例乙]]同学。"));
    CHECK(site.build().findings == first.findings);
}

TEST_CASE("another program remembers for itself") {
    TestedSite site;
    site.build();
    const std::string before = site.remembered("loaded.index");
    site.options.generator = "qunying test, 2";
    site.build();
    CHECK(site.remembered("loaded.index").size() > before.size());
}

TEST_CASE("nothing is remembered twice") {
    TestedSite site;
    site.build();
    const std::string before = site.remembered("loaded.index");
    site.options.as_of = {2026, 7, 2};
    site.build();
    CHECK(site.remembered("loaded.index") == before);
}

TEST_CASE("where the parsed files are lost, records that are remembered are told all the same") {
    TestedSite site;
    site.build();
    const std::size_t index = site.remembered("parsed.index").size();
    SUBCASE("all of them") { site.disk.put(".qunying/cache/parsed.index", ""); }
    SUBCASE("their bytes") {
        const std::string pack = site.remembered("parsed.pack");
        site.disk.put(".qunying/cache/parsed.pack", std::string(pack.size(), 'x'));
    }
    site.disk.put("content/people/yi.md", person("样例乙", "又一个故事。"));
    const Built built = site.build();
    CHECK(built == site.clean());
    CHECK(built.published);
    CHECK(site.build() == built);
    CHECK(site.remembered("parsed.index").size() >= index);
}

TEST_CASE("rotten records are read anew") {
    TestedSite site;
    site.build();
    std::string pack = site.remembered("loaded.pack");
    for (char& each : pack) each = static_cast<char>(each ^ 1);
    site.disk.put(".qunying/cache/loaded.pack", pack);
    site.disk.put("content/people/jia.md", person("样例甲", "与[[样例乙]]同学。"));
    CHECK(site.build() == site.clean());
}

TEST_CASE("after random edits of all that one record may show in another, a build equals a clean one") {
    for (unsigned seed = 1; seed <= 4; ++seed) {
        CAPTURE(seed);
        std::mt19937 random(seed);
        const auto some = [&](unsigned of) { return static_cast<unsigned>(random() % of); };
        TestedSite site;
        site.options.threads = 1 + seed % 2;
        for (int round = 0; round < 12; ++round) {
            CAPTURE(round);
            const std::string path = fmt::format("content/people/p{}", some(3));
            switch (some(6)) {
                case 0:
                    site.disk.put("content/site.yaml",
                                  settings + fmt::format("fields: [{{kind: person, fields: [{{key: club, "
                                                         "label: 社团{}}}]}}]\n",
                                                         some(2)));
                    break;
                case 1:
                    site.disk.put(path + ".review.yaml",
                                  fmt::format("steps: [{{step: 初审, person: 样例{}}}]\n", some(3)));
                    break;
                case 2:
                    site.disk.put("content/teams/x.md",
                                  fmt::format("---\nname: 样例队{}\nkind: 其他\nsource: "
                                              "样例\n---\n\n队史。\n",
                                              some(3)));
                    break;
                default:
                    site.disk.put(path + ".md", person(fmt::format("样例{}", some(5)),
                                                       some(2) ? "与[[样例乙]]、[[yi]]。" : "在[[样例队1]]。",
                                                       some(2) ? "club: 样例社\n" : ""));
            }
            const Built built = site.build(), clean = site.clean();
            CHECK(built.findings == clean.findings);
            if (clean.published) CHECK(built == clean);
        }
    }
}
