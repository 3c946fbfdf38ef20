// Where a site is published and where its spare is kept, on the real disk.
#include "system/output_place.h"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

#include "system/release_stage.h"

namespace qunying {
namespace {

namespace fs = std::filesystem;

// A folder that goes away with the test.
struct Place {
    std::string path = (fs::temp_directory_path() / "qunying-place-XXXXXX").string();
    Place() {
        REQUIRE(::mkdtemp(path.data()) != nullptr);
        fs::create_directories(path + "/home/site/.qunying");
    }
    ~Place() { fs::remove_all(path); }
    std::string site() const { return path + "/home/site"; }
};

CommitReport publish(const std::string& out, const std::string& site, const std::string& text) {
    const OutputPlace place = output_place(out, site);
    ReleaseStage stage(*place.disk, place.out, place.spare);
    stage.open();
    stage.add("index.html", text);
    for (const char* name : {"a", "b", "c", "d"}) stage.add(std::string("people/") + name + ".html", name);
    return stage.commit({{"as_of", "2020-01-01"}});
}

void publish_three_times(const std::string& out, const std::string& site) {
    for (const char* text : {"1", "2", "3"}) {
        CHECK(publish(out, site, text).way == CommitWay::switched);
    }
}

bool is_mirror(const std::string& spare, const std::string& out) {
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(out)) {
        const std::string other = spare + entry.path().string().substr(out.size());
        if (!fs::exists(other)) return false;
        if (entry.is_regular_file() && !fs::equivalent(entry.path(), other)) return false;
        ++files;
    }
    for (const auto& entry : fs::recursive_directory_iterator(spare)) files -= entry.exists() ? 1 : 0;
    return files == 0;
}

std::size_t entries_in(const std::string& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST_CASE("the spare of a site's own folder is kept in its state folder") {
    const Place place;
    publish_three_times(place.site() + "/public", place.site());
    CHECK(is_mirror(place.site() + "/.qunying/spares/public.release", place.site() + "/public"));
    CHECK(entries_in(place.site()) == 2);
}

TEST_CASE("an output folder elsewhere on the same file system has its spare there too") {
    const Place place;
    publish_three_times(place.path + "/www/public", place.site());
    CHECK(is_mirror(place.site() + "/.qunying/spares/%2e.%2f..%2fwww%2fpublic.release",
                    place.path + "/www/public"));
    CHECK(entries_in(place.path + "/www") == 1);
}

TEST_CASE("the same folder under another name has the same spare") {
    const Place place;
    fs::create_directory_symlink(place.site(), place.path + "/link");
    CHECK(output_place(place.path + "/link/public", place.path + "/link").spare ==
          output_place(place.site() + "/../site/public/", place.site()).spare);
}

TEST_CASE("on another file system than the state folder there is no spare, and all goes as without") {
    const Place place;
    const std::string elsewhere = "/dev/shm/qunying-place-" + std::to_string(::getpid());
    struct stat here {
    }, there{};
    REQUIRE(::stat(place.path.c_str(), &here) == 0);
    if (::stat("/dev/shm", &there) != 0 || here.st_dev == there.st_dev || ::access("/dev/shm", W_OK) != 0) {
        MESSAGE("there is no other file system here");
        return;
    }
    publish_three_times(elsewhere + "/public", place.site());
    CHECK(output_place(elsewhere + "/public", place.site()).spare.empty());
    CHECK(entries_in(place.site() + "/.qunying") == 0);
    CHECK(entries_in(elsewhere) == 1);
    const std::string stale =
        place.site() + "/.qunying/spares/" +
        spare_name(fs::path(elsewhere + "/public").lexically_relative(fs::canonical(place.site())).string());
    fs::create_directories(stale);  // of the time when it was the same file system
    CHECK(output_place(elsewhere + "/public", place.site()).spare.empty());
    CHECK_FALSE(fs::exists(stale));
    fs::remove_all(elsewhere);
}

TEST_CASE("the spare of an output folder that is gone is removed by a build into any") {
    const Place place;
    const std::string spares = place.site() + "/.qunying/spares";
    for (const char* out : {"/home/site/public", "/www/50% off/.a/public", "/www/other"}) {
        publish_three_times(place.path + out, place.site());
    }
    CHECK(entries_in(spares) == 3);
    fs::remove_all(place.path + "/www/50% off");
    std::ofstream(spares + "/note.txt") << "not ours";
    publish(place.site() + "/public", place.site(), "3");
    CHECK(entries_in(spares) == 3);
    CHECK_FALSE(fs::exists(spares + "/%2e.%2f..%2fwww%2f50%25 off%2f.a%2fpublic.release"));
    CHECK(fs::exists(spares + "/%2e.%2f..%2fwww%2fother.release"));
}

TEST_CASE("a site without a state folder, or that is not there, keeps no spare") {
    const Place place;
    fs::remove(place.site() + "/.qunying");
    CHECK(output_place(place.site() + "/public", place.site()).spare.empty());
    CHECK(output_place(place.path + "/public", place.path + "/missing").spare.empty());
}

TEST_CASE("a spare with other rights is thrown away") {
    const Place place;
    const std::string spare = place.site() + "/.qunying/spares/public.release";
    for (const char* folder : {"", "/people"}) {
        publish_three_times(place.site() + "/public", place.site());
        REQUIRE(fs::exists(spare));
        fs::permissions(spare + folder, fs::perms::group_write | fs::perms::others_write,
                        fs::perm_options::add);
        CHECK(publish(place.site() + "/public", place.site(), "4").way == CommitWay::switched);
        const auto rights = fs::status(place.site() + "/public" + folder).permissions();
        CHECK((rights & fs::perms::others_write) == fs::perms::none);
        CHECK(is_mirror(spare, place.site() + "/public"));
    }
}

TEST_CASE("a spare that is a link is removed and what it leads to is left alone") {
    const Place place;
    const std::string spare = place.site() + "/.qunying/spares/public.release";
    fs::create_directories(place.path + "/private/people");
    std::ofstream(place.path + "/private/people/a.html") << "mine";
    publish_three_times(place.site() + "/public", place.site());
    fs::remove_all(spare);
    fs::create_directory_symlink(place.path + "/private", spare);
    CHECK(publish(place.site() + "/public", place.site(), "4").way == CommitWay::switched);
    CHECK_FALSE(fs::is_symlink(spare));
    CHECK(is_mirror(spare, place.site() + "/public"));
    CHECK(entries_in(place.path + "/private/people") == 1);
}

TEST_CASE("a site that was copied back gets its spare anew") {
    const Place place;
    publish_three_times(place.site() + "/public", place.site());
    fs::copy(place.site() + "/public", place.path + "/copy", fs::copy_options::recursive);
    fs::remove_all(place.site() + "/public");
    fs::copy(place.path + "/copy", place.site() + "/public", fs::copy_options::recursive);
    CHECK(publish(place.site() + "/public", place.site(), "4").way == CommitWay::switched);
    publish(place.site() + "/public", place.site(), "5");
    CHECK(is_mirror(place.site() + "/.qunying/spares/public.release", place.site() + "/public"));
}

}  // namespace
}  // namespace qunying
