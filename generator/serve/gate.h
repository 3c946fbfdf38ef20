#pragma once
// Who may ask the preview for what (promise P15): nobody but a browser on this machine that shows the preview
// itself. Any page of the web can make a browser send requests here; it must neither read nor drive anything.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qunying {

// A request as the server got it, without its body.
struct Request {
    std::string method;
    std::string path;         // decoded, beginning with '/'
    std::string token, page;  // of the query
    std::vector<std::string> hosts, origins;
    std::string fetch_site, fetch_mode, fetch_dest;  // Sec-Fetch-…; empty where a browser does not send them
    std::string range = {};                          // bytes=2-4, or empty
    std::map<std::string, std::string> query = {};   // decoded; of a name that comes twice the first
};

struct Gate {
    int port = 0;
    std::string token;  // of this run
};

inline constexpr std::string_view own_prefix = "/_qunying/";

enum class Refusal { foreign, method };

// Nothing for what may be answered. Foreign is: a Host header that is not exactly our own, none or two of
// them; any Origin but our own; another site's page that embeds or fetches a file of ours; a question to the
// preview itself without the token that only our pages know.
std::optional<Refusal> refusal(const Request& request, const Gate& gate);

// 128 random bits as hex.
std::string new_token();

}  // namespace qunying
