#include "system/source_tree.h"

#include <doctest/doctest.h>
#include <functional>
#include <set>

#include "base/failure.h"
#include "support/memory_disk.h"

namespace qunying {
namespace {

struct Reading {
    SourceTree tree;
    Diagnostics diagnostics;
};

Reading read(MemoryDisk& disk, const SourceTreeOptions& options = {}) {
    Reading reading;
    reading.tree = read_source_tree(disk, {"content", "themes/hall", "assets"}, reading.diagnostics, options);
    return reading;
}

std::vector<std::string> text_paths(const SourceTree& tree) {
    std::vector<std::string> paths;
    for (const SourceId id : tree.texts) paths.push_back(tree.sources[id].path);
    return paths;
}

std::vector<std::string> media_paths(const SourceTree& tree) {
    std::vector<std::string> paths;
    for (const MediaFile& file : tree.media) paths.push_back(file.path);
    return paths;
}

struct Found {
    DiagnosticKind kind;
    std::string path;
    std::vector<std::string> words;
    bool operator==(const Found&) const = default;
};

std::vector<Found> found(const Reading& reading) {
    std::vector<Found> all;
    for (const Diagnostic& each : reading.diagnostics.items()) {
        all.push_back({each.kind, reading.tree.sources[each.where.source].path, each.words});
    }
    return all;
}

TEST_CASE("texts are read, media are listed, both in byte order of their paths") {
    MemoryDisk disk;
    disk.put("content/people/b/photo.JPG", "12345");
    disk.put("content/people/b/index.md", "B");
    disk.put("content/people/b.md", "b");
    disk.put("content/site.yaml", "title: 网站");
    disk.put("content/人物/王样例.md", "王");
    disk.put("themes/hall/templates/base.html", "<p>");
    disk.put("themes/other/templates/base.html", "no");
    disk.put("assets/book.pdf", "%PDF");
    const Reading reading = read(disk);
    CHECK(text_paths(reading.tree) ==
          std::vector<std::string>{"content/people/b.md", "content/people/b/index.md", "content/site.yaml",
                                   "content/人物/王样例.md", "themes/hall/templates/base.html"});
    CHECK(media_paths(reading.tree) ==
          std::vector<std::string>{"assets/book.pdf", "content/people/b/photo.JPG"});
    CHECK(reading.tree.media[1].status.size == 5);
    CHECK(reading.tree.find_text("content/people/b/index.md")->text == "B");
    CHECK(reading.tree.find_text("content/people/c.md") == nullptr);
    CHECK(reading.tree.find_media("assets/book.pdf")->status.size == 4);
    CHECK(reading.tree.find_media("assets") == nullptr);
    CHECK(reading.tree.media_in("content/people/b").size() == 1);
    CHECK(reading.tree.media_in("content/peop").empty());
    CHECK(reading.tree.digests[0] == digest_of("b"));
    CHECK(reading.diagnostics.empty());
}

TEST_CASE("media are not read and nothing is written") {
    MemoryDisk disk;
    disk.put("content/a.jpg", "J");
    disk.put("content/a.md", "a");
    read(disk);
    for (const DiskNote& note : disk.notes())
        CHECK((note.operation != "read" || note.path == "content/a.md"));
    CHECK(disk.writes().empty());
}

TEST_CASE("hidden files and clutter are skipped, folders that are missing are empty") {
    MemoryDisk disk;
    for (const char* path : {"content/.git/x.md", "content/.DS_Store", "content/Thumbs.db",
                             "content/~$a.docx", "content/a.md~", "content/Desktop.ini"}) {
        disk.put(path, "x");
    }
    const Reading reading = read(disk);
    CHECK(reading.tree.texts.empty());
    CHECK(reading.tree.media.empty());
    CHECK(reading.diagnostics.empty());
}

TEST_CASE("links and special files are named and left out") {
    MemoryDisk disk;
    disk.put_kind("content/people", FileKind::symlink);
    disk.put_kind("content/pipe.md", FileKind::other);
    disk.put_kind("assets", FileKind::symlink);
    const Reading reading = read(disk);
    CHECK(reading.tree.texts.empty());
    CHECK(found(reading) ==
          std::vector<Found>{{DiagnosticKind::symbolic_link, "content/people", {"content/people"}},
                             {DiagnosticKind::special_file, "content/pipe.md", {"content/pipe.md"}},
                             {DiagnosticKind::symbolic_link, "assets", {"assets"}}});
}

TEST_CASE("names that some disks take for the same are an error that names both") {
    const char* composed = "m\xC3\xA9.jpg";
    const char* apart = "me\xCC\x81.jpg";
    struct Case {
        std::string one, other;
    };
    for (const Case& each :
         {Case{"A.jpg", "a.jpg"}, Case{"A.jpg", "a.JPG"}, Case{apart, composed},
          Case{"\xE3\x81\x8B\xE3\x82\x99.md", "\xE3\x81\x8C.md"}, Case{"l\xC3\x9C.md", "l\xC3\xBC.md"},
          Case{"L\xC7\x9A.md", "lu\xCC\x88\xCC\x8C.md"}}) {
        CAPTURE(each.one);
        MemoryDisk disk;
        disk.put("content/" + each.one, "1");
        disk.put("content/" + each.other, "2");
        const Reading reading = read(disk);
        REQUIRE(reading.diagnostics.items().size() == 1);
        const Diagnostic& diagnostic = reading.diagnostics.items()[0];
        CHECK(diagnostic.kind == DiagnosticKind::file_name_collision);
        CHECK(std::set<std::string>(diagnostic.words.begin(), diagnostic.words.end()) ==
              std::set<std::string>{each.one, each.other});
    }
}

TEST_CASE("names that differ are no collision") {
    MemoryDisk disk;
    for (const char* name :
         {"e.md", "é.md", "è.md", "u.md", "ü.md", "ǚ.md", "王.md", "玉.md", "か.md", "が.md"}) {
        disk.put(std::string("content/") + name, "1");
    }
    disk.put("content/x/A.md", "1");
    disk.put("content/y/a.md", "1");
    CHECK(read(disk).diagnostics.empty());
}

TEST_CASE("a text beyond the limit is named and not read, a picture of that size is listed") {
    MemoryDisk disk;
    disk.put("content/a.md", std::string(11, 'a'));
    disk.put("content/b.md", std::string(10, 'a'));
    disk.put("content/c.jpg", std::string(11, 'a'));
    const Reading reading = read(disk, {1, 10, 32});
    CHECK(text_paths(reading.tree) == std::vector<std::string>{"content/b.md"});
    CHECK(reading.tree.media.size() == 1);
    REQUIRE(found(reading).size() == 1);
    CHECK(found(reading)[0].kind == DiagnosticKind::text_file_too_long);
    CHECK(found(reading)[0].path == "content/a.md");
}

TEST_CASE("broken and invisible characters in names are refused, shown as U+FFFD") {
    MemoryDisk disk;
    disk.put("content/\xCD\xF5.md", "GBK");
    disk.put("content/a\xE2\x80\xAE.md", "right-to-left override");
    disk.put("content/a\nb.md", "line break");
    const Reading reading = read(disk);
    CHECK(reading.tree.texts.empty());
    REQUIRE(found(reading).size() == 3);
    for (const Found& each : found(reading)) CHECK(each.kind == DiagnosticKind::bad_file_name);
    CHECK(found(reading)[2].path == "content/\xEF\xBF\xBD\xEF\xBF\xBD.md");
}

TEST_CASE("folders nested too deep are named once") {
    MemoryDisk disk;
    disk.put("content/a/b/c/d/x.md", "deep");
    disk.put("content/a/b/x.md", "fine");
    const Reading reading = read(disk, {1, 100, 3});
    CHECK(text_paths(reading.tree) == std::vector<std::string>{"content/a/b/x.md"});
    CHECK(found(reading) == std::vector<Found>{{DiagnosticKind::folder_too_deep, "content/a/b/c", {"3"}}});
}

TEST_CASE("any number of threads reads the same") {
    MemoryDisk disk;
    for (int i = 0; i < 200; ++i) disk.put("content/p" + std::to_string(i) + ".md", std::to_string(i));
    const SourceTree one = read(disk, {1}).tree, four = read(disk, {4}).tree;
    CHECK(text_paths(one) == text_paths(four));
    CHECK(one.digests == four.digests);
    CHECK(four.sources[four.texts[1]].text == "1");
}

TEST_CASE("texts are found without being read, and read when they are asked for") {
    MemoryDisk disk;
    disk.put("content/a.md", "a");
    disk.put("content/b.md", "b");
    Diagnostics diagnostics;
    SourceTree tree = find_sources(disk, {"content"}, diagnostics);
    for (const DiskNote& note : disk.notes()) CHECK(note.operation != "read");
    CHECK_FALSE(tree.find_text("content/a.md")->loaded);
    CHECK_FALSE(tree.digests[0].has_value());
    read_texts(disk, tree, std::vector{tree.texts[0]});
    CHECK(tree.find_text("content/a.md")->text == "a");
    CHECK(tree.digests[0] == digest_of("a"));
    CHECK_FALSE(tree.find_text("content/b.md")->loaded);
}

TEST_CASE("a text that changes between two readings is a failure, not a mixture") {
    MemoryDisk disk;
    disk.put("content/a.md", "before");
    Diagnostics diagnostics;
    SourceTree tree = find_sources(disk, {"content"}, diagnostics);
    tree.digests[0] = digest_of("before");
    disk.put("content/a.md", "behind");
    CHECK_THROWS_AS(read_texts(disk, tree, tree.texts), Failure);
    CHECK_FALSE(tree.find_text("content/a.md")->loaded);
}

}  // namespace
}  // namespace qunying
