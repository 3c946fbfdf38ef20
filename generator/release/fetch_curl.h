#pragma once
// One run of curl: the answers to several requests, one after another, as they come in.
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace qunying {

// One GET: of a whole file, or of bytes [begin, begin + size) of it.
struct WebRequest {
    std::string address;
    bool whole = true;
    std::uint64_t begin = 0, size = 0;
};

// What curl is told, for its option --config: every request with all that it needs.
std::string curl_config(const std::vector<WebRequest>& requests);

// What an answer says before its body.
struct WebAnswer {
    int status = 0;
    // From Content-Range: bytes BEGIN-LAST/TOTAL; all of them or none.
    std::optional<std::uint64_t> begin, last, total;
};
// Nothing where it is no head of an answer. Only the last answer of a chain of redirections counts; this one
// may be another: see `moves_on`.
std::optional<WebAnswer> read_answer(std::string_view head);
// Whether another head follows at once: 1xx, and 3xx with a Location.
bool moves_on(std::string_view head, const WebAnswer& answer);

// Why curl ended: its exit code (0 well, -1 killed), and what it said.
struct CurlEnd {
    int code = 0;
    std::string said;
};

// A running curl; killed with its object.
class CurlRun {
  public:
    // Throws Refused(no_curl) where the program is not there, Failure where it cannot be started.
    CurlRun(const std::string& program, const std::vector<WebRequest>& requests);
    ~CurlRun();
    CurlRun(const CurlRun&) = delete;
    CurlRun& operator=(const CurlRun&) = delete;

    // The next answer; nothing where its output ended before.
    std::optional<WebAnswer> next_answer();
    // Up to `most` bytes of a body, at least one; empty at the end of all output.
    std::string_view next_bytes(std::uint64_t most);
    // Reads no more.
    CurlEnd end();

  private:
    bool fill();

    pid_t pid_ = -1;
    int output_ = -1, complaints_ = -1;
    std::string buffer_;
    std::size_t used_ = 0;  // of buffer_
};

}  // namespace qunying
