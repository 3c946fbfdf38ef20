#pragma once
// Subtitles as browsers show them: WebVTT (W3C, 4), and SubRip, which is turned into it.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"

namespace qunying {

// What stands on the screen for a while.
struct Cue {
    std::int64_t begin = 0, end = 0;  // milliseconds
    Span where;                       // its line of times
};

struct Subtitles {
    std::vector<Cue> cues;  // in the order they are written
    std::string vtt;        // to be published: the text itself, or what SubRip became
};

// Reports what browsers would not show, or show otherwise than it was meant.
Subtitles read_subtitles(const SourceFile& file, Diagnostics& diagnostics);

// Reports cues that come when the film is over; `length` of the film in milliseconds.
void check_against_film(const Subtitles& subtitles, std::int64_t length, Diagnostics& diagnostics);

// 3:25, 1:02:03
std::string length_text(std::int64_t milliseconds);
// Milliseconds of 3:25, 1:02:03, 3分25秒, 1小时2分; negative where it is no length.
std::int64_t length_in(std::string_view text);

// Whether a file of that name holds subtitles: .vtt .srt.
bool is_subtitles_name(std::string_view name);

}  // namespace qunying
