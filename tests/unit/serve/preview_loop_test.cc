#include "serve/preview_loop.h"

#include <deque>
#include <doctest/doctest.h>

#include "base/failure.h"
#include "support/forwarding_disk.h"
#include "support/test_site.h"

using namespace qunying;
using std::chrono::milliseconds;

namespace {

constexpr const char* settings =
    "title: 样例群英谱\norganisation: 样例单位\nregions: [样例区]\n"
    "defaults: {status: approved, visibility: public}\n";

std::string page(const std::string& title) { return "---\ntitle: " + title + "\n---\n\n样例。\n"; }

// Does one thing after another whenever the loop waits for changes, and ends it after the last.
class ScriptedWatcher final : public Watcher {
  public:
    std::deque<std::function<Changes()>> script;
    std::function<void()> at_end;

    Changes wait(milliseconds) override {
        if (script.empty()) {
            at_end();
            return {};
        }
        const auto step = script.front();
        script.pop_front();
        return step();
    }
    void stop() override {}
    bool polls() const override { return false; }
};

// Fails to read one file as often as it is told.
class StubbornDisk final : public ForwardingDisk {
  public:
    using ForwardingDisk::ForwardingDisk;
    int refusals = 0;

    std::vector<FolderEntry> list_folder(const std::string& path) override {
        if (path == "content/pages" && refusals > 0) {
            --refusals;
            throw Failure("list", path, std::make_error_code(std::errc::permission_denied));
        }
        return ForwardingDisk::list_folder(path);
    }
};

struct Previewed {
    MemoryDisk memory;
    StubbornDisk disk{memory};
    ScriptedWatcher watcher;
    EventHub hub;
    BuildOptions options = test_options();
    std::vector<std::string> failures;
    std::size_t builds = 0;

    Previewed() {
        put_theme(memory);
        memory.put("content/site.yaml", settings);
        memory.put("content/pages/a.md", page("样例一"));
    }

    // What is to happen when the loop waits next; `path` is what changed.
    void then(const std::string& path, std::function<void()> step) {
        watcher.script.push_back([path, step] {
            step();
            return Changes{false, {path}};
        });
    }
    void run() {
        LoopOptions loop_options;
        loop_options.build_options = [this] { return options; };
        loop_options.built = [this](const BuildResult&, double) { ++builds; };
        loop_options.failed = [this](const Failure& failure) { failures.push_back(failure.path()); };
        PreviewLoop loop(disk, watcher, hub, loop_options);
        watcher.at_end = [&loop] { loop.stop(); };
        loop.run();
    }
    std::string shown(const std::string& path) const {
        const auto tree = hub.current()->tree;
        const SharedBytes bytes = tree ? tree->find(path) : nullptr;
        return bytes ? *bytes : "";
    }
};

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a save is shown, and drafts are, watermarked") {
    Previewed site;
    site.memory.put("content/pages/draft.md", "---\ntitle: 样例草稿\nstatus: draft\n---\n\n样例。\n");
    site.then("content/pages/a.md", [&] {
        CHECK(site.hub.current()->version == 1);
        CHECK(holds(site.shown("pages/a.html"), "样例一"));
        CHECK(holds(site.shown("pages/draft.html"), "样例草稿"));
        CHECK(holds(site.shown("pages/draft.html"), "预览"));
        site.memory.put("content/pages/a.md", page("样例二"));
    });
    site.run();
    CHECK(site.hub.current()->version == 2);
    CHECK(holds(site.shown("pages/a.html"), "样例二"));
    CHECK(site.memory.status("public") == std::nullopt);
}

TEST_CASE("what stayed the same is the same bytes in memory") {
    Previewed site;
    SharedBytes before;
    site.memory.put("content/pages/b.md", page("样例乙"));
    site.then("content/pages/a.md", [&] {
        before = site.hub.current()->tree->find("pages/b.html");
        site.memory.put("content/pages/a.md", "---\ntitle: 样例一\n---\n\n别的话。\n");
    });
    site.run();
    CHECK(before);
    CHECK(site.hub.current()->tree->find("pages/b.html") == before);
}

TEST_CASE("a broken file leaves the last good tree, and its findings go when it is mended") {
    Previewed site;
    std::shared_ptr<const MemoryTree> good;
    site.then("content/pages/a.md", [&] {
        good = site.hub.current()->tree;
        site.memory.put("content/pages/a.md", "---\ntitle: [\n---\n");
    });
    site.then("content/pages/a.md", [&] {
        const auto now = site.hub.current();
        CHECK(now->tree == good);
        CHECK(now->findings.errors > 0);
        CHECK(now->findings.first.front().place.starts_with("content/pages/a.md:"));
        site.memory.put("content/pages/a.md", page("样例一"));
    });
    site.run();
    CHECK(site.hub.current()->findings.errors == 0);
    CHECK(site.hub.current()->tree == good);
}

TEST_CASE("a site that is broken from the start is shown once it is mended") {
    Previewed site;
    site.memory.put("content/pages/a.md", "---\ntitle: [\n---\n");
    site.then("content/pages/a.md", [&] {
        CHECK(site.hub.current()->version == 1);
        CHECK(site.hub.current()->tree == nullptr);
        CHECK(site.hub.current()->findings.errors > 0);
        site.memory.put("content/pages/a.md", page("样例一"));
    });
    site.run();
    CHECK(holds(site.shown("pages/a.html"), "样例一"));
}

TEST_CASE("a page that was shown may be deleted or renamed") {
    Previewed site;
    site.memory.put("content/pages/b.md", page("样例乙"));
    site.then("content/pages/b.md", [&] { site.memory.remove_file("content/pages/b.md"); });
    site.then("content/pages/a.md", [&] {
        CHECK(site.hub.current()->findings.errors == 0);
        CHECK(site.shown("pages/b.html").empty());
        site.memory.rename("content/pages/a.md", "content/pages/c.md");
    });
    site.run();
    CHECK(site.shown("pages/a.html").empty());
    CHECK(holds(site.shown("pages/c.html"), "样例一"));
}

TEST_CASE("a build that stumbles once is tried again before anyone hears of it") {
    Previewed site;
    site.then("content/pages/a.md", [&] {
        site.memory.put("content/pages/a.md", page("样例二"));
        site.disk.refusals = 1;
    });
    site.watcher.script.push_back([] { return Changes{}; });  // the rest before the second try
    site.run();
    CHECK(site.failures.empty());
    CHECK(holds(site.shown("pages/a.html"), "样例二"));
}

TEST_CASE("what the world keeps from working is a finding, and the loop lives on") {
    Previewed site;
    site.then("content/pages/a.md", [&] {
        site.memory.put("content/pages/a.md", page("样例二"));
        site.disk.refusals = 2;
    });
    site.watcher.script.push_back([] { return Changes{}; });
    site.watcher.script.push_back([&] {
        const auto now = site.hub.current();
        CHECK(now->findings.errors == 1);
        CHECK(now->findings.first.front().place == "content/pages");
        CHECK(holds(site.shown("pages/a.html"), "样例一"));
        return Changes{};
    });
    site.run();
    CHECK(site.failures == std::vector<std::string>{"content/pages"});
    CHECK(site.hub.current()->findings.errors == 0);
    CHECK(holds(site.shown("pages/a.html"), "样例二"));
}

TEST_CASE("another day is a reason to build again, and nothing else is without a change") {
    Previewed site;
    site.watcher.script.push_back([&] {
        CHECK(site.builds == 1);
        return Changes{};
    });
    site.watcher.script.push_back([&] {
        CHECK(site.builds == 1);
        site.options.as_of.day = 2;
        return Changes{};
    });
    site.run();
    CHECK(site.builds == 2);
}

TEST_CASE("after any row of saves the tree is that of a clean build") {
    Previewed site;
    for (int i = 0; i < 30; ++i) {
        const std::string path = "content/pages/p" + std::to_string(i % 7) + ".md";
        site.then(path, [&site, path, i] {
            if (i % 5 == 4)
                site.memory.put(path, "---\ntitle: [\n---\n");
            else if (i % 11 == 10 && site.memory.status(path))
                site.memory.remove_file(path);
            else
                site.memory.put(path, page("样例" + std::to_string(i)));
        });
    }
    site.then("content", [&site] {
        for (int i = 0; i < 7; ++i)
            site.memory.put("content/pages/p" + std::to_string(i) + ".md", page("好"));
    });
    site.run();
    REQUIRE(site.hub.current()->findings.errors == 0);

    MemoryDisk clean;
    for (const auto& [path, bytes] : site.memory.snapshot("content")) clean.put("content/" + path, bytes);
    put_theme(clean);
    Memo memo(clean);
    MemoryStage stage(nullptr);
    BuildOptions options = test_options();
    options.preview = true;
    REQUIRE(build_site(clean, memo, stage, options).published);
    CHECK(site.hub.current()->tree->release.manifest == stage.tree()->release.manifest);
}
