#include "build/memo.h"

#include <doctest/doctest.h>

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

TEST_CASE("a file that changed its bytes changes its digest") {
    MemoryDisk disk;
    disk.put("content/a.mp3", "one");
    Memo memo(disk);
    const Digest before = memo.file_digest({"content/a.mp3", 3, 1});
    CHECK(before == digest_of("one"));
    disk.put("content/a.mp3", "two");
    CHECK(memo.file_digest({"content/a.mp3", 3, 1}) == before);  // same size and time: not read again
    CHECK(memo.file_digest({"content/a.mp3", 3, 2}) == digest_of("two"));
}
