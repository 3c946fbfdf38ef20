#include "images/effort.h"

#include <doctest/doctest.h>
#include <string>

using namespace qunying;
using namespace std::string_literals;

namespace {

std::vector<Recipe> recipes() {
    Recipe recipe;
    recipe.widths = {320, 1600};
    return {recipe};
}

// A start, a segment with a thumbnail's own frame header in it, and the frame header.
std::string jpeg(char frame) {
    const std::string thumbnail = "\xff\xe1\0\x0c\xff\xc0\0\x11\x08\0\x01\0\x01\0"s;
    return "\xff\xd8" + thumbnail + "\xff" + frame + "\0\x11\x08\x0f\xa0\x17\x70\3\0\0\0\0\0\0"s;
}

PictureEffort effort(const std::string& bytes) { return effort_of(bytes, 8'000'000, recipes()); }

}  // namespace

TEST_CASE("the pixels of a photograph are known from its first bytes") {
    CHECK(effort(jpeg('\xc0')).pixels == 24'000'000);
    CHECK(effort("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x17\x70\0\0\x0f\xa0\x08\2\0\0\0"s).pixels ==
          24'000'000);
    CHECK(effort("GIF89a\x40\1\xf0\0\0\0\0\0\0\0"s).pixels == 320 * 240);
    CHECK(effort("RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x6f\x17\0\x9f\x0f\0"s).pixels == 24'000'000);
    CHECK(effort("\0\0\0\x18"s + "ftypheic\0\0\0\0heicmif1" + "\0\0\0\x14ispe\0\0\0\0\0\0\x02\0\0\0\x02\0"s +
                 "\0\0\0\x14ispe\0\0\0\0\0\0\x17\x70\0\0\x0f\xa0"s)
              .pixels == 24'000'000);
}

TEST_CASE("what is held whole needs more memory than what is read row by row") {
    const std::uint64_t plain = effort(jpeg('\xc0')).memory, progressive = effort(jpeg('\xc2')).memory;
    CHECK(progressive > plain + 24'000'000);
    CHECK(plain > idle_worker_memory);
    CHECK(effort_of("no picture", 1000, recipes()).memory < plain);
}

TEST_CASE("no beginning makes the guess fail or unbounded") {
    for (const std::string& whole : {jpeg('\xc0'), jpeg('\xc2'), "ftypheicispe"s + std::string(16, '\xff')}) {
        for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
            CHECK(effort(whole.substr(0, cut)).memory < std::uint64_t{1} << 33);
            std::string bent = whole;
            if (cut < bent.size()) bent[cut] = '\xff';
            CHECK(effort(bent).memory < std::uint64_t{1} << 33);
        }
    }
}
