// Whatever call fails, and however: the published folder is the old release or the new one, and trying again
// works.
#include <doctest/doctest.h>
#include <functional>

#include "base/digest.h"
#include "base/failure.h"
#include "support/faulty_disk.h"
#include "support/forwarding_disk.h"
#include "support/memory_disk.h"
#include "system/release_stage.h"

namespace qunying {
namespace {

using Site = FileSnapshot;

const Site old_site = {{"index.html", "一"},    {"people/a.html", "甲"}, {"people/b.html", "乙"},
                       {"people/e.html", "戊"}, {"people/f.html", "己"}, {"media/a.jpg", "J"}};
const Site new_site = {{"index.html", "二"},    {"people/a.html", "甲"}, {"people/c.html", "丙"},
                       {"people/e.html", "戊"}, {"people/f.html", "己"}, {"media/a.jpg", "J"},
                       {"media/x/c.jpg", "K"}};
const ReleaseFacts facts = {{"generator", "qunying 0"}};
constexpr const char* spare = ".qunying/spares/public.release";

CommitReport publish(Disk& disk, const Site& site) {
    ReleaseStage stage(disk, "public", spare);
    stage.open();
    for (const auto& [path, bytes] : site) stage.add(path, bytes);
    return stage.commit(facts);
}

Site released(const Site& site) {
    std::map<std::string, OutputFile, std::less<>> files;
    for (const auto& [path, bytes] : site) files[path] = {blake2b_of(bytes), bytes.size()};
    Site whole = site;
    whole[manifest_name] = write_manifest({facts, OutputTree(files)});
    return whole;
}

using Scene = std::function<void(MemoryDisk&)>;  // what is there before the new site is published

void nothing_yet(MemoryDisk&) {}
void old_release(MemoryDisk& disk) {
    ReleaseStage stage(disk, "public");
    stage.open();
    for (const auto& [path, bytes] : old_site) stage.add(path, bytes);
    stage.commit(facts);
}
void old_release_with_spare(MemoryDisk& disk) {
    Site older = old_site;
    older["index.html"] = "零";
    older["people/d.html"] = "丁";
    publish(disk, older);
    publish(disk, old_site);
    REQUIRE(disk.snapshot(spare) == disk.snapshot("public"));
}
void old_release_with_strange_spare(MemoryDisk& disk) {
    old_release_with_spare(disk);
    disk.remove_file(std::string(spare) + "/people/a.html");
    disk.put(std::string(spare) + "/people/stray/x.html", "?");
    disk.put("public/stray.html", "?");
}
void old_release_with_spare_without_syncfs(MemoryDisk& disk) {
    old_release_with_spare(disk);
    disk.refuse(DiskFeature::sync_filesystem);
}
void old_release_without_syncfs(MemoryDisk& disk) {
    old_release(disk);
    disk.refuse(DiskFeature::sync_filesystem);
}
void old_release_without_links(MemoryDisk& disk) {
    old_release(disk);
    disk.refuse(DiskFeature::hard_link);
}
void killed_build(MemoryDisk& disk) {
    old_release(disk);
    disk.put("public.stage-0001.tmp/people/a.html", "half");
    disk.put("public.next-0001.tmp/index.html", "half");
}
void old_release_without_exchange(MemoryDisk& disk) {
    old_release(disk);
    disk.refuse(DiskFeature::exchange);
}
void mounted_folder(MemoryDisk& disk) {
    disk.create_folder("public");
    disk.mount("public");
    old_release(disk);
}

constexpr std::errc errors[] = {std::errc::no_space_on_device, std::errc::io_error,
                                std::errc::too_many_files_open, std::errc::interrupted,
                                std::errc::read_only_file_system};

std::size_t calls_of_publishing(const Scene& scene) {
    MemoryDisk disk;
    scene(disk);
    FaultyDisk counting(disk, {});
    publish(counting, new_site);
    return counting.calls();
}

enum class End { published, failed };

End publish_with(MemoryDisk& disk, const FaultPlan& plan) {
    FaultyDisk faulty(disk, plan);
    try {
        publish(faulty, new_site);
        return End::published;
    } catch (const Failure& failure) {
        CHECK(failure.code() == std::make_error_code(plan.error));
        return End::failed;
    }
}

bool is_ours(const std::string& name) { return name == "public" || name == ".qunying"; }

// Nothing beside the site, and no spare of another release.
void check_nothing_else(MemoryDisk& disk) {
    for (const FolderEntry& entry : disk.list_folder("")) CHECK(is_ours(entry.name));
    const Site kept = disk.snapshot(spare);
    CHECK((kept.empty() || kept == disk.snapshot("public")));
}

using Judge = std::function<void(const MemoryDisk&, End)>;

void strike_everywhere(const Scene& scene, const Judge& judge) {
    const std::size_t calls = calls_of_publishing(scene);
    REQUIRE(calls > 10);
    for (std::size_t call = 1; call <= calls; ++call) {
        for (const std::errc error : errors) {
            for (const FaultLength length : {FaultLength::once, FaultLength::persistent}) {
                for (const FaultMoment moment : {FaultMoment::before, FaultMoment::after}) {
                    CAPTURE(call);
                    CAPTURE(std::make_error_code(error).message());
                    MemoryDisk disk;
                    scene(disk);
                    judge(disk, publish_with(disk, {call, error, length, moment}));
                    publish(disk, new_site);
                    CHECK(disk.snapshot("public") == released(new_site));
                    check_nothing_else(disk);
                }
            }
        }
    }
}

// What somebody else put there stays as long as the old release does, and where a fault leads to publishing
// in place.
bool is_release(Site now, const Site& site) {
    now.erase("stray.html");
    return now == released(site);
}

TEST_CASE("a fault at any call leaves the old or the new release") {
    for (const Scene scene :
         {old_release, old_release_without_syncfs, old_release_without_links, killed_build,
          old_release_with_spare, old_release_with_strange_spare, old_release_with_spare_without_syncfs}) {
        strike_everywhere(scene, [](const MemoryDisk& disk, End end) {
            const Site now = disk.snapshot("public");
            CHECK((is_release(now, new_site) || (end == End::failed && is_release(now, old_site))));
        });
    }
}

TEST_CASE("a fault at any call of the first build leaves nothing or the release") {
    strike_everywhere(nothing_yet, [](const MemoryDisk& disk, End end) {
        const Site now = disk.snapshot("public");
        CHECK((now == released(new_site) || (end == End::failed && now.empty())));
    });
}

TEST_CASE("in place a fault may leave a mixture, but one that says so") {
    for (const Scene scene : {old_release_without_exchange, mounted_folder}) {
        strike_everywhere(scene, [](const MemoryDisk& disk, End end) {
            Site now = disk.snapshot("public");
            const bool whole = now == released(new_site) || (end == End::failed && now == released(old_site));
            std::erase_if(now, [](const auto& file) { return file.first.starts_with(".qunying-"); });
            const bool untouched = now == released(old_site);
            CHECK((whole || (end == End::failed && (untouched || now.contains(incomplete_name)))));
        });
    }
}

// A process that is killed makes no call any more, not even to tidy up; and the power goes with it.
void cut_everywhere(const Scene& scene, const std::function<Disk*(Disk&)>& wrap,
                    const std::function<void(MemoryDisk&)>& judge) {
    const std::size_t calls = calls_of_publishing(scene);
    for (std::size_t call = 1; call <= calls + 1; ++call) {
        for (const Surviving surviving : {Surviving::synced_alone, Surviving::names_without_bytes}) {
            CAPTURE(call);
            MemoryDisk disk;
            scene(disk);
            const std::unique_ptr<Disk> wrapped(wrap(disk));
            FaultyDisk dying(*wrapped,
                             {call, std::errc::io_error, FaultLength::persistent, FaultMoment::before});
            try {
                publish(dying, new_site);
            } catch (const Failure&) {
            }
            judge(*disk.after_power_cut(surviving));
        }
    }
}

// The bug that the test must be able to find.
class Forgetful final : public ForwardingDisk {
  public:
    using ForwardingDisk::ForwardingDisk;
    Outcome sync_filesystem(const std::string&) override { return Outcome::done; }
};

TEST_CASE("a power cut at any call leaves the old or the new release, and the next build is clean") {
    for (const Scene scene : {old_release, old_release_without_syncfs, killed_build, old_release_with_spare,
                              old_release_with_strange_spare, old_release_with_spare_without_syncfs}) {
        cut_everywhere(
            scene, [](Disk& disk) { return new ForwardingDisk(disk); },
            [](MemoryDisk& disk) {
                const Site now = disk.snapshot("public");
                CHECK((is_release(now, old_site) || now == released(new_site)));
                publish(disk, new_site);
                CHECK(disk.snapshot("public") == released(new_site));
                for (const FolderEntry& entry : disk.list_folder("")) CHECK(is_ours(entry.name));
            });
    }
}

TEST_CASE("a build that forgets to sync is found out by the same test") {
    std::size_t broken = 0;
    cut_everywhere(
        old_release, [](Disk& disk) { return new Forgetful(disk); },
        [&](MemoryDisk& disk) {
            const Site now = disk.snapshot("public");
            if (now != released(old_site) && now != released(new_site)) ++broken;
        });
    CHECK(broken > 0);
}

TEST_CASE("a finished build survives the power cut that follows") {
    MemoryDisk disk;
    old_release(disk);
    publish(disk, new_site);
    CHECK(disk.after_power_cut(Surviving::synced_alone)->snapshot("public") == released(new_site));
}

}  // namespace
}  // namespace qunying
