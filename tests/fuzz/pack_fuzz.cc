// The manifest of a pack. The input says how a good one is changed, since hardly anything else gets past the
// first bytes: again and again two bytes of a place, one of a count, and as many bytes to stand there. None
// may be taken for good that differs from it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "release/pack_manifest.h"
#include "support/pack_scene.h"

using namespace qunying;

namespace {

std::string good_manifest() {
    PackRecipe pack = recipe(10, {{"index.html", "一"}, {"manifest.json", "{}"}, {"media/a.jpg", "JJJJ"}});
    pack.venue = "east";
    return write_pack_manifest(manifest_of(pack), test_key().secret);
}

std::string changed(std::string bytes, const std::uint8_t* data, std::size_t size) {
    for (std::size_t at = 0; at + 3 <= size;) {
        const std::size_t place = (data[at] + 256U * data[at + 1]) % (bytes.size() + 1);
        const std::size_t count = std::min<std::size_t>(data[at + 2], size - at - 3);
        const std::string_view words(reinterpret_cast<const char*>(data) + at + 3, count);
        bytes.replace(place, count > 128 ? 0 : count, words);
        at += 3 + count;
    }
    return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::string good = good_manifest();
    const std::string bytes = changed(good, data, size);
    if (read_pack_manifest(bytes).manifest && bytes != good) std::abort();
    read_pack_manifest({reinterpret_cast<const char*>(data), size});
    return 0;
}
