#include "build/memo.h"

#include <doctest/doctest.h>
#include <functional>

#include "support/memory_disk.h"

using namespace qunying;

namespace {

const PageRecords two_pages = {{"a.html", {digest_of("program"), digest_of("view a"), {"b1", 12}}},
                               {"b.html", {digest_of("program"), digest_of("view b"), {"b2", 3456}}}};

std::string described(const PageRecords& pages) {
    std::string text;
    for (const auto& [path, page] : pages)
        text += path + page.program.hex() + page.view.hex() + page.output.blake2b +
                std::to_string(page.output.size) + "\n";
    return text;
}

std::string stored_text() {
    MemoryDisk disk;
    Memo memo(disk);
    memo.store_pages(two_pages);
    return *memo.cache().get("pages", digest_of("pages 1"));
}

PageRecords loaded_from(const std::string& text) {
    MemoryDisk disk;
    Memo memo(disk);
    memo.cache().put("pages", digest_of("pages 1"), text);
    return memo.load_pages();
}

}  // namespace

TEST_CASE("records of pages come back as they were stored") {
    CHECK(described(loaded_from(stored_text())) == described(two_pages));
    MemoryDisk empty;
    CHECK(Memo(empty).load_pages().empty());
}

TEST_CASE("records of pages that were cut off are forgotten or whole, never half read") {
    const std::string text = stored_text();
    const std::string first = described({*two_pages.begin()});
    for (std::size_t length = 0; length < text.size(); ++length) {
        const std::string found = described(loaded_from(text.substr(0, length)));
        CAPTURE(length);
        CHECK((found.empty() || found == first));
    }
}

TEST_CASE("records of pages with a foreign byte in them do not end the program") {
    const std::string text = stored_text();
    for (std::size_t at = 0; at < text.size(); ++at) {
        std::string broken = text;
        broken[at] = 'x';
        const std::string found = described(loaded_from(broken));
        CAPTURE(at);
        CHECK(found != described(two_pages));
    }
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
