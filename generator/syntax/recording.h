#pragma once
// What a film or a sound file says of itself, read from its bytes by us: how long it lasts, how it is coded,
// whether a browser can begin before all of it is there, and where it keeps what was recorded along with it
// (places, the maker of the camera) and is published without. Nothing is decoded. Any bytes may come in:
// every length is checked against what is there, and the time taken is linear in the size.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace qunying {

enum class Container {
    unknown,
    mp4,  // and QuickTime, M4A, 3GP: ISO/IEC 14496-12
    webm,
    matroska,
    mp3,
    ogg,
    wav,
    foreign,  // known by its first bytes and played by no browser; `name` says what it is
};

// Bytes of a copy to be written over. `with` comes first, zeros up to `size` follow.
struct Blank {
    std::uint64_t at = 0, size = 0;
    std::string with;
};

struct Recording {
    Container container = Container::unknown;
    std::string name;               // of the container, as people call it: MP4, AVI…
    std::int64_t milliseconds = 0;  // 0: not known
    bool whole = true;              // false: cut short, without an index, or unreadable
    bool index_first = true;        // false: MP4 whose index stands behind its pictures
    std::string picture, sound;     // how they are coded: H.264, AAC; empty where there is none
    bool picture_plays = true, sound_plays = true;
    bool hides_data = false;  // holds what may be private, where we cannot take it out

    // What is published: the bytes [begin, end), with `blanks` written over. In a player nothing changes.
    std::uint64_t begin = 0, end = 0;
    std::vector<Blank> blanks;  // in order, none over another
};

Recording read_recording(std::string_view bytes);

// What is published of a file: itself where there is nothing to take out.
bool is_published_whole(const Recording& recording, std::uint64_t size);
std::string published_recording(std::string bytes, const Recording& recording);

}  // namespace qunying
