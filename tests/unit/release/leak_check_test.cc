#include "release/leak_check.h"

#include <doctest/doctest.h>

#include "support/memory_disk.h"

using namespace qunying;

namespace {

std::vector<Leak> leaks_of(const std::string& path, std::string_view bytes,
                           const std::vector<std::string>& allowed = {}) {
    MemoryDisk disk;
    create_folders(disk, split_path("public/" + path).folder);
    disk.write_new_file("public/" + path, bytes);
    return leaks_in_release(disk, "public", allowed);
}

}  // namespace

TEST_CASE("a release is looked at as its readers may look at it") {
    const Leak leak{"people/x.html", "手机号", "mobile number", "138****1234"};
    CHECK(leaks_of("people/x.html", "<p>电话13812341234</p>") == std::vector<Leak>{leak});
    CHECK(leaks_of("people/x.html", "<p>138<b>1234</b><span class=\"x\">1234</span></p>") ==
          std::vector<Leak>{leak});
    CHECK(leaks_of("people/x.html", "<a href=\"tel:13812341234\" title=\"13812341234\">x</a>").size() == 1);
    CHECK(leaks_of("people/x.html", "<td>138</td><td>1234</td><td>1234</td>").empty());
    CHECK(leaks_of("people/x.html", "<p>家住平江街道人民路100号。</p>").front().shown.find("100") ==
          std::string::npos);
    CHECK(leaks_of("data/people.json", "[{\"name\": \"13812341234\"}]").size() == 1);
    CHECK(leaks_of("a.csv", "x,11010519491231002X").front().shown == "11*************02X");
    CHECK(leaks_of("media/x.vtt", "WEBVTT\n\n4111 1111 1111 1111").front().what == "银行卡号");
}

TEST_CASE("names of files are looked at and masked") {
    const auto leaks = leaks_of("assets/list-13812341234.txt", "x");
    REQUIRE(leaks.size() == 1);
    CHECK(leaks[0].path == "assets/list-138****1234.txt");
    CHECK(leaks_text(leaks, Language::chinese).find("13812341234") == std::string::npos);
}

TEST_CASE("what files carry is looked at") {
    using namespace std::string_literals;
    CHECK(leaks_of("assets/x.pdf", "%PDF-1.4\n1 0 obj << /Author (13812341234) >> endobj").size() == 1);
    // Exif with an artist and a folder of places that holds a latitude.
    const std::string exif =
        "Exif\0\0II*\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0"
        "\x01\0\x02\0\x05\0\x01\0\0\0\0\0\0\0\0\0\0\0"s;
    std::string jpeg = "\xff\xd8\xff\xe1"s;
    jpeg += static_cast<char>((exif.size() + 2) >> 8);
    jpeg += static_cast<char>((exif.size() + 2) & 0xff);
    jpeg += exif + "\xff\xda\0\x02\xff\xd9"s;
    const auto leaks = leaks_of("media/x-320.jpg", jpeg);
    REQUIRE(leaks.size() == 1);
    CHECK(leaks[0].what == "拍摄地点");
}

TEST_CASE("what the site lets pass, an office's room, digests and plates are no leaks") {
    CHECK(leaks_of("x.html", "电话13812341234", {"138 1234 1234"}).empty());
    CHECK(leaks_of("x.html", "<p>地址：人民路100号301室，车牌苏E12345</p>").empty());
    CHECK(leaks_of("manifest.json", "{\"size\": 13812341234}").empty());
    CHECK(leaks_of("x.js", "var hash='9f13812341234ab',t=1609459200000;").empty());
    CHECK(leaks_of("static/x.woff2", "13812341234").empty());
    // The roll's table steps from card to card; what it labels stands on its pages.
    const std::string table =
        "qunyingRoll({\"facets\":{\"level\":{\"national\":\"1 3 6 5 1 2 2 1 2 1 4\"}}});";
    CHECK(leaks_of("honors/roll.js", table).empty());
    CHECK(leaks_of("honors/roll-1.js", "[\"13812341234\"]").size() == 1);
}

TEST_CASE("people are told where and what to do") {
    const std::vector<Leak> leaks = leaks_of("x.html", "13812341234 11010519491231002X");
    const std::string text = leaks_text(leaks, Language::chinese);
    CHECK(text.find("x.html: 有手机号“138****1234”\n") != std::string::npos);
    CHECK(text.find("没有送出任何文件") != std::string::npos);
    CHECK(leaks_text(leaks, Language::english).find("nothing was sent") != std::string::npos);
    CHECK(leaks_text({}, Language::chinese).empty());
}

TEST_CASE("the settings say what may pass") {
    MemoryDisk disk;
    CHECK(allowed_in_site(disk).empty());
    create_folders(disk, "content");
    disk.write_new_file("content/site.yaml", "title: x\n词表: {放行: ['13812341234']}\n");
    CHECK(allowed_in_site(disk) == std::vector<std::string>{"13812341234"});
}
