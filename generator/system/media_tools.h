#pragma once
// Other people's programs that look into films, where they are installed: ffmpeg and ffprobe. They are
// started directly, with no shell, with the film's bytes as a file in memory and nothing else of the site,
// with limits on time and memory, and may open no address.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qunying {

// Paths of programs; empty: not installed.
struct MediaTools {
    std::string ffmpeg, ffprobe;
};

// In the folders of PATH that are named from the root.
MediaTools find_media_tools();

struct ProgramLimits {
    std::chrono::milliseconds deadline{60'000};
    std::uint64_t memory = std::uint64_t{1536} << 20;        // bytes of private data
    std::uint64_t longest_output = std::uint64_t{64} << 20;  // bytes
};

// What a program wrote to its standard output; nothing when it failed, took too long or wrote too much. Its
// standard input is empty; `input` is a file in memory under the name `program_input`. Throws Failure when
// the program cannot be started or there is no room for its input.
std::optional<std::string> run_program(const std::string& program, const std::vector<std::string>& arguments,
                                       std::string_view input, const ProgramLimits& limits = {});
inline constexpr const char* program_input = "/proc/self/fd/3";

// The demuxer that is to read a film, as ffmpeg calls it: it shall not guess, for some formats open other
// files.
enum class FilmFormat { mp4, matroska };

// A frame of a film as JPEG, upright and with square pixels: of the first seconds from `from_ms` on the one
// that is most like the others, which is rarely black. Nothing where there is none. Throws as run_program.
std::optional<std::string> film_frame(const MediaTools& tools, std::string_view film, FilmFormat format,
                                      std::int64_t from_ms);

// How long a film or sound lasts, in milliseconds; 0 where ffprobe does not know. Throws as run_program.
std::int64_t probed_length(const MediaTools& tools, std::string_view film, FilmFormat format);

// The first line of what `ffmpeg -version` says; empty where it says nothing.
std::string ffmpeg_version(const MediaTools& tools);

}  // namespace qunying
