#include "build/memo.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <functional>

#include "support/memory_disk.h"

using namespace qunying;

namespace {

PageRecords two_pages() {
    return PageRecords(
        {{"b.html", {digest_of("program"), digest_of("view b"), {blake2b_of("b"), 3456}, digest_of("key b")}},
         {"a.html", {digest_of("program"), digest_of("view a"), {blake2b_of("a"), 12}, digest_of("key a")}}});
}

std::string described(const PageRecords& pages) {
    std::string text;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const auto& [path, page] = pages[i];
        text += std::string(path) + page.program.hex() + page.view.hex() + page.key.hex() +
                page.output.blake2b.hex() + std::to_string(page.output.size) + "\n";
    }
    return text;
}

std::string stored_bytes() {
    MemoryDisk disk;
    Memo memo(disk);
    memo.store_pages(two_pages());
    return *memo.cache().get("pages", digest_of("pages 2"));
}

PageRecords loaded_from(const std::string& bytes) {
    MemoryDisk disk;
    Memo memo(disk);
    memo.cache().put("pages", digest_of("pages 2"), bytes);
    return memo.load_pages();
}

// With the checksum that belongs to the bytes, as a program with a fault might write them.
std::string sealed(std::string bytes) {
    const Digest sum = digest_of(std::string_view(bytes).substr(24));
    std::copy(sum.bytes.begin(), sum.bytes.end(), bytes.begin() + 8);
    return bytes;
}

}  // namespace

TEST_CASE("records of pages come back as they were stored") {
    CHECK(described(loaded_from(stored_bytes())) == described(two_pages()));
    MemoryDisk empty;
    CHECK(Memo(empty).load_pages().empty());
}

TEST_CASE("records of pages are found by path") {
    const PageRecords pages = loaded_from(stored_bytes());
    REQUIRE(pages.find("b.html"));
    CHECK(pages.find("b.html")->view == digest_of("view b"));
    for (const char* path : {"", "a.htm", "a.html.", "aa.html", "c.html"}) CHECK_FALSE(pages.find(path));
}

TEST_CASE("records of pages that were cut off are forgotten") {
    const std::string bytes = stored_bytes();
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        CAPTURE(length);
        CHECK(loaded_from(bytes.substr(0, length)).empty());
    }
    CHECK(loaded_from(bytes + "x").empty());
}

TEST_CASE("records of pages with a foreign byte in them are forgotten") {
    const std::string bytes = stored_bytes();
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        std::string broken = bytes;
        broken[at] = static_cast<char>(broken[at] ^ 0x80);
        CAPTURE(at);
        CHECK(loaded_from(broken).empty());
    }
}

TEST_CASE("lengths in records of pages are believed only as far as there are bytes") {
    const std::string bytes = stored_bytes();
    CHECK(loaded_from(sealed(bytes)).size() == 2);
    for (std::size_t length = 24; length < bytes.size(); ++length) {
        CAPTURE(length);
        CHECK(loaded_from(sealed(bytes.substr(0, length))).empty());
    }
    for (const std::size_t at : std::initializer_list<std::size_t>{24, 27, 28, 31, 28 + 92, 31 + 92}) {
        std::string broken = bytes;
        broken[at] = '\x7f';
        CAPTURE(at);
        CHECK(loaded_from(sealed(broken)).empty());
    }
}

TEST_CASE("pages of the web and of each venue are remembered apart") {
    MemoryDisk disk;
    Memo memo(disk);
    memo.store_pages(two_pages());
    memo.store_pages({}, "venue east");
    CHECK(memo.load_pages().size() == 2);
    CHECK(memo.load_pages("venue east").empty());
    CHECK(memo.load_pages("venue west").empty());
}

TEST_CASE("records of pages are written only when they differ from those that are there") {
    MemoryDisk disk;
    {
        Memo memo(disk);
        memo.store_pages(two_pages());
    }
    Memo memo(disk);
    memo.load_pages();
    disk.clear_notes();
    memo.store_pages(two_pages());
    CHECK(disk.writes().empty());
    memo.store_pages({});
    CHECK_FALSE(disk.writes().empty());
}

namespace {

constexpr std::int64_t second = 1'000'000'000;

FileStatus file_of(std::uint64_t size, std::int64_t time) { return {FileKind::file, size, time, time, 1, 7}; }

}  // namespace

TEST_CASE("a file that changed its bytes changes its digest") {
    MemoryDisk disk;
    disk.put("content/a.mp3", "one");
    Memo memo(disk);
    const Digest before = memo.file_digest({"content/a.mp3", file_of(3, second)});
    CHECK(before == digest_of("one"));
    disk.put("content/a.mp3", "two");
    // The same status, noted long after the last change: not read again.
    CHECK(memo.file_digest({"content/a.mp3", file_of(3, second)}) == before);
    CHECK(memo.file_digest({"content/a.mp3", file_of(3, 2 * second)}) == digest_of("two"));
}

TEST_CASE("a file is read again when it may have changed within the tick in which it was noted") {
    MemoryDisk disk;
    disk.put("content/a.mp3", "one");
    Memo memo(disk);
    const FileStatus just_now = file_of(3, reading_time());
    CHECK(memo.file_digest({"content/a.mp3", just_now}) == digest_of("one"));
    disk.put("content/a.mp3", "two");
    CHECK(memo.file_digest({"content/a.mp3", just_now}) == digest_of("two"));
}

TEST_CASE("what is known of files outlives the memo, unless it is torn") {
    MemoryDisk disk;
    disk.put("content/a.mp3", "one");
    {
        Memo memo(disk);
        memo.file_digest({"content/a.mp3", file_of(3, second)});
        memo.save();
    }
    CHECK(Memo(disk).files().digest("content/a.mp3", file_of(3, second)) == digest_of("one"));
    const std::string bytes = [&] {
        FileIndex index;
        index.note("content/a.mp3", file_of(3, second), digest_of("one"), 9 * second);
        return index.pack();
    }();
    CHECK(FileIndex::unpack(bytes).digest("content/a.mp3", file_of(3, second)) == digest_of("one"));
    for (std::size_t length = 0; length < bytes.size(); ++length)
        CHECK_FALSE(FileIndex::unpack(bytes.substr(0, length)).digest("content/a.mp3", file_of(3, second)));
}

TEST_CASE("the digest of all inputs changes with a text, a picture or a name, and not with times") {
    const auto digest_after = [](const std::function<void(MemoryDisk&)>& edit) {
        MemoryDisk disk;
        disk.put("content/a.md", "a");
        disk.put("content/a.jpg", "J");
        edit(disk);
        Memo memo(disk);
        Diagnostics diagnostics;
        return memo.content_digest(read_source_tree(disk, {"content", "assets"}, diagnostics));
    };
    const Digest same = digest_after([](MemoryDisk&) {});
    CHECK(same == digest_after([](MemoryDisk& disk) { disk.put("content/a.md", "a"); }));
    CHECK(same == digest_after([](MemoryDisk& disk) { disk.put("content/a.jpg", "J"); }));
    CHECK(same != digest_after([](MemoryDisk& disk) { disk.put("content/a.md", "b"); }));
    CHECK(same != digest_after([](MemoryDisk& disk) { disk.put("content/a.jpg", "K"); }));
    CHECK(same != digest_after([](MemoryDisk& disk) { disk.rename("content/a.md", "content/b.md"); }));
    CHECK(same != digest_after([](MemoryDisk& disk) { disk.put("assets/b.txt", ""); }));
}

TEST_CASE("findings come back as they were stored, and not at all where they are torn") {
    Diagnostics diagnostics;
    diagnostics.report(DiagnosticKind::unknown_reference, {SourceId{3}, 5, 9}, {"一", ""},
                       {.meant = "二", .related = Span{SourceId{1}, 2, 3}, .meant_place = "content/a.md"});
    diagnostics.report(DiagnosticKind::no_settings, {});
    const std::string bytes = pack_diagnostics(diagnostics.items());
    CHECK(unpack_diagnostics(bytes) == diagnostics.items());
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        const auto read = unpack_diagnostics(std::string_view(bytes).substr(0, length));
        CHECK((!read || read->size() < diagnostics.items().size()));
    }
    MemoryDisk disk;
    Memo memo(disk);
    memo.store_findings(digest_of("inputs"), diagnostics.items());
    CHECK(memo.load_findings(digest_of("inputs")) == diagnostics.items());
    CHECK_FALSE(memo.load_findings(digest_of("others")));
}
