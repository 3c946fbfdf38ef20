// P12, P13 and P14 on a disk in memory: whatever a pack is like and whatever call fails, the screen shows the
// old release or the new one, whole.
#include "release/install.h"

#include <doctest/doctest.h>
#include <functional>

#include "base/failure.h"
#include "support/faulty_disk.h"
#include "support/forwarding_disk.h"
#include "support/pack_scene.h"

namespace qunying {
namespace {

const FileSnapshot old_files = {{"index.html", "一"},
                                {"manifest.json", "{}"},
                                {"media/a.jpg", std::string(40, 'J')},
                                {"people/a.html", "甲"},
                                {"people/empty.html", ""}};
const FileSnapshot new_files = {{"index.html", "二"},
                                {"manifest.json", "{1}"},
                                {"media/a.jpg", std::string(40, 'J')},
                                {"media/b/c.jpg", std::string(50, 'K')},
                                {"people/b.html", "乙"},
                                {"people/empty.html", ""}};

FileSnapshot old_pack() { return pack_of(recipe(10, old_files)); }
FileSnapshot new_pack() { return pack_of(recipe(20, new_files)); }

// Why a pack was refused; nothing where it was taken.
std::optional<Refusal> refusal_of(Disk& screen, const FileSnapshot& pack,
                                  const InstallOptions& options = install_options()) {
    try {
        install(screen, pack, options);
        return std::nullopt;
    } catch (const Refused& refused) {
        CHECK_FALSE(refusal_text(refused, Language::chinese).empty());
        return refused.why();
    }
}

MemoryDisk& with_old(MemoryDisk& screen) {
    REQUIRE_FALSE(refusal_of(screen, old_pack()));
    return screen;
}

// The releases that are there, and what is shown of them.
FileSnapshot shown(const MemoryDisk& screen) {
    FileSnapshot files = screen.snapshot("releases");
    files["current.js"] = screen.snapshot()["current.js"];
    return files;
}

TEST_CASE("a pack becomes the release that is opened") {
    MemoryDisk screen;
    const InstallReport report = install(screen, old_pack());
    CHECK(report.way == InstallWay::installed);
    CHECK(report.sequence == 10);
    CHECK(report.files == 5);
    CHECK(report.linked == 0);
    CHECK(report.fetched == report.bytes);
    CHECK(screen.snapshot("releases/10") == old_files);
    CHECK(screen.snapshot()["current.js"] ==
          "QunyingKiosk({\"release\":\"10\",\"site\":\"hall\",\"sequence\":10,\"built\":\"2026-11-21\","
          "\"verified\":"
          "\"2027-01-15T08:00:00Z\",\"result\":\"ok\",\"last_error\":\"\"});\n");
    CHECK(opened_release(screen) == old_files);
}

TEST_CASE("the next pack brings what is new, and links what is not") {
    MemoryDisk screen;
    with_old(screen);
    const InstallReport report = install(screen, new_pack());
    CHECK(report.linked == 2);  // the photograph and the empty page
    CHECK(report.fetched == report.bytes - 40);
    CHECK(screen.snapshot("releases/20") == new_files);
    CHECK(screen.status("releases/20/media/a.jpg")->inode == screen.status("releases/10/media/a.jpg")->inode);
    CHECK(screen.snapshot("releases/10") == old_files);
    CHECK(opened_release(screen) == new_files);
    CHECK_FALSE(screen.status("incoming"));
}

TEST_CASE("two releases are kept: the current one and the last that a browser ran with") {
    MemoryDisk screen;
    with_old(screen);
    KioskFolder kiosk(screen);
    choose_release(kiosk, test_key().trust, 1, "screen");
    confirm_start(kiosk, "screen");
    install(screen, new_pack());
    FileSnapshot third = new_files;
    third["index.html"] = "三";
    install(screen, pack_of(recipe(30, third)));
    CHECK(screen.snapshot("releases/10") == old_files);
    CHECK(screen.snapshot("releases/20").empty());
    CHECK(screen.snapshot("releases/30") == third);
    CHECK(screen.list_folder("manifests").size() == 2);
}

TEST_CASE("the same pack again changes nothing, and mends what is broken") {
    MemoryDisk screen;
    with_old(screen);
    const FileSnapshot before = screen.snapshot();
    CHECK(install(screen, old_pack()).way == InstallWay::already_there);
    CHECK(screen.snapshot() == before);
    screen.put("releases/10/index.html", "rotten");
    CHECK(opened_release(screen).empty());
    CHECK(install(screen, old_pack()).way == InstallWay::installed);
    CHECK(opened_release(screen) == old_files);
}

TEST_CASE("without links files are copied, and without syncfs synced one by one") {
    MemoryDisk screen;
    screen.refuse(DiskFeature::hard_link);
    screen.refuse(DiskFeature::sync_filesystem);
    with_old(screen);
    CHECK(install(screen, new_pack()).linked == 2);
    CHECK(opened_release(screen) == new_files);
    const auto later = screen.after_power_cut(Surviving::synced_alone);
    CHECK(opened_release(*later) == new_files);
}

TEST_CASE("a file that rotted in the old release is taken from the pack") {
    MemoryDisk screen;
    with_old(screen);
    screen.put("releases/10/media/a.jpg", std::string(40, 'X'));
    CHECK(install(screen, new_pack()).linked == 1);
    CHECK(opened_release(screen) == new_files);
}

// P12
TEST_CASE("a pack with any bit changed is refused, and the screen is as it was") {
    MemoryDisk screen;
    with_old(screen);
    const FileSnapshot before = shown(screen);
    const FileSnapshot pack = new_pack();
    for (const auto& file : pack) {
        const std::string &name = file.first, &bytes = file.second;
        for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
            FileSnapshot other = pack;
            other[name][bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
            CAPTURE(name);
            CAPTURE(bit);
            REQUIRE(refusal_of(screen, other).has_value());
        }
    }
    CHECK(shown(screen) == before);
    CHECK_FALSE(refusal_of(screen, pack));  // after all these attempts the good one goes in
    CHECK(opened_release(screen) == new_files);
}

TEST_CASE("a pack that is cut at any length, too long, or lacks a part is refused") {
    MemoryDisk screen;
    with_old(screen);
    const FileSnapshot before = shown(screen);
    const FileSnapshot pack = new_pack();
    for (const auto& file : pack) {
        const std::string &name = file.first, &bytes = file.second;
        for (std::size_t length = 0; length < bytes.size(); ++length) {
            FileSnapshot other = pack;
            other[name].resize(length);
            CAPTURE(name);
            CAPTURE(length);
            REQUIRE(refusal_of(screen, other).has_value());
        }
        FileSnapshot longer = pack, missing = pack;
        longer[name] += '\0';
        missing.erase(name);
        CHECK(refusal_of(screen, longer).has_value());
        CHECK(refusal_of(screen, missing).has_value());
    }
    CHECK(shown(screen) == before);
}

// P13
TEST_CASE("packs that are not for this screen are refused, each with its reason") {
    MemoryDisk screen;
    with_old(screen);
    install(screen, new_pack());
    const FileSnapshot before = shown(screen);
    PackRecipe foreign = recipe(30, new_files), stranger = foreign, web = foreign, other_venue = foreign;
    foreign.site = "other-hall";
    stranger.key = test_key(2);
    web.audience = "web";
    other_venue.venue = "west";
    CHECK(refusal_of(screen, pack_of(recipe(19, new_files))) == Refusal::older);
    CHECK(refusal_of(screen, old_pack()) == Refusal::older);
    CHECK(refusal_of(screen, pack_of(foreign)) == Refusal::other_site);
    CHECK(refusal_of(screen, pack_of(stranger)) == Refusal::unknown_key);
    CHECK(refusal_of(screen, pack_of(web)) == Refusal::wrong_audience);
    CHECK(refusal_of(screen, pack_of(other_venue)) == Refusal::other_venue);
    InstallOptions small = install_options();
    small.largest = 90;  // of 99
    CHECK(refusal_of(screen, pack_of(recipe(30, new_files)), small) == Refusal::too_large);
    FileSnapshot newer = pack_of(recipe(30, new_files));
    newer[pack_manifest_name][7] = '2';
    CHECK(refusal_of(screen, newer) == Refusal::newer_format);
    CHECK(refusal_of(screen, {}) == Refusal::no_pack);
    CHECK(shown(screen) == before);
    InstallOptions moved = install_options();
    moved.venue = "west";
    CHECK_FALSE(refusal_of(screen, pack_of(other_venue), moved));
}

TEST_CASE("the newest sequence is remembered though its release is gone") {
    MemoryDisk screen;
    with_old(screen);
    install(screen, new_pack());
    screen.put("releases/20/index.html", "rotten");
    CHECK(opened_release(screen) == old_files);  // fallen back
    CHECK(refusal_of(screen, pack_of(recipe(15, new_files))) == Refusal::older);
}

class FullDisk final : public ForwardingDisk {
  public:
    using ForwardingDisk::ForwardingDisk;
    std::optional<std::uint64_t> free_bytes(const std::string&) override { return 1000; }
};

TEST_CASE("where there is no room nothing is begun") {
    MemoryDisk screen;
    with_old(screen);
    FullDisk full(screen);
    CHECK(refusal_of(full, new_pack()) == Refusal::no_room);
    CHECK(opened_release(screen) == old_files);
}

TEST_CASE("a folder with other things in it is left alone") {
    MemoryDisk screen;
    screen.put("photo.jpg", "J");
    CHECK(refusal_of(screen, old_pack()) == Refusal::not_our_folder);
    CHECK(screen.snapshot().contains("photo.jpg"));
    CHECK_FALSE(screen.status("releases"));
}

TEST_CASE("one installation at a time") {
    MemoryDisk screen;
    KioskFolder kiosk(screen);
    const auto held = kiosk.lock_incoming();
    CHECK(refusal_of(screen, old_pack()) == Refusal::busy);
}

TEST_CASE("a new key is taken once the old one has handed over, and the old one no more") {
    MemoryDisk screen;
    with_old(screen);
    const SigningKey second = rotated(test_key()), third = rotated(second);
    PackRecipe next = recipe(20, new_files), stale = recipe(25, new_files), latest = recipe(30, new_files);
    next.key = second;
    latest.key = third;
    CHECK_FALSE(refusal_of(screen, pack_of(next)));
    CHECK(refusal_of(screen, pack_of(stale)) == Refusal::old_key);
    CHECK_FALSE(refusal_of(screen, pack_of(latest)));  // with the trust file of the first key still
    CHECK(opened_release(screen) == new_files);
    PackRecipe forged = recipe(40, new_files);
    forged.key = rotated(test_key());  // a fork of the chain
    CHECK(refusal_of(screen, pack_of(forged)) == Refusal::unknown_key);
    // A screen that was told the newest key takes no pack of an older one.
    MemoryDisk fresh;
    CHECK(refusal_of(fresh, pack_of(next), install_options(third)) == Refusal::old_key);
}

// A stick that is pulled after so many bytes.
class PulledStick final : public ForwardingDisk {
  public:
    PulledStick(Disk& inner, std::size_t bytes) : ForwardingDisk(inner), stick_(inner), left_(bytes) {}
    std::string read_range(const std::string& path, std::uint64_t offset, std::size_t size) override {
        if (left_ < size) throw Failure("read", path, std::make_error_code(std::errc::io_error));
        left_ -= size;
        return stick_.read_range(path, offset, size);
    }

  private:
    Disk& stick_;
    std::size_t left_;
};

TEST_CASE("a stick that is pulled leaves the old release, and what was copied is not copied again") {
    MemoryDisk screen, stick;
    with_old(screen);
    put_pack(stick, new_pack());
    KioskFolder kiosk(screen);
    for (std::size_t bytes = 0; bytes < 80; bytes += 8) {  // 99 in all, of which 40 are here
        PulledStick pulled(stick, bytes);
        FolderSource source(pulled, "");
        try {
            install_pack(source, kiosk, install_options());
            FAIL("taken from a stick that was not there");
        } catch (const Refused& refused) {
            CHECK(refused.why() == Refusal::stick_broke);
        }
        CHECK(screen.snapshot("releases/10") == old_files);
        CHECK_FALSE(screen.status("releases/20"));
    }
    const InstallReport report = install(screen, new_pack());
    CHECK(report.fetched < 32);  // what the last attempt had not come to, of 59
    CHECK(opened_release(screen) == new_files);
}

TEST_CASE("what another pack left half copied does not get into this one") {
    MemoryDisk screen, stick;
    with_old(screen);
    put_pack(stick, new_pack());
    PulledStick pulled(stick, 40);
    FolderSource source(pulled, "");
    KioskFolder kiosk(screen);
    CHECK_THROWS_AS(install_pack(source, kiosk, install_options()), Refused);
    REQUIRE(screen.status("incoming"));
    FileSnapshot other = new_files;
    other["media/b/c.jpg"] = std::string(50, 'L');
    install(screen, pack_of(recipe(21, other)));
    CHECK(opened_release(screen) == other);
}

TEST_CASE("half a file that is not what the pack has is thrown away and fetched as a whole") {
    MemoryDisk screen;
    with_old(screen);
    const FileSnapshot pack = new_pack();
    screen.put("incoming/manifest.qy", pack.at(pack_manifest_name));
    screen.put("incoming/files/media/b/c.jpg", "XXXXX");
    screen.put("incoming/files/people/b.html", "");
    screen.put("incoming/files/stranger.html", "?");
    screen.put("incoming/files/index.html/x", "?");
    CHECK_FALSE(refusal_of(screen, pack));
    CHECK(opened_release(screen) == new_files);
}

// P14
std::size_t calls_of_installing(const std::function<void(MemoryDisk&)>& scene) {
    MemoryDisk screen;
    scene(screen);
    FaultyDisk counting(screen, {});
    install(counting, new_pack());
    return counting.calls();
}

void check_old_or_new(MemoryDisk& screen, const char* when) {
    CAPTURE(when);
    const FileSnapshot opened = opened_release(screen);
    CHECK((opened == old_files || opened == new_files));
}

void fail_every_call(const std::function<void(MemoryDisk&)>& scene) {
    const std::size_t calls = calls_of_installing(scene);
    for (std::size_t call = 1; call <= calls; ++call) {
        for (const FaultLength length : {FaultLength::once, FaultLength::persistent}) {
            for (const FaultMoment moment : {FaultMoment::before, FaultMoment::after}) {
                CAPTURE(call);
                MemoryDisk screen;
                scene(screen);
                FaultyDisk faulty(screen, {call, std::errc::no_space_on_device, length, moment});
                bool done = false;
                try {
                    install(faulty, new_pack());
                    done = true;
                } catch (const Failure&) {
                } catch (const Refused&) {
                }
                for (const Surviving surviving : {Surviving::synced_alone, Surviving::names_without_bytes}) {
                    const auto later = screen.after_power_cut(surviving);
                    check_old_or_new(*later, "after a power cut");
                }
                check_old_or_new(screen, "as it is");
                if (done) CHECK(opened_release(screen) == new_files);
                install(screen, new_pack());  // the next attempt works
                CHECK(opened_release(screen) == new_files);
            }
        }
    }
}

TEST_CASE("whatever call fails while a pack is installed, a whole release is opened") {
    fail_every_call([](MemoryDisk& screen) { with_old(screen); });
}

TEST_CASE("the same without links and syncfs") {
    fail_every_call([](MemoryDisk& screen) {
        with_old(screen);
        screen.refuse(DiskFeature::hard_link);
        screen.refuse(DiskFeature::sync_filesystem);
    });
}

TEST_CASE("a pack is looked through without being installed") {
    MemoryDisk stick;
    const FileSnapshot pack = new_pack();
    put_pack(stick, pack);
    FolderSource source(stick, "");
    CHECK(verify_pack(source, test_key().trust).manifest.sequence == 20);
    for (const auto& [name, bytes] : pack) {
        for (std::size_t at = 0; at < bytes.size(); ++at) {
            FileSnapshot other = pack;
            other[name][at] = static_cast<char>(bytes[at] ^ 1);
            MemoryDisk bad;
            put_pack(bad, other);
            FolderSource damaged(bad, "");
            CHECK_THROWS_AS(verify_pack(damaged, test_key().trust), Refused);
        }
    }
}

TEST_CASE("what went wrong is noted for the staff's screen, and forgotten with the next success") {
    MemoryDisk screen;
    with_old(screen);
    KioskFolder kiosk(screen);
    note_error(kiosk, "更新包已损坏\n“b”");
    CHECK(screen.snapshot()["current.js"].find("\"last_error\":\"更新包已损坏 “b”\"") != std::string::npos);
    install(screen, new_pack());
    CHECK(screen.snapshot()["current.js"].find("\"last_error\":\"\"") != std::string::npos);
}

}  // namespace
}  // namespace qunying
