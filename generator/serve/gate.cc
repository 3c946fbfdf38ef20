#include "serve/gate.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <random>

#include "base/text.h"

namespace qunying {
namespace {

bool is_own_host(const std::string& host, int port) {
    static constexpr const char* names[] = {"127.0.0.1", "localhost", "[::1]"};
    const std::string lower = ascii_lower(host);
    return std::any_of(std::begin(names), std::end(names),
                       [&](const char* name) { return lower == fmt::format("{}:{}", name, port); });
}

// In a time that does not tell how much of it was right.
bool same_token(std::string_view given, std::string_view own) {
    if (given.size() != own.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < own.size(); ++i)
        difference |=
            static_cast<unsigned>(static_cast<unsigned char>(given[i]) ^ static_cast<unsigned char>(own[i]));
    return difference == 0;
}

// What asks for the state of the preview, or has the worker make a picture; its own pages, scripts and styles
// tell nothing that others must not know.
bool needs_token(std::string_view path) {
    return path == "/_qunying/events" || path == "/_qunying/version" || path == "/_qunying/photo";
}

bool is_foreign_fetch(const Request& request) {
    const bool own =
        request.fetch_site.empty() || request.fetch_site == "same-origin" || request.fetch_site == "none";
    if (own) return false;
    // A link that somebody follows shows the page to that person and to nobody else.
    return request.fetch_mode != "navigate" || request.fetch_dest != "document" || needs_token(request.path);
}

}  // namespace

std::optional<Refusal> refusal(const Request& request, const Gate& gate) {
    if (request.hosts.size() != 1 || !is_own_host(request.hosts.front(), gate.port)) return Refusal::foreign;
    const std::string own_origin = "http://" + ascii_lower(request.hosts.front());
    const bool own = std::all_of(request.origins.begin(), request.origins.end(),
                                 [&](const std::string& origin) { return origin == own_origin; });
    if (!own || is_foreign_fetch(request)) return Refusal::foreign;
    if (request.method != "GET" && request.method != "HEAD") return Refusal::method;
    if (needs_token(request.path) && !same_token(request.token, gate.token)) return Refusal::foreign;
    return std::nullopt;
}

std::string new_token() {
    std::random_device random;  // the kernel's
    std::string token;
    for (int i = 0; i < 4; ++i) token += fmt::format("{:08x}", static_cast<std::uint32_t>(random()));
    return token;
}

}  // namespace qunying
