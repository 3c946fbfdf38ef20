#pragma once
// What the preview answers. Knows no server and no disk: every byte comes from the tree in memory, so no path
// leads anywhere else; pictures of the pages of photographs from whoever makes them (picture_desk.h).
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "serve/darkroom.h"
#include "serve/event_hub.h"
#include "serve/gate.h"

namespace qunying {

struct Answer {
    int status = 200;
    std::string type;  // with its charset
    SharedBytes bytes;
    std::vector<std::pair<std::string, std::string>> headers;
    bool stream = false;                               // the stream of events instead of `bytes`
    std::size_t from = 0, length = std::string::npos;  // the part of `bytes` to send
};

// Without `tools` there are no pages of photographs.
Answer answer(const Request& request, const Snapshot& snapshot, const Gate& gate, Language language,
              const PictureTools* tools = nullptr);

// text/html; charset=utf-8 of a.html, image/jpeg of b.jpg.
std::string content_type(std::string_view path);

// Go with every answer: nothing is stored, embedded, framed, guessed at or let out to other places.
const std::vector<std::pair<std::string, std::string>>& headers_of_all();

}  // namespace qunying
