#include "system/output_tree.h"

#include <doctest/doctest.h>

namespace qunying {
namespace {

using Files = std::map<std::string, OutputFile, std::less<>>;

OutputFile file_of(std::string_view bytes) { return {blake2b_of(bytes), bytes.size()}; }

OutputTree tree_of(const std::vector<std::string>& paths) {
    Files files;
    for (const std::string& path : paths) files[path] = file_of(path);
    return OutputTree(files);
}

std::vector<std::string> paths_of(const OutputTree& tree) {
    std::vector<std::string> paths;
    for (const auto& [path, file] : tree) paths.emplace_back(path);
    return paths;
}

TEST_CASE("a tree finds each of its files and no other") {
    const std::vector<std::string> paths = {"404.html", "a",        "a-b.html",
                                            "a/b.html", "a/c.html", "index.html"};
    const OutputTree tree = tree_of(paths);
    CHECK(paths_of(tree) == paths);
    for (const std::string& path : paths) {
        REQUIRE(tree.find(path));
        CHECK(*tree.find(path) == file_of(path));
    }
    for (const char* path : {"", "4", "a/", "a/b.htm", "a/b.htmlx", "z"}) CHECK_FALSE(tree.contains(path));
    CHECK(tree.lower_bound("a/") == 3);
    CHECK(tree.lower_bound("z") == tree.size());
    CHECK_FALSE(OutputTree().contains("a"));
}

// Every way in which each of four files of before, or none, and three new ones may come together.
TEST_CASE("a draft is what was kept and added, whatever that is") {
    const std::vector<std::string> old_paths = {"b", "d", "f", "h"}, new_paths = {"a", "d", "i"};
    const OutputTree before = tree_of(old_paths);
    for (unsigned kept = 0; kept < 16; ++kept) {
        for (unsigned added = 0; added < 8; ++added) {
            if ((kept & 2U) != 0 && (added & 2U) != 0) continue;  // d is one or the other
            OutputDraft draft(&before);
            Files expected;
            for (std::size_t i = 0; i < 4; ++i) {
                if ((kept >> i & 1U) == 0) continue;
                draft.keep(i);
                expected[old_paths[i]] = file_of(old_paths[i]);
            }
            for (std::size_t i = 0; i < 3; ++i) {
                if ((added >> i & 1U) == 0) continue;
                draft.add(new_paths[i], file_of("new"));
                expected[new_paths[i]] = file_of("new");
            }
            CHECK((draft.tree() == OutputTree(expected)));
            std::size_t removed = 0;
            for (const std::string& path : old_paths) removed += expected.contains(path) ? 0 : 1;
            CHECK(draft.removed_count() == removed);
            CHECK(draft.same_as_before() == (kept == 15 && added == 0));
        }
    }
}

TEST_CASE("a draft upon nothing is what was added") {
    OutputDraft draft(nullptr);
    CHECK(draft.same_as_before());
    draft.add("b", file_of("1"));
    draft.add("a", file_of("2"));
    CHECK(paths_of(draft.tree()) == std::vector<std::string>{"a", "b"});
    CHECK_FALSE(draft.same_as_before());
}

}  // namespace
}  // namespace qunying
