// A request to the preview, line by line: method, path, token, page, host, origin, Sec-Fetch-Site, -Mode,
// -Dest, range.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "serve/answer.h"

using namespace qunying;

namespace {

const Gate gate{8420, "0123456789abcdef0123456789abcdef"};

Snapshot some_site() {
    MemoryStage stage(nullptr);
    stage.add("index.html", "<body>首页</body>");
    stage.add("404.html", "<head></head><body>没有</body>");
    stage.add("media/a.mp4", std::string(100, 'M'));
    stage.commit({{"generator", "qunying 0"}});
    return {7, stage.tree(), {}};
}

std::array<std::string, 10> lines_of(std::string_view bytes) {
    std::array<std::string, 10> lines;
    for (std::string& line : lines) {
        const std::size_t end = std::min(bytes.find('\n'), bytes.size());
        line = bytes.substr(0, end);
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
    }
    return lines;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Snapshot site = some_site();
    const auto line = lines_of({reinterpret_cast<const char*>(data), size});
    Request request{line[0], line[1], line[2], line[3], {line[4]}, {}, line[6], line[7], line[8]};
    if (!line[5].empty()) request.origins = {line[5]};
    request.range = line[9];
    // Whatever is asked is answered, and what is not for the asker holds nothing of the site.
    const Answer refused = answer(request, site, gate, Language::chinese);
    if (refusal(request, gate) && refused.status < 400) std::abort();
    request.method = "GET";
    request.hosts = {"127.0.0.1:8420"};
    const Answer answered = answer(request, site, gate, Language::chinese);
    const std::size_t whole = answered.bytes ? answered.bytes->size() : 0;
    if (answered.from > whole) std::abort();
    return 0;
}
