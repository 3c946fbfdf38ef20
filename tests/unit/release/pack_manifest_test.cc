#include "release/pack_manifest.h"

#include <doctest/doctest.h>
#include <random>

#include "release/pack_source.h"
#include "support/pack_scene.h"

namespace qunying {
namespace {

PackManifest sample() {
    PackRecipe pack =
        recipe(10, {{"index.html", "一"}, {"manifest.json", "{}"}, {"media/a.jpg", std::string(40, 'J')}});
    pack.venue = "east";
    return manifest_of(pack);
}

std::string bytes_of(const PackManifest& manifest) {
    return write_pack_manifest(manifest, test_key().secret);
}

TEST_CASE("a manifest reads back as it was written, the same bytes each time") {
    const PackManifest manifest = sample();
    const std::string bytes = bytes_of(manifest);
    CHECK(bytes == bytes_of(manifest));
    const PackReading reading = read_pack_manifest(bytes);
    REQUIRE(reading.manifest);
    CHECK(reading.manifest->sequence == 10);
    CHECK(reading.manifest->site == "hall");
    CHECK(reading.manifest->audience == "venue");
    CHECK(reading.manifest->venue == "east");
    CHECK(reading.manifest->built == "2026-11-21");
    CHECK(reading.manifest->trust == manifest.trust);
    CHECK(reading.manifest->files == manifest.files);
    CHECK(reading.manifest->total() == 45);
    CHECK(reading.manifest->parts() == 3);
    CHECK(reading.manifest->part_length(1) == 16);
    CHECK(reading.manifest->part_length(2) == 13);
    CHECK(part_name(10, 0) == "part-10-0001.qy");
    CHECK(part_name(10, 12344) == "part-10-12345.qy");
}

TEST_CASE("every changed bit, every cut and every addition is refused") {
    const std::string bytes = bytes_of(sample());
    for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
        std::string other = bytes;
        other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << (bit % 8)));
        CAPTURE(bit);
        CHECK_FALSE(read_pack_manifest(other).manifest);
    }
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        CAPTURE(length);
        CHECK_FALSE(read_pack_manifest(bytes.substr(0, length)).manifest);
    }
    CHECK_FALSE(read_pack_manifest(bytes + '\0').manifest);
}

TEST_CASE("what is no pack, a newer one and a damaged one are told apart") {
    std::string bytes = bytes_of(sample());
    CHECK(read_pack_manifest("PK").fault == PackFault::not_a_pack);
    CHECK(read_pack_manifest("").fault == PackFault::not_a_pack);
    bytes[7] = '2';
    CHECK(read_pack_manifest(bytes).fault == PackFault::newer_format);
    bytes[7] = '\0';
    CHECK(read_pack_manifest(bytes).fault == PackFault::damaged);
}

// Signed by the right key, and yet nothing that we ever write: for a key that was stolen, or a program that
// erred.
TEST_CASE("a manifest that would write where it must not is refused, whoever signed it") {
    const auto refused = [](const char* path) {
        PackManifest manifest = sample();
        manifest.files = OutputTree();
        manifest.files.append(path, {});
        return !read_pack_manifest(bytes_of(manifest)).manifest;
    };
    CHECK_FALSE(refused("people/a.html"));
    for (const char* path : {"../state", "/etc/x", "a/../../b", "people//a", "people/", ".hidden", "a/.b",
                             "A.html", "a\\b", "人.html", "manifest.json/x/../y", ""}) {
        CAPTURE(path);
        CHECK(refused(path));
    }
}

TEST_CASE("a name cannot be a file and a folder") {
    PackManifest manifest = sample();
    manifest.files = OutputTree();
    for (const char* path : {"a", "a-b", "a/b"}) manifest.files.append(path, {});
    // write_pack_manifest would stop here, so the parts are put together by hand.
    PackManifest good = manifest;
    good.files = OutputTree();
    for (const char* path : {"a", "a-b", "a.b"}) good.files.append(path, {});
    std::string bytes = bytes_of(good);
    bytes[bytes.find("\x03" + std::string(1, '\0') + "a.b") + 3] = '/';
    const Signature signature = sign(test_key().secret, std::string_view(bytes).substr(0, bytes.size() - 64));
    bytes.replace(bytes.size() - 64, 64, reinterpret_cast<const char*>(signature.bytes.data()), 64);
    CHECK(read_pack_manifest(bytes_of(good)).manifest);
    CHECK_FALSE(read_pack_manifest(bytes).manifest);
}

// The reader must stand anything, for it looks at a manifest's shape before it knows the key: signed anew, so
// that nothing stops at the signature alone.
std::string mutated(std::string body, std::mt19937& chance) {
    for (auto count = 1 + chance() % 3; count > 0 && !body.empty(); --count) {
        const std::size_t at = chance() % body.size();
        const auto way = chance() % 3;
        if (way == 0) body[at] = static_cast<char>(chance());
        if (way == 1) body.erase(at, chance() % 9);
        if (way == 2) body.insert(at, std::string(chance() % 9, static_cast<char>(chance())));
    }
    return body;
}

std::string signed_manifest(const std::string& body) {
    std::string bytes = "QYPACK01";
    for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(body.size() >> shift & 0xFF);
    bytes += body;
    const Signature signature = sign(test_key().secret, bytes);
    return bytes.append(reinterpret_cast<const char*>(signature.bytes.data()), signature.bytes.size());
}

TEST_CASE("manifests that were mutated and signed again are refused, or read back as they are written") {
    std::mt19937 chance(7);
    const std::string good = bytes_of(sample());
    const std::string body = good.substr(12, good.size() - 12 - 64);
    REQUIRE(signed_manifest(body) == good);
    int read = 0;
    for (int round = 0; round < 4000; ++round) {
        const std::string bytes = signed_manifest(mutated(body, chance));
        const PackReading reading = read_pack_manifest(bytes);
        read += reading.manifest.has_value();
        if (reading.manifest) CHECK(write_pack_manifest(*reading.manifest, test_key().secret) == bytes);
    }
    CHECK(read > 10);
}

TEST_CASE("stretches of the stream become ranges of parts") {
    const PackManifest manifest = sample();  // parts of 16, 45 bytes in all
    const auto ranges = part_ranges(manifest, {{0, 3}, {10, 35}, {44, 45}});
    const auto is = [&](std::size_t i, std::size_t part, std::uint64_t offset, std::uint64_t size) {
        return ranges[i].part == part && ranges[i].offset == offset && ranges[i].size == size;
    };
    REQUIRE(ranges.size() == 5);
    CHECK(is(0, 0, 0, 3));
    CHECK(is(1, 0, 10, 6));
    CHECK(is(2, 1, 0, 16));
    CHECK(is(3, 2, 0, 3));
    CHECK(is(4, 2, 12, 1));
}

}  // namespace
}  // namespace qunying
