#include "syntax/markdown.h"

#include <doctest/doctest.h>

#include "base/parallel.h"
#include "base/text.h"

using namespace qunying;

namespace {

struct Told {
    Sources sources;
    Diagnostics found;
    MarkdownStory story;

    explicit Told(std::string text, const MarkdownLimits& limits = {}) {
        const SourceId id = sources.add("a.md", std::move(text));
        const auto size = static_cast<std::uint32_t>(sources[id].text.size());
        story = parse_markdown(sources[id], 0, size, found, limits);
        found.settle(sources);
    }
    std::string_view text() const { return sources[SourceId{0}].text; }
    std::string at(Span span) const { return std::string(text().substr(span.begin, span.end - span.begin)); }
    LineColumn place(std::size_t index) const {
        return line_column(text(), found.items()[index].where.begin);
    }
    template <class Piece>
    std::vector<Piece> pieces() const {
        std::vector<Piece> out;
        for (const StoryPiece& each : story.pieces) {
            if (const auto* piece = std::get_if<Piece>(&each)) out.push_back(*piece);
        }
        return out;
    }
    std::string html() const {
        std::string out;
        for (const StoryHtml& each : pieces<StoryHtml>()) out += each.html;
        return out;
    }
};

// Exactly one finding of that kind, at that place, on these bytes.
void check_one(const std::string& text, DiagnosticKind kind, LineColumn place, const std::string& bytes) {
    CAPTURE(text.substr(0, 100));
    const Told told(text);
    REQUIRE(told.found.items().size() == 1);
    CHECK(entry_of(told.found.items()[0].kind).id == entry_of(kind).id);
    CHECK(told.place(0).line == place.line);
    CHECK(told.place(0).column == place.column);
    CHECK(told.at(told.found.items()[0].where) == bytes);
}

// One string that holds everything of a story, for comparisons.
std::string everything(const MarkdownStory& story) {
    std::string out = story.plain_text;
    for (const StoryHeading& each : story.headings) out += std::to_string(each.level) + each.id + each.text;
    for (const StoryPiece& piece : story.pieces) {
        if (const auto* html = std::get_if<StoryHtml>(&piece)) out += html->html;
        if (const auto* link = std::get_if<StoryReference>(&piece))
            out += link->kind + link->target + link->text;
        if (const auto* picture = std::get_if<StoryPicture>(&piece))
            out += picture->file + picture->alt + picture->caption;
    }
    return out;
}

}  // namespace

TEST_CASE("blocks and inlines become HTML") {
    CHECK(Told("一*二*三`四`**五**").html() == "<p>一<em>二</em>三<code>四</code><strong>五</strong></p>\n");
    CHECK(Told("> 引\n").html() == "<blockquote>\n<p>引</p>\n</blockquote>\n");
    CHECK(Told("- a\n- b\n").html() == "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n");
    CHECK(Told("3) a\n").html() == "<ol start=\"3\">\n<li>a</li>\n</ol>\n");
    CHECK(Told("***\n").html() == "<hr>\n");
    CHECK(Told("a  \nb\n").html() == "<p>a<br>\nb</p>\n");
    CHECK(Told("```c\"\n<&\n```\n").html() ==
          "<pre><code class=\"language-c&#34;\">&lt;&amp;\n</code></pre>\n");
    CHECK(Told("~~删~~").html() == "<p><del>删</del></p>\n");
    CHECK(Told("[l](a.md \"t\")").html() == "<p><a href=\"a.md\" title=\"t\">l</a></p>\n");
    CHECK(Told("").story.pieces.empty());
}

TEST_CASE("headings start at h2, have ids that never repeat, and a list") {
    const Told told("# 事迹\n\n## *早年*与[[王样例]]\n\n# 事迹\n\n###### 末\n");
    REQUIRE(told.story.headings.size() == 4);
    CHECK(told.story.headings[0].level == 2);
    CHECK(told.story.headings[0].text == "事迹");
    CHECK(told.story.headings[0].id == "s-1");
    CHECK(told.story.headings[1].level == 3);
    CHECK(told.story.headings[1].text == "早年与王样例");
    CHECK(told.story.headings[2].id == "s-3");
    CHECK(told.story.headings[3].level == 6);
    CHECK(told.html().find("<h2 id=\"s-3\">事迹</h2>") != std::string::npos);
}

TEST_CASE("references are cut out with their places") {
    const Told told(
        "见**[[王样例]]**、[[ team : yangli-team | 样例队 "
        "]]和[[集体：甲]]。\n\n|[[a|b]]|[[c\\|d]]|\n|-|-|\n");
    CHECK(told.found.empty());
    const auto references = told.pieces<StoryReference>();
    REQUIRE(references.size() == 5);
    CHECK(references[0].target == "王样例");
    CHECK(told.at(references[0].span) == "[[王样例]]");
    CHECK(references[1].kind == "team");
    CHECK(references[1].target == "yangli-team");
    CHECK(references[1].text == "样例队");
    CHECK(told.at(references[1].span) == "[[ team : yangli-team | 样例队 ]]");
    CHECK(references[2].kind == "集体");
    CHECK(references[2].target == "甲");
    CHECK(references[3].text == "b");
    CHECK(references[4].target == "c");
    CHECK(references[4].text == "d");
    CHECK(std::get<StoryHtml>(told.story.pieces[0]).html == "<p>见<strong>");
    CHECK(std::get<StoryHtml>(told.story.pieces[2]).html == "</strong>、");
    CHECK(told.story.plain_text == "见王样例、样例队和甲。\nb d\n");
}

TEST_CASE("references in code, links and escapes are left alone") {
    CHECK(Told("`[[a]]`\n\n    [[b]]\n\n```\n[[c]]\n```\n\n\\[[d]] [[e]](f.md)\n")
              .pieces<StoryReference>()
              .empty());
    CHECK(Told("`[[a|b]]`").html() == "<p><code>[[a|b]]</code></p>\n");
    CHECK(Told("[[x]](a.md)").html() == "<p><a href=\"a.md\">[x]</a></p>\n");
    CHECK(Told("[x](<a[[b]].md> \"[[t]]\")").html() ==
          "<p><a href=\"a%5B%5Bb%5D%5D.md\" title=\"[[t]]\">x</a></p>\n");
}

TEST_CASE("pictures are cut out, alone as figures, in a line as pictures") {
    const Told told(
        "![说*明*](photo%20a.jpg \"王样例（左二）\")\n\n文 ![b](b.png) 字\n\n![c](c.jpg)\n![d](d.jpg)\n");
    const auto pictures = told.pieces<StoryPicture>();
    REQUIRE(pictures.size() == 4);
    CHECK(pictures[0].file == "photo a.jpg");
    CHECK(pictures[0].alt == "说明");
    CHECK(pictures[0].caption == "王样例（左二）");
    CHECK(pictures[0].block);
    CHECK(told.at(pictures[0].span) == "![说*明*](photo%20a.jpg \"王样例（左二）\")");
    CHECK_FALSE(pictures[1].block);
    CHECK(told.at(pictures[1].span) == "![b](b.png)");
    CHECK(pictures[2].block);
    CHECK(told.at(pictures[3].span) == "![d](d.jpg)");
    CHECK(told.html() == "<p>文  字</p>\n");
    const Told behind("`![x](y)` a\\\nb ![乙](z.png) \n> 丙 ![丁](w.png)\n");
    REQUIRE(behind.pieces<StoryPicture>().size() == 2);
    CHECK(behind.at(behind.pieces<StoryPicture>()[0].span) == "![乙](z.png)");
    CHECK(behind.at(behind.pieces<StoryPicture>()[1].span) == "![丁](w.png)");
}

TEST_CASE("plain text holds the words, a line a block") {
    const Told told(
        "# 题\n\n一*二*\n三 a\nb\n\n- 甲\n- 乙 "
        "[链](x.md)\n\n|子|丑|\n|-|-|\n|寅|卯|\n\n```\n码\n```\n文[^1]\n\n[^1]: 注\n");
    CHECK(told.story.plain_text == "题\n一二三 a b\n甲\n乙 链\n子 丑\n寅 卯\n码\n文\n注\n");
}

TEST_CASE("Chinese emphasis works and leaves no trace") {
    for (const char* text :
         {"**“你好”**世界", "世界**“你好”**", "世界**“你好”**世界", "说：**你好**。", "**注意：**看",
          "甲**《乙》**丙", "**（重点）**内容", "**100%**的", "**对！**他", "`**“a”**b`**“c”**d"}) {
        CAPTURE(text);
        const Told told(text);
        CHECK(told.found.empty());
        CHECK(told.html().find("<strong>") != std::string::npos);
        CHECK(everything(told.story).find('\xF4') == std::string::npos);
    }
    CHECK(Told("a**\"b\"**").html() == "<p>a**&#34;b&#34;**</p>\n");
}

TEST_CASE("each finding has its kind, its place and its bytes") {
    using K = DiagnosticKind;
    SUBCASE("marks without partner") {
        check_one("**没有关上\n文字", K::unclosed_emphasis, {1, 1}, "**");
        check_one("甲\n\n> 乙\n> 丙`**` 丁**戊\n", K::unclosed_emphasis, {4, 10}, "**");
        check_one("甲\\\n乙  \n丙**丁\n", K::unclosed_emphasis, {3, 2}, "**");
        check_one("[a]: /u\n[b]: /v\n甲 **“乙”丙\n", K::unclosed_emphasis, {3, 3}, "**");
        check_one("|甲|\\|乙|\n|-|-|\n|丙|\\| x **丁|\n", K::unclosed_emphasis, {3, 9}, "**");
        check_one("\\*\\* 甲 &amp; \\** **乙\n", K::unclosed_emphasis, {1, 18}, "**");
        check_one("- 甲\n  - 王***\n", K::unclosed_emphasis, {2, 6}, "***");
        CHECK(Told("a \\*\\* b `**`\n").found.empty());
        CHECK(Told("2 * 3 * 4\n").found.empty());
    }
    SUBCASE("habits of hand") {
        check_one("甲\n\n#标题\n", K::heading_without_space, {3, 1}, "#");
        check_one("##标题\n", K::heading_without_space, {1, 1}, "##");
        CHECK(Told("\\#标题\n\n#话题#说\n\n`#x`\n\n    #y\n").found.empty());
        check_one("1、甲\n\n2、乙\n\n3、丙\n", K::list_without_dot, {1, 1}, "1、");
        check_one("甲\n1．乙\n", K::list_without_dot, {2, 1}, "1．");
        check_one("1.甲\n2.乙\n", K::list_without_space, {1, 1}, "1.");
        check_one("-甲\n", K::list_without_space, {1, 1}, "-");
        CHECK(Told("1.5 倍\n\n-5 度\n\n1949、1950 两年\n").found.empty());
    }
    SUBCASE("raw HTML") {
        check_one("甲\n乙 <b>丙</b>\n", K::markdown_raw_html, {2, 3}, "<b>");
        check_one("甲\n\n<div class=\"x\">\n乙\n</div>\n", K::markdown_raw_html, {3, 1}, "<div class=\"x\">");
        check_one("> 甲 `<u>` \\<u> <u>\n", K::markdown_raw_html, {1, 16}, "<u>");
        check_one("甲</i>\n", K::markdown_raw_html, {1, 2}, "</i>");
        CHECK(Told("<!-- 待查 -->\n\n甲 <!-- x --> 乙<br>丙\n").found.empty());
    }
    SUBCASE("addresses") {
        check_one("见 [甲](javascript:alert(1)) 乙\n", K::markdown_refused_url, {1, 7},
                  "javascript:alert(1)");
        check_one("ftp://a.b/c\n", K::markdown_refused_url, {1, 1}, "ftp://a.b/c");
        check_one("甲 ![乙](http://a.b/c.jpg)\n", K::markdown_remote_picture, {1, 3},
                  "![乙](http://a.b/c.jpg)");
        check_one("![乙](data:image/png;base64,xx)\n", K::markdown_refused_url, {1, 1},
                  "![乙](data:image/png;base64,xx)");
        check_one("![乙](a%00.jpg)\n", K::markdown_refused_url, {1, 1}, "![乙](a%00.jpg)");
    }
    SUBCASE("references") {
        check_one("甲 [[ ]]\n", K::bad_reference, {1, 3}, "[[ ]]");
        check_one("甲 [[王样例 乙\n", K::bad_reference, {1, 3}, "[[");
        check_one("甲 ![[x.jpg]]\n", K::bad_reference, {1, 4}, "[[");
        check_one("[看 [[王样例]] 吧](a.md)\n", K::bad_reference, {1, 4}, "[[王样例]]");
    }
    SUBCASE("reserved characters") {
        check_one("甲\U0010FFFD乙\U00100000\n", K::markdown_reserved_character, {1, 2}, "\U0010FFFD");
        check_one("甲 &#x100000; 乙\n", K::markdown_reserved_character, {1, 3}, "&#x100000;");
    }
}

TEST_CASE("emphasis over two paragraphs is one mistake with two places") {
    const Told across("**第一段\n\n第二段**\n\n**三\n\n**四\n");
    REQUIRE(across.found.items().size() == 3);
    REQUIRE(across.found.items()[0].related);
    CHECK(line_column(across.text(), across.found.items()[0].related->begin) == LineColumn{3, 4});
    CHECK_FALSE(across.found.items()[1].related);
    CHECK(across.place(2) == LineColumn{7, 1});
}

TEST_CASE("places count from the start of the file, not of the story") {
    Sources sources;
    Diagnostics found;
    const std::string text = "---\n姓名: 王\n---\n甲\n**乙 [[丙]]\n";
    const SourceId id = sources.add("a.md", text);
    const MarkdownStory story =
        parse_markdown(sources[id], 20, static_cast<std::uint32_t>(text.size()), found);
    REQUIRE(found.items().size() == 1);
    CHECK(line_column(text, found.items()[0].where.begin) == LineColumn{5, 1});
    const auto& reference = std::get<StoryReference>(story.pieces[1]);
    CHECK(text.substr(reference.span.begin, reference.span.end - reference.span.begin) == "[[丙]]");
}

TEST_CASE("each cap is reported and the text shown plain") {
    using K = DiagnosticKind;
    const auto refused = [](const std::string& text, K kind, const MarkdownLimits& limits = {}) {
        CAPTURE(text.substr(0, 60));
        const Told told(text, limits);
        REQUIRE(told.found.items().size() == 1);
        CHECK(entry_of(told.found.items()[0].kind).id == entry_of(kind).id);
        CHECK(told.story.headings.empty());
        CHECK(told.pieces<StoryReference>().empty());
        CHECK(told.html().starts_with("<p>"));
        CHECK(told.html().find("<script") == std::string::npos);
    };
    refused(std::string(64 * 1024, 'a') + "<script>[[x]]", K::markdown_too_long);
    refused(std::string(33, '>') + " a", K::markdown_too_deep);
    refused(replace_all(std::string(33, 'x'), "x", "- ") + "a", K::markdown_too_deep);
    std::string nested;
    for (int i = 0; i < 150; ++i) nested += "*a **b ";
    for (int i = 0; i < 150; ++i) nested += "c** d*";
    refused(nested, K::markdown_too_deep);
    refused(std::string(130, '|') + "\n" + replace_all(std::string(130, 'x'), "x", "|-") + "|\n",
            K::markdown_table_too_large);
    refused("|" + replace_all(std::string(100, 'x'), "x", "a|") + "\n|" +
                replace_all(std::string(100, 'x'), "x", "-|") + "\n" +
                replace_all(std::string(1100, 'x'), "x", "b\n"),
            K::markdown_table_too_large);
    refused(replace_all(std::string(6000, 'x'), "x", "[a] ") + "\n\n[a]: /" + std::string(3000, 'u') + "\n",
            K::markdown_references_too_large);
    MarkdownLimits few;
    few.steps = 20;
    refused("*a* *b* *c* *d* *e* *f* *g* *h*", K::markdown_too_complex, few);
    MarkdownLimits small;
    small.output_factor = 0;
    small.output_base = 40;
    refused("*a* *b* *c* *d*", K::markdown_too_complex, small);
    CHECK(Told(replace_all(std::string(32, 'x'), "x", "> ") + "a").found.empty());
    CHECK(Told(replace_all(std::string(60, 'x'), "x", "- ") + "-\n").found.empty());
}

TEST_CASE("plain fall-back keeps paragraphs and lines") {
    MarkdownLimits none;
    none.bytes = 1;
    const Told told("甲 <b>\n乙\n\n丙 & \"丁\"\n", none);
    CHECK(told.html() == "<p>甲 &lt;b&gt;<br>\n乙</p>\n<p>丙 &amp; &#34;丁&#34;</p>\n");
    CHECK(told.story.plain_text == "甲 <b>\n乙\n丙 & \"丁\"\n");
}

TEST_CASE("pathological texts end within the caps") {
    const auto many = [](int count, const std::string& what) {
        return replace_all(std::string(static_cast<std::size_t>(count), 'x'), "x", what);
    };
    std::vector<std::string> texts;
    for (const int n : {500, 4000}) {
        for (const char* what : {"*a **a ",
                                 "a**",
                                 "**a *b ",
                                 "a_ ",
                                 "*a_ ",
                                 "[a",
                                 "[a](b",
                                 "a]",
                                 "![[]()",
                                 "[ (](",
                                 "**x [a*b**c*](d",
                                 "<<",
                                 "<?",
                                 "<!A ",
                                 "a<?",
                                 "a<!A",
                                 "`",
                                 "``",
                                 "`a``b",
                                 "\\",
                                 "&#",
                                 "&x",
                                 "~~a ",
                                 "~~",
                                 "[^1]",
                                 "[[a",
                                 "[[a]]",
                                 "**“",
                                 "”**甲",
                                 "|",
                                 "|a",
                                 "> ",
                                 ">",
                                 "- ",
                                 "* a\n",
                                 "1. ",
                                 "www.",
                                 "http://",
                                 "a@b.",
                                 "a@",
                                 "\t",
                                 "\xFF",
                                 "\n\n",
                                 "![",
                                 "](",
                                 "[a]: b\n",
                                 "[a][a]",
                                 "<b>",
                                 "<!--",
                                 "- [ ] ",
                                 "#",
                                 "=\n",
                                 "---\n",
                                 "a:-\n",
                                 "*\n"}) {
            texts.push_back(many(n, what));
        }
        texts.push_back(many(n, "[") + "a" + many(n, "]"));
        texts.push_back(many(n, "*a **a ") + many(n, "b** c* "));
        texts.push_back(many(30, ">") + many(n, "a*"));
        texts.push_back("|" + many(100, "a|") + "\n|" + many(100, "-|") + "\n" + many(n, "|a\n"));
        texts.push_back("x\n|-\n" + many(n, "|") + "\n");
        texts.push_back(many(n, "[^a]") + "\n\n[^a]: " + many(n, "b "));
        texts.push_back("[a]: u\n\n" + many(n, "[a] "));
        std::string ticks, nest;
        for (int i = 1; i < 200; ++i) ticks += "e" + std::string(static_cast<std::size_t>(i), '`');
        for (int i = 0; i < 200; ++i) nest += std::string(static_cast<std::size_t>(i) * 2, ' ') + "- a\n";
        texts.push_back(ticks);
        texts.push_back(nest);
    }
    for (const std::string& text : texts) {
        CAPTURE(text.substr(0, 40));
        CAPTURE(text.size());
        const Told told(text);
        CHECK(everything(told.story).size() <= 20 * text.size() + (1 << 20));
        CHECK(told.found.items().size() <= text.size() + 1);
    }
}

TEST_CASE("bytes that are not UTF-8 become replacement characters") {
    const Told told("甲\xFF乙 **\xE7\x8E** [\xC0](\xF5)\n");
    CHECK_FALSE(find_invalid_utf8(everything(told.story)));
    CHECK(told.story.plain_text.starts_with("甲\uFFFD乙 \uFFFD"));
    CHECK(Told(std::string("a\0b", 3)).html() == "<p>a\uFFFDb</p>\n");
}

// Stories with bare links or ~ switch what cmark-gfm shares between threads; all others must not notice.
TEST_CASE("stories parsed on four threads are those parsed on one") {
    std::vector<std::string> texts;
    for (int i = 0; i < 9000; ++i) {
        const std::string n = std::to_string(i);
        const std::string table =
            "# 题" + n + "\n\n|甲 w|乙: " + n + "|\n|-|:-|\n|**w:" + n + "**|*w* ww|\n\n";
        const std::string links = "~~乙~~ www.a" + n + ".com\n\n- [x] ~~“做”~~了 " + n + "\n\n文[^" + n +
                                  "]，http://b.cn/" + n + " a@b.cn **“[[王]]”**好 `~~`\n\n[^" + n +
                                  "]: 注~~" + n + "~~\n";
        texts.push_back(i % 3 == 0 ? table + "w: **“w”**w " + n : table + links);
    }
    const auto tell = [&](std::size_t i) { return everything(Told(texts[i]).story); };
    const std::vector<std::string> serial = parallel_map(1, texts.size(), tell);
    const std::vector<std::string> parallel = parallel_map(4, texts.size(), tell);
    CHECK(serial == parallel);
    CHECK(serial[0].find("<strong>“w”</strong>w") != std::string::npos);
    CHECK(serial[7].find("<del><span class=half-lq>“</span>做”</del>") != std::string::npos);
    CHECK(serial[7].find("<a href=\"http://b.cn/7\">") != std::string::npos);
}

TEST_CASE("a bare link is found by whatever can begin one, a ~ counts where emphasis ends") {
    CHECK(Told("甲 a&#64;b.com\n").html() == "<p>甲 <a href=\"mailto:a@b.com\">a@b.com</a></p>\n");
    CHECK(Told("甲 a&commat;b.com\n").html() == "<p>甲 <a href=\"mailto:a@b.com\">a@b.com</a></p>\n");
    CHECK(Told("a\\@b.com\n").html() == "<p><a href=\"mailto:a@b.com\">a@b.com</a></p>\n");
    CHECK(Told("见 www.b.com\n").html() == "<p>见 <a href=\"http://www.b.com\">www.b.com</a></p>\n");
    CHECK(Told("见 ftp://b.com\n").html() == "<p>见 ftp://b.com</p>\n");
    CHECK(Told("a*~b~*c\n").html() == "<p>a<em>~b~</em>c</p>\n");
}

TEST_CASE("what a story hardly shows is still looked for: a table without a bar, a note, a task") {
    CHECK(Told("甲\n;\n---\f\n丙\n").html().find("<th scope=\"col\">;</th>") != std::string::npos);
    CHECK(Told("甲[^a]\n\n[^a]: 注\n").html().find("fnref-1") != std::string::npos);
    CHECK(Told("- [ ] 甲\n").html().find("aria-label=\"未完成\"") != std::string::npos);
    CHECK(Told("- [x] 甲\n").html().find("aria-label=\"已完成\"") != std::string::npos);
}

TEST_CASE("Chinese and Latin keep a distance across what the words are wrapped in") {
    CHECK(Told("于2024年").html() == "<p>于<span class=lat>2024</span>年</p>\n");
    CHECK(Told("于**2024**年").html() == "<p>于<strong><span class=lat>2024</span></strong>年</p>\n");
    CHECK(Told("2024**年**").html() == "<p><span class=lat-r>2024</span><strong>年</strong></p>\n");
    CHECK(Told("[[王样例]]2024年").html() == "<p><span class=lat>2024</span>年</p>\n");
    CHECK(Told("2024[[王样例]]").html() == "<p><span class=lat-r>2024</span></p>\n");
    CHECK(Told("# 第5名").html() == "<h2 id=\"s-1\">第<span class=lat>5</span>名</h2>\n");
    CHECK(Told("2020\n年").html() == "<p>2020\n年</p>\n");  // a line's end is a gap already
    CHECK(Told("见[A座](a.md)。").html() == "<p>见<a href=\"a.md\"><span class=lat-r>A</span>座</a>。</p>\n");
    CHECK(Told("用`a`字，`甲1`").html() == "<p>用<code>a</code>字，<code>甲1</code></p>\n");
    CHECK(Told("于2024年").story.plain_text == "于2024年\n");
}

TEST_CASE("marks give up their empty halves across nodes and lines") {
    CHECK(Told("说：**“好”**。").html() ==
          "<p>说<span class=half>：</span><strong>“好<span class=half-q>”</span></strong>。</p>\n");
    CHECK(Told("《甲》\n《乙》").html() ==
          "<p><span class=half-l>《</span>甲<span class=half>》</span>《乙》</p>\n");
    CHECK(Told("甲。  \n（乙）").html() == "<p>甲。<br>\n<span class=half-l>（</span>乙）</p>\n");
}

TEST_CASE("the last two characters of a paragraph stay together, not those of a heading or cell") {
    const std::string twelve = "一二三四五六七八九十甲乙";
    CHECK(Told(twelve + "到最后。").html() == "<p>" + twelve + "到<span class=tail>最后。</span></p>\n");
    CHECK(Told("# " + twelve + "丙最后").html().find("tail") == std::string::npos);
    CHECK(Told(twelve + "丙最**后。**").html().find("tail") == std::string::npos);
    CHECK(Told(twelve + "丙丁\n戊己庚").html().find("tail>己庚</span></p>") != std::string::npos);
}

TEST_CASE("[䶮|yǎn] sets a reading above its characters; everywhere else the words stand alone") {
    const std::string ruby = "<ruby>䶮<rp>（</rp><rt>yǎn</rt><rp>）</rp></ruby>";
    CHECK(Told("王[䶮|yǎn]同志").html() == "<p>王" + ruby + "同志</p>\n");
    CHECK(Told("王[䶮|yǎn]同志").story.plain_text == "王䶮同志\n");
    const Told heading("## 王[䶮|yǎn]");
    CHECK(heading.html() == "<h3 id=\"s-1\">王" + ruby + "</h3>\n");
    CHECK(heading.story.headings[0].text == "王䶮");
    CHECK(Told("|甲[䶮|yǎn]|乙|\n|-|-|\n").html().find("甲" + ruby + "</th>") != std::string::npos);
    CHECK(Told("[龚䶮|gōng yǎn]").html() ==
          "<p><ruby>龚<rp>（</rp><rt>gōng</rt><rp>）</rp>䶮<rp>（</rp><rt>yǎn</rt><rp>）</rp></ruby></p>\n");
    CHECK(Told("[厦门|Amoy]").html() == "<p><ruby>厦门<rp>（</rp><rt>Amoy</rt><rp>）</rp></ruby></p>\n");
    CHECK(Told("**[䶮|ㄧㄢˇ]**2").html().find("<rt>ㄧㄢˇ</rt>") != std::string::npos);
    CHECK(Told("`[䶮|yǎn]`").html() == "<p><code>[䶮|yǎn]</code></p>\n");
    for (const char* other :
         {"\\[䶮|yǎn]", "[䶮|yǎn](a.md)", "[a|yan]", "[䶮|]", "[䶮]", "[䶮|yǎn", "![䶮|yǎn]"})
        CHECK(Told(other).html().find("<ruby>") == std::string::npos);
}

TEST_CASE("bad-ruby: what looks like a reading and is none is told, and stands as it was written") {
    check_one("王[䶮|yan3]好\n", DiagnosticKind::bad_ruby, {1, 2}, "[䶮|yan3]");
    check_one("王[䶮|音眼]好\n", DiagnosticKind::bad_ruby, {1, 2}, "[䶮|音眼]");
    CHECK(Told("王[䶮|yan3]好").html() == "<p>王[䶮|yan3]好</p>\n");
}

TEST_CASE("characters that old fonts lack are told with the story") {
    CHECK(Told("王䶮、𬭎·〔2〕，镕").story.uncommon == "·〔〕䶮𬭎");
    CHECK(Told("只有常用字，“如此”……").story.uncommon.empty());
    CHECK(Told("[䶮|yǎn]").story.uncommon == "ǎ䶮");
    CHECK(Told("[[䶮]]").story.uncommon.empty());  // whether that name is shown is not known here
}
