#include "system/packed_cache.h"

#include <doctest/doctest.h>

#include "support/memory_disk.h"

using namespace qunying;

namespace {

Digest key(int number) { return digest_of(std::to_string(number)); }

std::string value(int number, std::size_t size = 10) {
    return std::string(size, static_cast<char>('a' + number % 26)) + std::to_string(number);
}

void fill(MemoryDisk& disk, int from, int to, std::size_t size = 10) {
    PackedCache cache(disk, "state", "things");
    for (int i = 0; i < from; ++i) cache.get(key(i));
    for (int i = from; i < to; ++i) cache.put(key(i), value(i, size));
    cache.save();
}

}  // namespace

TEST_CASE("values come back from one run to the next, and more can be added") {
    MemoryDisk disk;
    fill(disk, 0, 20);
    fill(disk, 20, 40);
    PackedCache cache(disk, "state", "things");
    for (int i = 0; i < 40; ++i) CHECK(cache.get(key(i)) == value(i));
    CHECK_FALSE(cache.get(key(40)));
}

TEST_CASE("a run that was ended before it saved leaves the values of the run before") {
    MemoryDisk disk;
    fill(disk, 0, 3);
    {
        PackedCache cache(disk, "state", "things");
        for (int i = 3; i < 6; ++i) cache.put(key(i), value(i, 1 << 20));
    }
    PackedCache cache(disk, "state", "things");
    for (int i = 0; i < 3; ++i) CHECK(cache.get(key(i)) == value(i));
    CHECK_FALSE(cache.get(key(3)));
    cache.put(key(3), value(3));
    cache.save();
    CHECK(cache.get(key(3)) == value(3));
}

TEST_CASE("torn and rotten files are misses and nothing else") {
    for (const std::string file : {"state/things.pack", "state/things.index"}) {
        MemoryDisk whole;
        fill(whole, 0, 4);
        const std::string bytes = whole.read_file(file);
        for (std::size_t at = 0; at <= bytes.size(); ++at) {
            MemoryDisk disk;
            fill(disk, 0, 4);
            std::string broken = bytes;
            if (at < bytes.size()) broken[at] = static_cast<char>(broken[at] ^ 0x20);
            disk.put(file, at % 2 == 0 ? broken : bytes.substr(0, at));
            PackedCache cache(disk, "state", "things");
            CAPTURE(at);
            for (int i = 0; i < 4; ++i) {
                const auto found = cache.get(key(i));
                CHECK((!found || found == value(i)));
            }
        }
    }
}

TEST_CASE("what is not used any more goes once it is more than half, and the rest stays") {
    MemoryDisk disk;
    constexpr std::size_t big = 100'000;
    fill(disk, 0, 40, big);
    const std::size_t before = disk.read_file("state/things.pack").size();
    {
        PackedCache cache(disk, "state", "things");
        for (int i = 0; i < 5; ++i) CHECK(cache.get(key(i)).has_value());
        cache.save();
    }
    CHECK(disk.read_file("state/things.pack").size() < before / 4);
    PackedCache cache(disk, "state", "things");
    for (int i = 0; i < 5; ++i) CHECK(cache.get(key(i)) == value(i, big));
    CHECK_FALSE(cache.get(key(5)));
    cache.save();  // asked for five of five
    CHECK(PackedCache(disk, "state", "things").get(key(4)) == value(4, big));
}

TEST_CASE("what is kept counts as used without being looked at") {
    MemoryDisk disk;
    constexpr std::size_t big = 100'000;
    fill(disk, 0, 40, big);
    {
        PackedCache cache(disk, "state", "things");
        for (int i = 0; i < 5; ++i) CHECK(cache.keep(key(i)));
        CHECK_FALSE(cache.keep(key(40)));
        cache.save();
    }
    PackedCache cache(disk, "state", "things");
    for (int i = 0; i < 5; ++i) CHECK(cache.get(key(i)) == value(i, big));
    CHECK_FALSE(cache.get(key(5)));
}

TEST_CASE("a run that asks for nothing drops nothing") {
    MemoryDisk disk;
    fill(disk, 0, 40, 100'000);
    PackedCache(disk, "state", "things").save();
    CHECK(PackedCache(disk, "state", "things").get(key(39)).has_value());
}
