// Watcher, loop, hub and readers together on a real folder, as `qunying serve` runs them; above all for the
// thread sanitizer. tests/serve/churn.mjs does the same at length through the program.
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>
#include <vector>

#include "serve/preview_loop.h"
#include "serve/state.h"
#include "support/test_site.h"

using namespace qunying;
namespace fs = std::filesystem;

namespace {

struct SiteFolder {
    fs::path root;

    SiteFolder() {
        std::string name = (fs::temp_directory_path() / "qunying-churn-XXXXXX").string();
        root = mkdtemp(name.data());
        fs::create_directories(root / "themes");
        fs::copy("themes/hall", root / "themes/hall", fs::copy_options::recursive);
        write("content/site.yaml",
              "title: 样例群英谱\norganisation: 样例单位\nregions: [样例区]\n"
              "defaults: {status: approved, visibility: public}\n");
    }
    ~SiteFolder() { fs::remove_all(root); }
    SiteFolder(const SiteFolder&) = delete;
    SiteFolder& operator=(const SiteFolder&) = delete;

    void write(const std::string& path, const std::string& text) const {
        fs::create_directories((root / path).parent_path());
        std::ofstream(root / path) << text;
    }
};

std::string page(int number) {
    return "---\ntitle: 样例" + std::to_string(number % 4) + "\n---\n\n" + std::string(120, 'a') + "\n\n第" +
           std::to_string(number) + "次。\n";
}

// One of the ways in which a folder changes.
void change(const SiteFolder& site, std::mt19937& random, int number) {
    const auto file = [&] { return "content/pages/p" + std::to_string(random() % 6) + ".md"; };
    std::error_code ignored;
    switch (random() % 5) {
        case 0:
            site.write("content/pages/.saving", page(number));
            return fs::rename(site.root / "content/pages/.saving", site.root / file(), ignored);
        case 1:
            fs::remove(site.root / file(), ignored);
            return;
        case 2:
            site.write("content/pages/n" + std::to_string(random() % 3) + "/index.md", page(number));
            return;
        case 3:
            fs::remove_all(site.root / ("content/pages/n" + std::to_string(random() % 3)), ignored);
            return;
        default:
            site.write(file(), page(number));
    }
}

template <class Holds>
void until(Holds holds) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!holds()) {
        REQUIRE(std::chrono::steady_clock::now() < end);
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

BuildOptions options_of_preview() {
    BuildOptions options = test_options();
    options.preview = true;
    options.threads = 2;
    return options;
}

OutputTree clean_build(const SiteFolder& site) {
    fs::remove_all(site.root / ".qunying");
    const auto disk = real_disk(site.root.string());
    Memo memo(*disk);
    MemoryStage stage(nullptr);
    REQUIRE(build_site(*disk, memo, stage, options_of_preview()).published);
    return stage.tree()->release.manifest.files;
}

void run_churn(const WatchOptions& watch) {
    const SiteFolder site;
    OutputTree shown;
    {
        const auto disk = real_disk(site.root.string());
        const auto lock = lock_state(*disk);
        const auto watcher = watch_site(site.root.string(), *disk, watch);
        EventHub hub;
        LoopOptions options;
        options.build_options = options_of_preview;
        PreviewLoop loop(*disk, *watcher, hub, options);
        std::thread building([&loop] { loop.run(); });
        std::atomic<bool> done{false};
        std::vector<std::thread> readers;
        for (int i = 0; i < 2; ++i) {
            readers.emplace_back([&hub, &done] {
                while (!done) {
                    const auto snapshot = hub.current();
                    state_json(*snapshot, "pages/p1.html", Language::chinese);
                    std::this_thread::yield();
                }
            });
        }
        until([&] { return hub.current()->tree != nullptr; });
        std::mt19937 random(20260701);
        for (int number = 0; number < 60; ++number) {
            change(site, random, number);
            if (number % 8 == 0) std::this_thread::yield();
        }
        site.write("content/pages/last.md", page(1000));
        until([&] { return hub.current()->tree->find("pages/last.html") != nullptr; });
        loop.stop();
        building.join();
        done = true;
        for (std::thread& reader : readers) reader.join();
        shown = hub.current()->tree->release.manifest.files;
    }
    CHECK(shown == clean_build(site));
}

}  // namespace

TEST_CASE("after many quick changes the tree is that of a clean build") { run_churn({}); }

TEST_CASE("so it is where folders are looked through again and again") {
    WatchOptions polling;
    polling.most_watches = 0;
    polling.poll_interval = std::chrono::milliseconds(10);
    run_churn(polling);
}
