// Whatever was edited in between, a build equals one that begins with nothing; and neither the number of
// threads nor anything else that is no input shows in the bytes.
#define DOCTEST_CONFIG_IMPLEMENT
#include <array>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <random>

#include "support/test_site.h"
#include "system/release_stage.h"

using namespace qunying;

namespace {

constexpr const char* settings =
    "title: 样例群英谱\norganisation: 样例单位\nregions: [{name: 样例区, key: yangli}]\n"
    "defaults: {status: approved, visibility: public}\npage_size: 6\n";

constexpr const char* spare = ".qunying/spares/public.release";

// No name is part of another, as the check for names of unpublished people wants it.
constexpr std::array<const char*, 12> names = {"赵甲", "钱乙", "孙丙", "李丁", "周戊", "吴己",
                                               "郑庚", "王辛", "冯壬", "陈癸", "褚子", "卫丑"};

std::string person(int id, int version) {
    return fmt::format(
        "---\nname: {0}\nsex: {1}\nbirth: {2}\nretire_kind: 退休\nformer_post: 样例局干部{3}\nlife: "
        "living\nsource: 样例\n"
        "honors: [{{batch: b{4}}}]\nteams: [{{team: t{5}}}]\n"
        "consent: {{basis: 本人授权, text: yes, portrait: yes, voice: no, signer: 本人, date: 2025-03-01, "
        "scope: [互联网]}}\n"
        "status: {6}\nvisibility: public\n---\n\n第 {3} 版。与[[{7}]]共事。\n",
        names[static_cast<std::size_t>(id)], id % 2 ? "男" : "女", 1940 + id % 15, version, 2020 + id % 2,
        id % 3, version % 5 == 4 ? "draft" : "approved", names[static_cast<std::size_t>((id + 1) % 12)]);
}

// A site that random edits change; the seed decides everything.
class EditedSite {
  public:
    explicit EditedSite(unsigned seed) : random_(seed) {
        files_["content/site.yaml"] = settings;
        files_["content/awards/a.md"] =
            "---\nname: 样例先进个人\nlevel: 省级\ncategory: 先进个人\ntarget: 离退休干部\nsource: "
            "样例\n---\n";
        for (const int year : {2020, 2021}) {
            files_[fmt::format("content/batches/b{}.md", year)] =
                fmt::format("---\naward: a\nyear: {}\nauthorities: [样例省委]\nsource: 样例\n---\n", year);
        }
        for (int i = 0; i < 3; ++i)
            files_[fmt::format("content/teams/t{}.md", i)] =
                fmt::format("---\nname: 样例队{}\nkind: 其他\nsource: 样例\n---\n队史。\n", i);
        for (int i = 0; i < 12; ++i) files_[fmt::format("content/people/p{}.md", i)] = person(i, 0);
    }

    void edit() {
        const int id = static_cast<int>(random_() % 12);
        switch (random_() % 6) {
            case 0:
                files_[fmt::format("content/people/p{}.md", id)] += "<!-- 注释 -->\n";
                break;
            case 1:
                files_["content/site.yaml"] =
                    std::string(settings) + fmt::format("subtitle: 副题{}\n", random_() % 4);
                break;
            case 2:
                files_[fmt::format("content/teams/t{}.md", id % 3)] += "又一句。\n";
                break;
            default:
                files_[fmt::format("content/people/p{}.md", id)] =
                    person(id, static_cast<int>(random_() % 10));
        }
    }

    void put_into(MemoryDisk& disk) const {
        for (const auto& [path, bytes] : files_) disk.put(path, bytes);
    }

  private:
    std::mt19937 random_;
    std::map<std::string, std::string> files_;
};

FileSnapshot build(MemoryDisk& disk, unsigned threads = 1) {
    Memo memo(disk);
    BuildOptions options = test_options();
    options.threads = threads;
    ReleaseStage stage(disk, "public", spare);
    const BuildResult result = build_site(disk, memo, stage, options);
    INFO(findings_of(result));
    REQUIRE(result.published);
    const FileSnapshot kept = disk.snapshot(spare);
    if (!kept.empty()) CHECK((kept == disk.snapshot("public")));
    return disk.snapshot("public");
}

FileSnapshot clean_build(const EditedSite& site, unsigned threads = 1) {
    MemoryDisk disk;
    put_theme(disk);
    site.put_into(disk);
    return build(disk, threads);
}

void check_equal(const FileSnapshot& left, const FileSnapshot& right) {
    REQUIRE(left.size() == right.size());
    for (const auto& file : left) {
        const std::string& path = file.first;
        const std::string& bytes = file.second;
        INFO(path);
        REQUIRE(right.contains(path));
        CHECK(right.at(path) == bytes);
    }
}

}  // namespace

TEST_CASE("after random edits an incremental build equals a clean one") {
    int with_spare = 0;
    for (unsigned seed = 1; seed <= 3; ++seed) {
        CAPTURE(seed);
        EditedSite site(seed);
        MemoryDisk disk;
        put_theme(disk);
        for (int round = 0; round < 8; ++round) {
            CAPTURE(round);
            site.put_into(disk);
            check_equal(build(disk, 1 + seed % 2), clean_build(site));
            with_spare += disk.status(spare) ? 1 : 0;
            site.edit();
        }
    }
    CHECK(with_spare >= 6);
}

TEST_CASE("the number of threads does not show") {
    const EditedSite site(7);
    check_equal(clean_build(site, 1), clean_build(site, 2));
    check_equal(clean_build(site, 1), clean_build(site, 5));
}

TEST_CASE("a lost or rotten memo costs time and nothing else") {
    EditedSite site(9);
    MemoryDisk disk;
    put_theme(disk);
    site.put_into(disk);
    build(disk);
    for (const auto& [path, bytes] : disk.snapshot(".qunying")) {
        if (path.starts_with("cache/")) disk.put(".qunying/" + path, bytes.substr(0, bytes.size() / 2));
    }
    site.edit();
    site.put_into(disk);
    check_equal(build(disk), clean_build(site));
}

int main(int argc, char** argv) {
    doctest::Context context(argc, argv);
    return context.run();
}
