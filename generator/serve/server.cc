// cpp-httplib gives each connection a thread for as long as it lasts, and a stream of events lasts for hours.
// So threads are started as they are needed, a connection ends with its answer (a new one costs less than a
// millisecond here), and EventHub holds the streams to a few. Everything else that is asked of a server on a
// desk (who may ask, for what) is in gate.h and answer.h, which know nothing of this library: it checks no
// Host, sends no charset and follows links out of its folder, so none of that is left to it.
#include "serve/server.h"

#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <fmt/format.h>
#include <functional>
#include <httplib.h>
#include <mutex>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include "base/failure.h"
#include "serve/answer.h"
#include "serve/state.h"

namespace qunying {
namespace {

constexpr int ports_tried = 20;
constexpr int waiting_connections = 128;  // the library's own five are fewer than one page may open
constexpr std::size_t most_threads = 192;
constexpr std::chrono::milliseconds look_at_listener{500};

// A thread for each connection that has none yet.
class ConnectionThreads final : public httplib::TaskQueue {
  public:
    void enqueue(std::function<void()> job) override {
        const std::lock_guard guard(mutex_);
        jobs_.push_back(std::move(job));
        if (idle_ < jobs_.size() && threads_.size() < most_threads) threads_.emplace_back([this] { work(); });
        wake_.notify_one();
    }
    void shutdown() override {
        {
            const std::lock_guard guard(mutex_);
            closing_ = true;
            wake_.notify_all();
        }
        for (std::thread& thread : threads_) thread.join();
    }

  private:
    void work() {
        std::unique_lock lock(mutex_);
        for (;;) {
            ++idle_;
            wake_.wait(lock, [this] { return closing_ || !jobs_.empty(); });
            --idle_;
            if (jobs_.empty()) return;
            const auto job = std::move(jobs_.front());
            jobs_.pop_front();
            lock.unlock();
            job();
            lock.lock();
        }
    }

    std::mutex mutex_;  // of all that follows
    std::condition_variable wake_;
    std::deque<std::function<void()>> jobs_;
    std::vector<std::thread> threads_;
    std::size_t idle_ = 0;
    bool closing_ = false;
};

std::vector<std::string> all_of(const httplib::Request& request, const char* name) {
    std::vector<std::string> values;
    for (std::size_t i = 0; i < request.get_header_value_count(name); ++i)
        values.push_back(request.get_header_value(name, i));
    return values;
}

std::string parameter(const httplib::Request& request, const char* name) {
    return request.has_param(name) ? request.get_param_value(name) : std::string();
}

Request request_of(const httplib::Request& request) {
    return {request.method,
            request.path,
            parameter(request, "token"),
            parameter(request, "page"),
            all_of(request, "Host"),
            all_of(request, "Origin"),
            request.get_header_value("Sec-Fetch-Site"),
            request.get_header_value("Sec-Fetch-Mode"),
            request.get_header_value("Sec-Fetch-Dest"),
            request.get_header_value("Range"),
            {request.params.begin(), request.params.end()}};
}

// One stream of events, on its own thread.
class EventStream {
  public:
    EventStream(EventHub& hub, std::string page, Language language)
        : hub_(hub), page_(std::move(page)), language_(language), listener_(hub.join()) {}
    ~EventStream() { hub_.leave(listener_); }
    EventStream(const EventStream&) = delete;
    EventStream& operator=(const EventStream&) = delete;

    // Waits for one piece of news and sends it; false ends the stream.
    bool go_on(httplib::DataSink& sink) {
        const EventHub::Waited waited = hub_.wait(listener_, seen_, look_at_listener);
        switch (waited.wake) {
            case EventHub::Wake::closed:
                return false;
            case EventHub::Wake::displaced:
                send(sink, "event: displaced\ndata:\n\n");
                sink.done();
                return true;
            case EventHub::Wake::news:
                seen_ = waited.snapshot->version;
                return send(sink, "data: " + state_json(*waited.snapshot, page_, language_) + "\n\n");
            case EventHub::Wake::nothing:
                return greet(sink, *waited.snapshot) && sink.is_writable();
        }
        return false;
    }

  private:
    static bool send(httplib::DataSink& sink, const std::string& text) {
        return sink.write(text.data(), text.size());
    }
    // Before the first build there is no news, and yet the page should know that it is heard.
    bool greet(httplib::DataSink& sink, const Snapshot& snapshot) {
        if (std::exchange(greeted_, true) || seen_ > 0) return true;
        return send(sink, "data: " + state_json(snapshot, page_, language_) + "\n\n");
    }

    EventHub& hub_;
    const std::string page_;
    const Language language_;
    const std::uint64_t listener_;
    std::uint64_t seen_ = 0;
    bool greeted_ = false;
};

}  // namespace

class PreviewServer::Work {
  public:
    Work(EventHub& hub, Language language, std::optional<PictureTools> tools)
        : hub_(hub), language_(language), tools_(std::move(tools)) {
        prepare();
    }

    ~Work();

    bool try_port(int port);
    void run();
    void stop();
    void respond(const httplib::Request& request, httplib::Response& response);

    httplib::Server server_;
    Gate gate_{0, new_token()};

  private:
    void prepare();
    void fill(Answer answer, const std::string& page, httplib::Response& response);

    EventHub& hub_;
    const Language language_;
    const std::optional<PictureTools> tools_;
    socket_t socket_ = INVALID_SOCKET;  // until the server has it
    std::mutex mutex_;                  // of what follows
    bool running_ = false, stopped_ = false;
};

void PreviewServer::Work::prepare() {
    server_.new_task_queue = [] { return new ConnectionThreads; };
    server_.set_keep_alive_max_count(1);
    server_.set_keep_alive_timeout(2);  // of connections that a browser opens in advance
    server_.set_tcp_nodelay(true);
    server_.set_payload_max_length(0);
    // Not SO_REUSEPORT, the library's own choice: it would share a port that another preview has.
    server_.set_socket_options([this](socket_t socket) {
        const int yes = 1;
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        socket_ = socket;
    });
    server_.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
        respond(request, response);
        return httplib::Server::HandlerResponse::Handled;
    });
}

bool PreviewServer::Work::try_port(int port) {
    gate_.port = port == 0 ? server_.bind_to_any_port("127.0.0.1") : port;
    const bool bound = port == 0 ? gate_.port > 0 : server_.bind_to_port("127.0.0.1", port);
    if (!bound) socket_ = INVALID_SOCKET;  // closed by the library
    if (bound) ::listen(socket_, waiting_connections);
    return bound;
}

PreviewServer::Work::~Work() {
    if (socket_ != INVALID_SOCKET) ::close(socket_);
}

void PreviewServer::Work::run() {
    {
        const std::lock_guard guard(mutex_);
        if (stopped_) return;
        running_ = true;
        socket_ = INVALID_SOCKET;
    }
    server_.listen_after_bind();
    const std::lock_guard guard(mutex_);
    running_ = false;
}

// The library forgets a stop() that comes before its loop has begun.
void PreviewServer::Work::stop() {
    std::unique_lock lock(mutex_);
    stopped_ = true;
    while (running_ && !server_.is_running()) {
        lock.unlock();
        std::this_thread::yield();
        lock.lock();
    }
    if (running_) server_.stop();
}

void PreviewServer::Work::respond(const httplib::Request& asked, httplib::Response& response) {
    const Request request = request_of(asked);
    fill(answer(request, *hub_.current(), gate_, language_, tools_ ? &*tools_ : nullptr), request.page,
         response);
    // The library would cut the answer once more, and past its end where a range says so.
    const_cast<httplib::Request&>(asked).ranges.clear();
}

void PreviewServer::Work::fill(Answer answer, const std::string& page, httplib::Response& response) {
    response.status = answer.status;
    for (const auto& [name, value] : headers_of_all()) response.set_header(name, value);
    for (const auto& [name, value] : answer.headers) response.set_header(name, value);
    if (answer.stream) {
        const auto stream = std::make_shared<EventStream>(hub_, page, language_);
        return response.set_chunked_content_provider(
            answer.type, [stream](std::size_t, httplib::DataSink& sink) { return stream->go_on(sink); });
    }
    const SharedBytes bytes = answer.bytes;
    const std::string_view part = std::string_view(*bytes).substr(answer.from, answer.length);
    if (part.empty()) return response.set_content("", answer.type);
    response.set_content_provider(
        part.size(), answer.type,
        [bytes, part](std::size_t from, std::size_t length, httplib::DataSink& sink) {
            return sink.write(part.data() + from, length);
        });
}

PreviewServer::PreviewServer(EventHub& hub, Language language, std::optional<PictureTools> tools)
    : work_(std::make_unique<Work>(hub, language, std::move(tools))) {}
PreviewServer::~PreviewServer() = default;

void PreviewServer::bind(PortChoice choice) {
    const int last = choice.if_taken == PortChoice::IfTaken::next ? choice.port + ports_tried : choice.port;
    for (int port = choice.port; port <= last && port <= 65535; ++port) {
        if (work_->try_port(port)) return;
    }
    throw Failure(listen_on_port, fmt::format("127.0.0.1:{}", choice.port),
                  std::make_error_code(std::errc::address_in_use));
}

int PreviewServer::port() const { return work_->gate_.port; }
std::string PreviewServer::address() const { return fmt::format("http://127.0.0.1:{}/", port()); }
void PreviewServer::run() { work_->run(); }
void PreviewServer::stop() { work_->stop(); }

}  // namespace qunying
