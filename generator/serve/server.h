#pragma once
// The server of the preview, on 127.0.0.1 and nowhere else. Hides cpp-httplib.
#include <memory>
#include <optional>
#include <string>

#include "serve/darkroom.h"
#include "serve/event_hub.h"

namespace qunying {

inline constexpr int default_port = 8420;

struct PortChoice {
    int port = default_port;
    enum class IfTaken { next, fail } if_taken = IfTaken::next;
};

class PreviewServer {
  public:
    // `tools` make the pictures that pages of photographs show; without them there are none of these.
    PreviewServer(EventHub& hub, Language language, std::optional<PictureTools> tools = std::nullopt);
    ~PreviewServer();
    PreviewServer(const PreviewServer&) = delete;
    PreviewServer& operator=(const PreviewServer&) = delete;

    // Takes the port, or one of the next twenty; 0 is any that is free. Throws Failure{listen_on_port}.
    void bind(PortChoice choice);
    int port() const;
    std::string address() const;  // http://127.0.0.1:8420/

    // Answers until stop() is called.
    void run();
    // From any thread.
    void stop();

  private:
    class Work;
    std::unique_ptr<Work> work_;
};

// Failure's operation when the port cannot be had; its path is 127.0.0.1:PORT.
inline constexpr const char* listen_on_port = "listen on";

}  // namespace qunying
