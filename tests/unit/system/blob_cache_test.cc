#include "system/blob_cache.h"

#include <doctest/doctest.h>
#include <random>

#include "base/failure.h"
#include "base/parallel.h"
#include "support/faulty_disk.h"
#include "support/memory_disk.h"

namespace qunying {
namespace {

const Digest key = digest_of("key");
const std::string payload = "<p>王样例</p>\n" + std::string(200, 'x') + std::string(3, '\0');

std::string only_record(const MemoryDisk& disk) {
    const auto files = disk.snapshot("cache");
    REQUIRE(files.size() == 1);
    return "cache/" + files.begin()->first;
}

TEST_CASE("what was put is got again, by step and key") {
    MemoryDisk disk;
    BlobCache cache(disk, "cache");
    CHECK_FALSE(cache.get("page", key));
    cache.put("page", key, payload);
    CHECK(cache.get("page", key) == payload);
    CHECK_FALSE(cache.get("picture", key));
    CHECK_FALSE(cache.get("page", digest_of("other")));
    cache.put("page", key, "");
    CHECK(cache.get("page", key) == "");
    CHECK(BlobCache(disk, "cache").get("page", key) == "");
}

TEST_CASE("a record cut at any length is a miss") {
    const std::string record = blob_record("page", key, payload);
    CHECK(read_blob_record("page", key, record) == payload);
    for (std::size_t length = 0; length < record.size(); ++length) {
        CHECK_FALSE(read_blob_record("page", key, record.substr(0, length)));
    }
    CHECK_FALSE(read_blob_record("page", key, record + "x"));
}

TEST_CASE("a record with any byte changed is a miss") {
    const std::string record = blob_record("page", key, payload);
    for (std::size_t i = 0; i < record.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string rotten = record;
            rotten[i] = static_cast<char>(rotten[i] ^ 1 << bit);
            CHECK_FALSE(read_blob_record("page", key, rotten));
        }
    }
    std::mt19937 random(7);
    for (int round = 0; round < 10000; ++round) {
        std::string rotten = record;
        for (int change = 0; change < 4; ++change)
            rotten[random() % rotten.size()] = static_cast<char>(random());
        const auto got = read_blob_record("page", key, rotten);
        CHECK((!got || rotten == record));
    }
}

TEST_CASE("a record in the place of another is a miss") {
    MemoryDisk disk;
    BlobCache cache(disk, "cache");
    cache.put("page", key, payload);
    const std::string record = disk.read_file(only_record(disk));
    CHECK_FALSE(read_blob_record("page", digest_of("other"), record));
    CHECK_FALSE(read_blob_record("picture", key, record));
    disk.put(only_record(disk), record.substr(1));
    CHECK_FALSE(cache.get("page", key));
}

TEST_CASE("what a killed build left half written is removed") {
    MemoryDisk disk;
    disk.put("cache/unfinished.tmp/0", "half");
    BlobCache cache(disk, "cache");
    CHECK(disk.snapshot("cache").empty());
}

TEST_CASE("a fault at any call is thrown by put or a miss for get, never a wrong value") {
    for (std::size_t call = 1; call <= 20; ++call) {
        for (const FaultLength length : {FaultLength::once, FaultLength::persistent}) {
            MemoryDisk disk;
            BlobCache(disk, "cache").put("page", key, payload);
            FaultyDisk faulty(disk, {call, std::errc::no_space_on_device, length});
            try {
                BlobCache cache(faulty, "cache");
                const auto got = cache.get("page", key);
                CHECK((!got || got == payload));
                cache.put("page", digest_of("new"), "new");
            } catch (const Failure& failure) {
                CHECK(failure.code() == std::errc::no_space_on_device);
            }
            BlobCache again(disk, "cache");
            CHECK(again.get("page", key) == payload);
            const auto other = again.get("page", digest_of("new"));
            CHECK((!other || other == "new"));
        }
    }
}

TEST_CASE("several threads share a cache") {
    MemoryDisk disk;
    BlobCache cache(disk, "cache");
    parallel_for(4, 400, [&](std::size_t i) {
        const Digest own = digest_of(std::to_string(i / 2));
        cache.put("page", own, "value " + std::to_string(i / 2));
        CHECK(cache.get("page", own) == "value " + std::to_string(i / 2));
    });
    CHECK(disk.snapshot("cache").size() == 200);
}

}  // namespace
}  // namespace qunying
