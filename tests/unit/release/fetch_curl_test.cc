#include "release/fetch_curl.h"

#include <doctest/doctest.h>

#include "release/fetch.h"

namespace qunying {
namespace {

TEST_CASE("requests are told to curl one by one, with nothing that could be an option") {
    const std::string config = curl_config({{"https://a/x", true, 0, 0}, {"https://a/y\"\\", false, 10, 5}});
    CHECK(config.starts_with("url = \"https://a/x\"\nsilent\n"));
    CHECK(config.find("\nnext\nurl = \"https://a/y\\\"\\\\\"\nrange = \"10-14\"\n") != std::string::npos);
    CHECK(config.find("proto = \"=http,https\"\n") != std::string::npos);
}

TEST_CASE("heads of answers are read") {
    const auto answer =
        read_answer("HTTP/1.1 206 Partial Content\r\nDate: x\r\ncontent-range: bytes 10-14/100");
    REQUIRE(answer);
    CHECK(answer->status == 206);
    CHECK(answer->begin == 10);
    CHECK(answer->last == 14);
    CHECK(answer->total == 100);
    CHECK(read_answer("HTTP/2 200")->status == 200);
    CHECK_FALSE(read_answer("HTTP/2 200")->total);
    for (const char* field :
         {"bytes 10-14/*", "bytes 10-14", "bytes */100", "items 1-2/3", "bytes -4/100", ""}) {
        CAPTURE(field);
        CHECK_FALSE(read_answer("HTTP/1.1 206 x\r\nContent-Range: " + std::string(field))->total);
    }
    for (const char* head : {"", "HTTP/1.1", "HTTP/1.1 2", "HTTP/1.1 abc", "<html>"})
        CHECK_FALSE(read_answer(head));
}

TEST_CASE("what only leads to another answer is passed over") {
    const auto moves = [](const char* head) { return moves_on(head, *read_answer(head)); };
    CHECK(moves("HTTP/1.1 302 Found\r\nLocation: https://b/"));
    CHECK(moves("HTTP/1.1 100 Continue"));
    CHECK_FALSE(moves("HTTP/1.1 302 Found"));
    CHECK_FALSE(moves("HTTP/1.1 200 OK\r\nLocation: x"));
    CHECK_FALSE(moves("HTTP/1.1 404 Not Found"));
}

TEST_CASE("addresses are told from places on this machine") {
    CHECK(is_web_address("http://a/"));
    CHECK(is_web_address("HTTPS://a/"));
    CHECK_FALSE(is_web_address("/media/usb"));
    CHECK_FALSE(is_web_address("ftp://a/"));
    CHECK_FALSE(is_web_address("http:"));
}

}  // namespace
}  // namespace qunying
