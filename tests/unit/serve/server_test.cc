// The real server on a port of this machine, asked byte by byte.
#include "serve/server.h"

#include <arpa/inet.h>
#include <chrono>
#include <deque>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include "base/failure.h"
#include "serve/live_page.h"

using namespace qunying;

namespace {

std::shared_ptr<const MemoryTree> tree_with(const std::string& text) {
    MemoryStage stage(nullptr);
    stage.add("index.html", "<body>" + text + "</body>");
    stage.add("404.html", "<body>没有</body>");
    stage.add("media/film.mp4", "0123456789");
    stage.commit({});
    return stage.tree();
}

class Connection {
  public:
    explicit Connection(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const timeval patience{20, 0};
        setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        REQUIRE(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    }
    ~Connection() { ::close(socket_); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void send(const std::string& text) {
        REQUIRE(::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size()));
    }
    // Until `end` has come; all that is left where the other side closes before.
    std::string read_until(const std::string& end) {
        for (;;) {
            const std::size_t found = got_.find(end);
            if (found != std::string::npos) return take(found + end.size());
            char buffer[4096];
            const auto length = ::recv(socket_, buffer, sizeof buffer, 0);
            if (length <= 0) return take(got_.size());
            got_.append(buffer, static_cast<std::size_t>(length));
        }
    }
    std::string read_all() { return read_until("no such thing ever comes"); }

  private:
    std::string take(std::size_t length) {
        const std::string taken = got_.substr(0, length);
        got_.erase(0, length);
        return taken;
    }

    int socket_;
    std::string got_;
};

struct Running {
    EventHub hub;
    PreviewServer server{hub, Language::chinese};
    std::thread thread;

    Running() {
        server.bind({0, PortChoice::IfTaken::fail});
        hub.publish(tree_with("首页"), {});
        thread = std::thread([this] { server.run(); });
    }
    ~Running() {
        hub.close();
        server.stop();
        thread.join();
    }

    std::string host() const { return "127.0.0.1:" + std::to_string(server.port()); }
    std::string ask(const std::string& first_line, const std::string& headers,
                    const std::string& body = "") const {
        Connection connection(server.port());
        connection.send(first_line + " HTTP/1.1\r\n" + headers + "\r\n" + body);
        return connection.read_all();
    }
    std::string get(const std::string& target, const std::string& more = "") const {
        return ask("GET " + target, "Host: " + host() + "\r\n" + more);
    }
    std::string token() const {
        const std::string page = get("/");
        const std::size_t at = page.find("data-token=\"") + 12;
        return page.substr(at, 32);
    }
};

int status(const std::string& answer) { return answer.size() < 12 ? 0 : std::stoi(answer.substr(9, 3)); }
bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// A stream of events whose first piece has come.
struct Stream {
    Connection connection;
    Stream(const Running& preview, const std::string& token) : connection(preview.server.port()) {
        connection.send("GET /_qunying/events?token=" + token + "&page=index.html HTTP/1.1\r\nHost: " +
                        preview.host() + "\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n");
        CHECK(holds(connection.read_until("\r\n\r\n"), "Content-Type: text/event-stream\r\n"));
        CHECK(holds(connection.read_until("\n\n"), "\"version\":"));
    }
};

}  // namespace

TEST_CASE("pages are answered, and each answer ends its connection") {
    const Running preview;
    const std::string page = preview.get("/");
    CHECK(status(page) == 200);
    CHECK(holds(page, "<body>首页<script src=\"/_qunying/live.js\""));
    CHECK(holds(page, "Content-Type: text/html; charset=utf-8\r\n"));
    CHECK(holds(page, "Connection: close\r\n"));
    CHECK(holds(page, "Cache-Control: no-store\r\n"));
    CHECK_FALSE(holds(page, "Access-Control"));
    const std::string head = preview.ask("HEAD /", "Host: " + preview.host() + "\r\n");
    CHECK(status(head) == 200);
    CHECK(head.ends_with("\r\n\r\n"));
    CHECK(status(preview.get("/nothing.html")) == 404);
}

TEST_CASE("nobody else is answered") {
    const Running preview;
    CHECK(status(preview.ask("GET /", "Host: evil.example\r\n")) == 403);
    CHECK(status(preview.ask("GET /", "")) == 403);
    CHECK(status(preview.ask("GET /", "Host: " + preview.host() + "\r\nHost: evil.example\r\n")) == 403);
    CHECK(status(preview.get("/", "Origin: http://evil.example\r\n")) == 403);
    CHECK(status(preview.get("/", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n")) == 403);
    CHECK(status(preview.get("/_qunying/events?token=0123")) == 403);
    CHECK(status(preview.get("/_qunying/events")) == 403);
    const std::string posted =
        preview.ask("POST /", "Host: " + preview.host() + "\r\nContent-Length: 3\r\n", "a=b");
    CHECK(status(posted) == 405);
    CHECK(holds(posted, "Allow: GET, HEAD\r\n"));
}

TEST_CASE("what follows a request on its connection is not a request") {
    const Running preview;
    const std::string inner = "GET / HTTP/1.1\r\nHost: " + preview.host() + "\r\n\r\n";
    const std::string answer = preview.ask(
        "POST /", "Host: evil.example\r\nContent-Length: " + std::to_string(inner.size()) + "\r\n", inner);
    CHECK(status(answer) == 403);
    CHECK_FALSE(holds(answer, "首页"));
}

TEST_CASE("no path leads out of the tree") {
    const Running preview;
    for (const char* path :
         {"/../../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd", "//etc/passwd",
          "/media/../../../etc/passwd", "/etc/passwd%00.html", "/%5c..%5c", "/media/%2e%2e/index.html"}) {
        CAPTURE(path);
        const std::string answer = preview.get(path);
        CHECK(status(answer) == 404);
        CHECK_FALSE(holds(answer, "root:"));
    }
}

TEST_CASE("films can be sought in") {
    const Running preview;
    const std::string whole = preview.get("/media/film.mp4");
    CHECK(status(whole) == 200);
    CHECK(whole.ends_with("\r\n\r\n0123456789"));
    CHECK(holds(whole, "Accept-Ranges: bytes\r\n"));
    CHECK(holds(whole, "Content-Type: video/mp4\r\n"));
    const std::string part = preview.get("/media/film.mp4", "Range: bytes=2-4\r\n");
    CHECK(status(part) == 206);
    CHECK(part.ends_with("\r\n\r\n234"));
    CHECK(holds(part, "Content-Range: bytes 2-4/10\r\n"));
    CHECK(preview.get("/media/film.mp4", "Range: bytes=7-90\r\n").ends_with("\r\n\r\n789"));
    CHECK(preview.get("/media/film.mp4", "Range: bytes=7-\r\n").ends_with("\r\n\r\n789"));
    CHECK(preview.get("/media/film.mp4", "Range: bytes=-3\r\n").ends_with("\r\n\r\n789"));
    for (const char* beyond : {"10-", "90-", "90-95", "-0", "18446744073709551615-"}) {
        CAPTURE(beyond);
        const std::string answer =
            preview.get("/media/film.mp4", "Range: bytes=" + std::string(beyond) + "\r\n");
        CHECK(status(answer) == 416);
        CHECK(answer.size() < 1000);
    }
    const std::string two = preview.get("/media/film.mp4", "Range: bytes=0-1,3-4\r\n");
    CHECK(status(two) == 200);
    CHECK(two.ends_with("\r\n\r\n0123456789"));
}

TEST_CASE("a stream tells of each change at once") {
    Running preview;
    Stream stream(preview, preview.token());
    preview.hub.publish(tree_with("二"), {});
    CHECK(holds(stream.connection.read_until("\n\n"), "\"version\":2"));
    preview.hub.publish(tree_with("二"), {1, 0, {Finding()}});
    CHECK(holds(stream.connection.read_until("\n\n"), "\"errors\":1"));
}

TEST_CASE("a page that opens before the first build hears that it is waited for") {
    EventHub hub;
    PreviewServer server(hub, Language::chinese);
    server.bind({0, PortChoice::IfTaken::fail});
    std::thread thread([&server] { server.run(); });
    Connection page(server.port());
    const std::string host = "127.0.0.1:" + std::to_string(server.port());
    page.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    const std::string shown = page.read_all();
    CHECK(status(shown) == 503);
    Connection stream(server.port());
    stream.send("GET /_qunying/events?token=" + shown.substr(shown.find("data-token=\"") + 12, 32) +
                "&page=index.html HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    CHECK(holds(stream.read_until("\n\n"), "\"version\":0"));
    hub.publish(tree_with("首页"), {});
    CHECK(holds(stream.read_until("\n\n"), "\"version\":1"));
    hub.close();
    server.stop();
    thread.join();
}

TEST_CASE("forty open streams starve nobody; all but the newest are asked to poll") {
    const Running preview;
    const std::string token = preview.token();
    std::deque<Stream> streams;
    for (int i = 0; i < 40; ++i) streams.emplace_back(preview, token);
    const std::size_t displaced = streams.size() - EventHub::most_listeners;
    for (std::size_t i = 0; i < displaced; ++i)
        CHECK(holds(streams[i].connection.read_all(), "event: displaced"));
    for (int i = 0; i < 100; ++i) CHECK(status(preview.get("/")) == 200);
    CHECK(holds(preview.get("/_qunying/version?token=" + token + "&page=index.html"), "\"version\":1"));
}

TEST_CASE("connections that ask for nothing starve nobody") {
    const Running preview;
    std::deque<Connection> idle;
    for (int i = 0; i < 60; ++i) idle.emplace_back(preview.server.port());
    CHECK(status(preview.get("/")) == 200);
}

TEST_CASE("a port that is taken is left alone") {
    const Running preview;
    EventHub hub;
    SUBCASE("the next free one is taken instead") {
        PreviewServer second(hub, Language::chinese);
        second.bind({preview.server.port(), PortChoice::IfTaken::next});
        CHECK(second.port() > preview.server.port());
    }
    SUBCASE("unless it was asked for") {
        PreviewServer second(hub, Language::chinese);
        std::string operation;
        try {
            second.bind({preview.server.port(), PortChoice::IfTaken::fail});
        } catch (const Failure& failure) {
            operation = failure.operation();
        }
        CHECK(operation == listen_on_port);
    }
}

TEST_CASE("a server may be stopped before it has begun") {
    EventHub hub;
    PreviewServer server(hub, Language::chinese);
    server.bind({0, PortChoice::IfTaken::fail});
    server.stop();
    server.run();
}

TEST_CASE("only this machine can connect") {
    const Running preview;
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(preview.server.port()));
    address.sin_addr.s_addr =
        htonl(INADDR_LOOPBACK + 1);  // 127.0.0.2: what is bound to all addresses answers there
    CHECK(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0);
    ::close(socket);
}
