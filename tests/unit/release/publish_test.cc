#include "release/publish.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <functional>
#include <random>
#include <set>

#include "base/text.h"
#include "release/remote_failure.h"
#include "support/memory_disk.h"

using namespace qunying;

namespace {

// A file is its version, then what it points to, a line each.
using Files = std::map<std::string, std::string>;

// A site as people see it: pages that show pictures and lead to others, lists, an index of the search.
struct SmallSite {
    std::map<std::string, int> people;  // by id: the version of the story and the portrait
    int style = 1;

    static std::string portrait(const std::string& id, int version) {
        return "media/" + id + "-" + digest_of(id + std::to_string(version)).hex().substr(0, 8) + "-320.jpg";
    }
    std::string sheet() const {
        return "static/hall-" + digest_of(std::to_string(style)).hex().substr(0, 8) + ".css";
    }

    Files files() const {
        Files all;
        std::string list = "list\n" + sheet() + "\nindex.html\n", shard = "shard\n", roll = "roll\n";
        std::string before = "index.html";
        for (const auto& [id, version] : people) {
            const std::string page = "people/" + id + ".html", picture = portrait(id, version);
            all[picture] = picture + " as it is\n";
            all[page] =
                "story " + std::to_string(version) + "\n" + picture + "\n" + before + "\n" + sheet() + "\n";
            list += page + "\n" + picture + "\n";
            shard += page + "\n";
            roll += page + "\n";
            before = page;
        }
        const std::string piece = "search/c-0-" + digest_of(shard).hex().substr(0, 6) + ".js";
        all[sheet()] = "style\n";
        all[piece] = shard;
        all["people/index.html"] = list;
        all["honors/roll-1.js"] = roll;
        all["search/index.js"] = "index\n" + piece + "\n";
        all["index.html"] = "home\npeople/index.html\nhonors/roll-1.js\nsearch/index.js\n" + before + "\n";
        all["sitemap.xml"] = roll;
        return all;
    }
};

// A finished release on a disk of its own.
struct Published {
    MemoryDisk disk;
    Manifest manifest;
    Files files;

    explicit Published(const SmallSite& site) : files(site.files()) {
        std::map<std::string, OutputFile, std::less<>> tree;
        for (const auto& [path, bytes] : files) {
            disk.put("public/" + path, bytes);
            tree.emplace(path, OutputFile{blake2b_of(bytes), bytes.size()});
        }
        manifest.facts = {{"generator", "qunying"}, {"audience", "web"}};
        manifest.files = OutputTree(tree);
        disk.put("public/manifest.json", write_manifest(manifest));
    }
    LocalRelease release() { return {disk, "public", "/public", manifest}; }
};

struct Killed {};

enum class Proof { content, length };
enum class Writing { whole, bit_by_bit };  // of what nobody sees yet; what is seen is replaced in one step

// A host in memory; `now` looks at it after every change, and it can be made to stop at one.
class MemoryRemote final : public Remote {
  public:
    Files files;
    std::function<void(const Files&)> now = [](const Files&) {};
    std::size_t stop_after = ~std::size_t{0}, changes = 0;
    Proof proof = Proof::content;
    Writing writing = Writing::whole;
    std::map<std::string, int> uploads;
    std::mt19937 dice{7};

    explicit MemoryRemote(Published& ours) : ours_(&ours) {}
    void take(Published& ours) { ours_ = &ours; }

    std::optional<std::string> read(const std::string& name) override {
        const auto found = files.find(name);
        return found == files.end() ? std::nullopt : std::optional(found->second);
    }
    void write(const std::string& name, std::string_view bytes) override {
        files[name] = bytes;
        changed();
    }
    void upload(const Paths& paths, Arrival arrival, const Done& done) override {
        Paths any_order = paths;
        std::shuffle(any_order.begin(), any_order.end(), dice);
        for (const std::string& path : any_order) {
            const std::string& bytes = ours_->files.at(path);
            ++uploads[path];
            if (arrival == Arrival::unseen && writing == Writing::bit_by_bit) {
                files[path] = bytes.substr(0, bytes.size() / 2);
                changed();
            }
            files[path] = bytes;
            changed();
            done(path);
        }
    }
    void remove(const Paths& paths, const Done& done) override {
        Paths any_order = paths;
        std::shuffle(any_order.begin(), any_order.end(), dice);
        for (const std::string& path : any_order) {
            files.erase(path);
            changed();
            done(path);
        }
    }
    void remove_empty_folders(const Paths& folders) override {
        removed_folders.insert(folders.begin(), folders.end());
    }
    std::vector<Seen> compare(const Paths& paths) override {
        std::vector<Seen> seen;
        for (const std::string& path : paths) {
            const auto there = files.find(path);
            const std::string& bytes = ours_->files.at(path);
            if (there == files.end())
                seen.push_back(Seen::missing);
            else if (proof == Proof::length)
                seen.push_back(there->second.size() == bytes.size() ? Seen::same_size : Seen::differs);
            else
                seen.push_back(there->second == bytes ? Seen::same : Seen::differs);
        }
        return seen;
    }
    void clear_leftovers(const Paths& folders) override { cleared = folders; }
    std::set<std::string> removed_folders;
    Paths cleared;

  private:
    void changed() {
        now(files);
        if (++changes > stop_after) throw Killed{};
    }
    Published* ours_;
};

// The first file that can be come by and is not whole, or points to what is missing; "" where there is none.
std::string broken_link(const Files& there, const std::set<std::string>& bookmarks,
                        const std::set<std::string>& versions) {
    if (!there.contains("index.html")) return {};  // not before the home page of a first release
    std::set<std::string> seen;
    std::vector<std::string> todo;
    for (const char* root : {"index.html", "search/index.js", "sitemap.xml"}) todo.emplace_back(root);
    todo.insert(todo.end(), bookmarks.begin(), bookmarks.end());
    std::erase_if(todo, [&](const std::string& root) { return !there.contains(root); });
    while (!todo.empty()) {
        const std::string path = todo.back();
        todo.pop_back();
        if (!seen.insert(path).second) continue;
        const std::string& bytes = there.at(path);
        if (!versions.contains(bytes)) return path;
        if (path.starts_with("media/") || path.starts_with("static/")) continue;
        const std::vector<std::string_view> lines = split(bytes, '\n');
        for (std::size_t i = 1; i < lines.size(); ++i) {
            if (lines[i].empty()) continue;
            if (!there.contains(std::string(lines[i]))) return path + " points to " + std::string(lines[i]);
            todo.emplace_back(lines[i]);
        }
    }
    return {};
}

SmallSite old_site() {
    SmallSite site;
    for (const char* id : {"a", "b", "c", "d", "e"}) site.people[id] = 1;
    return site;
}

// One came, one went, one changed.
SmallSite new_site() {
    SmallSite site = old_site();
    site.people["cc"] = 1;
    site.people.erase("b");
    site.people["d"] = 2;
    return site;
}

SmallSite third_site() {
    SmallSite site = new_site();
    site.people.erase("a");
    site.people["dd"] = 1;
    site.people["e"] = 2;
    site.style = 2;
    return site;
}

struct Scene {
    Published first{old_site()}, second{new_site()}, third{third_site()};
    MemoryDisk state;
    std::set<std::string> bookmarks;  // pages of the release whose manifest is there
    std::set<std::string> versions;
    int runs = 0;

    Scene() {
        state.put("journals/keep", "");
        for (const Published* each : {&first, &second, &third}) {
            for (const auto& [path, bytes] : each->files) versions.insert(bytes);
        }
    }
    PublishReport publish(Published& what, MemoryRemote& remote, PublishOptions options = {}) {
        remote.take(what);
        options.run = "run" + std::to_string(++runs);
        PublishJournal journal(state, "journals/a");
        return publish_release(what.release(), remote, journal, options);
    }
    // From the manifest on, what the new release lacks is on its way out.
    void note_bookmarks(const Files& there) {
        const auto manifest = there.find("manifest.json");
        for (const Published* each : {&first, &second, &third}) {
            if (manifest == there.end() || manifest->second != write_manifest(each->manifest)) continue;
            bookmarks.clear();
            for (const auto& [path, bytes] : each->files) {
                if (path.ends_with(".html")) bookmarks.insert(path);
            }
        }
    }
    void watch(MemoryRemote& remote) {
        remote.now = [this](const Files& there) {
            note_bookmarks(there);
            REQUIRE(broken_link(there, bookmarks, versions) == "");
        };
    }
};

void check_is_published(const Published& what, const MemoryRemote& remote) {
    Files wanted = what.files;
    wanted["manifest.json"] = write_manifest(what.manifest);
    wanted[".htaccess"] = "theirs";
    CHECK(remote.files == wanted);
}

MemoryRemote host(Scene& scene) {
    MemoryRemote remote(scene.first);
    remote.files[".htaccess"] = "theirs";
    return remote;
}

}  // namespace

TEST_CASE("a first run brings everything, a second one nothing") {
    Scene scene;
    MemoryRemote remote = host(scene);
    scene.watch(remote);
    const PublishReport first = scene.publish(scene.first, remote);
    CHECK(first.first);
    CHECK(first.plan.upload_count() == scene.first.files.size());
    check_is_published(scene.first, remote);
    const std::size_t changes = remote.changes;
    const PublishReport again = scene.publish(scene.first, remote);
    CHECK(again.nothing_to_do);
    CHECK(remote.changes == changes);
}

TEST_CASE("only what changed is sent, and counted by what it is") {
    Scene scene;
    MemoryRemote remote = host(scene);
    scene.publish(scene.first, remote);
    remote.uploads.clear();
    scene.watch(remote);
    const PublishReport report = scene.publish(scene.second, remote);
    check_is_published(scene.second, remote);
    CHECK(report.counts.new_pages == 1);
    CHECK(report.counts.changed_pages == 2);  // of d, and of c's neighbour d again: c and d, e stays
    CHECK(report.counts.changed_lists == 1);
    CHECK(report.counts.taken_down == std::vector<std::string>{"people/b.html"});
    CHECK(remote.uploads.count("people/a.html") == 0);
    CHECK(remote.uploads.size() == report.plan.upload_count());
}

TEST_CASE("a dry run touches nothing") {
    Scene scene;
    MemoryRemote remote = host(scene);
    scene.publish(scene.first, remote);
    const Files before = remote.files;
    PublishOptions options;
    options.dry_run = true;
    const PublishReport report = scene.publish(scene.second, remote, options);
    CHECK(report.plan.upload_count() > 0);
    CHECK(report.plan.removal_count() > 0);
    CHECK(remote.files == before);
    CHECK_FALSE(scene.state.status("journals/a"));
}

// Kills the run that brings `scene.second` after each of its changes, and publishes `last` after that.
void kill_everywhere(Proof proof, Writing writing, bool journal_lost, Published Scene::*last) {
    for (std::size_t stop = 0;; ++stop) {
        CAPTURE(stop);
        Scene scene;
        MemoryRemote remote = host(scene);
        remote.proof = proof;
        remote.writing = writing;
        scene.publish(scene.first, remote);
        scene.watch(remote);
        remote.uploads.clear();
        remote.stop_after = remote.changes + stop;
        bool killed = false;
        try {
            scene.publish(scene.second, remote);
        } catch (const Killed&) {
            killed = true;
        }
        remote.stop_after = ~std::size_t{0};
        if (journal_lost && scene.state.status("journals/a")) scene.state.remove_file("journals/a");
        const bool marked = remote.files.contains(mark_name);
        const PublishReport report = scene.publish(scene.*last, remote);
        CHECK(report.continued == marked);
        check_is_published(scene.*last, remote);
        CHECK_FALSE(scene.state.status("journals/a"));
        if (!killed) break;
        // All but the one that was in the air.
        if (last == &Scene::second && (!journal_lost || proof == Proof::content)) {
            int twice = 0;
            for (const auto& [path, times] : remote.uploads) twice += times - 1;
            CHECK(twice <= 1);
        }
    }
}

TEST_CASE("a run that is killed after any change is carried on") {
    kill_everywhere(Proof::content, Writing::whole, false, &Scene::second);
    kill_everywhere(Proof::length, Writing::bit_by_bit, false, &Scene::second);
}

TEST_CASE("so it is from another machine, which has no journal") {
    kill_everywhere(Proof::content, Writing::bit_by_bit, true, &Scene::second);
    kill_everywhere(Proof::length, Writing::bit_by_bit, true, &Scene::second);
}

TEST_CASE("another release may follow one that was broken off") {
    kill_everywhere(Proof::content, Writing::whole, false, &Scene::third);
    kill_everywhere(Proof::content, Writing::bit_by_bit, true, &Scene::third);
    kill_everywhere(Proof::length, Writing::bit_by_bit, true, &Scene::third);
    kill_everywhere(Proof::length, Writing::bit_by_bit, false, &Scene::first);
}

TEST_CASE("any chain of releases and kills ends well, with every link whole at every moment") {
    std::mt19937 dice(20261121);
    for (int round = 0; round < 300; ++round) {
        CAPTURE(round);
        Scene scene;
        MemoryRemote remote = host(scene);
        remote.dice.seed(static_cast<unsigned>(round));
        remote.proof = dice() % 2 == 0 ? Proof::content : Proof::length;
        remote.writing = dice() % 2 == 0 ? Writing::whole : Writing::bit_by_bit;
        scene.watch(remote);
        Published Scene::*const releases[] = {&Scene::first, &Scene::second, &Scene::third};
        for (int run = 0; run < 6; ++run) {
            remote.stop_after = remote.changes + dice() % 40;
            if (dice() % 3 == 0 && scene.state.status("journals/a")) scene.state.remove_file("journals/a");
            try {
                scene.publish(scene.*releases[dice() % 3], remote);
            } catch (const Killed&) {
            }
        }
        remote.stop_after = ~std::size_t{0};
        Published Scene::*const last = releases[dice() % 3];
        scene.publish(scene.*last, remote);
        check_is_published(scene.*last, remote);
    }
}

TEST_CASE("the watcher of these tests sees a page that points to nothing") {
    Scene scene;
    MemoryRemote remote = host(scene);
    scene.publish(scene.first, remote);
    CHECK(broken_link(remote.files, {}, scene.versions).empty());
    for (const char* path : {"people/b.html", "search/c-0-7d7724.js", "honors/roll-1.js"}) {
        Files torn = remote.files;
        REQUIRE(torn.erase(path) == 1);
        CHECK(broken_link(torn, {}, scene.versions).ends_with(std::string("points to ") + path));
        torn[path] = "half";
        CHECK(broken_link(torn, {}, scene.versions) == path);
    }
}

TEST_CASE("a journal of another run is not believed") {
    Scene scene;
    MemoryRemote remote = host(scene);
    scene.publish(scene.first, remote);
    remote.stop_after = remote.changes + 12;
    CHECK_THROWS_AS(scene.publish(scene.second, remote), Killed);
    // Somebody else goes back to the first release from another machine, and is killed as well.
    const auto ours = scene.state.read_file("journals/a");
    scene.state.remove_file("journals/a");
    remote.stop_after = remote.changes + 3;
    CHECK_THROWS_AS(scene.publish(scene.first, remote), Killed);
    scene.state.remove_file("journals/a");
    scene.state.put("journals/a", ours);
    remote.stop_after = ~std::size_t{0};
    scene.publish(scene.second, remote);
    check_is_published(scene.second, remote);
}

TEST_CASE("a site of somebody else is not written over unasked") {
    Scene scene;
    MemoryRemote remote = host(scene);
    for (const char* name : {"index.html", "manifest.json"}) {
        remote.files = {{name, "theirs"}, {"photo.jpg", "theirs"}};
        const Files before = remote.files;
        CHECK(scene.publish(scene.first, remote).refusal == PublishRefusal::other_site);
        CHECK(remote.files == before);
        PublishOptions options;
        options.replace = true;
        CHECK(scene.publish(scene.first, remote, options).refusal == PublishRefusal::none);
        CHECK(remote.files.at("photo.jpg") == "theirs");
        CHECK(remote.files.at("index.html") == scene.first.files.at("index.html"));
    }
}

TEST_CASE("half a site is not published over a whole one unasked") {
    SmallSite large;
    for (int i = 0; i < 60; ++i) large.people["p" + std::to_string(i)] = 1;
    Published whole(large), half(old_site());
    Scene scene;
    MemoryRemote remote = host(scene);
    scene.publish(whole, remote);
    const Files before = remote.files;
    CHECK(scene.publish(half, remote).refusal == PublishRefusal::mass_removal);
    CHECK(remote.files == before);
    PublishOptions options;
    options.replace = true;
    scene.publish(half, remote, options);
    check_is_published(half, remote);
}

TEST_CASE("everything can be looked at, and what rotted is mended") {
    Scene scene;
    MemoryRemote remote = host(scene);
    scene.publish(scene.first, remote);
    remote.files["people/c.html"] = "rotten";
    remote.files.erase(SmallSite::portrait("a", 1));
    CHECK(scene.publish(scene.first, remote).nothing_to_do);
    PublishOptions options;
    options.verify_all = true;
    const PublishReport report = scene.publish(scene.first, remote, options);
    CHECK(report.plan.upload_count() == 2);
    CHECK(report.verified >= scene.first.files.size());
    check_is_published(scene.first, remote);
}

// What comes out of a host is not what went in.
class LyingRemote final : public Remote {
  public:
    explicit LyingRemote(MemoryRemote& inner) : inner_(inner) {}
    std::optional<std::string> read(const std::string& name) override { return inner_.read(name); }
    void write(const std::string& name, std::string_view bytes) override { inner_.write(name, bytes); }
    void upload(const Paths& paths, Arrival arrival, const Done& done) override {
        inner_.upload(paths, arrival, done);
        ++calls;
        if (std::find(paths.begin(), paths.end(), broken) == paths.end() || times-- <= 0) return;
        inner_.files[broken] = "altered";
    }
    void remove(const Paths& paths, const Done& done) override { inner_.remove(paths, done); }
    void remove_empty_folders(const Paths& folders) override { inner_.remove_empty_folders(folders); }
    std::vector<Seen> compare(const Paths& paths) override { return inner_.compare(paths); }
    void clear_leftovers(const Paths&) override {}
    std::string broken = SmallSite::portrait("d", 2);
    int times = 1, calls = 0;

  private:
    MemoryRemote& inner_;
};

TEST_CASE("what arrived altered is sent again, and before any page names it") {
    Scene scene;
    MemoryRemote remote = host(scene);
    scene.publish(scene.first, remote);
    scene.state.put("journals/keep", "");
    remote.take(scene.second);
    LyingRemote lying(remote);
    PublishJournal journal(scene.state, "journals/a");
    PublishOptions options;
    options.run = "x";
    remote.now = [&](const Files& there) {
        const auto page = there.find("people/d.html");
        const bool named = page->second.find(lying.broken) != std::string::npos;
        if (named) REQUIRE(there.at(lying.broken) != "altered");
    };
    publish_release(scene.second.release(), lying, journal, options);
    check_is_published(scene.second, remote);
}

TEST_CASE("a host that keeps altering what it gets is told of, and the old manifest stays") {
    Scene scene;
    MemoryRemote remote = host(scene);
    scene.publish(scene.first, remote);
    remote.take(scene.second);
    LyingRemote lying(remote);
    lying.times = 100;
    PublishJournal journal(scene.state, "journals/a");
    PublishOptions options;
    options.run = "x";
    try {
        publish_release(scene.second.release(), lying, journal, options);
        FAIL("it was taken for published");
    } catch (const RemoteFailure& failure) {
        CHECK(failure.trouble() == Trouble::not_as_sent);
        CHECK(failure.path() == lying.broken);
    }
    CHECK(remote.files.at("manifest.json") == write_manifest(scene.first.manifest));
    CHECK(remote.files.at("people/d.html") == scene.first.files.at("people/d.html"));
}

TEST_CASE("two who publish at once: the first one notices and leaves the manifest alone") {
    Scene scene;
    MemoryRemote remote = host(scene);
    scene.publish(scene.first, remote);
    remote.take(scene.second);
    bool done = false;
    remote.now = [&](const Files& there) {
        if (done || there.at("people/index.html") != scene.second.files.at("people/index.html")) return;
        done = true;
        remote.files[mark_name] = write_mark({"somebody else", {}, {}});
    };
    try {
        scene.publish(scene.second, remote);
        FAIL("it went on");
    } catch (const RemoteFailure& failure) {
        CHECK(failure.trouble() == Trouble::someone_else);
    }
    CHECK(remote.files.at("manifest.json") == write_manifest(scene.first.manifest));
}

TEST_CASE("folders that are empty then are asked to go, deepest first") {
    SmallSite site = old_site();
    Published with(site);
    with.files["bases/deep/x.html"] = "x\n";
    with.disk.put("public/bases/deep/x.html", "x\n");
    std::map<std::string, OutputFile, std::less<>> tree;
    for (const auto& [path, bytes] : with.files)
        tree.emplace(path, OutputFile{blake2b_of(bytes), bytes.size()});
    with.manifest.files = OutputTree(tree);
    with.disk.put("public/manifest.json", write_manifest(with.manifest));
    Scene scene;
    MemoryRemote remote = host(scene);
    scene.publish(with, remote);
    const PublishReport report = scene.publish(scene.first, remote);
    CHECK(report.plan.empty_folders == std::vector<std::string>{"bases/deep", "bases"});
    CHECK(remote.removed_folders == std::set<std::string>{"bases/deep", "bases"});
}
