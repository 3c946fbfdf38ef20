// A change of words alone goes the short way; whatever else may have changed goes the long one. Both ways
// lead to the tree of a clean build.
#include <doctest/doctest.h>
#include <functional>

#include "build/build.h"
#include "support/test_site.h"

using namespace qunying;

namespace {

constexpr const char* settings =
    "title: 样例群英谱\norganisation: 样例单位\nregions: [样例区]\n"
    "defaults: {status: approved, visibility: public}\n";

std::string front(const std::string& name, const std::string& more = "") {
    return "---\nname: " + name +
           "\nretire_kind: 退休\nformer_post: 样例局退休干部\nlife: living\nsource: 样例\n" +
           "consent: {basis: 本人授权, text: yes, portrait: yes, voice: no, signer: 本人, date: 2025-03-01, "
           "scope: [互联网]}\nstatus: approved\nvisibility: public\n" +
           more + "---\n\n";
}

// More than any card quotes.
std::string opening() {
    std::string text;
    for (int i = 0; i < 30; ++i) text += "样例故事";
    return text + "。\n\n";
}

const std::string rest = "## 样例一节\n\n他同[[样例乙]]一起，也同[[yi|老友]]一起。\n\n第二段。\n";

struct Preview {
    MemoryDisk disk;
    Memo memo{disk};
    KeptBuild kept{disk, memo};
    BuildOptions options = test_options();
    std::shared_ptr<const MemoryTree> tree;

    Preview() {
        options.preview = true;
        put_theme(disk);
        disk.put("content/site.yaml", settings);
        disk.put("content/people/jia.md", front("样例甲") + opening() + rest);
        disk.put("content/people/yi.md", front("样例乙") + opening() + "第一段。\n");
    }
    bool build() {
        MemoryStage stage(tree);
        if (!kept.build(stage, options).published) return false;
        tree = stage.tree();
        return true;
    }
    bool retell(const std::set<std::string>& paths) {
        MemoryStage stage(tree);
        if (!kept.retell(paths, stage)) return false;
        tree = stage.tree();
        return true;
    }
    void tell(const std::string& story) { disk.put("content/people/jia.md", front("样例甲") + story); }
    OutputTree clean() const {
        MemoryDisk other;
        for (const auto& file : disk.snapshot()) {
            if (!file.first.starts_with(".qunying")) other.put(file.first, file.second);
        }
        Memo memory(other);
        MemoryStage stage(nullptr);
        REQUIRE(build_site(other, memory, stage, options).published);
        return stage.tree()->release.manifest.files;
    }
    const OutputTree& shown() const { return tree->release.manifest.files; }
    std::string page(const std::string& path) const { return *tree->find(path); }
};

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::set<std::string> jia = {"content/people/jia.md"};

}  // namespace

TEST_CASE("words alone go the short way") {
    Preview site;
    REQUIRE(site.build());
    SUBCASE("more of them") { site.tell(opening() + rest + "新的一段。\n"); }
    SUBCASE("fewer") { site.tell(opening() + "## 样例一节\n\n他同[[样例乙]]一起，也同[[yi|老友]]一起。\n"); }
    SUBCASE("another heading") { site.tell(opening() + "### 另一节\n\n" + rest.substr(rest.find("他"))); }
    SUBCASE("round a link") { site.tell(opening() + "她又同[[样例乙]]和[[yi|老友]]**一起**。\n"); }
    CHECK(site.retell(jia));
    CHECK(site.shown() == site.clean());
}

TEST_CASE("again and again, and two files at once") {
    Preview site;
    REQUIRE(site.build());
    for (const char* words : {"一。\n", "二。\n", ""}) {
        site.tell(opening() + rest + "\n" + words);
        REQUIRE(site.retell(jia));
        CHECK(site.shown() == site.clean());
    }
    site.tell(opening() + rest + "\n三。\n");
    site.disk.put("content/people/yi.md", front("样例乙") + opening() + "四。\n");
    REQUIRE(site.retell({"content/people/jia.md", "content/people/yi.md"}));
    CHECK(holds(site.page("people/yi.html"), "四。"));
    CHECK(site.shown() == site.clean());
}

TEST_CASE("a file saved as it was changes nothing") {
    Preview site;
    REQUIRE(site.build());
    const auto before = site.tree;
    CHECK(site.retell(jia));
    CHECK(site.tree == before);
}

TEST_CASE("whatever others could see goes the long way") {
    Preview site;
    REQUIRE(site.build());
    std::set<std::string> paths = jia;
    const auto tell = [&](const std::string& story) { site.tell(story); };
    SUBCASE("what cards quote") { tell("新" + opening() + rest); }
    SUBCASE("one link more") { tell(opening() + rest + "还有[[样例乙]]。\n"); }
    SUBCASE("one link less") { tell(opening() + "他同[[样例乙]]一起。\n"); }
    SUBCASE("another target") { tell(opening() + "他同[[样例甲]]一起，也同[[yi|老友]]一起。\n"); }
    SUBCASE("other words of a link") { tell(opening() + "他同[[样例乙]]一起，也同[[yi|战友]]一起。\n"); }
    SUBCASE("a field") {
        site.disk.put("content/people/jia.md", front("样例甲", "summary: 样例摘要。\n") + opening() + rest);
    }
    SUBCASE("the kind of record that it is") {
        site.disk.remove_file("content/people/jia.md");
        site.disk.put("content/pages/jia.md", "---\ntitle: 样例\n---\n\n" + opening());
        paths = {"content/people/jia.md", "content/pages/jia.md"};
    }
    SUBCASE("a new file") {
        site.disk.put("content/people/bing.md", front("样例丙") + opening());
        paths = {"content/people/bing.md"};
    }
    SUBCASE("a file gone") {
        site.disk.remove_file("content/people/yi.md");
        tell(opening());
        paths = {"content/people/jia.md", "content/people/yi.md"};
    }
    SUBCASE("the settings") {
        site.disk.put("content/site.yaml", "subtitle: 样例\n" + std::string(settings));
        paths = {"content/site.yaml"};
    }
    CHECK_FALSE(site.retell(paths));
    REQUIRE(site.build());
    CHECK(site.shown() == site.clean());
}

TEST_CASE("a story that something is said of goes the long way, and so does its cure") {
    Preview site;
    REQUIRE(site.build());
    std::string words;
    SUBCASE("by the reader of Markdown") { words = "没有**结束。\n"; }
    SUBCASE("by a rule that reads texts as they were written") { words = "张某*，样例。\n"; }
    site.tell(opening() + rest + "\n" + words);
    CHECK_FALSE(site.retell(jia));
    site.build();
    site.tell(opening() + rest);
    CHECK_FALSE(site.retell(jia));
}

TEST_CASE("a file that became something else goes the long way") {
    Preview site;
    REQUIRE(site.build());
    site.disk.remove_file("content/people/jia.md");
    SUBCASE("a link") { site.disk.put_kind("content/people/jia.md", FileKind::symlink); }
    SUBCASE("too long") { site.tell(std::string(5 << 20, 'a')); }
    CHECK_FALSE(site.retell(jia));
}

TEST_CASE("while some name must stand in no text, every text is looked at") {
    Preview site;
    site.options.preview = false;
    site.disk.put("content/people/bing.md", "---\nname: 样例丙\nstatus: draft\n---\n\n样例。\n");
    REQUIRE(site.build());
    site.tell(opening() + rest + "\n还有样例丙。\n");
    CHECK_FALSE(site.retell(jia));
    CHECK_FALSE(site.build());
}

TEST_CASE("what a reviewer signed is looked at whole") {
    Preview site;
    site.disk.put("content/people/jia.review.yaml",
                  "steps:\n  - {step: 初审, person: 甲, date: 2026-01-02}\n"
                  "  - {step: 复审, person: 乙, date: 2026-01-03}\n"
                  "  - {step: 终审, person: 丙, date: 2026-01-04}\n");
    REQUIRE(site.build());
    site.tell(opening() + rest + "\n新的一段。\n");
    CHECK_FALSE(site.retell(jia));
}

TEST_CASE("what a template says of the new words goes the long way, which says it to people") {
    Preview site;
    site.disk.put("themes/hall/templates/person.html",
                  "{% if record.title == \"样例甲\" %}{{ record.story.headings[0].text }}{% endif %}");
    REQUIRE(site.build());
    site.tell(opening() + "没有小标题，[[样例乙]]、[[yi|老友]]。\n");
    CHECK_FALSE(site.retell(jia));
}

TEST_CASE("after a build that ended with errors nothing goes the short way") {
    Preview site;
    REQUIRE(site.build());
    site.disk.put("content/people/yi.md", "---\nname: [\n---\n");
    CHECK_FALSE(site.build());
    site.tell(opening() + rest + "\n新的一段。\n");
    CHECK_FALSE(site.retell(jia));
}

TEST_CASE("a character that the fonts of the site do not hold yet goes the long way") {
    Preview site;
    REQUIRE(site.build());
    site.tell(opening() + rest + "新写了䶮字。\n");
    CHECK_FALSE(site.retell({"content/people/jia.md"}));
    REQUIRE(site.build());
    CHECK(site.tree->release.manifest.files == site.clean());
    site.tell(opening() + rest + "又写了䶮字。\n");
    CHECK(site.retell({"content/people/jia.md"}));
    CHECK(site.tree->release.manifest.files == site.clean());
}

TEST_CASE("in a venue fonts hold every word, so words alone go the long way") {
    Preview site;
    site.options.audience = Audience::venue;
    for (const char* who : {"jia", "yi"}) {
        std::string text = front(std::string("样例") + (who[0] == 'j' ? "甲" : "乙"));
        text.replace(text.find("[互联网]"), std::string("[互联网]").size(), "[场馆]");
        site.disk.put(std::string("content/people/") + who + ".md", text + opening() + "第一段。\n");
    }
    REQUIRE(site.build());
    site.disk.put("content/people/jia.md",
                  std::string(site.disk.snapshot("content/people").at("jia.md")) + "第二段。\n");
    CHECK_FALSE(site.retell({"content/people/jia.md"}));
}
