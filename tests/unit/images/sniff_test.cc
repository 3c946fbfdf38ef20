#include "images/sniff.h"

#include <doctest/doctest.h>
#include <string>

using namespace qunying;
using namespace std::string_literals;

TEST_CASE("a file is what its first bytes say") {
    struct Case {
        std::string bytes;
        ContentKind kind;
        std::string_view name;
    };
    const Case cases[] = {
        {"\xff\xd8\xff\xe0"s, ContentKind::jpeg, "JPEG"},
        {"\x89PNG\r\n\x1a\n"s, ContentKind::png, "PNG"},
        {"RIFF\0\0\0\0WEBPVP8 "s, ContentKind::webp, "WebP"},
        {"\0\0\0\x1c"
         "ftypavif\0\0\0\0mif1miaf"s,
         ContentKind::heif, "AVIF"},
        {"\0\0\0\x1c"
         "ftypmif1\0\0\0\0mif1avif"s,
         ContentKind::heif, "AVIF"},
        {"\0\0\0\x18"
         "ftypheic\0\0\0\0mif1heic"s,
         ContentKind::heif, "HEIC"},
        {"\0\0\0\x18"
         "ftypmif1\0\0\0\0mif1heic"s,
         ContentKind::heif, "HEIC"},
        {"\0\0\0\x18"
         "ftypisom\0\0\0\0isommp42"s,
         ContentKind::other, "MP4/MOV"},
        {"GIF89a"s, ContentKind::gif, "GIF"},
        {"<?xml version=\"1.0\"?>\n<svg xmlns=\"\">"s, ContentKind::other_picture, "SVG"},
        {"II*\0"s, ContentKind::tiff, "TIFF"},
        {"BM\0\0\0\0"s, ContentKind::other_picture, "BMP"},
        {"%PDF-1.7"s, ContentKind::other, "PDF"},
        {"PK\3\4"s, ContentKind::other, "ZIP/Office"},
        {"\xd0\xcf\x11\xe0"s, ContentKind::other, "Office"},
        {"<!DOCTYPE html><html>"s, ContentKind::other, "HTML"},
        {"王样例，1949年生。"s, ContentKind::other, "TXT"},
        {"\0\1\2\3"s, ContentKind::unknown, ""},
        {""s, ContentKind::unknown, ""},
    };
    for (const Case& each : cases) {
        CAPTURE(each.bytes);
        CHECK(sniff(each.bytes).kind == each.kind);
        CHECK(sniff(each.bytes).name == each.name);
    }
}

TEST_CASE("HEIC is told from AVIF") {
    CHECK(sniff("\0\0\0\x18"
                "ftypheic\0\0\0\0mif1heic"s)
              .heic);
    CHECK_FALSE(sniff("\0\0\0\x1c"
                      "ftypavif\0\0\0\0mif1miaf"s)
                    .heic);
}

TEST_CASE("any beginning of any file is safe to look at") {
    const std::string heic =
        "\0\0\0\x18"
        "ftypheic\0\0\0\0mif1heic"s;
    for (std::size_t size = 0; size <= heic.size(); ++size) sniff(std::string_view(heic).substr(0, size));
    const std::string text(1022, 'a');
    CHECK(sniff(text + "王王").name == "TXT");
}
