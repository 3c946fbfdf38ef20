// That the words are where other programs look for them is shown in tests/media, with exiftool.
#include "images/credit.h"

#include <doctest/doctest.h>

using namespace qunying;
using namespace std::string_literals;

namespace {

const Credit credit{"样例市委老干部局", "© 样例市 <2026>"};
const std::string jpeg =
    "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xdb\0\x43"s + std::string(80, 'q') + "\xff\xd9";
const std::string webp =
    "RIFF\x20\0\0\0WEBPVP8 \x14\0\0\0\x10\2\0\x9d\1\x2a\x40\1\xf0\0"s + std::string(10, 'p');

}  // namespace

TEST_CASE("a JPEG gets a segment behind JFIF and is otherwise as it was") {
    const std::string made = credited(jpeg, PictureFormat::jpeg, credit);
    CHECK(made.substr(0, 20) == jpeg.substr(0, 20));
    CHECK(made.substr(20, 2) == "\xff\xe1");
    CHECK(made.find(credit.artist + "\0"s) != std::string::npos);
    CHECK(made.find(credit.copyright + "\0"s) != std::string::npos);
    CHECK(made.ends_with(jpeg.substr(20)));
}

TEST_CASE("a WebP is extended round the same pixels") {
    const std::string made = credited(webp, PictureFormat::webp, credit);
    CHECK(made.substr(12, 4) == "VP8X");
    CHECK(made.find(webp.substr(12)) != std::string::npos);
    CHECK(made.find("&lt;2026&gt;") != std::string::npos);
}

TEST_CASE("without words nothing is written, and what is not ours is left alone") {
    CHECK(credited(jpeg, PictureFormat::jpeg, {}) == jpeg);
    CHECK(credited("GIF89a", PictureFormat::jpeg, credit) == "GIF89a");
    CHECK(credited("RIFF", PictureFormat::webp, credit) == "RIFF");
    CHECK(credited("", PictureFormat::avif, credit).empty());
}

TEST_CASE("no bytes make it fail") {
    const std::string avif =
        "\0\0\0\x14"
        "ftypavif\0\0\0\0avif"s +
        "\0\0\0\x6a"
        "meta\0\0\0\0"s +
        "\0\0\0\x0epitm\0\0\0\0\0\1"s + "\0\0\0\x1eiloc\0\0\0\0\x44\0\0\1\0\1\0\0\0\1\0\0\0\x80\0\0\0\4"s +
        "\0\0\0\x23iinf\0\0\0\0\0\1\0\0\0\x15infe\2\0\0\0\0\1\0\0av01\0"s;
    for (const std::string& whole : {jpeg, webp, avif}) {
        for (const PictureFormat format : {PictureFormat::jpeg, PictureFormat::webp, PictureFormat::avif}) {
            for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
                CHECK(credited(whole.substr(0, cut), format, credit).size() >= cut);
                for (const char c : {'\0', '\1', '\xff'}) {
                    std::string bent = whole;
                    if (cut < bent.size()) bent[cut] = c;
                    CHECK(credited(bent, format, credit).size() >= bent.size());
                }
            }
        }
    }
}
