#include "release/install_start.h"

#include <doctest/doctest.h>

#include "base/failure.h"
#include "support/faulty_disk.h"
#include "support/forwarding_disk.h"
#include "support/pack_scene.h"

namespace qunying {
namespace {

const FileSnapshot first = {{"index.html", "一"}, {"media/a.jpg", std::string(40, 'J')}};
const FileSnapshot second = {{"index.html", "二"}, {"media/a.jpg", std::string(40, 'J')}};

struct Screen {
    MemoryDisk disk;
    KioskFolder kiosk{disk};

    std::uint64_t choose() { return choose_release(kiosk, test_key().trust, 0, "screen").sequence; }
    std::string news() { return choose_release(kiosk, test_key().trust, 0, "screen").news; }
    void confirm() { confirm_start(kiosk, "screen"); }
    void install_first() { install(disk, pack_of(recipe(10, first))); }
    void install_second() { install(disk, pack_of(recipe(20, second))); }
};

TEST_CASE("a release that starts is opened again and again") {
    Screen screen;
    screen.install_first();
    for (int i = 0; i < 10; ++i) {
        CHECK(screen.choose() == 10);
        screen.confirm();
    }
    CHECK(screen.kiosk.load().find(10)->confirmed);
}

TEST_CASE("a release that fails three starts is left alone, and the one before is opened") {
    Screen screen;
    screen.install_first();
    screen.choose();
    screen.confirm();
    screen.install_second();
    for (int i = 0; i < 3; ++i) CHECK(screen.choose() == 20);
    const StartChoice fallen = choose_release(screen.kiosk, test_key().trust, 0, "screen");
    CHECK(fallen.sequence == 10);
    CHECK(fallen.folder == "releases/10");
    CHECK(fallen.news == "版本 20 连续三次没有启动成功，已停用。");
    CHECK(screen.kiosk.load().find(20)->quarantined);
    CHECK(screen.disk.snapshot()["current.js"].find("\"release\":\"10\"") != std::string::npos);
    screen.confirm();
    CHECK(screen.choose() == 10);
    // It is not installed again, and a newer one is.
    try {
        screen.install_second();
        FAIL("taken");
    } catch (const Refused& refused) {
        CHECK(refused.why() == Refusal::failed_before);
    }
    install(screen.disk, pack_of(recipe(30, second)));
    CHECK(screen.choose() == 30);
    CHECK(screen.disk.snapshot("releases/10") == first);
    CHECK_FALSE(screen.disk.status("releases/20"));
}

TEST_CASE("two starts without confirmation are forgiven by one that is confirmed") {
    Screen screen;
    screen.install_first();
    screen.install_second();
    for (int round = 0; round < 3; ++round) {
        CHECK(screen.choose() == 20);
        CHECK(screen.choose() == 20);
        CHECK(screen.choose() == 20);
        screen.confirm();
    }
}

TEST_CASE("where there is no other release, one that never confirms is opened all the same") {
    Screen screen;
    screen.install_first();
    for (int i = 0; i < 10; ++i) CHECK(screen.choose() == 10);
}

TEST_CASE("where both fail, one is opened rather than none") {
    Screen screen;
    screen.install_first();
    screen.install_second();
    for (int i = 0; i < 20; ++i) CHECK(screen.choose() > 0);
}

TEST_CASE("a release with anything amiss is not opened") {
    const auto with = [](auto change) {
        Screen screen;
        screen.install_first();
        screen.install_second();
        change(screen.disk);
        const StartChoice choice = choose_release(screen.kiosk, test_key().trust, 0, "screen");
        CHECK(choice.news == "版本 20 的文件有损坏，没有使用。");
        return choice.sequence;
    };
    CHECK(with([](MemoryDisk& disk) { disk.put("releases/20/index.html", "x"); }) == 10);
    CHECK(with([](MemoryDisk& disk) { disk.put("releases/20/index.html", "三"); }) == 10);
    CHECK(with([](MemoryDisk& disk) { disk.remove_file("releases/20/index.html"); }) == 10);
    CHECK(with([](MemoryDisk& disk) { disk.put("releases/20/stranger.html", "x"); }) == 10);
    CHECK(with([](MemoryDisk& disk) { disk.put_kind("releases/20/link", FileKind::symlink); }) == 10);
    CHECK(with([](MemoryDisk& disk) { disk.remove_file("manifests/20.qy"); }) == 10);
    CHECK(with([](MemoryDisk& disk) { disk.put("manifests/20.qy", "x"); }) == 10);
    CHECK(with([](MemoryDisk& disk) {  // the good manifest of another release
              disk.put("manifests/20.qy", disk.read_file("manifests/10.qy"));
          }) == 10);
    CHECK(with([](MemoryDisk& disk) {  // a manifest of someone else
              PackRecipe forged = recipe(20, {{"index.html", "恶"}});
              forged.key = test_key(2);
              remove_tree(disk, "releases/20");
              disk.put("releases/20/index.html", "恶");
              disk.put("manifests/20.qy", pack_of(forged).at(pack_manifest_name));
          }) == 10);
}

TEST_CASE("where nothing is whole, that is said") {
    Screen screen;
    const auto why = [&] {
        try {
            screen.choose();
        } catch (const Refused& refused) {
            return refused.why();
        }
        return Refusal::busy;
    };
    CHECK(why() == Refusal::nothing_installed);
    CHECK_THROWS_AS(screen.confirm(), Refused);
    screen.install_first();
    screen.disk.put("releases/10/index.html", "x");
    CHECK(why() == Refusal::nothing_verified);
}

TEST_CASE("another trust file opens nothing") {
    Screen screen;
    screen.install_first();
    CHECK_THROWS_AS(choose_release(screen.kiosk, test_key(2).trust, 0, "screen"), Refused);
}

TEST_CASE("a state that is lost or rotten is made anew from what is there") {
    for (const char* text : {"", "rotten", "qunying kiosk 1\nchecksum 0\n"}) {
        Screen screen;
        screen.install_first();
        screen.install_second();
        screen.disk.put("state", text);
        CHECK(screen.choose() == 20);
        CHECK(screen.kiosk.load().highest == 20);
        CHECK(screen.kiosk.load().site == "hall");
    }
}

class ReadOnlyDisk final : public ForwardingDisk {
  public:
    using ForwardingDisk::ForwardingDisk;
    void write_new_file(const std::string& path, std::string_view) override { refuse(path); }
    void append_to_file(const std::string& path, std::string_view) override { refuse(path); }
    void rename(const std::string&, const std::string& to) override { refuse(to); }
    void remove_file(const std::string& path) override { refuse(path); }
    std::unique_ptr<Lock> lock(const std::string& path) override { return refuse(path), nullptr; }

  private:
    [[noreturn]] static void refuse(const std::string& path) {
        throw Failure("write", path, std::make_error_code(std::errc::read_only_file_system));
    }
};

TEST_CASE("a disk that can only be read still opens what is there") {
    Screen screen;
    screen.install_first();
    ReadOnlyDisk disk(screen.disk);
    KioskFolder kiosk(disk);
    const StartChoice choice = choose_release(kiosk, test_key().trust, 0, "screen");
    CHECK(choice.sequence == 10);
    CHECK(choice.news.find("启动次数没有记下来") != std::string::npos);
}

TEST_CASE("whatever call fails once at a start, a whole release is opened or that is said") {
    Screen screen;
    screen.install_first();
    screen.install_second();
    for (std::size_t call = 1; call < 80; ++call) {
        FaultyDisk faulty(screen.disk, {call});
        KioskFolder kiosk(faulty);
        CAPTURE(call);
        try {
            CHECK(choose_release(kiosk, test_key().trust, 0, "screen").sequence > 0);
        } catch (const Refused& refused) {
            CHECK(refused.why() == Refusal::nothing_installed);  // not even the manifests could be listed
        }
    }
}

TEST_CASE("what is installed while a release is looked through stays current") {
    Screen screen;
    screen.install_first();
    screen.choose();
    screen.install_second();
    screen.confirm();  // of what was started: the first
    const KioskState state = screen.kiosk.load();
    CHECK(state.current == 20);
    CHECK(state.find(10)->confirmed);
    CHECK_FALSE(state.find(20)->confirmed);
}

}  // namespace
}  // namespace qunying
