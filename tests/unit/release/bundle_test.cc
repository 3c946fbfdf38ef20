#include "release/bundle.h"

#include <doctest/doctest.h>

#include "base/failure.h"
#include "release/install.h"
#include "support/faulty_disk.h"
#include "support/pack_scene.h"
#include "system/release_stage.h"

namespace qunying {
namespace {

constexpr const char* stage_folder = "stage";

// A site whose release for a venue is built.
struct Site {
    MemoryDisk disk;

    explicit Site(const std::string& story, const std::string& id = "hall", const std::string& venue = {}) {
        publish(story, id, venue);
    }
    void publish(const std::string& story, const std::string& id = "hall", const std::string& venue = {}) {
        ReleaseStage stage(disk, stage_folder);
        stage.open();
        stage.add("index.html", story);
        stage.add("media/film.mp4", std::string(3 << 20, 'F'));
        stage.add("people/empty.html", "");
        stage.commit({{"generator", "qunying 0"},
                      {"audience", "venue"},
                      {"site", id},
                      {"venue", venue},
                      {"as_of", "2026-11-21"}});
    }
};

BundleOptions options(std::uint64_t now = 100) { return {test_key(), 1'000'000, now, 0}; }

BundleReport bundle(Site& site, Disk& out, const BundleOptions& with = options()) {
    return write_bundle(site.disk, stage_folder, out, with);
}

FileSnapshot installed_from(MemoryDisk& out) {
    MemoryDisk screen;
    KioskFolder kiosk(screen);
    FolderSource source(out, pack_folder);
    InstallOptions with = install_options();
    with.largest = std::uint64_t{1} << 30;
    install_pack(source, kiosk, with);
    return opened_release(screen);
}

TEST_CASE("a release becomes a pack in parts, and comes out of it as it was") {
    Site site("一");
    MemoryDisk out;
    const BundleReport report = bundle(site, out);
    CHECK(report.manifest.sequence == 100);
    CHECK(report.manifest.parts() == 4);
    CHECK(report.manifest.files.contains("manifest.json"));
    CHECK(out.snapshot(pack_folder).size() == 5);
    CHECK(out.snapshot(pack_folder).at("part-100-0001.qy").size() == 1'000'000);
    CHECK(installed_from(out) == site.disk.snapshot(stage_folder));
    CHECK(out.snapshot().contains(report.zip));
    CHECK(report.zip == "hall-2026-11-21-100.zip");
    CHECK(report.zip_size == out.snapshot().at(report.zip).size());
}

TEST_CASE("a second pack takes the place of the first, with a higher sequence though the clock stands") {
    Site site("一");
    MemoryDisk out;
    bundle(site, out);
    site.publish("二");
    CHECK(bundle(site, out).manifest.sequence == 101);
    CHECK(out.snapshot(pack_folder).size() == 5);
    CHECK(out.list_folder("").size() == 2);  // the pack and one zip
    CHECK(installed_from(out).at("index.html") == "二");
}

TEST_CASE("the sequence is the highest that anybody knows of, and one more") {
    Site site("一");
    MemoryDisk one, other;
    bundle(site, one, options(500));
    CHECK(bundle(site, other).manifest.sequence == 501);  // the site remembers
    site.disk.remove_file(".qunying/pack-sequence");
    CHECK(bundle(site, one).manifest.sequence == 501);  // the pack that lies there does
    site.disk.remove_file(".qunying/pack-sequence");
    MemoryDisk third;
    BundleOptions told = options();
    told.last_sequence = 900;
    CHECK(bundle(site, third, told).manifest.sequence == 901);  // whoever calls does
}

TEST_CASE("what is not this site's and venue's pack stays as it is") {
    const auto refused = [](MemoryDisk& out, Site& site) {
        const FileSnapshot before = out.snapshot();
        try {
            bundle(site, out);
            return false;
        } catch (const Failure& failure) {
            CHECK(failure.operation() == not_our_pack);
            CHECK(out.snapshot() == before);
            return true;
        }
    };
    Site site("一"), other("一", "other"), west("一", "hall", "west");
    MemoryDisk strangers;
    strangers.put("qunying-pack/photo.jpg", "J");
    CHECK(refused(strangers, site));
    MemoryDisk folders;
    folders.put("qunying-pack/part-1-0001.qy/x", "J");
    CHECK(refused(folders, site));
    MemoryDisk rotten;
    rotten.put("qunying-pack/manifest.qy", "J");
    CHECK(refused(rotten, site));
    MemoryDisk out;
    bundle(site, out);
    CHECK(refused(out, other));
    CHECK(refused(out, west));
    out.put("holiday.jpg", "J");  // beside the pack is the user's own place
    CHECK_FALSE(refused(out, site));
    CHECK(out.snapshot().contains("holiday.jpg"));
}

TEST_CASE("what was changed since it was built is not signed") {
    Site site("一");
    MemoryDisk out;
    bundle(site, out);
    const FileSnapshot before = out.snapshot("qunying-pack");
    site.disk.put("stage/index.html", "二");
    CHECK_THROWS_AS(bundle(site, out), Failure);
    CHECK(installed_from(out).at("index.html") == "一");
    CHECK(out.snapshot("qunying-pack").at("manifest.qy") == before.at("manifest.qy"));
}

TEST_CASE("whatever call fails, the pack that lies there is whole, and the next one works") {
    std::size_t calls = 0;
    {
        Site site("一");
        MemoryDisk out;
        bundle(site, out);
        site.publish("二");
        FaultyDisk counting(out, {});
        bundle(site, counting);
        calls = counting.calls();
    }
    for (std::size_t call = 1; call <= calls; ++call) {
        CAPTURE(call);
        Site site("一");
        MemoryDisk out;
        bundle(site, out);
        site.publish("二");
        FaultyDisk faulty(out, {call, std::errc::no_space_on_device, FaultLength::persistent});
        CHECK_THROWS_AS(bundle(site, faulty), Failure);
        const auto later = out.after_power_cut(Surviving::synced_alone);
        for (MemoryDisk* disk : {&out, later.get()}) {
            const std::string shown = installed_from(*disk).at("index.html");
            CHECK((shown == "一" || shown == "二"));
        }
        bundle(site, out);
        CHECK(installed_from(out).at("index.html") == "二");
        CHECK(out.list_folder("").size() <= 3);
    }
}

TEST_CASE("the same release gives the same bytes") {
    MemoryDisk one, other;
    Site first("一"), second("一");
    bundle(first, one);
    bundle(second, other);
    CHECK(one.snapshot() == other.snapshot());
}

}  // namespace
}  // namespace qunying
