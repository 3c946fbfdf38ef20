// The tree that is kept for the next build: whatever happened to it or to the site meanwhile, the release is
// what a build without it makes, and so is the tree.
#include "system/spare_release.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <random>

#include "base/digest.h"
#include "base/failure.h"
#include "support/forwarding_disk.h"
#include "support/memory_disk.h"
#include "system/output_place.h"
#include "system/release_stage.h"

namespace qunying {
namespace {

using Site = FileSnapshot;

constexpr const char* spare = ".qunying/spares/public.release";
const ReleaseFacts facts = {{"generator", "qunying 0"}};

CommitReport publish(Disk& disk, const Site& site, const std::string& out = "public",
                     const std::string& kept = spare, const ReleaseFacts& said = facts) {
    ReleaseStage stage(disk, out, kept);
    stage.open();
    for (const auto& [path, bytes] : site) stage.add(path, bytes);
    return stage.commit(said);
}

Site released(const Site& site, const ReleaseFacts& said = facts) {
    std::map<std::string, OutputFile, std::less<>> files;
    for (const auto& [path, bytes] : site) files[path] = {blake2b_of(bytes), bytes.size()};
    Site whole = site;
    whole[manifest_name] = write_manifest({said, OutputTree(files)});
    return whole;
}

// Ten people with a folder each, so that one page is little among them.
Site site_of(const std::string& version) {
    Site site;
    for (const char letter : std::string("abcdefghij")) {
        site["people/" + std::string(1, letter) + "/index.html"] = std::string("page ") + letter;
    }
    site["index.html"] = "home " + version;
    site["media/a.jpg"] = "J";
    return site;
}

// Every file and folder with its inode; folders with 0, for no two can be one.
std::map<std::string, std::uint64_t> tree_of(Disk& disk, const std::string& folder) {
    std::map<std::string, std::uint64_t> tree;
    for (const FolderEntry& entry : disk.list_folder(folder)) {
        const bool inner = entry.status.kind == FileKind::folder;
        tree[entry.name] = inner ? 0 : entry.status.inode;
        if (!inner) continue;
        for (const auto& [path, inode] : tree_of(disk, join_path(folder, entry.name))) {
            tree[join_path(entry.name, path)] = inode;
        }
    }
    return tree;
}

bool mirrors(Disk& disk, const std::string& kept = spare, const std::string& out = "public") {
    const auto there = disk.status(kept);
    return there && there->kind == FileKind::folder && tree_of(disk, kept) == tree_of(disk, out);
}

// Folders that hold nothing are no release's.
bool has_empty_folder(Disk& disk, const std::string& folder) {
    const auto entries = disk.list_folder(folder);
    return entries.empty() || std::any_of(entries.begin(), entries.end(), [&](const FolderEntry& entry) {
               return entry.status.kind == FileKind::folder &&
                      has_empty_folder(disk, join_path(folder, entry.name));
           });
}

std::vector<std::string> steps_of(const MemoryDisk& disk) {
    std::vector<std::string> steps;
    for (const DiskNote& note : disk.writes()) steps.push_back(note.operation + " " + note.path);
    return steps;
}

bool did(const MemoryDisk& disk, const std::string& step) {
    const auto steps = steps_of(disk);
    return std::find(steps.begin(), steps.end(), step) != steps.end();
}

// A site that was published and published again, so that there is a spare.
struct Published {
    MemoryDisk disk;
    Site site = site_of("2");

    Published() {
        publish(disk, site_of("1"));
        publish(disk, site);
        REQUIRE(mirrors(disk));
        disk.clear_notes();
    }
    // Publishes a changed home page, and looks at what came of it.
    CommitReport publish_next(Disk& through, const std::string& version = "3") {
        site["index.html"] = "home " + version;
        const CommitReport report = publish(through, site);
        CHECK(disk.snapshot("public") == released(site));
        CHECK_FALSE(has_empty_folder(disk, "public"));
        return report;
    }
    CommitReport publish_next() { return publish_next(disk); }
};

TEST_CASE("a first build keeps nothing, the second keeps the tree it replaced") {
    MemoryDisk disk;
    publish(disk, site_of("1"));
    CHECK_FALSE(disk.status(spare));
    publish(disk, site_of("2"));
    CHECK(mirrors(disk));
    CHECK(disk.list_folder("").size() == 2);
}

TEST_CASE("with a spare, publishing touches what changed and nothing else") {
    Published published;
    published.publish_next();
    CHECK(steps_of(published.disk) == std::vector<std::string>{
                                          "create folder public.stage-0001.tmp",
                                          "rename public.stage-0001.tmp",
                                          "remove public.stage-0001.tmp/manifest.json",
                                          "remove public.stage-0001.tmp/index.html",
                                          "write public.stage-0001.tmp/index.html",
                                          "write public.stage-0001.tmp/manifest.json",
                                          "sync all public.stage-0001.tmp",
                                          "rename public.next-0001.tmp",
                                          "sync ",
                                          "switch public",
                                          "sync ",
                                          "remove public.next-0001.tmp/manifest.json",
                                          "remove public.next-0001.tmp/index.html",
                                          "link public.next-0001.tmp/index.html",
                                          "link public.next-0001.tmp/manifest.json",
                                          std::string("rename ") + spare,
                                      });
    CHECK(mirrors(published.disk));
}

TEST_CASE("nothing changed: the spare is not touched") {
    Published published;
    CHECK(publish(published.disk, published.site).way == CommitWay::unchanged);
    CHECK(published.disk.writes().empty());
    CHECK(mirrors(published.disk));
}

TEST_CASE("facts that differ alone are published from the spare") {
    Published published;
    const ReleaseFacts later = {{"generator", "qunying 1"}};
    publish(published.disk, published.site, "public", spare, later);
    CHECK(published.disk.snapshot("public") == released(published.site, later));
    CHECK(mirrors(published.disk));
    CHECK_FALSE(did(published.disk, "link public.stage-0001.tmp/index.html"));
}

TEST_CASE("the live site is not written to while the stage grows") {
    Published published;
    const Site before = published.disk.snapshot("public");
    {
        ReleaseStage stage(published.disk, "public", spare);
        stage.open();
        stage.add("index.html", "half");
        stage.add("people/a/index.html", "half");
        CHECK(published.disk.snapshot("public.stage-0001.tmp").at("index.html") == "half");
        CHECK(published.disk.snapshot("public") == before);
    }
    CHECK(published.disk.snapshot("public") == before);  // a stage that is not committed vanishes
    CHECK(published.disk.list_folder("").size() == 2);
    published.publish_next();
    CHECK(mirrors(published.disk));
}

TEST_CASE("who was taken out of the site is in no byte of the spare, nor is an empty folder") {
    Published published;
    published.site.erase("people/c/index.html");
    published.site.erase("media/a.jpg");
    CHECK(published.publish_next().removed == 2);
    CHECK(mirrors(published.disk));
    CHECK_FALSE(published.disk.status("public/people/c"));
    for (const auto& file : published.disk.snapshot()) CHECK(file.second != "page c");
}

TEST_CASE("removals alone are published from the spare") {
    Published published;
    published.site.erase("people/c/index.html");
    publish(published.disk, published.site);
    CHECK(published.disk.snapshot("public") == released(published.site));
    CHECK_FALSE(has_empty_folder(published.disk, "public"));
    CHECK(mirrors(published.disk));
}

TEST_CASE("a file becomes a folder and a folder a file") {
    Published published;
    const auto move = [&](const std::string& from, const std::string& to) {
        published.site.erase(from);
        published.site[to] = "moved";
        published.publish_next();
        CHECK(mirrors(published.disk));
    };
    move("media/a.jpg", "media/a.jpg/deep/large.jpg");
    move("media/a.jpg/deep/large.jpg", "media/a.jpg");
    move("people/c/index.html", "people/c");
    move("media/a.jpg", "media");
    move("media", "media/a.jpg");
}

TEST_CASE("a page that was edited through the live site is put right, in the spare too") {
    for (const char* path : {"public/people/c/index.html", ".qunying/spares/public.release/index.html"}) {
        Published published;
        published.disk.append_to_file(path, " and more");
        published.publish_next();
        CHECK(mirrors(published.disk));
        published.publish_next(published.disk, "4");
    }
}

TEST_CASE("what others put into the site survives neither in the release nor in the spare") {
    Published published;
    for (const char* path : {"public/stray.html", "public/people/c/stray/x", "public/people/.DS_Store"}) {
        published.disk.put(path, "?");
    }
    published.disk.create_folder("public/people/empty");
    published.disk.put_kind("public/people/link", FileKind::symlink);
    CHECK(published.publish_next().strangers > 0);
    CHECK(mirrors(published.disk));
}

TEST_CASE("what others put into the spare never gets into the site") {
    Published published;
    const std::string place = spare;
    for (const char* path : {"/stray.html", "/people/c/stray/x", "/people/k/index.html", "/.hidden"}) {
        published.disk.put(place + path, "?");
    }
    published.disk.create_folder(place + "/people/empty");
    published.disk.put_kind(place + "/people/link", FileKind::symlink);
    published.publish_next();
    CHECK(mirrors(published.disk));
}

TEST_CASE("files of the spare that are missing, or not the site's, are linked anew") {
    Published published;
    const std::string place = spare;
    published.disk.remove_file(place + "/people/c/index.html");
    published.disk.remove_file(place + "/people/d/index.html");
    published.disk.put(place + "/people/d/index.html", "page d");  // the same bytes, another file
    published.disk.remove_file(place + "/media/a.jpg");
    published.disk.put(place + "/media/a.jpg/x", "a folder in its place");
    published.publish_next();
    CHECK(did(published.disk, "link public.stage-0001.tmp/people/c/index.html"));
    CHECK(did(published.disk, "link public.stage-0001.tmp/people/d/index.html"));
    CHECK_FALSE(did(published.disk, "link public.stage-0001.tmp/people/e/index.html"));
    CHECK(mirrors(published.disk));
}

TEST_CASE("a page that was replaced in the live site, as editors save, is put right") {
    Published published;
    published.disk.remove_file("public/people/c/index.html");
    published.disk.put("public/people/c/index.html", "theirs");
    published.publish_next();
    CHECK(mirrors(published.disk));
}

void copy_folder(MemoryDisk& disk, const std::string& from, const std::string& to) {
    for (const auto& [path, bytes] : disk.snapshot(from)) {
        if (path != manifest_name) disk.put(join_path(to, path), bytes);
    }
    disk.put(join_path(to, manifest_name), disk.read_file(join_path(from, manifest_name)));
}

TEST_CASE("a site that was copied back shares nothing with the spare: it is thrown away") {
    Published published;
    copy_folder(published.disk, "public", "copy");
    remove_tree(published.disk, "public");
    published.disk.rename("copy", "public");
    published.publish_next();
    CHECK(did(published.disk, "remove .qunying/spares/public.release/index.html"));
    CHECK(mirrors(published.disk));  // made of the copy
}

TEST_CASE("a site that is gone takes the spare with it") {
    Published published;
    remove_tree(published.disk, "public");
    published.site.erase("people/c/index.html");
    published.publish_next();
    CHECK_FALSE(published.disk.status(spare));
}

TEST_CASE("the state folder may be deleted at any time") {
    Published published;
    remove_tree(published.disk, ".qunying");
    published.publish_next();
    CHECK(mirrors(published.disk));
    ReleaseStage stage(published.disk, "public", spare);
    stage.open();
    for (const auto& [path, bytes] : published.site) stage.add(path, path == "index.html" ? "home 4" : bytes);
    remove_tree(published.disk, ".qunying");
    stage.commit(facts);
    CHECK(mirrors(published.disk));
}

TEST_CASE("a spare that is no folder is removed and not followed") {
    for (const FileKind kind : {FileKind::file, FileKind::symlink, FileKind::other}) {
        Published published;
        remove_tree(published.disk, spare);
        published.disk.put_kind(spare, kind);
        published.publish_next();
        CHECK(mirrors(published.disk));
    }
}

TEST_CASE("a folder of spares that is a link is not followed; the site is published all the same") {
    Published published;
    remove_tree(published.disk, ".qunying/spares");
    published.disk.put_kind(".qunying/spares", FileKind::symlink);
    published.publish_next();
    CHECK(published.disk.list_folder("").size() == 2);
}

// A disk on which one folder belongs to somebody else, or may not be written.
class OddRights final : public ForwardingDisk {
  public:
    OddRights(Disk& inner, std::string end) : ForwardingDisk(inner), end_(std::move(end)) {}
    FolderRights folder_rights(const std::string& path) override {
        FolderRights rights = ForwardingDisk::folder_rights(path);
        if (path.ends_with(end_)) rights.mode = 0500;
        return rights;
    }

  private:
    std::string end_;
};

TEST_CASE("a spare with a folder of other rights is thrown away, for the site would get them") {
    for (const char* folder : {"public.release", "public.release/people/c"}) {
        Published published;
        OddRights disk(published.disk, folder);
        published.publish_next(disk);
        CHECK(did(published.disk, "link public.stage-0001.tmp/people/c/index.html"));
        CHECK(mirrors(published.disk));
    }
}

// A disk on which nothing below the state folder can be removed or renamed.
class StuckState final : public ForwardingDisk {
  public:
    using ForwardingDisk::ForwardingDisk;
    void rename(const std::string& from, const std::string& to) override {
        refuse(from);
        refuse(to);
        ForwardingDisk::rename(from, to);
    }
    void remove_file(const std::string& path) override {
        refuse(path);
        ForwardingDisk::remove_file(path);
    }

  private:
    static void refuse(const std::string& path) {
        if (path.starts_with(".qunying/")) {
            throw Failure("write", path, std::make_error_code(std::errc::permission_denied));
        }
    }
};

TEST_CASE("a spare that can be neither used nor removed is named, and the site is published") {
    Published published;
    StuckState disk(published.disk);
    CHECK(published.publish_next(disk).left_over == spare);
    CHECK(published.disk.list_folder("").size() == 2);
}

TEST_CASE("a tree that could not be made the spare is removed") {
    Published published;
    remove_tree(published.disk, ".qunying");
    published.disk.put(".qunying/lock", "");
    StuckState disk(published.disk);
    CHECK(published.publish_next(disk).left_over.empty());
    CHECK(published.disk.list_folder("").size() == 2);
}

TEST_CASE("a state folder on another file system keeps no spare") {
    MemoryDisk disk;
    disk.put(".qunying/lock", "");
    disk.create_folder(".qunying/spares");
    disk.mount(".qunying/spares");
    for (const char* version : {"1", "2", "3"}) publish(disk, site_of(version));
    CHECK(disk.snapshot("public") == released(site_of("3")));
    CHECK(disk.list_folder("").size() == 2);
    CHECK(disk.list_folder(".qunying/spares").empty());
}

TEST_CASE("without hard links no spare is kept") {
    MemoryDisk disk;
    disk.refuse(DiskFeature::hard_link);
    for (const char* version : {"1", "2", "3"}) publish(disk, site_of(version));
    CHECK(disk.snapshot("public") == released(site_of("3")));
    CHECK_FALSE(disk.status(spare));
    CHECK(disk.list_folder("").size() == 1);
}

TEST_CASE("where the site must be published in place, the spare goes") {
    Published published;
    published.disk.mount("public");
    published.disk.create_folder("public/lost+found");
    published.site.erase("people/c/index.html");
    published.site["index.html"] = "home 3";
    CHECK(publish(published.disk, published.site).way == CommitWay::copied_in_place);
    CHECK(published.disk.snapshot("public") == released(published.site));
    CHECK_FALSE(published.disk.status(spare));
}

TEST_CASE("where the exchange stopped working, a stage that was a spare is copied from and removed") {
    Published published;
    published.disk.refuse(DiskFeature::exchange);
    published.site.erase("people/c/index.html");
    CHECK(published.publish_next().way == CommitWay::copied_in_place);
    CHECK_FALSE(published.disk.status(spare));
    CHECK(published.disk.list_folder("").size() == 2);
}

TEST_CASE("a site of which most changed keeps no spare: making it would cost more than removing the old") {
    Published published;
    for (auto& [path, bytes] : published.site) bytes += " anew";
    publish(published.disk, published.site);
    CHECK(published.disk.snapshot("public") == released(published.site));
    CHECK_FALSE(published.disk.status(spare));
    published.publish_next();
    CHECK(mirrors(published.disk));
}

TEST_CASE("two output folders have a spare each") {
    MemoryDisk disk;
    const std::string other = ".qunying/spares/kiosk.release";
    for (const char* version : {"1", "2", "3"}) {
        publish(disk, site_of(version));
        publish(disk, site_of(std::string("kiosk ") + version), "kiosk", other);
    }
    CHECK(mirrors(disk));
    CHECK(mirrors(disk, other, "kiosk"));
    CHECK(disk.snapshot("kiosk") == released(site_of("kiosk 3")));
}

TEST_CASE("the output folder may lie deeper than the state folder, or elsewhere") {
    MemoryDisk disk;
    const std::string kept = "home/site/.qunying/spares/out.release";
    create_folders(disk, "home/site/.qunying");
    create_folders(disk, "www/sites");
    for (const char* version : {"1", "2", "3"}) publish(disk, site_of(version), "www/sites/public", kept);
    CHECK(disk.snapshot("www/sites/public") == released(site_of("3")));
    CHECK(mirrors(disk, kept, "www/sites/public"));
    CHECK(disk.list_folder("www/sites").size() == 1);
    disk.put("www/sites/public.stage-0001.tmp/x", "of a killed build");
    disk.put("www/sites/other.stage-0001.tmp/x", "of another site");
    publish(disk, site_of("4"), "www/sites/public", kept);
    CHECK(disk.list_folder("www/sites").size() == 2);
}

// Whatever is done to a site, its release and its spare between two builds.
class Meddler {
  public:
    explicit Meddler(unsigned seed) : chance_(seed) {}

    void edit(Site& site) {
        for (std::size_t i = below(4); i > 0; --i) {
            const std::string path = some_path();
            std::erase_if(site, [&](const auto& file) {
                return file.first.starts_with(path + "/") || path.starts_with(file.first + "/");
            });
            if (below(3) == 0) {
                site.erase(path);
            } else {
                site[path] = "v" + std::to_string(below(3));
            }
        }
    }

    void meddle(MemoryDisk& disk) {
        if (below(3) != 0) return;
        const std::string root = below(2) == 0 ? "public" : spare;
        const auto status = disk.status(root);
        if (!status) return;
        const std::string path = join_path(root, some_path());
        try {
            switch (below(4)) {
                case 0:
                    return remove_tree(disk, path);
                case 1:
                    return create_folders(disk, path);
                case 2:
                    return disk.append_to_file(path, "?");
                default:
                    remove_tree(disk, path);
                    disk.write_new_file(path, "v1");
            }
        } catch (const Failure&) {  // what nobody could do
        }
    }

  private:
    std::size_t below(std::size_t limit) { return chance_() % limit; }
    std::string some_path() {
        std::string path(1, static_cast<char>('a' + below(6)));
        for (std::size_t depth = below(3); depth > 0; --depth) {
            path += std::string("/") + static_cast<char>('a' + below(4));
        }
        return path;
    }

    std::mt19937 chance_;
};

TEST_CASE("after random edits and meddling the release and the spare are what a clean build makes") {
    std::size_t kept = 0;
    for (unsigned seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        Meddler meddler(seed);
        MemoryDisk disk;
        Site site = site_of("1");
        for (int round = 0; round < 12; ++round) {
            CAPTURE(round);
            const bool switched = publish(disk, site).way == CommitWay::switched;
            CHECK(disk.snapshot("public") == released(site));
            if (switched && disk.status(spare)) {
                CHECK_FALSE(has_empty_folder(disk, "public"));
                CHECK(mirrors(disk));
                ++kept;
            }
            meddler.edit(site);
            meddler.meddle(disk);
        }
    }
    CHECK(kept > 300);
}

TEST_CASE("a spare has a name that tells its output folder") {
    CHECK(spare_name("public") == "public.release");
    CHECK(spare_name("../www/100%") == "%2e.%2fwww%2f100%25.release");
    CHECK(spare_name(".hidden") == "%2ehidden.release");
    CHECK(spare_name("a/b") != spare_name("a%2fb"));
    CHECK(spare_name(std::string(247, 'x')).size() == 255);
    CHECK(spare_name(std::string(248, 'x')).empty());
}

}  // namespace
}  // namespace qunying
