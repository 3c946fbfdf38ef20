#include "serve/answer.h"

#include <doctest/doctest.h>

#include "base/json.h"
#include "serve/live_files.h"
#include "serve/state.h"

using namespace qunying;

namespace {

const Gate gate{8420, "0123456789abcdef0123456789abcdef"};

Snapshot good() {
    MemoryStage stage(nullptr);
    stage.add("index.html", "<body>首页</body>");
    stage.add("404.html", "<head></head><body>没有</body>");
    stage.add("people/index.html", "<body>群英谱</body>");
    stage.add("people/a.html", "<body>甲</body>");
    stage.add("static/a.css", "a{}");
    stage.add("media/a.jpg", "J");
    stage.commit({{"generator", "qunying 0"}});
    return {7, stage.tree(), {}};
}

Findings some_findings() {
    Finding error;
    error.severity = Severity::error;
    error.place = "content/people/a.md:3:5";
    error.message = "没有编号为“<b>”的集体";
    error.cure = "请改正。";
    error.before = "teams: ", error.marked = "<b>", error.after = "";
    Finding warning = error;
    warning.severity = Severity::warning;
    warning.message = "没有写来源";
    return {1, 1, {error, warning}};
}

Answer get(const std::string& path, const Snapshot& snapshot = good(),
           const std::string& token = gate.token) {
    Request request{"GET", path, token, "people/a.html", {"127.0.0.1:8420"}, {}, "", "", ""};
    return answer(request, snapshot, gate, Language::chinese);
}

bool holds(const Answer& answered, const std::string& text) {
    return answered.bytes->find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("pages come with the script, other files as they are") {
    const Answer page = get("/people/a.html");
    CHECK(page.status == 200);
    CHECK(page.type == "text/html; charset=utf-8");
    CHECK(page.bytes->starts_with("<body>甲<script src=\"/_qunying/live.js\" data-page=\"people/a.html\""));
    CHECK(page.bytes->ends_with(" defer></script></body>"));
    const Snapshot snapshot = good();
    const Answer style = get("/static/a.css", snapshot);
    CHECK(style.bytes == snapshot.tree->find("static/a.css"));
    CHECK(style.type == "text/css; charset=utf-8");
    CHECK(get("/media/a.jpg").type == "image/jpeg");
}

TEST_CASE("nothing is stored but what is named after its bytes") {
    MemoryStage stage(nullptr);
    for (const char* path :
         {"static/hall-75923e6c.css", "static/hall.css", "static/hall-75923e6.css",
          "static/hall-75923g6c.css", "media/a-75923e6c.jpg", "index.html", "static/-75923e6c"})
        stage.add(path, "x");
    stage.commit({});
    const Snapshot snapshot{1, stage.tree(), {}};
    const auto cache = [&](const std::string& path) {
        std::string found;
        for (const auto& [name, value] : get(path, snapshot).headers) {
            if (name == "Cache-Control") found += value;
        }
        return found;
    };
    CHECK(cache("/static/hall-75923e6c.css") == "private, max-age=86400, immutable");
    for (const char* path : {"/static/hall.css", "/static/hall-75923e6.css", "/static/hall-75923g6c.css",
                             "/media/a-75923e6c.jpg", "/", "/static/-75923e6c", "/nothing", "/_qunying/",
                             "/_qunying/live.js", "/manifest.json"}) {
        CAPTURE(path);
        CHECK(cache(path) == "no-store");
    }
}

TEST_CASE("a folder is its index") {
    CHECK(holds(get("/"), "首页"));
    CHECK(holds(get("/people/"), "群英谱"));
    const Answer moved = get("/people");
    CHECK(moved.status == 302);
    CHECK(moved.headers.front() == std::pair<std::string, std::string>("Location", "/people/"));
}

TEST_CASE("what is not in the tree is the site's own 404 page, whatever its name") {
    for (const char* path : {"/people/b.html", "/../etc/passwd", "/people/../index.html", "//people/a.html",
                             "/./index.html", "/index.html/", "/people/a.html\\", "/_qunyin/"}) {
        CAPTURE(path);
        const Answer missing = get(path);
        CHECK(missing.status == 404);
        CHECK(holds(missing, "没有"));
        CHECK(holds(missing, "<head><base href=\"/\">"));
        CHECK(holds(missing, "/_qunying/live.js"));
    }
    CHECK(get("/_qunying/other").status == 404);
    CHECK(get("").status == 404);
    CHECK(get("http://evil.example/").status == 404);
}

TEST_CASE("the manifest is that of the tree") {
    const Snapshot snapshot = good();
    CHECK(*get("/manifest.json", snapshot).bytes == write_manifest(snapshot.tree->release.manifest));
}

TEST_CASE("a range is a part of a file, and of nothing else") {
    const auto ranged = [](const std::string& path, const std::string& range) {
        Request request{"GET", path, "", "", {"127.0.0.1:8420"}, {}, "", "", "", range};
        return answer(request, good(), gate, Language::chinese);
    };
    const Answer part = ranged("/static/a.css", "bytes=1-1");
    CHECK(part.status == 206);
    CHECK(part.from == 1);
    CHECK(part.length == 1);
    for (const char* ignored : {"bytes=5-2", "bytes=x", "bytes=-", "bytes=", "lines=1-2", "bytes=1",
                                "bytes=0-0,2-2", "bytes=99999999999999999999-", ""}) {
        CAPTURE(ignored);
        CHECK(ranged("/static/a.css", ignored).status == 200);
        CHECK(ranged("/static/a.css", ignored).length == std::string::npos);
    }
    CHECK(ranged("/static/a.css", "bytes=3-").status == 416);
    CHECK(ranged("/people/a.html", "bytes=1-1").status == 200);
}

TEST_CASE("refusals have their numbers") {
    Request request{"GET", "/", "", "", {"evil.example"}, {}, "", "", ""};
    CHECK(answer(request, good(), gate, Language::chinese).status == 403);
    request.hosts = {"127.0.0.1:8420"};
    request.method = "POST";
    const Answer refused = answer(request, good(), gate, Language::chinese);
    CHECK(refused.status == 405);
    CHECK(refused.headers.front() == std::pair<std::string, std::string>("Allow", "GET, HEAD"));
    CHECK(get("/_qunying/version", good(), "wrong").status == 403);
    CHECK(get("/_qunying/events", good(), "wrong").status == 403);
    CHECK_FALSE(get("/_qunying/events", good(), "wrong").stream);
    CHECK(get("/_qunying/events").stream);
}

TEST_CASE("script and style are our own files") {
    CHECK(*get("/_qunying/live.js").bytes == live_script);
    CHECK(get("/_qunying/live.js").type == "text/javascript; charset=utf-8");
    CHECK(*get("/_qunying/live.css").bytes == live_style);
    CHECK(live_script.find("EventSource") != std::string_view::npos);
}

TEST_CASE("the state names the page's mark and the first errors, on one line") {
    Snapshot snapshot = good();
    snapshot.findings = some_findings();
    const Answer answered = get("/_qunying/version", snapshot);
    CHECK(answered.bytes->find('\n') == std::string::npos);
    const auto state = read_json(*answered.bytes);
    REQUIRE(state);
    CHECK(state->find("version")->integer == 7);
    CHECK(state->find("mark")->text == page_mark(*snapshot.tree, "people/a.html"));
    CHECK(state->find("errors")->integer == 1);
    CHECK(state->find("warnings")->integer == 1);
    CHECK(state->find("title")->text == "1 处错误，1 处警告");
    const auto& shown = state->find("findings")->items;
    REQUIRE(shown.size() == 1);
    CHECK(shown[0].find("place")->text == "content/people/a.md:3:5");
    CHECK(shown[0].find("message")->text == "没有编号为“<b>”的集体");
    CHECK(shown[0].find("cure")->text == "请改正。");
    CHECK(state->find("stale")->text == "页面还是上次正确时的样子");
}

TEST_CASE("where no build has gone well, nobody hears of a page that was right") {
    const auto state = read_json(*get("/_qunying/version", {1, nullptr, some_findings()}).bytes);
    REQUIRE(state);
    CHECK(state->find("stale")->text == "改正后就能看到网站");
}

TEST_CASE("a page shows three errors at most, and says how many there are") {
    Snapshot snapshot = good();
    snapshot.findings.errors = 9;
    for (int i = 0; i < 9; ++i) snapshot.findings.first.push_back(some_findings().first.front());
    const auto state = read_json(*get("/_qunying/version", snapshot).bytes);
    CHECK(state->find("errors")->integer == 9);
    CHECK(state->find("title")->text == "9 处错误");
    CHECK(state->find("findings")->items.size() == 3);
}

TEST_CASE("the page of findings tells all of them, escaped") {
    Snapshot snapshot = good();
    snapshot.findings = some_findings();
    snapshot.findings.warnings = 11;
    const Answer page = get("/_qunying/", snapshot);
    CHECK(page.status == 200);
    CHECK(holds(page, "1 处错误，11 处警告"));
    CHECK(holds(page, "content/people/a.md:3:5"));
    CHECK(holds(page, "没有编号为“&lt;b&gt;”的集体"));
    CHECK(holds(page, "<pre>teams: <mark>&lt;b&gt;</mark></pre>"));
    CHECK(holds(page, "没有写来源"));
    CHECK(holds(page, "还有 10 处没有列出"));
    CHECK(holds(page, "data-mark=\"findings-7\""));
    CHECK_FALSE(holds(page, "<b>”"));
    CHECK(holds(get("/_qunying/"), "没有问题。"));
}

TEST_CASE("until a build has gone well every page shows the findings") {
    const Answer waiting = get("/people/a.html", Snapshot());
    CHECK(waiting.status == 503);
    CHECK(holds(waiting, "正在生成"));
    CHECK(holds(waiting, "data-mark=\"findings-0\""));
    const Answer broken = get("/people/a.html", {1, nullptr, some_findings()});
    CHECK(broken.status == 503);
    CHECK(holds(broken, "没有编号为"));
    CHECK(holds(broken, "data-page=\"people/a.html\""));
}

TEST_CASE("every answer forbids what pages elsewhere could do with it") {
    std::map<std::string, std::string> headers;
    for (const auto& [name, value] : headers_of_all()) headers[name] = value;
    CHECK(headers["X-Content-Type-Options"] == "nosniff");
    CHECK(headers["Cross-Origin-Resource-Policy"] == "same-origin");
    CHECK(headers["Content-Security-Policy"] == "default-src 'self'; frame-ancestors 'none'");
    CHECK_FALSE(headers.contains("Access-Control-Allow-Origin"));
}
