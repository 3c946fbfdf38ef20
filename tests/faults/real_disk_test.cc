// The disk behind the interface, on the file system of the folder for temporary files.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <map>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include "base/failure.h"
#include "system/disk.h"
#include "system/process.h"
#include "system/release_stage.h"
#include "system/source_tree.h"

namespace qunying {
namespace {

namespace fs = std::filesystem;

// A folder that goes away with the test.
struct Place {
    std::string path = (fs::temp_directory_path() / "qunying-disk-XXXXXX").string();
    Place() { REQUIRE(::mkdtemp(path.data()) != nullptr); }
    ~Place() { fs::remove_all(path); }
};

constexpr PathResolution both_ways[] = {PathResolution::best_available, PathResolution::part_by_part};

template <class Call>
std::error_code error_of(Call call) {
    try {
        call();
    } catch (const Failure& failure) {
        CHECK_FALSE(failure.operation().empty());
        return failure.code();
    }
    return {};
}

TEST_CASE("files are written, read, listed, renamed, linked and removed") {
    for (const PathResolution way : both_ways) {
        const Place place;
        const auto disk = real_disk(place.path, way);
        const std::string bytes = std::string(300'000, 'x') + '\0' + "end";
        create_folders(*disk, "a/b/c");
        disk->write_new_file("a/b/c/file", bytes);
        CHECK(disk->read_file("a/b/c/file") == bytes);
        CHECK(disk->read_if_there("a/b/c/other") == std::nullopt);
        CHECK(disk->read_if_there("a/x/file") == std::nullopt);
        CHECK(disk->read_if_there("a/b/c/file/x") == std::nullopt);
        CHECK(disk->status("a/b/c/file")->size == bytes.size());
        CHECK(disk->status("a/b")->kind == FileKind::folder);
        CHECK(disk->status("")->kind == FileKind::folder);
        CHECK_FALSE(disk->status("a/x/y"));
        CHECK(disk->list_folder("").size() == 1);
        CHECK(disk->list_folder("a/b/c")[0].name == "file");
        CHECK(disk->list_folder("a/b/c")[0].status.inode == disk->status("a/b/c/file")->inode);
        CHECK(disk->hard_link("a/b/c/file", "a/link") == Outcome::done);
        CHECK(disk->status("a/link")->inode == disk->status("a/b/c/file")->inode);
        disk->rename("a/link", "a/moved");
        disk->write_new_file("other", "2");
        CHECK(disk->exchange("a/moved", "other") == Outcome::done);
        CHECK(disk->read_file("a/moved") == "2");
        disk->sync_file("other");
        disk->sync_folder("a/b");
        disk->sync_folder("");
        CHECK(disk->sync_filesystem("a") == Outcome::done);
        disk->remove_file("a/moved");
        remove_tree(*disk, "a");
        remove_tree(*disk, "a");
        CHECK(disk->list_folder("").size() == 1);
    }
}

TEST_CASE("a file that is there is not written over") {
    const Place place;
    const auto disk = real_disk(place.path);
    disk->write_new_file("file", "1");
    CHECK(error_of([&] { disk->write_new_file("file", "2"); }) == std::errc::file_exists);
    CHECK(disk->read_file("file") == "1");
}

TEST_CASE("no path leads out of the root") {
    for (const PathResolution way : both_ways) {
        const Place place, outside;
        std::ofstream(outside.path + "/secret") << "secret";
        const auto disk = real_disk(place.path, way);
        disk->create_folder("in");
        fs::create_symlink(outside.path, place.path + "/out");
        fs::create_symlink(outside.path + "/secret", place.path + "/in/secret");
        fs::create_symlink("in", place.path + "/inner");
        for (const char* path : {"../x", "in/../../x", "/etc/passwd", "./in", "in/", "in//x", "in/./x"}) {
            CAPTURE(path);
            CHECK(error_of([&] { disk->read_if_there(path, any_length); }) == std::errc::invalid_argument);
            CHECK(error_of([&] { disk->write_new_file(path, ""); }) == std::errc::invalid_argument);
            CHECK(error_of([&] { disk->remove_file(path); }) == std::errc::invalid_argument);
        }
        for (const char* path : {"out/secret", "in/secret", "inner/secret"}) {
            CAPTURE(path);
            CHECK(error_of([&] { disk->read_file(path); }) == std::errc::too_many_symbolic_link_levels);
        }
        CHECK(error_of([&] { disk->list_folder("out"); }));
        CHECK(error_of([&] { disk->list_folder("inner"); }));
        CHECK(error_of([&] { disk->write_new_file("out/new", ""); }));
        CHECK(error_of([&] { disk->write_new_file("in/secret", ""); }));
        CHECK(error_of([&] { disk->create_folder("out/new"); }));
        CHECK(error_of([&] { disk->remove_file("out/secret"); }));
        CHECK(error_of([&] { disk->rename("out/secret", "in/x"); }));
        CHECK(error_of([&] { disk->hard_link("out/secret", "in/x"); }));
        CHECK(error_of([&] { disk->lock("in/secret"); }));
        CHECK(disk->status("in/secret")->kind == FileKind::symlink);
        CHECK(fs::exists(outside.path + "/secret"));
        remove_tree(*disk, "in");
        remove_tree(*disk, "out");
        CHECK(fs::exists(outside.path + "/secret"));
    }
}

TEST_CASE("a folder that is held open takes files of plain names, and follows nothing") {
    const Place place, outside;
    std::ofstream(outside.path + "/secret") << "secret";
    const auto disk = real_disk(place.path);
    create_folders(*disk, "in/deep");
    fs::create_symlink(outside.path + "/secret", place.path + "/in/link");
    fs::create_symlink(outside.path + "/new", place.path + "/in/dangling");
    fs::create_symlink(outside.path, place.path + "/out");
    const auto folder = disk->open_folder("in");
    folder->write_new_file("file", "1");
    CHECK(disk->read_file("in/file") == "1");
    CHECK(error_of([&] { folder->write_new_file("file", "2"); }) == std::errc::file_exists);
    CHECK(error_of([&] { folder->write_new_file("link", "2"); }) == std::errc::file_exists);
    CHECK(error_of([&] { folder->write_new_file("dangling", "2"); }) == std::errc::file_exists);
    for (const char* name : {"", ".", "..", "../x", "deep/x", "/x"}) {
        CAPTURE(name);
        CHECK(error_of([&] { folder->write_new_file(name, "2"); }) == std::errc::invalid_argument);
    }
    CHECK(disk->read_file("in/file") == "1");
    CHECK_FALSE(fs::exists(outside.path + "/new"));
    CHECK(error_of([&] { disk->open_folder("out"); }));
    CHECK(error_of([&] { disk->open_folder("in/file"); }));
    CHECK(error_of([&] { disk->open_folder("missing"); }) == std::errc::no_such_file_or_directory);
}

TEST_CASE("names come with the kind of what they stand for") {
    const Place place;
    const auto disk = real_disk(place.path);
    disk->create_folder("folder");
    disk->write_new_file("file", "1");
    fs::create_symlink("folder", place.path + "/link");
    std::map<std::string, FileKind> kinds;
    for (const auto& entry : disk->list_names("")) {
        kinds[entry.name] = entry.kind;
        CHECK(entry.inode == disk->status(entry.name)->inode);
    }
    CHECK(
        (kinds == std::map<std::string, FileKind>{
                      {"file", FileKind::file}, {"folder", FileKind::folder}, {"link", FileKind::symlink}}));
    CHECK(error_of([&] { disk->list_names("link"); }));
}

TEST_CASE("a pipe is refused and not waited for") {
    const Place place;
    REQUIRE(::mkfifo((place.path + "/pipe").c_str(), 0600) == 0);
    const auto disk = real_disk(place.path);
    CHECK(error_of([&] { disk->read_file("pipe"); }) == std::errc::invalid_argument);
    CHECK(disk->status("pipe")->kind == FileKind::other);
}

TEST_CASE("a range of a file is read, and ends where the file does") {
    const Place place;
    const auto disk = real_disk(place.path);
    disk->write_new_file("file", "0123456789");
    CHECK(disk->read_range("file", 0, 4) == "0123");
    CHECK(disk->read_range("file", 4, 4) == "4567");
    CHECK(disk->read_range("file", 8, 4) == "89");
    CHECK(disk->read_range("file", 20, 4).empty());
    CHECK(disk->read_range("file", 0, 0).empty());
    CHECK(error_of([&] { disk->read_range("missing", 0, 4); }) == std::errc::no_such_file_or_directory);
}

TEST_CASE("a private file is its owner's alone, and takes no other's place") {
    const Place place;
    const auto disk = real_disk(place.path);
    disk->write_private_file("key", "secret");
    struct stat raw {};
    REQUIRE(::stat((place.path + "/key").c_str(), &raw) == 0);
    CHECK((raw.st_mode & 0777) == 0600);
    CHECK(error_of([&] { disk->write_private_file("key", "other"); }) == std::errc::file_exists);
    CHECK(disk->read_file("key") == "secret");
}

TEST_CASE("a disk tells how much room it has") {
    const Place place;
    const auto disk = real_disk(place.path);
    const auto free = disk->free_bytes("");
    REQUIRE(free);
    CHECK(*free > 0);
    CHECK(error_of([&] { disk->free_bytes("missing"); }) == std::errc::no_such_file_or_directory);
}

TEST_CASE("a file beyond the limit is refused") {
    const Place place;
    const auto disk = real_disk(place.path);
    disk->write_new_file("file", "12345");
    CHECK(disk->read_file("file", 5) == "12345");
    CHECK(error_of([&] { disk->read_file("file", 4); }) == std::errc::file_too_large);
}

TEST_CASE("a short write is noticed, and half a file does not stay") {
    protect_process();
    const Place place;
    const auto disk = real_disk(place.path);
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    rlimit tight = before;
    tight.rlim_cur = 10'000;
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &tight) == 0);
    const auto error = error_of([&] { disk->write_new_file("file", std::string(20'000, 'x')); });
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
    CHECK(error == std::errc::file_too_large);
    CHECK_FALSE(disk->status("file"));
}

TEST_CASE("without descriptors calls fail and nothing is left open") {
    const Place place;
    const auto disk = real_disk(place.path);
    disk->write_new_file("file", "1");
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    const int next = ::dup(0);
    ::close(next);
    rlimit tight = before;
    tight.rlim_cur = static_cast<rlim_t>(next);
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &tight) == 0);
    const auto error = error_of([&] { disk->read_file("file"); });
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
    CHECK(error == std::errc::too_many_files_open);
    for (int i = 0; i < 3; ++i) CHECK(disk->read_file("file") == "1");
    const int after = ::dup(0);
    ::close(after);
    CHECK(after == next);
}

TEST_CASE("descriptors are not handed to programs that are started") {
    const Place place;
    const int first = ::dup(0);
    ::close(first);
    const auto disk = real_disk(place.path);
    const auto lock = disk->lock("lock");
    for (int number = first; number < first + 2; ++number)
        CHECK((::fcntl(number, F_GETFD) & FD_CLOEXEC) != 0);
}

TEST_CASE("a lock keeps others out until it is given back") {
    const Place place;
    const auto disk = real_disk(place.path), other = real_disk(place.path);
    disk->create_folder("folder");
    for (const char* path : {"lock", "folder"}) {
        auto held = disk->lock(path);
        CHECK(held != nullptr);
        CHECK(other->lock(path) == nullptr);
        held.reset();
        CHECK(other->lock(path) != nullptr);
    }
    const auto state = lock_state(*disk);
    try {
        lock_state(*other);
        FAIL("locked twice");
    } catch (const Failure& failure) {
        CHECK(failure.operation() == another_build_is_running);
    }
}

TEST_CASE("an output folder is found through links, dots and folders that are missing") {
    const Place place;
    const std::string real = fs::canonical(place.path).string();
    fs::create_directories(real + "/there/public");
    fs::create_symlink(real + "/there", real + "/link");
    CHECK(rooted_path(real + "/link/public").root == real + "/there");
    CHECK(rooted_path(real + "/there/../there/public/").name == "public");
    const RootedPath fresh = rooted_path(real + "/new/deep/site");
    CHECK(fresh.root == real + "/new/deep");
    CHECK(fresh.name == "site");
    CHECK(fs::is_directory(fresh.root));
    CHECK(error_of([] { rooted_path("/"); }) == std::errc::invalid_argument);
}

TEST_CASE("a site is published, published again and left alone") {
    const Place place;
    const auto disk = real_disk(place.path);
    const auto publish = [&](const std::string& text) {
        ReleaseStage stage(*disk, "public");
        stage.open();
        stage.add("index.html", text);
        stage.add("people/a.html", "甲");
        return stage.commit({{"as_of", "2020-01-01"}});
    };
    CHECK(publish("1").way == CommitWay::switched);
    const auto first = *disk->status("public/people/a.html");
    CHECK(publish("2").way == CommitWay::switched);
    CHECK(disk->read_file("public/index.html") == "2");
    CHECK(disk->status("public/people/a.html")->inode == first.inode);
    const auto folder = *disk->status("public");
    CHECK(publish("2").way == CommitWay::unchanged);
    CHECK(disk->status("public")->inode == folder.inode);
    CHECK(disk->status("public")->mtime_ns == folder.mtime_ns);
    CHECK(disk->list_folder("").size() == 1);
}

TEST_CASE("a folder beside that may not be written: the site is published in place") {
    if (::geteuid() == 0) return;  // root may write everywhere
    const Place place;
    const auto disk = real_disk(place.path);
    disk->create_folder("public");
    REQUIRE(::chmod(place.path.c_str(), 0500) == 0);
    ReleaseStage stage(*disk, "public");
    stage.open();
    stage.add("index.html", "1");
    CHECK(stage.commit({}).way == CommitWay::copied_in_place);
    REQUIRE(::chmod(place.path.c_str(), 0700) == 0);
    CHECK(disk->read_file("public/index.html") == "1");
}

TEST_CASE("a source tree is read, links out of the site are not followed") {
    const Place place, outside;
    std::ofstream(outside.path + "/secret.md") << "secret";
    const auto disk = real_disk(place.path);
    create_folders(*disk, "content/people");
    disk->write_new_file("content/people/a.md", "甲");
    disk->write_new_file("content/people/a.jpg", "J");
    fs::create_symlink(outside.path, place.path + "/content/out");
    Diagnostics diagnostics;
    const SourceTree tree = read_source_tree(*disk, {"content", "assets"}, diagnostics, {2});
    CHECK(tree.texts.size() == 1);
    CHECK(tree.media.size() == 1);
    REQUIRE(diagnostics.items().size() == 1);
    CHECK(diagnostics.items()[0].kind == DiagnosticKind::symbolic_link);
}

}  // namespace
}  // namespace qunying
