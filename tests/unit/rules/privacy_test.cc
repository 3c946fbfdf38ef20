// Rule 10 on whole sites in memory: what is said, where, and of what nothing is said.
#include "rules/privacy.h"

#include <doctest/doctest.h>

#include "rules/rules.h"
#include "support/test_site.h"

using namespace qunying;

namespace {

constexpr const char* settings = "title: 样例\ndefaults: {status: approved, visibility: public}\n";

struct Checked {
    MemoryDisk disk;

    Checked() { disk.put("content/site.yaml", settings); }

    // Findings of rule 10 alone, each as “path:line id 中文 words”, sorted as they are printed.
    std::vector<std::string> findings() {
        Memo memo(disk);
        BuildOptions options = test_options();
        options.pictures = false;
        const BuildResult result = check_site(disk, memo, options);
        std::vector<std::string> found;
        for (const Diagnostic& item : result.diagnostics.items()) {
            const std::string id(entry_of(item.kind).id);
            if (id != "id-number" && id != "mobile-number" && id != "bank-card" && id != "home-address" &&
                id != "car-plate")
                continue;
            const std::string text = as_text(item, result.tree.sources, Language::chinese);
            CHECK(text.find("13812341234") == std::string::npos);
            const bool placed = item.where.known();
            const SourceFile* file = placed ? &result.tree.sources[item.where.source] : nullptr;
            const std::string line =
                placed ? std::to_string(line_column(file->text, item.where.begin).line) : "";
            found.push_back((placed ? mask_private_data(file->path) + ":" + line + " " : "") + id);
        }
        return found;
    }
    std::vector<std::string> of_team(const std::string& front, const std::string& body) {
        disk.put("content/teams/x.md",
                 "---\nname: 样例队\nkind: 协会\nsource: 样例\n" + front + "---\n" + body);
        return findings();
    }
};

using Found = std::vector<std::string>;

}  // namespace

TEST_CASE("each kind of number is said where it stands") {
    Checked site;
    CHECK(site.of_team("", "电话13812341234。\n") == Found{"content/teams/x.md:6 mobile-number"});
    CHECK(site.of_team("summary: 卡号4111111111111111\n", "") == Found{"content/teams/x.md:5 bank-card"});
    CHECK(site.of_team("# 身份证11010519491231002X\n", "") == Found{"content/teams/x.md:5 id-number"});
    CHECK(site.of_team("withdrawn_reason: 家住平江街道幸福小区5幢301室\n", "") ==
          Found{"content/teams/x.md:5 home-address"});
    CHECK(site.of_team("", "车牌苏E12345。\n") == Found{"content/teams/x.md:6 car-plate"});
    CHECK(site.of_team("", "没有什么。\n").empty());
}

TEST_CASE("an escape hides no number") {
    Checked site;
    CHECK(site.of_team("summary: \"\\u00313812341234\"\n", "") ==
          Found{"content/teams/x.md:1 mobile-number"});
}

TEST_CASE("an office's address is said of persons alone") {
    Checked site;
    CHECK(site.of_team("when_where: 人民路100号301室\n", "在人民路100号301室。\n").empty());
    site.disk.put("content/people/x.md",
                  "---\nname: 王样例\nstatus: approved\nvisibility: public\n---\n在人民路100号301室。\n");
    CHECK(site.findings() == Found{"content/people/x.md:6 home-address"});
}

TEST_CASE("of drafts nothing is said") {
    Checked site;
    site.disk.put("content/people/x.md", "---\nname: 王样例\n---\n电话13812341234\n");
    CHECK(site.findings().empty());
}

TEST_CASE("names of files and settings are looked at") {
    Checked site;
    site.disk.put("content/teams/dui-13812341234.md",
                  "---\nname: 样例队\nid: dui\nkind: 协会\nsource: 样例\n---\n");
    CHECK(site.findings() == Found{"content/teams/dui-138****1234.md:1 mobile-number"});
    Checked other;
    other.disk.put("content/site.yaml", std::string(settings) + "footer: {contact: 13812341234}\n");
    CHECK(other.findings() == Found{"content/site.yaml:3 mobile-number"});
}

TEST_CASE("what the editor lets pass is passed over, in settings too") {
    Checked site;
    site.disk.put("content/site.yaml", std::string(settings) + "词表: {放行: ['138 1234 1234']}\n");
    CHECK(site.of_team("", "电话13812341234，又：13912341234。\n") ==
          Found{"content/teams/x.md:6 mobile-number"});
}

TEST_CASE("what is remembered of a file is said again") {
    Checked site;
    site.disk.put("assets/x.pdf", "%PDF-1.4\n1 0 obj << /Author (13812341234) >> endobj");
    CHECK(site.findings() == Found{"mobile-number"});
    CHECK(site.findings() == Found{"mobile-number"});
    site.disk.put("assets/x.pdf", "%PDF-1.4\n1 0 obj << /Author (nobody) >> endobj");
    CHECK(site.findings().empty());
}

TEST_CASE("files of drafts and files that only private fields name are left alone") {
    const std::string pdf = "%PDF-1.4\n1 0 obj << /Author (13812341234) >> endobj";
    Checked site;
    site.disk.put("content/people/x/index.md", "---\nname: 王样例\n---\n");
    site.disk.put("content/people/x/a.docx", pdf);
    CHECK(site.findings().empty());
    site.disk.put("content/awards/a.md",
                  "---\nname: 奖\nlevel: 省级\ncategory: 其他\ntarget: 社会\nsource: 样例\n---\n");
    site.disk.put("content/teams/x.md", "---\nname: 样例队\nkind: 协会\nsource: 样例\n---\n");
    const std::string batch =
        "---\naward: a\nyear: 2020\nauthorities: [样例局]\nsource: 样例\nconferrals:\n  - {to: team:x";
    site.disk.put("content/batches/b/index.md", batch + ", proof: p.pdf}\n---\n");
    site.disk.put("content/batches/b/p.pdf", pdf);
    CHECK(site.findings().empty());
    site.disk.put("content/batches/b/index.md", batch + "}\n---\n");
    CHECK(site.findings() == Found{"mobile-number"});
}

TEST_CASE("a file concerns the rules where a number stands in it") {
    CHECK(concerns_wording("---\nname: 王样例\n---\n", "电话13812341234", false));
    CHECK(concerns_wording("---\nname: 王样例 # 13812341234\n---\n", "", false));
    CHECK_FALSE(concerns_wording("---\nname: 王样例\n---\n", "1949年9月，电话0512-65001234", false));
}
