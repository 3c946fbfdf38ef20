#include "pages/story_view.h"

#include "unit/pages/built_site.h"

using namespace qunying;
using namespace qunying::test;

namespace {

StoryFigure figure(std::string file, std::string alt, std::string caption, bool block = true) {
    StoryFigure made;
    made.file.path = std::move(file);
    made.alt = std::move(alt);
    made.caption = std::move(caption);
    made.block = block;
    return made;
}

std::string html_of(const BuiltSite& built, RecordId id) {
    return text_at(story_value({built.context, "../"}, built.site[id].story), "html");
}

}  // namespace

TEST_CASE("links lead to pages, relative to where they stand; what is not published is only text") {
    SiteBuilder build;
    const RecordId team = build.add("team", "t", "银领<队>");
    const RecordId gone = build.add("person", "gone", "");
    const RecordId stat = build.add("stat", "s", "人数");
    const RecordId page = build.add("page", "about", "关于");
    build.site[gone].live = false;
    build.story(page, {StoryText{"<p>"}, StoryLink{team, "", {}}, StoryLink{team, "这支\"队", {}},
                       StoryLink{gone, "某老", {}}, StoryLink{stat, "", {}}, StoryText{"</p>"}});
    const BuiltSite built(build.site);
    CHECK(html_of(built, page) ==
          "<p><a href=\"../teams/t.html\">银领&lt;队&gt;</a><a "
          "href=\"../teams/t.html\">这支&#34;队</a>某老人数</p>");
}

TEST_CASE("a picture becomes a figure with every source and no style") {
    SiteBuilder build;
    const RecordId page = build.add("page", "about", "关于");
    build.story(page, {figure("content/pages/hall.jpg", "展厅\"内", "图：<展厅>")});
    const BuiltSite built(build.site);
    const std::string html = html_of(built, page);
    CHECK(html.starts_with(
        "<figure class=\"picture\"><picture><source type=\"image/webp\" srcset=\"../media/hall-"));
    CHECK(html.find("alt=\"展厅&#34;内\"") != std::string::npos);
    CHECK(html.find("width=\"960\" height=\"1280\"") != std::string::npos);
    CHECK(html.find("loading=\"lazy\" decoding=\"async\"") != std::string::npos);
    CHECK(html.find("<figcaption>图：&lt;展厅&gt;</figcaption></figure>") != std::string::npos);
    CHECK(html.find("style=") == std::string::npos);
}

TEST_CASE("a picture that cannot be shown is a sentence; inside a line it stays inside") {
    SiteBuilder build;
    const RecordId page = build.add("page", "about", "关于");
    build.story(page, {figure("content/pages/bad.jpg", "替代", "展厅全景"),
                       figure("content/pages/bad.jpg", "替代", "", false)});
    const BuiltSite built(build.site, {"content/pages/bad.jpg"});
    CHECK(html_of(built, page) ==
          "<p class=\"picture-missing\">（图片暂缺：展厅全景）</p>\n"
          "<span class=\"picture-missing\">（图片暂缺：替代）</span>");
}

TEST_CASE("a description is the summary, else the beginning of the story") {
    SiteBuilder build;
    const RecordId with = build.add("page", "a", "甲", {{"summary", "一句\n话"}});
    const RecordId without = build.add("page", "b", "乙");
    std::string long_text;
    for (int i = 0; i < 81; ++i) long_text += "字";
    build.site[without].story.opening = long_text + "\n";
    const RecordId empty = build.add("page", "c", "丙");
    CHECK(description_of(build.site, with) == "一句 话");
    CHECK(description_of(build.site, without) == long_text.substr(3) + "……");
    CHECK(description_of(build.site, empty).empty());
}

namespace {

// Two runs around a link, kept elsewhere.
struct TwoRuns final : StoryTexts {
    std::vector<std::string> html_runs(Span) const override { return {"<p>前", "后</p>"}; }
};

}  // namespace

TEST_CASE("a story that is put by is fetched for its page alone, and told apart without") {
    const auto digest = [](std::string first, StoryDetail detail) {
        SiteBuilder build;
        const RecordId page = build.add("page", "about", "关于");
        build.story(page, {StoryText{"", digest_of(first)}, StoryLink{no_record, "她", {}},
                           StoryText{"", digest_of("后</p>")}});
        build.site[page].story.put_by = true;
        const BuiltSite built(build.site);
        const TwoRuns texts;
        PageContext context = built.context;
        context.stories = detail == StoryDetail::whole ? &texts : nullptr;
        context.story_detail = detail;
        const Value value = story_value({context, "../"}, built.site[page].story);
        if (detail == StoryDetail::whole) CHECK(text_at(value, "html") == "<p>前她后</p>");
        DigestBuilder builder;
        value.add_to(builder);
        return builder.finish();
    };
    CHECK(digest("<p>前", StoryDetail::whole) == digest("<p>前", StoryDetail::told_apart));
    CHECK(digest("<p>前", StoryDetail::told_apart) != digest("<p>先", StoryDetail::told_apart));
}
