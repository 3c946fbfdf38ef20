#include "system/memory_stage.h"

#include <doctest/doctest.h>

#include "base/digest.h"

namespace qunying {
namespace {

const ReleaseFacts facts = {{"generator", "qunying 0"}, {"inputs", "123"}};
using Trees = std::shared_ptr<const MemoryTree>;

Trees first_tree() {
    MemoryStage stage(nullptr);
    stage.add("index.html", "一");
    stage.add("people/a.html", "甲");
    stage.commit(facts);
    return stage.tree();
}

TEST_CASE("a committed tree holds what was added, and a manifest of it") {
    MemoryStage stage(nullptr);
    CHECK(stage.previous() == nullptr);
    const OutputFile said = stage.add("index.html", "一");
    CHECK(said == OutputFile{blake2b_of("一"), 3});
    CHECK(stage.tree() == nullptr);
    const CommitReport report = stage.commit(facts);
    CHECK(report.way == CommitWay::switched);
    CHECK(report.written == 1);
    CHECK(report.bytes == 3);
    const Trees tree = stage.tree();
    REQUIRE(tree);
    CHECK(*tree->find("index.html") == "一");
    CHECK(tree->find("other.html") == nullptr);
    CHECK(tree->release.whole);
    CHECK(tree->release.manifest.fact("inputs") == "123");
    CHECK(tree->release.manifest.files.find("index.html") != nullptr);
    CHECK(*tree->release.manifest.files.find("index.html") == said);
}

TEST_CASE("what is kept or added anew with the same bytes shares them") {
    const Trees before = first_tree();
    MemoryStage stage(before);
    REQUIRE(stage.previous());
    CHECK(stage.previous()->whole);
    CHECK(stage.keep("index.html", *before->release.manifest.files.find("index.html")));
    stage.add("people/a.html", "甲");
    stage.add("people/b.html", "乙");
    const CommitReport report = stage.commit(facts);
    CHECK(report.written == 1);
    CHECK(report.unchanged == 2);
    CHECK(report.removed == 0);
    CHECK(stage.tree()->find("index.html") == before->find("index.html"));
    CHECK(stage.tree()->find("people/a.html") == before->find("people/a.html"));
    CHECK(*stage.tree()->find("people/b.html") == "乙");
    CHECK(before->find("people/b.html") == nullptr);
}

TEST_CASE("a file is kept only if it is what is expected") {
    const Trees before = first_tree();
    MemoryStage stage(before);
    CHECK_FALSE(stage.keep("index.html", {blake2b_of("二"), 3}));
    CHECK_FALSE(stage.keep("people/c.html", {blake2b_of("一"), 3}));
    CHECK_FALSE(MemoryStage(nullptr).keep("index.html", {blake2b_of("一"), 3}));
    const CommitReport report = stage.commit(facts);
    CHECK(report.removed == 2);
    CHECK(stage.tree()->bytes.empty());
}

TEST_CASE("where nothing differs the tree before stays") {
    const Trees before = first_tree();
    MemoryStage stage(before);
    stage.add("index.html", "一");
    stage.add("people/a.html", "甲");
    CHECK(stage.commit(facts).way == CommitWay::unchanged);
    CHECK(stage.tree() == before);
}

TEST_CASE("a stage that is not committed changes nothing") {
    const Trees before = first_tree();
    MemoryStage stage(before);
    stage.add("index.html", "二");
    CHECK(stage.tree() == before);
    CHECK(*before->find("index.html") == "一");
}

}  // namespace
}  // namespace qunying
