// Hostile stories: nothing of theirs may run. The words may show; tags, handlers and addresses may not.
#include <algorithm>
#include <doctest/doctest.h>
#include <string>
#include <vector>

#include "base/text.h"
#include "syntax/markdown.h"
#include "syntax/markdown_url.h"

using namespace qunying;

namespace {

std::string html_of(const std::string& text) {
    Sources sources;
    Diagnostics found;
    const SourceId id = sources.add("a.md", text);
    const MarkdownStory story =
        parse_markdown(sources[id], 0, static_cast<std::uint32_t>(text.size()), found);
    std::string out;
    for (const StoryPiece& piece : story.pieces) {
        if (const auto* html = std::get_if<StoryHtml>(&piece)) out += html->html;
    }
    return out;
}

// Names of tags, and attributes as name="value", of HTML whose quotes and angle brackets are all escaped in
// text.
struct Markup {
    std::vector<std::string> tags;
    std::vector<std::pair<std::string, std::string>> attributes;
};

Markup markup_of(const std::string& html) {
    Markup markup;
    for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at)) {
        const std::size_t close = html.find('>', at);
        REQUIRE(close != std::string::npos);
        std::string tag = html.substr(at + 1, close - at - 1);
        at = close;
        if (tag.starts_with('/')) tag.erase(0, 1);
        markup.tags.push_back(tag.substr(0, tag.find(' ')));
        for (std::size_t name = tag.find(' '); name != std::string::npos;) {
            const std::size_t equals = tag.find("=\"", name), end = tag.find_first_of(" ", name + 1);
            if (equals == std::string::npos || (end != std::string::npos && end < equals)) {
                markup.attributes.emplace_back(
                    tag.substr(name + 1, end == std::string::npos ? end : end - name - 1), "");
                name = end;
                continue;
            }
            const std::size_t quote = tag.find('"', equals + 2);
            markup.attributes.emplace_back(tag.substr(name + 1, equals - name - 1),
                                           tag.substr(equals + 2, quote - equals - 2));
            name = tag.find(' ', quote);
        }
    }
    return markup;
}

// Only what our emitter knows.
void check_inert(const std::string& text) {
    CAPTURE(text);
    const std::string html = html_of(text);
    CAPTURE(html);
    const std::vector<std::string> tags{"p",  "br", "em", "strong", "del",        "code",  "pre",
                                        "a",  "ul", "ol", "li",     "blockquote", "hr",    "h2",
                                        "h3", "h4", "h5", "h6",     "table",      "thead", "tbody",
                                        "tr", "th", "td", "sup",    "section",    "input"};
    const std::vector<std::string> names{"href",  "title", "class",   "id",       "scope",
                                         "start", "type",  "checked", "disabled", "aria-label"};
    const Markup markup = markup_of(html);
    for (const std::string& tag : markup.tags)
        CHECK_MESSAGE(std::count(tags.begin(), tags.end(), tag) == 1, tag);
    for (const auto& attribute : markup.attributes) {
        const std::string& name = attribute.first;
        const std::string& value = attribute.second;
        CHECK_MESSAGE(std::count(names.begin(), names.end(), name) == 1, name);
        if (name != "href") continue;
        const std::string address = ascii_lower(value);
        const bool allowed = address.starts_with("http://") || address.starts_with("https://") ||
                             address.starts_with("mailto:") || address.starts_with("tel:") ||
                             address.find(':') == std::string::npos ||
                             address.find_first_of("/?#") < address.find(':');
        CHECK_MESSAGE(allowed, value);
        CHECK_FALSE(address.starts_with("//"));
    }
}

}  // namespace

TEST_CASE("vectors of script injection are inert") {
    const std::vector<std::string> vectors{
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//e.x/a.js></SCRIPT>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<body onload=alert(1)>",
        "<iframe src=javascript:alert(1)></iframe>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<div style=\"background:url(javascript:alert(1))\">x</div>",
        "<math><mi xlink:href=\"javascript:alert(1)\">x</mi></math>",
        "<details open ontoggle=alert(1)>",
        "<input autofocus onfocus=alert(1)>",
        "<object data=javascript:alert(1)>",
        "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
        "<base href=//e.x/>",
        "<!--><script>alert(1)</script>-->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?php echo '<script>alert(1)</script>' ?>",
        "<x\nonclick=alert(1)>x</x>",
        "<br onclick=alert(1)>",
        "<br/onmouseover=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](java&#10;script:alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](&#x6A&#x61;vascript:alert(1))",
        "[a](javascript&colon;alert(1))",
        "[a](&Tab;javascript:alert(1))",
        "[a](<java\tscript:alert(1)>)",
        "[a](\x01javascript:alert(1))",
        "[a](javascript%3Aalert(1))",
        "[a](javascript%253Aalert(1))",
        "[a](\u200Bjavascript:alert(1))",
        "[a](vbscript:msgbox(1))",
        "[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
        "[a](file:///etc/passwd)",
        "[a](//e.x/a)",
        "[a](\\\\\\\\e.x/a)",
        "[a](/\\\\e.x/a)",
        "[a](http://a.b/\"onmouseover=alert(1)//)",
        "[a](x \"\\\" onclick=alert(1) x=\\\"\")",
        "[a][b]\n\n[b]: javascript:alert(1) '\"><script>'",
        "<javascript:alert(1)>",
        "<data:text/html,x>",
        "![a](javascript:alert(1))",
        "![a\" onerror=\"alert(1)](x.png)",
        "![a](x.png \"\\\" onerror=\\\"alert(1)\")",
        "```\"><script>alert(1)</script>\nx\n```",
        "```js\" onclick=\"alert(1)\nx\n```",
        "`<script>alert(1)</script>`",
        "|<script>|\n|-|\n|[x](javascript:a)<img onerror=a>|",
        "# <script>alert(1)</script>",
        "# \" onclick=\"alert(1)",
        "[^\"><script>]\n\n[^\"><script>]: <script>alert(1)</script>",
        "[[<script>alert(1)</script>]] [[x|\"><img onerror=a>]] [[ ]]",
        "http://a.b/\"><script>alert(1)</script>",
        "www.a.b/'onclick='alert(1)",
        "a@b.c\"onclick=alert(1)",
        "- [x] <script>alert(1)</script>",
        "~~<script>alert(1)</script>~~",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&#60;script&#62;alert(1)&#60;/script&#62;",
        std::string(65 * 1024, 'a') + "<script>alert(1)</script>",
    };
    CHECK(vectors.size() >= 40);
    for (const std::string& vector : vectors) check_inert(vector);
}

TEST_CASE("the check itself sees what is not inert") {
    const Markup markup =
        markup_of("<p><a href=\"javascript:1\" onclick=\"x\" hidden>x</a><script></script></p>");
    CHECK(markup.tags == std::vector<std::string>{"p", "a", "a", "script", "script", "p"});
    CHECK(markup.attributes.size() == 3);
    CHECK(markup.attributes[1].first == "onclick");
    CHECK(markup.attributes[2].first == "hidden");
}

TEST_CASE("addresses are tested as browsers see them") {
    for (const char* url : {"http://a", "HTTPS://A", "mailto:a@b", "tel:110", "a.md", "../b/c.html", "#x",
                            "?a=b:c", "", "a/b:c", "第一章:x.md", "/a"}) {
        CHECK_MESSAGE(is_allowed_url(url), url);
    }
    for (const char* url :
         {"javascript:a", " javascript:a", "java\nscript:a", "JAVASCRIPT:a", "java%73cript:a",
          "javascript%3Aa", "javascript%253Aa", "data:a", "file:///a", "vbscript:a", "ftp://a", "//a",
          "\\\\a", "/\\a", "/%5Ca", "\u00A0javascript:a", ":a", "blob:a", "java\xC2\xADscript:a"}) {
        CHECK_MESSAGE(!is_allowed_url(url), url);
    }
    CHECK(is_remote_url("http://a"));
    CHECK(is_remote_url("//a"));
    CHECK_FALSE(is_remote_url("a/b.jpg"));
    CHECK(decoded_path("%E7%8E%8B%20a%zz.jpg") == "王 a%zz.jpg");
    CHECK_FALSE(decoded_path("%FF.jpg"));
    CHECK_FALSE(decoded_path("a%0A.jpg"));
}

TEST_CASE("a finding never points behind the text, whatever bytes it is about") {
    for (const std::string text : {"\r#\xbf\n", "\r#题\n", "\r-\xbf", "*\xbf"}) {
        CAPTURE(text);
        Sources sources;
        Diagnostics found;
        const SourceId id = sources.add("people/a.md", text);
        parse_markdown(sources[id], 0, static_cast<std::uint32_t>(text.size()), found);
        for (const Diagnostic& each : found.items()) {
            CHECK(each.where.begin <= each.where.end);
            CHECK(each.where.end <= text.size());
        }
    }
}
