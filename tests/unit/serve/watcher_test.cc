// On a real folder, since it is the kernel that tells. Nothing sleeps: each wait has an end, and a change
// comes long before it.
#include "serve/watcher.h"

#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <future>

#include "base/failure.h"

using namespace qunying;
namespace fs = std::filesystem;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds long_enough{10'000}, soon{300};

class Folder {
  public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "qunying-watch-XXXXXX").string();
        root_ = mkdtemp(name.data());
        for (const char* folder : {"content/people", "themes/hall"}) fs::create_directories(at(folder));
        write("content/people/a.md", "甲");
        write("content/people/b/index.md", "乙");
    }
    ~Folder() { fs::remove_all(root_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    fs::path at(const std::string& path) const { return root_ / path; }
    std::string root() const { return root_.string(); }
    void write(const std::string& path, const std::string& text) const {
        fs::create_directories(at(path).parent_path());
        std::ofstream(at(path)) << text;
    }
    void move(const std::string& from, const std::string& to) const { fs::rename(at(from), at(to)); }

  private:
    fs::path root_;
};

using Paths = std::set<std::string>;

struct Watched {
    Folder folder;
    std::unique_ptr<Disk> disk = real_disk(folder.root());
    std::unique_ptr<Watcher> watcher;

    explicit Watched(const WatchOptions& options = {}) : watcher(watch_site(folder.root(), *disk, options)) {}

    // Waits until all of `paths` have been told, and yields all that was.
    Changes until(const Paths& paths) {
        Changes all;
        for (;;) {
            Changes more = watcher->wait(long_enough);
            REQUIRE_FALSE(more.empty());
            all.add(std::move(more));
            const bool told = std::includes(all.paths.begin(), all.paths.end(), paths.begin(), paths.end());
            if (told || all.everything) return all;
        }
    }
    void is_quiet() { CHECK(watcher->wait(soon).empty()); }
};

WatchOptions polling() {
    WatchOptions options;
    options.most_watches = 0;
    options.poll_interval = milliseconds(20);
    return options;
}

}  // namespace

TEST_CASE("a save is told, with its path") {
    for (const bool polls : {false, true}) {
        CAPTURE(polls);
        Watched site(polls ? polling() : WatchOptions());
        CHECK(site.watcher->polls() == polls);
        site.folder.write("content/people/a.md", "甲甲");
        const Changes changes = site.until({"content/people/a.md"});
        CHECK(changes.paths == Paths{"content/people/a.md"});
        CHECK_FALSE(changes.everything);
        site.is_quiet();
    }
}

TEST_CASE("a file that takes the place of another, as editors save") {
    for (const bool polls : {false, true}) {
        CAPTURE(polls);
        Watched site(polls ? polling() : WatchOptions());
        SUBCASE("through a hidden file") {
            site.folder.write("content/people/.a.md.swp", "甲甲");
            site.folder.move("content/people/.a.md.swp", "content/people/a.md");
        }
        SUBCASE("with a copy of the old one, as vim does") {
            site.folder.move("content/people/a.md", "content/people/a.md~");
            site.folder.write("content/people/a.md", "甲甲");
        }
        SUBCASE("through a file elsewhere") {
            site.folder.write("saved", "甲甲");
            site.folder.move("saved", "content/people/a.md");
        }
        CHECK(site.until({"content/people/a.md"}).paths == Paths{"content/people/a.md"});
        site.is_quiet();
    }
}

TEST_CASE("new files, deleted ones and renamed ones") {
    for (const bool polls : {false, true}) {
        CAPTURE(polls);
        Watched site(polls ? polling() : WatchOptions());
        site.folder.write("content/people/c.md", "丙");
        site.until({"content/people/c.md"});
        site.folder.move("content/people/c.md", "content/people/d.md");
        site.until({"content/people/c.md", "content/people/d.md"});
        fs::remove(site.folder.at("content/people/d.md"));
        site.until({"content/people/d.md"});
        site.is_quiet();
    }
}

TEST_CASE("nested new folders are watched from the first moment") {
    for (const bool polls : {false, true}) {
        CAPTURE(polls);
        Watched site(polls ? polling() : WatchOptions());
        for (int i = 0; i < 20; ++i) {
            const std::string folder = "content/albums/" + std::to_string(i) + "/x/y";
            site.folder.write(folder + "/index.md", "影集");
            site.until({folder + "/index.md"});
            site.folder.write(folder + "/index.md", "影集二");
            site.until({folder + "/index.md"});
        }
    }
}

TEST_CASE("a folder that is moved in comes with its files, and is watched") {
    Watched site;
    site.folder.write("elsewhere/c/index.md", "丙");
    site.folder.move("elsewhere/c", "content/people/c");
    site.until({"content/people/c/index.md"});
    site.folder.write("content/people/c/index.md", "丙丙");
    site.until({"content/people/c/index.md"});
}

TEST_CASE("a folder that is renamed is known by its new name") {
    Watched site;
    site.folder.move("content/people/b", "content/people/c");
    CHECK(site.until({"content/people/c/index.md"}).everything);
    while (!site.watcher->wait(soon).empty()) {
    }
    site.folder.write("content/people/c/index.md", "乙乙");
    CHECK(site.until({"content/people/c/index.md"}).paths == Paths{"content/people/c/index.md"});
}

TEST_CASE("a folder that was moved away is watched no more") {
    Watched site;
    site.folder.move("content/people/b", "b");
    CHECK(site.until({}).everything);
    while (!site.watcher->wait(soon).empty()) {
    }
    site.folder.write("b/index.md", "乙乙");
    site.is_quiet();
}

TEST_CASE("a folder that is gone was all that may have been in it") {
    Watched site;
    fs::remove_all(site.folder.at("content/people/b"));
    CHECK(site.until({"?"}).everything);
}

TEST_CASE("the folders of a site may come and go") {
    Watched site;
    site.folder.write("assets/logo.svg", "<svg/>");
    site.until({"assets/logo.svg"});
    site.folder.move("content", "content.old");
    CHECK(site.until({"?"}).everything);
    site.folder.move("content.old", "content");
    site.until({"content/people/a.md"});
    site.folder.write("content/people/a.md", "甲甲");
    site.until({"content/people/a.md"});
}

TEST_CASE("what no build reads is not told") {
    for (const bool polls : {false, true}) {
        CAPTURE(polls);
        Watched site(polls ? polling() : WatchOptions());
        for (const char* path : {"public/index.html", ".qunying/cache/x", "README.md", "content/.git/HEAD",
                                 "content/people/.a.md.swp", "content/people/a.md~",
                                 "content/people/~$a.docx", "content/people/Thumbs.db"})
            site.folder.write(path, "x");
        site.is_quiet();
    }
}

TEST_CASE("a link is told and not followed") {
    Watched site;
    site.folder.write("outside/x.md", "外");
    fs::create_directory_symlink(site.folder.at("outside"), site.folder.at("content/link"));
    site.until({"content/link"});
    site.folder.write("outside/x.md", "外外");
    site.is_quiet();
}

TEST_CASE("many changes at once are told together") {
    Watched site;
    Paths all;
    for (int i = 0; i < 300; ++i) all.insert("content/people/p" + std::to_string(i) + ".md");
    for (const std::string& path : all) site.folder.write(path, "众");
    CHECK(site.until(all).paths.size() == all.size());
}

TEST_CASE("when watches run out, folders are looked through instead") {
    WatchOptions few = polling();
    SUBCASE("at the start") {
        few.most_watches = 2;
        Watched site(few);
        CHECK(site.watcher->polls());
        site.folder.write("content/people/b/index.md", "乙乙");
        CHECK(site.until({"content/people/b/index.md"}).paths == Paths{"content/people/b/index.md"});
    }
    SUBCASE("later") {
        few.most_watches = 6;  // the site, content, people, b, themes, hall
        Watched site(few);
        REQUIRE_FALSE(site.watcher->polls());
        fs::create_directories(site.folder.at("content/people/c"));
        CHECK(site.until({"?"}).everything);
        CHECK(site.watcher->polls());
        site.folder.write("content/people/c/index.md", "丙");
        site.until({"content/people/c/index.md"});
    }
}

TEST_CASE("stop ends the waiting, for good") {
    for (const bool polls : {false, true}) {
        CAPTURE(polls);
        Watched site(polls ? polling() : WatchOptions());
        auto waiting =
            std::async(std::launch::async, [&] { return site.watcher->wait(milliseconds(60'000)); });
        site.watcher->stop();
        CHECK(waiting.get().empty());
        CHECK(site.watcher->wait(milliseconds(60'000)).empty());
    }
}
