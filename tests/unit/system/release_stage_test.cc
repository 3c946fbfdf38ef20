#include "system/release_stage.h"

#include <algorithm>
#include <doctest/doctest.h>

#include "base/digest.h"
#include "base/failure.h"
#include "base/parallel.h"
#include "support/faulty_disk.h"
#include "support/memory_disk.h"

namespace qunying {
namespace {

using Site = std::map<std::string, std::string>;

const Site first_site = {
    {"index.html", "一"}, {"people/a.html", "甲"}, {"people/b.html", "乙"}, {"media/a.jpg", "J"}};
const Site second_site = {{"index.html", "二"},
                          {"people/a.html", "甲"},
                          {"people/c.html", "丙"},
                          {"media/a.jpg", "J"},
                          {"media/c.jpg", "K"}};
const ReleaseFacts facts = {{"generator", "qunying 0"}, {"audience", "web"}, {"as_of", "2020-01-01"}};

CommitReport publish(Disk& disk, const Site& site, const ReleaseFacts& said = facts) {
    ReleaseStage stage(disk, "public");
    stage.open();
    for (const auto& [path, bytes] : site) stage.add(path, bytes);
    return stage.commit(said);
}

Site with_manifest(const Site& site, const ReleaseFacts& said = facts) {
    std::map<std::string, OutputFile, std::less<>> files;
    for (const auto& [path, bytes] : site) files[path] = {blake2b_of(bytes), bytes.size()};
    Site whole = site;
    whole[manifest_name] = write_manifest({said, OutputTree(files)});
    return whole;
}

Site under(const std::string& folder, const Site& site) {
    Site moved;
    for (const auto& [path, bytes] : site) moved[join_path(folder, path)] = bytes;
    return moved;
}

bool wrote(const MemoryDisk& disk, const std::string& path) {
    const auto notes = disk.notes();
    return std::any_of(notes.begin(), notes.end(), [&](const DiskNote& note) {
        return note.operation == "write" && note.path.ends_with(path);
    });
}

std::string operation_of_failure(Disk& disk, const Site& site) {
    try {
        publish(disk, site);
    } catch (const Failure& failure) {
        return failure.operation();
    }
    return "";
}

TEST_CASE("the first build makes the folder, with a manifest of every file") {
    MemoryDisk disk;
    const CommitReport report = publish(disk, first_site);
    CHECK(report.way == CommitWay::switched);
    CHECK(report.written == 4);
    CHECK(report.unchanged == 0);
    CHECK(report.bytes == 3 * 3 + 1);
    CHECK(disk.snapshot() == under("public", with_manifest(first_site)));
}

TEST_CASE("a second build writes only what differs and removes what is gone") {
    MemoryDisk disk;
    publish(disk, first_site);
    disk.clear_notes();
    const CommitReport report = publish(disk, second_site);
    CHECK(report.way == CommitWay::switched);
    CHECK(report.written == 3);
    CHECK(report.unchanged == 2);
    CHECK(report.removed == 1);
    CHECK_FALSE(wrote(disk, "people/a.html"));
    CHECK(wrote(disk, "people/c.html"));
    CHECK(disk.snapshot() == under("public", with_manifest(second_site)));
}

TEST_CASE("the same site again writes nothing at all") {
    MemoryDisk disk;
    publish(disk, first_site);
    disk.clear_notes();
    CHECK(publish(disk, first_site).way == CommitWay::unchanged);
    CHECK(disk.writes().empty());
}

TEST_CASE("facts that differ alone are published too") {
    MemoryDisk disk;
    publish(disk, first_site);
    ReleaseFacts later = facts;
    later.back().second = "2020-01-02";
    const CommitReport report = publish(disk, first_site, later);
    CHECK(report.way == CommitWay::switched);
    CHECK(report.written == 0);
    CHECK(disk.snapshot("public") == with_manifest(first_site, later));
}

TEST_CASE("the order is: files, manifest, sync, name, sync, switch, sync, removal") {
    MemoryDisk disk;
    publish(disk, {{"a.html", "1"}});
    disk.clear_notes();
    publish(disk, {{"a.html", "2"}});
    std::vector<std::string> steps;
    for (const DiskNote& note : disk.writes()) steps.push_back(note.operation + " " + note.path);
    CHECK(steps == std::vector<std::string>{
                       "create folder public.stage-0001.tmp", "write public.stage-0001.tmp/a.html",
                       "write public.stage-0001.tmp/manifest.json", "sync all public.stage-0001.tmp",
                       "rename public.next-0001.tmp", "sync ", "switch public", "sync ",
                       "remove public.next-0001.tmp/manifest.json", "remove public.next-0001.tmp/a.html",
                       "remove folder public.next-0001.tmp"});
}

TEST_CASE("where one sync for all is refused, each file and each folder is synced") {
    MemoryDisk disk;
    disk.refuse(DiskFeature::sync_filesystem);
    publish(disk, first_site);
    CHECK(disk.after_power_cut(Surviving::synced_alone)->snapshot() ==
          under("public", with_manifest(first_site)));
}

TEST_CASE("a page that someone edited, cut or removed is put right") {
    for (const char* edit : {"other", "", "乙"}) {
        MemoryDisk disk;
        publish(disk, first_site);
        disk.put("public/people/b.html", edit);  // the last one: same bytes, younger than the manifest
        publish(disk, first_site);
        CHECK(disk.snapshot() == under("public", with_manifest(first_site)));
    }
    MemoryDisk disk;
    publish(disk, first_site);
    disk.remove_file("public/people/b.html");
    CHECK(publish(disk, first_site).written == 1);
    CHECK(disk.snapshot() == under("public", with_manifest(first_site)));
}

TEST_CASE("a stray file goes with the old release and is counted") {
    MemoryDisk disk;
    publish(disk, first_site);
    disk.put("public/people/stray.html", "?");
    CHECK(publish(disk, first_site).strangers == 1);
    CHECK(disk.snapshot() == under("public", with_manifest(first_site)));
}

TEST_CASE("a folder that holds something else is refused and left alone") {
    for (const char* path : {"public/thesis.doc", "public/.git/config", "public/manifest.json"}) {
        MemoryDisk disk;
        disk.put(path, "{\"name\": \"of an app\"}");
        const auto before = disk.snapshot();
        CHECK(operation_of_failure(disk, first_site) == not_our_folder);
        CHECK(disk.snapshot() == before);
    }
    MemoryDisk disk;
    publish(disk, first_site);
    disk.put("public/.git/config", "history");
    const auto before = disk.snapshot();
    CHECK(operation_of_failure(disk, second_site) == not_our_folder);
    CHECK(disk.snapshot() == before);
}

TEST_CASE("a file or a link in the place of the folder is refused") {
    for (const FileKind kind : {FileKind::file, FileKind::symlink}) {
        MemoryDisk disk;
        disk.put_kind("public", kind);
        CHECK(operation_of_failure(disk, first_site) == not_our_folder);
        CHECK(disk.status("public")->kind == kind);
    }
}

TEST_CASE("an empty folder is taken") {
    MemoryDisk disk;
    disk.create_folder("public");
    CHECK(publish(disk, first_site).way == CommitWay::switched);
    CHECK(disk.snapshot() == under("public", with_manifest(first_site)));
}

TEST_CASE("what a killed build left is removed, other folders are not") {
    MemoryDisk disk;
    disk.put("public.stage-0001.tmp/people/a.html", "half");
    disk.put("public.next-0001.tmp/a.html", "old");
    disk.put("public.notes/keep.txt", "mine");
    publish(disk, first_site);
    Site expected = under("public", with_manifest(first_site));
    expected["public.notes/keep.txt"] = "mine";
    CHECK(disk.snapshot() == expected);
}

TEST_CASE("a stage that is not committed vanishes") {
    MemoryDisk disk;
    publish(disk, first_site);
    {
        ReleaseStage stage(disk, "public");
        stage.open();
        stage.add("index.html", "half");
        CHECK(disk.snapshot().contains("public.stage-0001.tmp/index.html"));
    }
    CHECK(disk.snapshot() == under("public", with_manifest(first_site)));
}

TEST_CASE("two builds into one folder: the second is refused") {
    MemoryDisk disk;
    publish(disk, first_site);
    ReleaseStage stage(disk, "public");
    stage.open();
    CHECK(operation_of_failure(disk, second_site) == another_build_is_running);
    stage.add("index.html", "1");
    CHECK(stage.commit(facts).way == CommitWay::switched);
    CHECK(operation_of_failure(disk, second_site) ==
          another_build_is_running);  // it is locked until it is done
}

TEST_CASE("two first builds: the stage of the first keeps the second out") {
    MemoryDisk disk;
    ReleaseStage stage(disk, "public");
    stage.open();
    stage.add("index.html", "1");
    CHECK(operation_of_failure(disk, second_site) == another_build_is_running);
}

TEST_CASE("without locks on folders a build goes on") {
    MemoryDisk disk;
    disk.refuse(DiskFeature::folder_lock);
    publish(disk, first_site);
    publish(disk, second_site);
    CHECK(disk.snapshot() == under("public", with_manifest(second_site)));
}

TEST_CASE("without hard links unchanged files are copied") {
    MemoryDisk disk;
    disk.refuse(DiskFeature::hard_link);
    publish(disk, first_site);
    CHECK(publish(disk, second_site).way == CommitWay::switched);
    CHECK(disk.snapshot() == under("public", with_manifest(second_site)));
}

TEST_CASE("many threads add, one writes at a time, and nothing is lost") {
    Site site;
    for (int i = 0; i < 300; ++i) {
        const std::string number = std::to_string(i);
        site["people/p" + number + ".html"] = std::string(static_cast<std::size_t>(i) * 200, 'x') + number;
    }
    const std::vector<std::pair<std::string, std::string>> files(site.begin(), site.end());
    MemoryDisk disk;
    ReleaseStage stage(disk, "public");
    stage.open();
    parallel_for(4, files.size(), [&](std::size_t i) { stage.add(files[i].first, files[i].second); });
    CHECK(stage.commit(facts).written == files.size());
    CHECK(disk.snapshot() == under("public", with_manifest(site)));
}

TEST_CASE("a file that could not be written is not forgotten") {
    MemoryDisk disk;
    FaultyDisk faulty(disk, {8, std::errc::no_space_on_device, FaultLength::once, FaultMoment::before});
    ReleaseStage stage(faulty, "public");
    stage.open();
    const auto add = [&](std::size_t i) { stage.add("p" + std::to_string(i) + ".html", "x"); };
    CHECK_THROWS_AS(parallel_for(1, 20, add), Failure);
    REQUIRE(faulty.struck());
    CHECK_THROWS_AS(stage.commit(facts), Failure);
    CHECK_FALSE(disk.status("public"));
}

TEST_CASE("keep takes a file over without its bytes, and only if it is the same") {
    MemoryDisk disk;
    publish(disk, first_site);
    ReleaseStage stage(disk, "public");
    stage.open();
    const OutputFile expected = *stage.previous()->manifest.files.find("people/a.html");
    CHECK_FALSE(stage.keep("people/b.html", expected));
    CHECK(stage.keep("people/a.html", expected));
    stage.commit(facts);
    CHECK(disk.snapshot("public") == with_manifest({{"people/a.html", "甲"}}));
}

TEST_CASE("previous() tells whether a build may stop") {
    MemoryDisk disk;
    const auto before = [&disk] {
        auto stage = std::make_unique<ReleaseStage>(disk, "public");
        stage->open();
        return stage;
    };
    CHECK(before()->previous() == nullptr);
    publish(disk, first_site, {{"inputs", "123"}});
    CHECK(before()->previous()->whole);
    CHECK(before()->previous()->manifest.fact("inputs") == "123");
    disk.remove_file("public/index.html");
    CHECK_FALSE(before()->previous()->whole);
}

TEST_CASE("without exchange: in place, media before pages before manifest before deletions") {
    MemoryDisk disk;
    publish(disk, first_site);
    disk.refuse(DiskFeature::exchange);
    disk.clear_notes();
    const CommitReport report = publish(disk, second_site);
    CHECK(report.way == CommitWay::copied_in_place);
    CHECK(report.written == 3);
    CHECK(report.removed == 1);
    CHECK(disk.snapshot() == under("public", with_manifest(second_site)));
    std::vector<std::string> steps;
    for (const DiskNote& note : disk.writes()) {
        if (note.path.starts_with("public/") && note.operation != "write") {
            steps.push_back(note.operation + " " + note.path.substr(7));
        }
    }
    CHECK(steps == std::vector<std::string>{"rename INCOMPLETE.txt", "sync INCOMPLETE.txt",
                                            "rename media/c.jpg", "rename index.html", "rename people/c.html",
                                            "rename manifest.json", "remove people/b.html",
                                            "remove INCOMPLETE.txt"});
}

TEST_CASE("in place: nothing differs, nothing is written") {
    MemoryDisk disk;
    disk.refuse(DiskFeature::exchange);
    disk.refuse(DiskFeature::hard_link);
    publish(disk, first_site);
    publish(disk, second_site);
    disk.clear_notes();
    CHECK(publish(disk, second_site).way == CommitWay::unchanged);
    CHECK(disk.writes().empty());
}

TEST_CASE("a mounted folder is filled in place and keeps what others put there") {
    MemoryDisk disk;
    disk.create_folder("public");
    disk.mount("public");
    disk.create_folder("public/lost+found");
    CHECK(publish(disk, first_site).way == CommitWay::copied_in_place);
    disk.put("public/notes.txt", "mine");
    CHECK(publish(disk, second_site).way == CommitWay::copied_in_place);
    Site expected = with_manifest(second_site);
    expected["notes.txt"] = "mine";
    CHECK(disk.snapshot("public") == expected);
}

TEST_CASE("where the folder beside may not be written, the folder itself is") {
    MemoryDisk disk;
    disk.create_folder("public");
    disk.refuse(DiskFeature::write_in_root);
    CHECK(publish(disk, first_site).way == CommitWay::copied_in_place);
    CHECK(publish(disk, second_site).way == CommitWay::copied_in_place);
    CHECK(disk.snapshot() == under("public", with_manifest(second_site)));
}

TEST_CASE("in place: a file becomes a folder and a folder a file") {
    MemoryDisk disk;
    disk.refuse(DiskFeature::exchange);
    publish(disk, {{"a", "1"}, {"b/c.html", "2"}, {"b/d/e.html", "3"}});
    publish(disk, {{"a/x.html", "4"}, {"b", "5"}});
    CHECK(disk.snapshot() == under("public", with_manifest({{"a/x.html", "4"}, {"b", "5"}})));
    CHECK(disk.list_folder("public").size() == 3);
}

TEST_CASE("output paths: lower-case ASCII, no way out") {
    for (const char* good : {"index.html", "a/b-1_2.jpg", "a.b/c", "data/people.json"})
        CHECK(is_output_path(good));
    for (const char* bad : {"", "/a", "a/", "a//b", "../a", "a/../b", "a/./b", ".git/x", "a/.x", "A.html",
                            "甲.html", "a b", "a\\b", "manifest.json"}) {
        CHECK_FALSE(is_output_path(bad));
    }
    CHECK_FALSE(is_output_path(std::string(201, 'a')));
}

}  // namespace
}  // namespace qunying
