#include "syntax/recording.h"

#include <array>

#include "base/failure.h"
#include "syntax/recording_bytes.h"

namespace qunying {
namespace {

using namespace std::string_view_literals;

struct Signature {
    std::uint64_t offset;
    std::string_view bytes;
    const char* name;
};

// What people bring and no browser plays, by the first bytes.
constexpr auto foreign_signatures = std::to_array<Signature>({
    {8, "AVI "sv, "AVI"},
    {0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11"sv, "WMV/WMA"},
    {0, "FLV\x01"sv, "FLV"},
    {0, ".RMF"sv, "RealMedia"},
    {0, "\x00\x00\x01\xba"sv, "MPEG"},
    {0, "\x00\x00\x01\xb3"sv, "MPEG"},
    {0, "#!AMR"sv, "AMR"},
    {0, "fLaC"sv, "FLAC"},
    {0, "MThd"sv, "MIDI"},
    {0, "MAC "sv, "APE"},
    {0, "FORM"sv, "AIFF"},
    {0, "caff"sv, "CAF"},
    {0, "%PDF"sv, "PDF"},
    {0, "PK\3\4"sv, "ZIP"},
    {0, "\xff\xd8\xff"sv, "JPEG"},
    {0, "\x89PNG"sv, "PNG"},
});

// The first boxes that ISO files and those of QuickTime begin with.
bool begins_as_mp4(const ByteView& file) {
    for (const std::string_view type : {"ftyp", "moov", "mdat", "wide", "free", "skip", "pnot"}) {
        if (file.starts_at(4, type)) return true;
    }
    return false;
}

// Packets of 188 bytes, each with the same first byte; camcorders put four bytes before each.
bool is_transport_stream(const ByteView& file) {
    const auto packets = [&](std::uint64_t first, std::uint64_t step) {
        return file.size() > first + 3 * step && file.byte(first) == 0x47 &&
               file.byte(first + step) == 0x47 && file.byte(first + 2 * step) == 0x47;
    };
    return packets(0, 188) || packets(4, 192);
}

// Frames of AAC without a container look like frames of MP3 of layer 0.
bool is_adts(const ByteView& file) { return file.byte(0) == 0xff && (file.byte(1) & 0xf6) == 0xf0; }

const char* foreign_name(const ByteView& file) {
    for (const Signature& signature : foreign_signatures) {
        if (file.starts_at(signature.offset, signature.bytes)) return signature.name;
    }
    if (is_transport_stream(file)) return "MPEG-TS";
    return is_adts(file) ? "AAC" : nullptr;
}

}  // namespace

Recording read_recording(std::string_view bytes) {
    const ByteView file(bytes);
    Recording recording;
    recording.end = bytes.size();
    if (begins_as_mp4(file)) {
        read_mp4(file, recording);
    } else if (file.starts_at(0, "\x1a\x45\xdf\xa3")) {
        read_matroska(file, recording);
    } else if (file.starts_at(0, "OggS")) {
        read_ogg(file, recording);
    } else if (file.starts_at(0, "RIFF") && file.starts_at(8, "WAVE")) {
        read_wav(file, recording);
    } else if (const char* name = foreign_name(file)) {
        recording.container = Container::foreign;
        recording.name = name;
    } else {
        read_mp3(file, recording);
    }
    if (recording.container == Container::unknown) recording.whole = false;
    return recording;
}

bool is_published_whole(const Recording& recording, std::uint64_t size) {
    return recording.blanks.empty() && recording.begin == 0 && recording.end == size;
}

std::string published_recording(std::string bytes, const Recording& recording) {
    for (const Blank& blank : recording.blanks) {
        QY_CHECK(blank.at <= bytes.size() && blank.size <= bytes.size() - blank.at &&
                 blank.with.size() <= blank.size);
        const auto at = static_cast<std::size_t>(blank.at);
        bytes.replace(at, static_cast<std::size_t>(blank.size), static_cast<std::size_t>(blank.size), '\0');
        bytes.replace(at, blank.with.size(), blank.with);
    }
    QY_CHECK(recording.begin <= recording.end && recording.end <= bytes.size());
    bytes.resize(static_cast<std::size_t>(recording.end));
    return recording.begin == 0 ? std::move(bytes) : bytes.substr(static_cast<std::size_t>(recording.begin));
}

}  // namespace qunying
