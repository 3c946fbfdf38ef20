// Sound files: MP3 (ISO/IEC 11172-3, 13818-3), Ogg (RFC 3533) and WAV.
#include <array>
#include <optional>

#include "base/text.h"
#include "syntax/recording_bytes.h"

namespace qunying {
namespace {

// ---- MP3

struct Mp3Frame {
    std::uint64_t size = 0;        // bytes
    unsigned kbits = 0, rate = 0;  // a second
    unsigned samples = 0;
    bool first_version = false, mono = false;
};

std::optional<Mp3Frame> mp3_frame(const ByteView& file, std::uint64_t at) {
    constexpr std::array<std::uint16_t, 16> first = {0,   32,  40,  48,  56,  64,  80,  96,
                                                     112, 128, 160, 192, 224, 256, 320, 0};
    constexpr std::array<std::uint16_t, 16> later = {0,  8,  16, 24,  32,  40,  48,  56,
                                                     64, 80, 96, 112, 128, 144, 160, 0};
    constexpr std::array<std::uint16_t, 4> rates = {44100, 48000, 32000, 0};
    const std::uint64_t head = file.big(at, 4);
    const unsigned version = head >> 19 & 3, layer = head >> 17 & 3;
    if (head >> 21 != 0x7ff || version == 1 || layer != 1) return std::nullopt;
    Mp3Frame frame;
    frame.first_version = version == 3;
    frame.kbits = (frame.first_version ? first : later)[head >> 12 & 15];
    frame.rate = rates[head >> 10 & 3] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
    frame.samples = frame.first_version ? 1152 : 576;
    frame.mono = (head >> 6 & 3) == 3;
    if (frame.kbits == 0 || frame.rate == 0) return std::nullopt;
    frame.size = frame.samples / 8 * frame.kbits * 1000 / frame.rate + (head >> 9 & 1);
    return frame;
}

// Two frames in a row: one alone may be chance. Tags in front may be followed by some padding.
std::optional<std::uint64_t> first_frame(const ByteView& file, std::uint64_t from, std::uint64_t end) {
    constexpr std::uint64_t furthest = 64 << 10;
    for (std::uint64_t at = from; at + 4 <= end && at < from + furthest; ++at) {
        const auto frame = mp3_frame(file, at);
        if (!frame) continue;
        const std::uint64_t next = at + frame->size;
        if (next + 4 > end || mp3_frame(file, next)) return at;
    }
    return std::nullopt;
}

std::uint64_t behind_id3(const ByteView& file) {
    std::uint64_t at = 0;
    while (file.starts_at(at, "ID3") && at + 10 <= file.size()) {
        std::uint64_t size = 0;
        for (unsigned i = 6; i < 10; ++i) size = size << 7 | (file.byte(at + i) & 0x7f);
        at += 10 + size + ((file.byte(at + 5) & 0x10) != 0 ? 10 : 0);
    }
    return std::min(at, file.size());
}

// Tags behind the sound: ID3v1, APE, Lyrics3.
std::uint64_t before_tags(const ByteView& file, std::uint64_t begin) {
    std::uint64_t end = file.size();
    for (int i = 0; i < 4; ++i) {
        const std::uint64_t room = end - begin;
        if (room >= 128 && file.starts_at(end - 128, "TAG")) {
            end -= 128;
        } else if (room >= 32 && file.starts_at(end - 32, "APETAGEX")) {
            const bool header = (file.byte(end - 32 + 23) & 0x80) != 0;
            const std::uint64_t size = file.little(end - 32 + 12, 4) + (header ? 32 : 0);
            if (size < 32 || size > room) return end;
            end -= size;
        } else if (room >= 15 && file.starts_at(end - 9, "LYRICS200")) {
            std::uint64_t text = 0;
            for (const char c : file.piece(end - 15, 6))
                text = text * 10 + static_cast<unsigned char>(c) % 16;
            const std::uint64_t size = 15 + text;
            if (size > room) return end;
            end -= size;
        } else {
            return end;
        }
    }
    return end;
}

// How many frames there are, as the encoder wrote into the first, silent one; 0 where it did not.
std::uint64_t stated_frames(const ByteView& file, std::uint64_t at, const Mp3Frame& frame) {
    const std::uint64_t side = frame.first_version ? (frame.mono ? 17 : 32) : (frame.mono ? 9 : 17);
    const std::uint64_t xing = at + 4 + side, vbri = at + 4 + 32;
    if ((file.starts_at(xing, "Xing") || file.starts_at(xing, "Info")) && (file.byte(xing + 7) & 1) != 0)
        return file.big(xing + 8, 4);
    return file.starts_at(vbri, "VBRI") ? file.big(vbri + 14, 4) : 0;
}

// ---- WAV

bool is_sound_chunk(std::string_view name) {
    for (const std::string_view kept : {"fmt ", "data", "fact", "JUNK"}) {
        if (name == kept) return true;
    }
    return false;
}

}  // namespace

// Published without any tag: browsers show none, and they hold whatever the recorder wrote.
void read_mp3(const ByteView& file, Recording& recording) {
    const std::uint64_t begin = behind_id3(file), end = before_tags(file, begin);
    const auto at = first_frame(file, begin, end);
    if (!at) {
        if (begin == 0) return;
        recording.container = Container::mp3;
        recording.name = "MP3";
        recording.whole = false;
        return;
    }
    const Mp3Frame frame = *mp3_frame(file, *at);
    recording.container = Container::mp3;
    recording.name = recording.sound = "MP3";
    recording.begin = begin;
    recording.end = end;
    const std::uint64_t frames = stated_frames(file, *at, frame);
    recording.milliseconds = frames > 0 ? milliseconds_of(frames * frame.samples, frame.rate)
                                        : milliseconds_of((end - *at) * 8, std::uint64_t{frame.kbits} * 1000);
}

// The last page says how many samples there were up to its end.
void read_ogg(const ByteView& file, Recording& recording) {
    constexpr std::uint64_t longest_page = 65307;
    recording.container = Container::ogg;
    recording.name = "Ogg";
    const std::uint64_t body = 27 + file.byte(26);  // of the first page
    std::uint64_t rate = 0;
    if (file.starts_at(body, "\x01vorbis")) {
        recording.sound = "Vorbis";
        rate = file.little(body + 12, 4);
    } else if (file.starts_at(body, "OpusHead")) {
        recording.sound = "Opus";
        rate = 48000;
    } else {
        recording.sound = file.starts_at(body, "Speex") ? "Speex" : "";
        recording.picture = file.starts_at(body, "\x80theora") ? "Theora" : "";
        recording.sound_plays = recording.sound.empty();
        recording.picture_plays = recording.picture.empty();
    }
    const std::uint64_t from = file.size() > longest_page ? file.size() - longest_page : 0;
    const std::size_t last = file.piece(from, longest_page).rfind("OggS");
    if (last == std::string_view::npos) return;
    const std::uint64_t samples = file.little(from + last + 6, 8);
    if (samples >> 62 == 0) recording.milliseconds = milliseconds_of(samples, rate);
    // Comments lie in the first pages, whose check sums we would have to make anew.
    const std::string head = ascii_lower(file.piece(0, longest_page));
    recording.hides_data =
        head.find("location=") != std::string::npos || head.find("geo_") != std::string::npos;
}

void read_wav(const ByteView& file, Recording& recording) {
    recording.container = Container::wav;
    recording.name = "WAV";
    std::uint64_t rate = 0, data = 0;
    std::uint64_t at = 12;
    for (; at + 8 <= file.size();) {
        const std::string_view name = file.piece(at, 4);
        const std::uint64_t size = file.little(at + 4, 4), body = at + 8;
        const std::uint64_t here = std::min(size, file.size() - body);
        if (name == "fmt ") {
            const std::uint64_t coding = file.little(body, 2);
            rate = file.little(body + 8, 4);
            recording.sound = coding == 1 || coding == 3 || coding == 0xfffe ? "PCM" : "ADPCM";
            recording.sound_plays = recording.sound == "PCM";
        } else if (name == "data") {
            data = here;
            recording.whole = here == size || size == 0xffffffff;
        } else if (!is_sound_chunk(name)) {
            recording.blanks.push_back({at, 4, "JUNK"});
            if (here > 0) recording.blanks.push_back({body, here, ""});
        }
        at = body + here + (here & 1);
    }
    recording.milliseconds = milliseconds_of(data, rate);
    if (rate == 0 || data == 0) recording.whole = false;
}

}  // namespace qunying
