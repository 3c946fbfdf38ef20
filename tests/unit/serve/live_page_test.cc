#include "serve/live_page.h"

#include <doctest/doctest.h>

using namespace qunying;

namespace {

using Files = std::map<std::string, std::string>;

std::shared_ptr<const MemoryTree> tree_of(const Files& files) {
    MemoryStage stage(nullptr);
    for (const auto& [path, bytes] : files) stage.add(path, bytes);
    stage.commit({});
    return stage.tree();
}

std::string mark(const Files& files, const std::string& page = "people/a.html") {
    return page_mark(*tree_of(files), page);
}

const Files files = {{"people/a.html",
                      "<link rel=\"stylesheet\" href=\"../static/a.css\"><a href=\"b.html\">乙</a>"
                      "<img srcset=\"../media/s.jpg 1x, /media/l.jpg?x 2x\" src=\"./../media/l.jpg#y\">"
                      "<a href=\"https://www.example.org/x.css\">外</a><video poster=\"p.jpg\"></video>"},
                     {"people/b.html", "乙"},
                     {"people/p.jpg", "P"},
                     {"static/a.css", "A"},
                     {"static/b.css", "B"},
                     {"media/s.jpg", "S"},
                     {"media/l.jpg", "L"},
                     {"x.css", "X"},
                     {"404.html", "没有"}};

Files with(const std::string& path, const std::string& bytes) {
    Files other = files;
    other[path] = bytes;
    return other;
}

Files without(const std::string& path) {
    Files other = files;
    other.erase(path);
    return other;
}

}  // namespace

TEST_CASE("the mark of a page changes with it and with the files it shows") {
    const std::string before = mark(files);
    CHECK(mark(files) == before);
    for (const char* path : {"static/a.css", "media/s.jpg", "media/l.jpg", "people/p.jpg", "people/a.html"}) {
        CAPTURE(path);
        CHECK(mark(with(path, "new")) != before);
    }
    CHECK(mark(without("media/s.jpg")) != before);
    for (const char* path : {"static/b.css", "people/b.html", "x.css", "media/new.jpg"}) {
        CAPTURE(path);
        CHECK(mark(with(path, "new")) == before);
    }
}

TEST_CASE("the mark of a page that is not there is that of 404.html, until the page comes") {
    const std::string before = mark(files, "people/c.html");
    CHECK(before != mark(files, "404.html"));
    CHECK(mark(with("people/b.html", "new"), "people/c.html") == before);
    CHECK(mark(with("404.html", "new"), "people/c.html") != before);
    CHECK(mark(with("people/c.html", "没有"), "people/c.html") != before);
    CHECK(mark({{"a.html", ""}}, "people/c.html") == "missing");
}

TEST_CASE("addresses that lead out of the site name nothing") {
    const Files out = {
        {"a.html", "<img src=\"../../etc/passwd\"><img src=\"data:x\"><img src=\"//h/x.css\"><img src=\"\">"},
        {"x.css", "X"},
        {"h/x.css", "X"}};
    Files other = out;
    other["h/x.css"] = "Y";
    CHECK(mark(out, "a.html") == mark(other, "a.html"));
}

TEST_CASE("the script stands at the end of the page, and nothing else is changed") {
    const LivePage page{"people/a.html", "1234", "5678"};
    const std::string element = live_element(page);
    CHECK(element ==
          "<script src=\"/_qunying/live.js\" data-page=\"people/a.html\" data-mark=\"1234\" "
          "data-token=\"5678\" "
          "defer></script>");
    CHECK(with_live_element("<body>一</body></html>", page) == "<body>一" + element + "</body></html>");
    CHECK(with_live_element("<BODY>一</BODY>", page) == "<BODY>一" + element + "</BODY>");
    CHECK(with_live_element("<pre></body></pre></body>", page) == "<pre></body></pre>" + element + "</body>");
    CHECK(with_live_element("一", page) == "一" + element);
    CHECK(with_live_element("", page) == element);
}

TEST_CASE("a path with marks in it stays inside its attribute") {
    const std::string element = live_element({"a\"><script>b.html", "1", "2"});
    CHECK(element.find("a&#34;&gt;&lt;script&gt;b.html") != std::string::npos);
}
