#include "serve/gate.h"

#include <doctest/doctest.h>

using namespace qunying;

namespace {

const Gate gate{8420, "0123456789abcdef0123456789abcdef"};

Request get(const std::string& path = "/index.html") {
    return {"GET", path, "", "", {"127.0.0.1:8420"}, {}, "", "", ""};
}

}  // namespace

TEST_CASE("our own pages are answered") {
    CHECK_FALSE(refusal(get(), gate));
    for (const char* host : {"localhost:8420", "LocalHost:8420", "[::1]:8420"}) {
        Request request = get();
        request.hosts = {host};
        CAPTURE(host);
        CHECK_FALSE(refusal(request, gate));
    }
    Request request = get();
    request.method = "HEAD";
    CHECK_FALSE(refusal(request, gate));
    request.origins = {"http://127.0.0.1:8420"};
    CHECK_FALSE(refusal(request, gate));
}

TEST_CASE("any Host but our own is foreign: names that lead here are how a page elsewhere would get in") {
    for (const char* host : {"evil.example:8420", "evil.example", "127.0.0.1", "localhost", "127.0.0.1:8421",
                             "127.0.0.1:8420.evil.example", "127.0.0.2:8420", "localhost.:8420",
                             "0.0.0.0:8420", "user@localhost:8420", "", " 127.0.0.1:8420"}) {
        Request request = get();
        request.hosts = {host};
        CAPTURE(host);
        CHECK(refusal(request, gate) == Refusal::foreign);
    }
    Request request = get();
    request.hosts = {};
    CHECK(refusal(request, gate) == Refusal::foreign);
    request.hosts = {"127.0.0.1:8420", "127.0.0.1:8420"};
    CHECK(refusal(request, gate) == Refusal::foreign);
}

TEST_CASE("any Origin but our own is foreign") {
    for (const char* origin :
         {"http://evil.example", "null", "", "https://127.0.0.1:8420", "http://127.0.0.1:8421",
          "http://localhost:8420", "http://127.0.0.1:8420.evil.example"}) {
        Request request = get();
        request.origins = {origin};
        CAPTURE(origin);
        CHECK(refusal(request, gate) == Refusal::foreign);
    }
    Request request = get();
    request.origins = {"http://127.0.0.1:8420", "http://evil.example"};
    CHECK(refusal(request, gate) == Refusal::foreign);
}

TEST_CASE("another site may link here, and neither embed nor fetch") {
    for (const char* site : {"cross-site", "same-site", "unheard-of"}) {
        Request request = get();
        CAPTURE(site);
        request.fetch_site = site, request.fetch_mode = "navigate", request.fetch_dest = "document";
        CHECK_FALSE(refusal(request, gate));
        request.fetch_dest = "iframe";
        CHECK(refusal(request, gate) == Refusal::foreign);
        request.fetch_mode = "no-cors", request.fetch_dest = "script";
        CHECK(refusal(request, gate) == Refusal::foreign);
        request = get("/_qunying/events");
        request.token = gate.token;
        request.fetch_site = site, request.fetch_mode = "navigate", request.fetch_dest = "document";
        CHECK(refusal(request, gate) == Refusal::foreign);
    }
    for (const char* site : {"same-origin", "none", ""}) {
        Request request = get();
        request.fetch_site = site, request.fetch_mode = "no-cors", request.fetch_dest = "script";
        CHECK_FALSE(refusal(request, gate));
    }
}

TEST_CASE("news are for those who know the token") {
    for (const char* path : {"/_qunying/events", "/_qunying/version"}) {
        Request request = get(path);
        CAPTURE(path);
        CHECK(refusal(request, gate) == Refusal::foreign);
        request.token = "0123456789abcdef0123456789abcdee";
        CHECK(refusal(request, gate) == Refusal::foreign);
        request.token = gate.token + "0";
        CHECK(refusal(request, gate) == Refusal::foreign);
        request.token = gate.token;
        CHECK_FALSE(refusal(request, gate));
    }
    CHECK_FALSE(refusal(get("/_qunying/"), gate));
    CHECK_FALSE(refusal(get("/_qunying/live.js"), gate));
}

TEST_CASE("nothing but looking") {
    for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE", "get"}) {
        Request request = get();
        request.method = method;
        CAPTURE(method);
        CHECK(refusal(request, gate) == Refusal::method);
        request.hosts = {"evil.example"};
        CHECK(refusal(request, gate) == Refusal::foreign);
    }
}

TEST_CASE("tokens have 128 bits and differ") {
    const std::string one = new_token(), other = new_token();
    CHECK(one.size() == 32);
    CHECK(one.find_first_not_of("0123456789abcdef") == std::string::npos);
    CHECK(one != other);
}
